// Objects that a command makes of its arguments, without a file: sent to the server, or only printed.
import { kindByApi, qualifiedName } from '#kube';
import { accept, type Call } from './call.ts';
import { CommandError } from './errors.ts';
import type { JsonMap } from './patch/json.ts';
import { jsonText } from './print/to-json.ts';
import { toYaml } from './print/to-yaml.ts';
import { dryRunSuffix, isClientDryRun } from './verbs/verb.ts';
import { createFrom, noteKept } from './write-object.ts';

/** Flags of commands that make objects. */
export const GENERATE_FLAGS = {
  'dry-run': { type: 'optional', implied: 'unchanged', default: 'none' },
  output: { type: 'string', short: 'o' },
  'save-config': { type: 'bool' },
  'field-manager': { type: 'string' },
  validate: { type: 'optional', implied: 'strict' },
} as const;

/**
 * Sends an object, or prints it where that is all that was asked for.
 * @param value with apiVersion, kind and name
 * @param word what is said to have happened
 */
export function generate(call: Call, value: JsonMap & { readonly metadata: JsonMap }, word = 'created'): void {
  const info = kindByApi(String(value.apiVersion), String(value.kind));
  if (!info) throw new CommandError(`no matches for kind ${JSON.stringify(value.kind)}`);
  const name = String(value.metadata.name);
  let made: unknown = value;
  if (!isClientDryRun(call)) {
    made = accept(call, createFrom(call, info, value, call.namespace), word === 'created' ? undefined : '');
    if (!made) return;
    noteKept(call, info, name, undefined);
  }
  const output = call.flags.text('output');
  if (output === 'yaml') call.write(toYaml(made));
  else if (output === 'json') call.write(jsonText(made));
  else if (output === 'name') call.print(qualifiedName(info, name));
  else call.print(`${qualifiedName(info, name)} ${word}${dryRunSuffix(call)}`);
}

/** `a=1,b=2` as labels. */
export function labelsOf(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined || text === '') return undefined;
  return Object.fromEntries(
    text.split(',').map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new CommandError(`unexpected label spec: ${pair}`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

/** The single name that a command wants. */
export function nameOf(call: Call): string {
  const [name, ...more] = call.args;
  if (name === undefined || more.length > 0)
    throw new CommandError(
      `exactly one NAME is required, got ${call.args.length}\nSee '${call.command} -h' for help and examples`,
    );
  return name;
}
