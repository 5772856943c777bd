// kubectl explain: the fields of a kind, with their types and, for those that matter here, what they are for.
import { type GoStruct, type GoType, goStruct, type KindInfo, splitApiVersion, structOfKind } from '#kube';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { kindOfWord } from '../objects.ts';
import { ENUMS, FIELD_WORDS, KIND_WORDS, REQUIRED } from '../print/field-words.ts';
import type { Verb } from './verb.ts';

const DEPTH_MAX = 12;
const LINE_MAX = 78;

export const explain: Verb = {
  name: 'explain',
  flags: {
    recursive: { type: 'bool' },
    'api-version': { type: 'string' },
    output: { type: 'string', short: 'o' },
  },
  run(call) {
    const [word, ...more] = call.args;
    if (word === undefined)
      throw new CommandError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    if (more.length > 0) throw new CommandError('We accept only this format: explain RESOURCE\n');
    const output = call.flags.text('output') ?? 'plaintext';
    if (output !== 'plaintext' && output !== 'plaintext-openapiv2')
      throw new CommandError(`unrecognized format: ${output}`);
    const [resource = '', ...path] = word.split('.');
    const { info, fields } = kindAndPath(resource, path);
    const top = structOfKind(info.apiVersion, info.kind);
    if (!top)
      throw new CommandError(
        `couldn't find resource for ${JSON.stringify(`${info.apiVersion}, Resource=${info.plural}`)}`,
      );
    print(call, info, top, fields);
  },
};

/** `statefulsets.apps.spec`: what stands behind the kind may be its group before the fields begin. */
function kindAndPath(resource: string, path: readonly string[]): { info: KindInfo; fields: readonly string[] } {
  const info = kindOfWord(resource);
  const group = info.group.split('.');
  const hasGroup = info.group !== '' && group.every((part, i) => path[i] === part);
  return { info, fields: hasGroup ? path.slice(group.length) : path };
}

/** The type within pointers and lists, where the fields are. */
function inner(type: GoType): GoType {
  return type.kind === 'pointer' || type.kind === 'slice' || type.kind === 'map' ? inner(type.of) : type;
}

/** `string`, `[]Container`, `map[string]string` */
function typeName(type: GoType): string {
  switch (type.kind) {
    case 'pointer':
      return typeName(type.of);
    case 'slice':
      return `[]${typeName(type.of)}`;
    case 'map':
      return `map[string]${typeName(type.of)}`;
    case 'struct':
      return type.text.slice(type.text.lastIndexOf('.') + 1);
    case 'bool':
      return 'boolean';
    case 'int':
      return 'integer';
    case 'quantity':
      return 'Quantity';
    case 'intOrString':
      return 'IntOrString';
    case 'raw':
      return 'Object';
    default:
      return 'string';
  }
}

const structOf = (type: GoType): GoStruct | undefined => {
  const own = inner(type);
  return own.kind === 'struct' ? goStruct(own.name) : undefined;
};

function print(call: Call, info: KindInfo, top: GoStruct, path: readonly string[]): void {
  const { group, version } = splitApiVersion(info.apiVersion);
  let struct: GoStruct | undefined = top;
  let type: GoType | undefined;
  let key = '';
  for (const name of path) {
    const field: GoStruct['flat'][number] | undefined = struct?.byJson.get(name);
    if (!struct || !field) throw new CommandError(`field ${JSON.stringify(name)} does not exist`);
    key = `${struct.shortName}.${name}`;
    type = field.type;
    struct = structOf(field.type);
  }
  call.write(`${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${info.kind}\nVERSION:    ${version}\n\n`);
  if (type) {
    call.write(`FIELD: ${path.at(-1) ?? ''} <${typeName(type)}>\n`);
    const values = ENUMS[key];
    call.write(values ? `ENUM:\n${values.map((value) => `    ${value}\n`).join('')}\n` : '\n\n');
  }
  const words = type ? FIELD_WORDS[key] : KIND_WORDS[info.kind];
  call.write(words === undefined ? 'DESCRIPTION:\n    <empty>\n' : `DESCRIPTION:\n${wrapped(words, '    ')}    \n`);
  if (struct) call.write(`FIELDS:\n${call.flags.isOn('recursive') ? tree(struct, '  ', []) : list(struct)}`);
  call.write('\n');
}

const fieldsOf = (struct: GoStruct) => [...struct.flat].sort((a, b) => (a.json < b.json ? -1 : 1));

/** A field's line, and below it the values of one that has few. */
function headOf(struct: GoStruct, { json, type }: GoStruct['flat'][number], indent: string): string {
  const key = `${struct.shortName}.${json}`;
  const values = ENUMS[key];
  const shown = values && (values.length > 4 ? `${values.slice(0, 4).join(', ')}, ....` : values.join(', '));
  return `${indent}${json}\t<${typeName(type)}>${REQUIRED.has(key) ? ' -required-' : ''}\n${shown ? `${indent}enum: ${shown}\n` : ''}`;
}

const list = (struct: GoStruct): string =>
  fieldsOf(struct)
    .map((field) => {
      const words = FIELD_WORDS[`${struct.shortName}.${field.json}`] ?? '<no description>';
      return `${headOf(struct, field, '  ')}${wrapped(words, '    ')}\n`;
    })
    .join('');

function tree(struct: GoStruct, indent: string, above: readonly string[]): string {
  if (above.length >= DEPTH_MAX || above.includes(struct.name)) return '';
  return fieldsOf(struct)
    .map((field) => {
      const nested = structOf(field.type);
      return headOf(struct, field, indent) + (nested ? tree(nested, `${indent}  `, [...above, struct.name]) : '');
    })
    .join('');
}

/** A text in lines of a readable length. */
function wrapped(text: string, indent: string): string {
  let out = '';
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > LINE_MAX && line.trim() !== '') {
      out += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += `${word} `;
  }
  return `${out}${line.trimEnd()}\n`;
}
