// Reads templates of `-o jsonpath`: text, and in braces steps from value to value. k8s: client-go util/jsonpath parser.go
import { CommandError } from '../../errors.ts';

const TEMPLATE_LENGTH_MAX = 10_000;
const DEPTH_MAX = 50;

/** A bound of `[from:to:step]`. `isDerived`: it follows from the one before. */
export interface Bound {
  readonly value: number;
  readonly isKnown: boolean;
  readonly isDerived?: boolean;
}

export type PathNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'array'; readonly bounds: readonly [Bound, Bound, Bound] }
  | { readonly type: 'filter'; readonly left: PathList; readonly right: PathList; readonly operator: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'wildcard' | 'recursive' }
  | { readonly type: 'union'; readonly parts: readonly PathList[] }
  | { readonly type: 'identifier'; readonly name: string }
  | { readonly type: 'list'; readonly nodes: PathList };
export type PathList = readonly PathNode[];

/** What is wrong with a template, without the words before it. */
export class PathError extends Error {}

const fail = (message: string): never => {
  throw new PathError(message);
};

const isSpace = (char: string): boolean => char === ' ' || char === '\t';
const isLineEnd = (char: string): boolean => char === '\r' || char === '\n';
const isAlphaNumeric = (char: string): boolean => /^[\p{L}\p{Nd}_]$/u.test(char);
const isTerminator = (char: string): boolean =>
  char === '' || isSpace(char) || isLineEnd(char) || '.,[]$@{}'.includes(char);

/**
 * The nodes of a template.
 * @throws PathError for a template that is none; CommandError for one that is too long
 */
export function parsePath(template: string): PathList {
  if (template.length > TEMPLATE_LENGTH_MAX) throw new CommandError('the template is too long');
  return parseText(template, 0);
}

function parseText(input: string, depth: number): PathList {
  const nodes: PathNode[] = [];
  let rest = input;
  while (rest !== '') {
    const open = rest.indexOf('{');
    if (open !== 0) {
      nodes.push({ type: 'text', text: open < 0 ? rest : rest.slice(0, open) });
      rest = open < 0 ? '' : rest.slice(open);
      continue;
    }
    const action = parseAction(rest.slice(1), depth);
    nodes.push({ type: 'list', nodes: action.nodes });
    rest = rest.slice(1 + action.length);
  }
  return nodes;
}

/** A part of an action by itself. */
function parseInner(text: string, depth: number): PathList {
  if (depth > DEPTH_MAX) fail('the template is too deep');
  const [only] = parseText(`{${text}}`, depth + 1);
  return only?.type === 'list' ? only.nodes : [];
}

/** What stands up to the closing brace. */
function parseAction(input: string, depth: number): { readonly nodes: PathList; readonly length: number } {
  const nodes: PathNode[] = [];
  let at = 0;
  for (;;) {
    const char = input.charAt(at);
    if (char === '}') return { nodes, length: at + 1 };
    if (input.startsWith('[?(', at)) at = readFilter(input, at, nodes, depth);
    else if (input.startsWith('..', at)) {
      if (nodes.at(-1)?.type === 'recursive') fail('invalid multiple recursive descent');
      nodes.push({ type: 'recursive' });
      at += 2;
      if (isAlphaNumeric(input.charAt(at))) at = readField(input, at, nodes);
    } else if (char === '' || isLineEnd(char)) fail('unclosed action');
    else if (char === ' ' || char === '@' || char === '$') at += 1;
    else if (char === '[') at = readArray(input, at, nodes, depth);
    else if (char === '"' || char === "'") at = readQuote(input, at, nodes);
    else if (char === '.') at = readField(input, at + 1, nodes);
    else if (/[-+\d]/.test(char)) at = readNumber(input, at, nodes);
    else if (isAlphaNumeric(char)) at = readIdentifier(input, at, nodes);
    else fail(`unrecognized character in action: U+${codeOf(char)} '${char}'`);
  }
}

