// JSON as Go's decoder reads it from a stream: one value after the other, each with the place of its parts, and for text
// that is none the words and the byte that Go blames. k8s: encoding/json scanner.go, Decoder
import { goCharQuote } from '#kube';
import type { YamlNode } from '../yaml/node.ts';

/** What is no JSON. */
export interface JsonFault {
  /** Go's words, e.g. `invalid character 'x' after object key`. */
  readonly words: string;
  /** Where it stands, as an offset. */
  readonly at: number;
  /** Whether the text just ended, which Go tells without a place. */
  readonly isEnd: boolean;
}

/** The next value and where it ends, a fault, or undefined where nothing but space is left. */
export type NextJson = { readonly root: YamlNode; readonly end: number } | { readonly fault: JsonFault } | undefined;

class Fault extends Error {
  readonly at: number;
  readonly isEnd: boolean;
  constructor(words: string, at: number, isEnd: boolean) {
    super(words);
    this.at = at;
    this.isEnd = isEnd;
  }
}

interface Scan {
  readonly text: string;
  readonly depthMax: number;
  at: number;
}

const SPACE = /[ \t\r\n]*/y;
const PLAIN_TEXT = /[ !#-[\]-\uffff]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LONE_SURROGATE = /\p{Cs}/gu;
const LITERALS = ['true', 'false', 'null'] as const;

/**
 * The next value of a stream.
 * @param from where to go on
 * @param depthMax how deep it may nest
 */
export function nextJson(text: string, from: number, depthMax: number): NextJson {
  const scan: Scan = { text, depthMax, at: from };
  if (peek(scan) === '') return undefined;
  try {
    const root = readValue(scan, 0);
    return { root, end: scan.at };
  } catch (error) {
    if (error instanceof Fault) return { fault: { words: error.message, at: error.at, isEnd: error.isEnd } };
    throw error;
  }
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

/** The fault at a place: what stands there, and what was expected. */
function faultAt({ text }: Scan, at: number, context: string): Fault {
  const code = text.codePointAt(at);
  if (code === undefined) return new Fault('unexpected EOF', text.length, true);
  return new Fault(`invalid character ${goCharQuote(String.fromCodePoint(code))} ${context}`, at, false);
}

function readValue(scan: Scan, depth: number): YamlNode {
  const first = peek(scan);
  const from = scan.at;
  if (depth > scan.depthMax) throw new Fault('exceeded max depth', from, false);
  if (first === '{') return { type: 'mapping', from, tag: '', pairs: readMembers(scan, depth + 1), to: scan.at };
  if (first === '[') return { type: 'sequence', from, tag: '', items: readItems(scan, depth + 1), to: scan.at };
  if (first === '"') return readText(scan);
  readWord(scan, first);
  return { type: 'scalar', from, to: scan.at, tag: '', value: scan.text.slice(from, scan.at), isPlain: true };
}

function readMembers(scan: Scan, depth: number): { key: YamlNode; value: YamlNode }[] {
  const pairs: { key: YamlNode; value: YamlNode }[] = [];
  scan.at += 1;
  if (peek(scan) === '}') scan.at += 1;
  else
    for (;;) {
      if (peek(scan) !== '"') throw faultAt(scan, scan.at, 'looking for beginning of object key string');
      const key = readText(scan);
      if (peek(scan) !== ':') throw faultAt(scan, scan.at, 'after object key');
      scan.at += 1;
      pairs.push({ key, value: readValue(scan, depth) });
      const end = peek(scan);
      if (end !== ',' && end !== '}') throw faultAt(scan, scan.at, 'after object key:value pair');
      scan.at += 1;
      if (end === '}') break;
    }
  return pairs;
}

function readItems(scan: Scan, depth: number): YamlNode[] {
  const items: YamlNode[] = [];
  scan.at += 1;
  if (peek(scan) === ']') scan.at += 1;
  else
    for (;;) {
      items.push(readValue(scan, depth));
      const end = peek(scan);
      if (end !== ',' && end !== ']') throw faultAt(scan, scan.at, 'after array element');
      scan.at += 1;
      if (end === ']') break;
    }
  return items;
}

function readText(scan: Scan): YamlNode {
  const from = scan.at;
  scan.at += 1;
  for (;;) {
    skip(scan, PLAIN_TEXT);
    const char = scan.text.charAt(scan.at);
    if (char === '"') break;
    if (char !== '\\') throw faultAt(scan, scan.at, 'in string literal');
    if (skip(scan, ESCAPE) === 0) throw escapeFault(scan);
  }
  scan.at += 1;
  const value = (JSON.parse(scan.text.slice(from, scan.at)) as string).replace(LONE_SURROGATE, '\ufffd');
  return { type: 'scalar', from, to: scan.at, tag: '', value, isPlain: false };
}

function escapeFault(scan: Scan): Fault {
  if (scan.text.charAt(scan.at + 1) !== 'u') return faultAt(scan, scan.at + 1, 'in string escape code');
  const digits = /^[0-9a-fA-F]*/.exec(scan.text.slice(scan.at + 2, scan.at + 6))?.[0].length ?? 0;
  return faultAt(scan, scan.at + 2 + digits, 'in \\u hexadecimal character escape');
}

function readWord(scan: Scan, first: string): void {
  const literal = LITERALS.find((word) => first !== '' && word.startsWith(first));
  if (literal === undefined) {
    if (first !== '-' && !/\d/.test(first)) throw faultAt(scan, scan.at, 'looking for beginning of value');
    if (skip(scan, NUMBER) === 0) throw faultAt(scan, scan.at + 1, 'in numeric literal');
    const rest = scan.text.charAt(scan.at);
    if (rest === '.') throw faultAt(scan, scan.at + 1, 'after decimal point in numeric literal');
    if (rest !== 'e' && rest !== 'E') return;
    const sign = /[+-]/.test(scan.text.charAt(scan.at + 1)) ? 1 : 0;
    throw faultAt(scan, scan.at + 1 + sign, 'in exponent of numeric literal');
  }
  for (const [i, char] of [...literal].entries())
    if (scan.text.charAt(scan.at + i) !== char)
      throw faultAt(scan, scan.at + i, `in literal ${literal} (expecting ${goCharQuote(char)})`);
  scan.at += literal.length;
}
