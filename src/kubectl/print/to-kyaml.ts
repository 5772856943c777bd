// Objects as kubectl prints them with `-o kyaml`: YAML in flow style, every text in double quotes.
// k8s: sigs.k8s.io/yaml/kyaml
import { compareBytes, goQuote } from '#kube';
import { isMap, type JsonMap } from '../patch/json.ts';

/** A JSON value as a KYAML document. */
export const toKyaml = (value: unknown): string => `---\n${textOf(value, '')}\n`;

function textOf(value: unknown, indent: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return listText(value, indent);
  return isMap(value) ? mapText(value, indent) : String(value);
}

const quoted = (text: string): string => goQuote(text);

/** Maps and lists within a list stand bracket to bracket. */
function listText(items: readonly unknown[], indent: string): string {
  if (items.length === 0) return '[]';
  if (items.every((item) => isMap(item) || Array.isArray(item)))
    return `[${items.map((item) => textOf(item, indent)).join(', ')}]`;
  return `[\n${items.map((item) => `${indent}  ${textOf(item, `${indent}  `)},\n`).join('')}${indent}]`;
}

function mapText(map: JsonMap, indent: string): string {
  const keys = Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort(compareBytes);
  if (keys.length === 0) return '{}';
  const inner = `${indent}  `;
  return `{\n${keys.map((key) => `${inner}${keyText(key)}: ${textOf(map[key], inner)},\n`).join('')}${indent}}`;
}

/** Keys that YAML could take for something else are quoted. */
const keyText = (key: string): string =>
  /^[A-Za-z_][\w./-]*$/.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(key) ? key : quoted(key);