const codeOf = (char: string): string => (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

function readField(input: string, start: number, nodes: PathNode[]): number {
  let at = start;
  while (!isTerminator(input.charAt(at))) at += input.charAt(at) === '\\' ? 2 : 1;
  at = Math.min(at, input.length);
  const name = input.slice(start, at);
  nodes.push(name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') });
  return at;
}

function readIdentifier(input: string, start: number, nodes: PathNode[]): number {
  let at = start;
  while (!isTerminator(input.charAt(at))) at += 1;
  const name = input.slice(start, at);
  nodes.push(
    name === 'true' || name === 'false' ? { type: 'bool', value: name === 'true' } : { type: 'identifier', name },
  );
  return at;
}

function readNumber(input: string, start: number, nodes: PathNode[]): number {
  let at = start;
  if (/[-+]/.test(input.charAt(at))) at += 1;
  while (/[\d.]/.test(input.charAt(at))) at += 1;
  const text = input.slice(start, at);
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(text)) fail(`cannot parse number ${text}`);
  nodes.push({ type: 'number', value: Number(text) });
  return at;
}

function readQuote(input: string, start: number, nodes: PathNode[]): number {
  const quote = input.charAt(start);
  let at = start + 1;
  for (;;) {
    const char = input.charAt(at);
    if (char === '' || isLineEnd(char)) fail('unterminated quoted string');
    if (char === quote && input.charAt(at - 1) !== '\\') break;
    at += 1;
  }
  nodes.push({ type: 'text', text: unquoted(input.slice(start + 1, at)) });
  return at + 1;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const unquoted = (text: string): string =>
  text.replace(/\\(u[\da-fA-F]{4}|.)/g, (_whole, sign: string) =>
    sign.length > 1 ? String.fromCodePoint(Number.parseInt(sign.slice(1), 16)) : (ESCAPES[sign] ?? sign),
  );

function readArray(input: string, start: number, nodes: PathNode[], depth: number): number {
  const end = input.indexOf(']', start);
  if (end < 0 || /[\r\n]/.test(input.slice(start, end))) fail('unterminated array');
  const inner = input.slice(start + 1, end);
  const text = inner === '*' ? ':' : inner;
  const parts = text.split(',');
  const key = /^'([^']*)'$/.exec(text)?.[1];
  if (parts.length > 1)
    nodes.push({ type: 'union', parts: parts.map((part) => parseInner(`[${part.trim()}]`, depth)) });
  else if (key !== undefined) nodes.push(...parseInner(`.${key}`, depth));
  else nodes.push({ type: 'array', bounds: boundsOf(text) });
  return end + 1;
}

function boundsOf(text: string): readonly [Bound, Bound, Bound] {
  const found = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (!found) return fail(`invalid array index ${text}`);
  const bound = (part: string | undefined): Bound => {
    const digits = (part ?? '').replace(/^:/, '');
    if (digits === '-') fail(`array index ${digits} is not a number`);
    return { value: Number(digits), isKnown: digits !== '' };
  };
  const first = bound(found[1]);
  const second = found[2] === undefined ? { value: first.value + 1, isKnown: true, isDerived: true } : bound(found[2]);
  return [first, second, bound(found[3])];
}

/** `[?(@.type=="Ready")]` */
function readFilter(input: string, start: number, nodes: PathNode[], depth: number): number {
  let at = start + 3;
  let hasBegun = false;
  let hasEnded = false;
  let quote = '';
  for (; ; at += 1) {
    const char = input.charAt(at);
    if (char === '' || char === '\n') fail('unterminated filter');
    if (char === '"' || char === "'") {
      if (!hasBegun) {
        hasBegun = true;
        quote = char;
      } else if (input.charAt(at - 1) !== '\\' && char === quote) hasEnded = true;
    } else if (char === ')' && hasBegun === hasEnded) break;
  }
  if (input.charAt(at + 1) !== ']') fail('unclosed array expect ]');
  const text = input.slice(start + 3, at);
  const [, left, operator, right] = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text) ?? [];
  nodes.push(
    left === undefined || operator === undefined
      ? { type: 'filter', left: parseInner(text, depth), right: [], operator: 'exists' }
      : { type: 'filter', left: parseInner(left, depth), right: parseInner(right ?? '', depth), operator },
  );
  return at + 2;
}
