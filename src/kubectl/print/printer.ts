// `-o` of commands that change or make objects, and of get where it is no table: name, json, yaml and templates.
// k8s: cli-runtime genericclioptions/print_flags.go, printers
import { type KindInfo, type KubeObject, kindByApi, qualifiedName } from '#kube';
import type { Call } from '../call.ts';
import type { FlagSpecs } from '../command-line.ts';
import { CommandError } from '../errors.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { goTemplateText } from './go-template.ts';
import { jsonPathText, readJsonPath } from './json-path/index.ts';
import { jsonText } from './to-json.ts';
import { toKyaml } from './to-kyaml.ts';
import { toYaml } from './to-yaml.ts';

/** Flags of every command that prints objects. */
export const OUTPUT_FLAGS = {
  output: { type: 'string', short: 'o' },
  template: { type: 'string' },
  'allow-missing-template-keys': { type: 'bool', default: 'true' },
  'show-managed-fields': { type: 'bool' },
} as const satisfies FlagSpecs;

const FORMATS = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
];

/** Prints objects one after the other. */
export interface Printer {
  print(object: unknown): void;
}

/**
 * The printer that `-o` and `--template` ask for; undefined where neither is given.
 * @param more formats that the command knows beside, for the error
 * @throws CommandError for a format that there is none of, in kubectl's words
 */
export function printerOf(call: Call, more: readonly string[] = []): Printer | undefined {
  const { flags } = call;
  const template = flags.text('template') ?? '';
  const given = flags.text('output') ?? '';
  const output = template !== '' && given === '' ? 'go-template' : given;
  const format = output.toLowerCase();
  const omit = flags.isOn('show-managed-fields') ? (value: unknown) => value : withoutManagedFields;
  if (output === '') return undefined;
  if (format === 'json') return { print: (value) => call.write(jsonText(omit(value))) };
  if (format === 'yaml' || format === 'kyaml') {
    const textOf = format === 'yaml' ? toYaml : toKyaml;
    let count = 0;
    return {
      print: (value) => {
        call.write(`${count > 0 && format === 'yaml' ? '---\n' : ''}${textOf(omit(value))}`);
        count += 1;
      },
    };
  }
  if (output === 'name') return { print: (value) => printName(call, value) };
  const printer = templatePrinter(call, output, template);
  if (printer) return printer;
  throw new CommandError(
    `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: ${[...FORMATS, ...more].sort().join(',')}`,
  );
}

function templatePrinter(call: Call, output: string, given: string): Printer | undefined {
  const [, form = '', own = ''] = /^([a-z-]+)(?:=([\s\S]*))?$/.exec(output) ?? [];
  const isJsonPath = form === 'jsonpath' || form === 'jsonpath-as-json' || form === 'jsonpath-file';
  const isGo = form === 'template' || form === 'go-template' || form === 'go-template-file' || form === 'templatefile';
  if (!isJsonPath && !isGo) return undefined;
  const text = given || own;
  if (text === '') throw new CommandError('template format specified but no template given');
  const template = form.endsWith('file') ? fileText(call, text) : text;
  if (isGo) return { print: (value) => call.write(goTemplateText(template, value)) };
  const path = readJsonPath(template);
  return { print: (value) => call.write(jsonPathText(path, value, form === 'jsonpath-as-json')) };
}

function fileText(call: Call, name: string): string {
  const plain = name.replace(/^\.\//, '');
  const text = Object.hasOwn(call.files, plain) ? call.files[plain] : undefined;
  if (text === undefined)
    throw new CommandError(`error reading --template ${name}, open ${name}: no such file or directory`);
  return text;
}

/** `statefulset.apps/web`, for each object of a list. */
function printName(call: Call, value: unknown): void {
  if (!isMap(value)) return;
  if (Array.isArray(value.items) && String(value.kind).endsWith('List')) {
    for (const item of value.items) printName(call, item);
    return;
  }
  const info = kindByApi(String(value.apiVersion), String(value.kind));
  const metadata = isMap(value.metadata) ? value.metadata : {};
  const name = String(metadata.name ?? '<unknown>');
  call.print(info ? qualifiedName(info, name) : `${String(value.kind).toLowerCase()}/${name}`);
}

/** What the server keeps about who wrote which field is left out unless it is asked for. */
function withoutManagedFields(value: unknown): unknown {
  if (!isMap(value)) return value;
  if (Array.isArray(value.items) && String(value.kind).endsWith('List'))
    return { ...value, items: value.items.map(withoutManagedFields) };
  if (!isMap(value.metadata) || value.metadata.managedFields === undefined) return value;
  const { managedFields: _fields, ...metadata } = value.metadata;
  return { ...value, metadata };
}

/** Tells what was done with objects: in words, or as `-o` wants it. */
export interface Teller {
  /**
   * @param object as it is now
   * @param operation what happened: `created`, `scaled`, with the suffix of a dry run
   */
  tell(info: KindInfo, object: KubeObject | JsonMap, operation: string): void;
}

/**
 * How a command tells of what it has done. To be asked for before anything is done: a format that is unknown ends it.
 * @throws CommandError for unknown formats
 */
export function tellerOf(call: Call): Teller {
  const printer = printerOf(call);
  return {
    tell: (info, object, operation) => {
      if (printer) printer.print(object);
      else {
        const metadata = isMap(object.metadata) ? object.metadata : {};
        call.print(`${qualifiedName(info, String(metadata.name ?? ''))} ${operation}`);
      }
    },
  };
}
