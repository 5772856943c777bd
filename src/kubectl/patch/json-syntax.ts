// What Go says of text that should be JSON and is not: `invalid character 's' looking for beginning of value`.
// k8s: encoding/json scanner.go, of which sigs.k8s.io/json is a copy

const SPACE = /[ \t\r\n]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LITERALS = ['true', 'false', 'null'] as const;

/** Deeper than this Go gives up. */
const DEPTH_MAX = 10_000;

class SyntaxFault extends Error {}

interface Scan {
  readonly text: string;
  at: number;
}

function quoted(char: string): string {
  if (char === "'") return "'\\''";
  if (char === '"') return `'"'`;
  return `'${JSON.stringify(char).slice(1, -1)}'`;
}

/** The fault at a place: what stands there, and what was expected. */
function fault({ text }: Scan, at: number, context: string): SyntaxFault {
  const code = text.codePointAt(at);
  return new SyntaxFault(
    code === undefined
      ? 'unexpected end of JSON input'
      : `invalid character ${quoted(String.fromCodePoint(code))} ${context}`,
  );
}

function skip(scan: Scan, pattern: RegExp): number {
  pattern.lastIndex = scan.at;
  const length = pattern.exec(scan.text)?.[0].length ?? 0;
  scan.at += length;
  return length;
}

/** The next character that is no space, left where it is. */
function peek(scan: Scan): string {
  skip(scan, SPACE);
  return scan.text.charAt(scan.at);
}

function readText(scan: Scan): void {
  scan.at += 1;
  for (;;) {
    const code = scan.text.charCodeAt(scan.at);
    if (Number.isNaN(code) || code < 0x20) throw fault(scan, scan.at, 'in string literal');
    if (code === QUOTE) break;
    if (code !== BACKSLASH) scan.at += 1;
    else if (skip(scan, ESCAPE) === 0) throw escapeFault(scan);
  }
  scan.at += 1;
}

function escapeFault(scan: Scan): SyntaxFault {
  if (scan.text.charAt(scan.at + 1) !== 'u') return fault(scan, scan.at + 1, 'in string escape code');
  const digits = /^[0-9a-fA-F]*/.exec(scan.text.slice(scan.at + 2, scan.at + 6))?.[0].length ?? 0;
  return fault(scan, scan.at + 2 + digits, 'in \\u hexadecimal character escape');
}

function readWord(scan: Scan): void {
  const first = scan.text.charAt(scan.at);
  const literal = LITERALS.find((word) => word.startsWith(first) && first !== '');
  if (literal === undefined) {
    if (first !== '-' && !/\d/.test(first)) throw fault(scan, scan.at, 'looking for beginning of value');
    if (skip(scan, NUMBER) === 0) throw fault(scan, scan.at + 1, 'in numeric literal');
    const rest = scan.text.charAt(scan.at);
    if (rest === '.') throw fault(scan, scan.at + 1, 'after decimal point in numeric literal');
    if (rest === 'e' || rest === 'E') throw fault(scan, scan.at + 1, 'in exponent of numeric literal');
    return;
  }
  for (const [i, char] of [...literal].entries())
    if (scan.text.charAt(scan.at + i) !== char)
      throw fault(scan, scan.at + i, `in literal ${literal} (expecting ${quoted(char)})`);
  scan.at += literal.length;
}

function readMembers(scan: Scan, depth: number): void {
  scan.at += 1;
  if (peek(scan) === '}') scan.at += 1;
  else
    for (;;) {
      if (peek(scan) !== '"') throw fault(scan, scan.at, 'looking for beginning of object key string');
      readText(scan);
      if (peek(scan) !== ':') throw fault(scan, scan.at, 'after object key');
      scan.at += 1;
      readValue(scan, depth);
      const end = peek(scan);
      if (end !== ',' && end !== '}') throw fault(scan, scan.at, 'after object key:value pair');
      scan.at += 1;
      if (end === '}') return;
    }
}

function readItems(scan: Scan, depth: number): void {
  scan.at += 1;
  if (peek(scan) === ']') scan.at += 1;
  else
    for (;;) {
      readValue(scan, depth);
      const end = peek(scan);
      if (end !== ',' && end !== ']') throw fault(scan, scan.at, 'after array element');
      scan.at += 1;
      if (end === ']') return;
    }
}

function readValue(scan: Scan, depth: number): void {
  if (depth > DEPTH_MAX) throw new SyntaxFault('exceeded max depth');
  const first = peek(scan);
  if (first === '{') readMembers(scan, depth + 1);
  else if (first === '[') readItems(scan, depth + 1);
  else if (first === '"') readText(scan);
  else readWord(scan);
}

/** What is wrong with text as JSON, in Go's words; undefined when nothing is. */
export function jsonSyntaxError(text: string): string | undefined {
  const scan: Scan = { text, at: 0 };
  try {
    readValue(scan, 0);
    if (peek(scan) !== '') throw fault(scan, scan.at, 'after top-level value');
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxFault) return error.message;
    throw error;
  }
}
