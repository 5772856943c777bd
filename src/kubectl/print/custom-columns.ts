// `-o custom-columns=…`: a table of what stands at paths. k8s: kubectl cmd/get/customcolumn.go
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { isMap } from '../patch/json.ts';
import { alignColumns, escapeTerminal } from './columns.ts';
import { type JsonPath, pathText, readRelaxedPath } from './json-path/index.ts';
import type { Printer } from './printer.ts';

interface Column {
  readonly header: string;
  readonly path: JsonPath;
}

/**
 * The printer of custom columns, where they are asked for.
 * @throws CommandError for columns that are none
 */
export function customColumns(call: Call): Printer | undefined {
  const { flags } = call;
  const output = flags.text('output') ?? '';
  const [, form, own = ''] = /^(custom-columns(?:-file)?)(?:=([\s\S]*))?$/.exec(output) ?? [];
  if (form === undefined) return undefined;
  const spec = flags.text('template') || own;
  if (spec === '') throw new CommandError('custom-columns format specified but no custom columns given');
  const columns = form === 'custom-columns' ? columnsOf(spec) : fileColumns(call, spec);
  const hasHeader = form === 'custom-columns-file' || !flags.isOn('no-headers');
  return {
    print: (value) => {
      const items = isMap(value) && Array.isArray(value.items) && value.kind === 'List' ? value.items : [value];
      const rows = items.map((item) => columns.map(({ path }) => escapeTerminal(pathText(path, item))));
      call.write(alignColumns(hasHeader ? [columns.map(({ header }) => header), ...rows] : rows));
    },
  };
}

/** `NAME:.metadata.name,IMAGE:.spec.containers[*].image` */
const columnsOf = (spec: string): readonly Column[] =>
  spec.split(',').map((column) => {
    const colon = column.indexOf(':');
    if (colon < 0)
      throw new CommandError(`unexpected custom-columns spec: ${column}, expected <header>:<json-path-expr>`);
    return { header: column.slice(0, colon), path: readRelaxedPath(column.slice(colon + 1)) };
  });

/** A file of two lines: headers, and below them the paths. */
function fileColumns(call: Call, name: string): readonly Column[] {
  const plain = name.replace(/^\.\//, '');
  const text = Object.hasOwn(call.files, plain) ? call.files[plain] : undefined;
  if (text === undefined)
    throw new CommandError(`error reading template ${name}, open ${name}: no such file or directory\n`);
  const [headerLine, pathLine] = text.split(/\r?\n/);
  const expected = 'Expected format is one line of space separated headers, one line of space separated column specs.';
  if (!headerLine) throw new CommandError(`invalid template, missing header line. ${expected}`);
  if (!pathLine) throw new CommandError(`invalid template, missing spec line. ${expected}`);
  const headers = headerLine.split(/\s+/).filter(Boolean);
  const paths = pathLine.split(/\s+/).filter(Boolean);
  if (headers.length !== paths.length)
    throw new CommandError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  return headers.map((header, i) => ({ header, path: readRelaxedPath(paths[i] ?? '') }));
}
