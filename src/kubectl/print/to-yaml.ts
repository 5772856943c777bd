// Objects as kubectl prints them with `-o yaml`: keys sorted, lists not indented, strings quoted only where Go's YAML
// library would, long ones folded. k8s: sigs.k8s.io/yaml, goyaml.v2 emitter
import { compareBytes } from '#kube';
import { plainScalar } from '#manifest';

const WIDTH = 80;

/** A JSON value as YAML text. */
export function toYaml(value: unknown): string {
  return block(value, 0).replace(/^\n/, '');
}

/** A value after `key:` or `-`, with what separates it. Collections begin on a new line. */
function block(value: unknown, indent: number): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n';
    return `\n${value.map((item) => `${pad(indent)}-${inItem(item, indent)}`).join('')}`;
  }
  if (typeof value === 'object' && value !== null) {
    const keys = keysOf(value);
    if (keys.length === 0) return ' {}\n';
    return `\n${keys.map((key) => pad(indent) + member(value as Record<string, unknown>, key, indent)).join('')}`;
  }
  return ` ${scalar(value, indent)}\n`;
}

const keysOf = (map: object): string[] =>
  Object.keys(map)
    .filter((key) => (map as Record<string, unknown>)[key] !== undefined)
    .sort(naturalOrder);

/** A list under a key stands at the key's own indentation. */
function member(map: Readonly<Record<string, unknown>>, key: string, indent: number): string {
  const value = map[key];
  const inner = Array.isArray(value) ? indent : indent + 2;
  return `${keyScalar(key)}:${block(value, inner)}`;
}

/** The first member of a map in a list stands on the line of the dash. */
function inItem(item: unknown, indent: number): string {
  if (Array.isArray(item) && item.length > 0) return ` ${block(item, indent + 2).slice(1 + indent + 2)}`;
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) {
    const keys = keysOf(item);
    if (keys.length === 0) return ' {}\n';
    return keys
      .map((key, i) => (i === 0 ? ' ' : pad(indent + 2)) + member(item as Record<string, unknown>, key, indent + 2))
      .join('');
  }
  return block(item, indent + 2);
}

const pad = (indent: number): string => ' '.repeat(indent);

/** Numbers within keys are compared as numbers. k8s: goyaml.v2 keyList.Less */
function naturalOrder(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const x = left[i] as string;
    const y = right[i] as string;
    if (x === y) continue;
    const isLetterX = /\p{L}/u.test(x);
    const isLetterY = /\p{L}/u.test(y);
    if (isLetterX && isLetterY) return compareBytes(x, y);
    if (isLetterX || isLetterY) return isLetterX ? 1 : -1;
    const digitsX = /^\d+/.exec(left.slice(i).join(''))?.[0];
    const digitsY = /^\d+/.exec(right.slice(i).join(''))?.[0];
    if (digitsX !== undefined && digitsY !== undefined) {
      if (Number(digitsX) !== Number(digitsY)) return Number(digitsX) - Number(digitsY);
      if (digitsX.length !== digitsY.length) return digitsX.length - digitsY.length;
    }
    return compareBytes(x, y);
  }
  return left.length - right.length;
}

const keyScalar = (key: string): string => (isPlain(key) ? key : quote(key));

function scalar(value: unknown, indent: number): string {
  if (typeof value === 'string') return text(value, indent);
  if (typeof value === 'number') return numberText(value);
  return String(value);
}

/** Large whole numbers are told with an exponent only beyond what JSON numbers tell plainly. */
const numberText = (value: number): string => (Number.isInteger(value) ? BigInt(value).toString() : String(value));

function text(value: string, indent: number): string {
  if (value.includes('\n') && isLiteral(value)) return literal(value, indent);
  if (isPlain(value)) return fold(value, indent);
  return isSingleQuotable(value) && !isResolved(value)
    ? fold(`'${value.replaceAll("'", "''")}'`, indent)
    : quote(value);
}

/** Whether plain text would be read back as something else than a string. */
const isResolved = (value: string): boolean =>
  typeof plainScalar(value) !== 'string' || /^\d{4}-\d\d?-\d\d?(?:[Tt ]|$)/.test(value) || value === '<<';

/** Characters that YAML can only write escaped, tab and line feed aside. */
function hasControl(value: string): boolean {
  for (let i = 0; i < value.length; i += 1) {
    const code = value.charCodeAt(i);
    if (code < 0x20 ? code !== 9 && code !== 10 : (code >= 0x7f && code <= 0x9f && code !== 0x85) || code >= 0xfffe)
      return true;
  }
  return false;
}

const isSingleQuotable = (value: string): boolean =>
  !hasControl(value) && !/[\n\t]/.test(value) && !/[\u2028\u2029\u0085\ufeff]/.test(value);

/** k8s: yaml_emitter_analyze_scalar, as far as block plain scalars go */
function isPlain(value: string): boolean {
  if (value === '' || isResolved(value)) return false;
  if (!isSingleQuotable(value)) return false;
  if (/^[\s]|[\s]$/.test(value)) return false;
  if (/^(?:---|\.\.\.)/.test(value)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(value)) return false;
  if (/^[-?:](?:\s|$)/.test(value)) return false;
  return !/: |:$| #/.test(value);
}

const isLiteral = (value: string): boolean =>
  !hasControl(value) && !/^[ \n]/.test(value) && !/ \n/.test(value) && !/[\u2028\u2029\u0085\ufeff]/.test(value);

function literal(value: string, indent: number): string {
  const body = value.replace(/\n+$/, '');
  const ends = value.length - body.length;
  const sign = ends === 0 ? '-' : ends === 1 ? '' : '+';
  const lines = (ends > 1 ? value.slice(0, -1) : body).split('\n');
  return `|${sign}\n${lines.map((line) => (line === '' ? '' : pad(indent) + line)).join('\n')}`;
}

/** Breaks a long text at a blank once the line is full. A blank beside another blank stays. */
function fold(value: string, indent: number): string {
  if (value.length + indent <= WIDTH || !value.includes(' ')) return value;
  let column = indent;
  let out = '';
  for (let i = 0; i < value.length; i += 1) {
    const char = value.charAt(i);
    const isAlone =
      char === ' ' && i > 0 && i < value.length - 1 && value.charAt(i - 1) !== ' ' && value.charAt(i + 1) !== ' ';
    if (isAlone && column > WIDTH) {
      out += `\n${pad(indent)}`;
      column = indent;
    } else {
      out += char;
      column += 1;
    }
  }
  return out;
}

function quote(value: string): string {
  let out = '"';
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0;
    if (char === '"' || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\t') out += '\\t';
    else if (char === '\r') out += '\\r';
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else if (code === 0x85) out += '\\N';
    else if (code === 0x2028) out += '\\L';
    else if (code === 0x2029) out += '\\P';
    else if (code === 0xfeff) out += '\\uFEFF';
    else out += char;
  }
  return `${out}"`;
}
