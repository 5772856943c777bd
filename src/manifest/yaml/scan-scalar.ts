// Reads scalars: plain, quoted and block ones, with the folding of lines that YAML prescribes.
import {
  type Cursor,
  charAt,
  isBlank,
  isBreak,
  isBreakOrEnd,
  isDigit,
  isDocumentIndicator,
  isEnd,
  isSpacing,
  type Mark,
  markOf,
  read,
  readBreak,
  skip,
} from './cursor.ts';
import type { Token } from './token.ts';
import { scannerError } from './yaml-error.ts';

const FLOW_INDICATORS: ReadonlySet<string> = new Set([',', '?', '[', ']', '{', '}']);

/** Gathers a text whose line breaks fold: one becomes a blank, more become all but the first. */
interface Folding {
  text: string;
  blanks: string;
  firstBreak: string;
  moreBreaks: string;
  isAfterBreak: boolean;
}

const newFolding = (): Folding => ({ text: '', blanks: '', firstBreak: '', moreBreaks: '', isAfterBreak: false });

/** Adds what stands between two words. */
function join(folding: Folding): void {
  if (!folding.isAfterBreak) folding.text += folding.blanks;
  else if (folding.firstBreak.startsWith('\n')) folding.text += folding.moreBreaks === '' ? ' ' : folding.moreBreaks;
  else folding.text += folding.firstBreak + folding.moreBreaks;
  folding.blanks = '';
  folding.firstBreak = '';
  folding.moreBreaks = '';
  folding.isAfterBreak = false;
}

/** Takes one blank or line break into the gap. */
function takeSpacing(cursor: Cursor, folding: Folding): void {
  if (isBlank(charAt(cursor))) {
    if (folding.isAfterBreak) skip(cursor);
    else folding.blanks += read(cursor);
  } else if (folding.isAfterBreak) folding.moreBreaks += readBreak(cursor);
  else {
    folding.blanks = '';
    folding.firstBreak = readBreak(cursor);
    folding.isAfterBreak = true;
  }
}

/**
 * A scalar without quotes.
 * @param indent the indentation that its lines must have in block context
 * @returns the token, and whether it ended behind a line break, so that a key may follow
 */
export function scanPlain(cursor: Cursor, indent: number, isInFlow: boolean): { token: Token; isAfterBreak: boolean } {
  const start = markOf(cursor);
  let end = start;
  const folding = newFolding();
  while (!isDocumentIndicator(cursor) && charAt(cursor) !== '#') {
    while (!isSpacing(charAt(cursor))) {
      const char = charAt(cursor);
      if (char === ':' && isSpacing(charAt(cursor, 1))) break;
      if (isInFlow && FLOW_INDICATORS.has(char)) break;
      if (folding.isAfterBreak || folding.blanks !== '') join(folding);
      folding.text += read(cursor);
      end = markOf(cursor);
    }
    if (isEnd(cursor) || !isSpacing(charAt(cursor))) break;
    while (!isEnd(cursor) && isSpacing(charAt(cursor))) {
      if (folding.isAfterBreak && cursor.column < indent && charAt(cursor) === '\t')
        throw scannerError('found a tab character that violates indentation', start, markOf(cursor));
      takeSpacing(cursor, folding);
    }
    if (!isInFlow && cursor.column < indent) break;
  }
  return {
    token: { type: 'scalar', start, end, value: folding.text, isPlain: true },
    isAfterBreak: folding.isAfterBreak,
  };
}

/** A scalar in single or double quotes. */
export function scanQuoted(cursor: Cursor): Token {
  const start = markOf(cursor);
  const quote = read(cursor);
  const folding = newFolding();
  for (;;) {
    if (isDocumentIndicator(cursor)) throw scannerError('found unexpected document indicator', start, markOf(cursor));
    if (isEnd(cursor)) throw scannerError('found unexpected end of stream', start, markOf(cursor));
    scanQuotedWord(cursor, quote, start, folding);
    if (charAt(cursor) === quote) break;
    while (!isEnd(cursor) && isSpacing(charAt(cursor))) takeSpacing(cursor, folding);
    join(folding);
  }
  skip(cursor);
  return { type: 'scalar', start, end: markOf(cursor), value: folding.text, isPlain: false };
}

/** Characters up to the next blank, line break or closing quote. */
function scanQuotedWord(cursor: Cursor, quote: string, start: Mark, folding: Folding): void {
  while (!isSpacing(charAt(cursor))) {
    const char = charAt(cursor);
    if (char === quote) {
      if (quote === '"' || charAt(cursor, 1) !== "'") return;
      folding.text += "'";
      skip(cursor);
      skip(cursor);
    } else if (quote === '"' && char === '\\' && isBreak(charAt(cursor, 1))) {
      // A line break that counts for nothing: what follows goes on where the line ended.
      skip(cursor);
      readBreak(cursor);
      folding.isAfterBreak = true;
      return;
    } else if (quote === '"' && char === '\\') folding.text += scanEscape(cursor, start);
    else folding.text += read(cursor);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function scanEscape(cursor: Cursor, start: Mark): string {
  const letter = charAt(cursor, 1);
  const length = Object.hasOwn(CODE_LENGTHS, letter) ? CODE_LENGTHS[letter] : undefined;
  const plain = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
  if (length === undefined && plain === undefined)
    throw scannerError('found unknown escape character', start, markOf(cursor));
  skip(cursor);
  skip(cursor);
  if (plain !== undefined) return plain;
  const digits = cursor.text.slice(cursor.index, cursor.index + (length ?? 0));
  if (digits.length !== length || !/^[0-9A-Fa-f]+$/.test(digits))
    throw scannerError('did not find expected hexdecimal number', start, markOf(cursor));
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    throw scannerError('found invalid Unicode character escape code', start, markOf(cursor));
  for (let i = 0; i < digits.length; i += 1) skip(cursor);
  return String.fromCodePoint(code);
}

/** A scalar behind `|` or `>`. `outer` is the indentation of what it stands in. */
export function scanBlock(cursor: Cursor, outer: number): Token {
  const start = markOf(cursor);
  const isLiteral = read(cursor) === '|';
  const { chomping, increment } = scanBlockHeader(cursor, start);
  const lines: BlockLines = { indent: increment > 0 ? Math.max(outer, 0) + increment : 0, end: markOf(cursor) };
  let text = '';
  let lastBreak = '';
  let wasBlank = false;
  let emptyLines = scanEmptyLines(cursor, lines, outer, start);
  while (cursor.column === lines.indent && !isEnd(cursor)) {
    const isBlankLine = isBlank(charAt(cursor));
    const folds = !isLiteral && !wasBlank && !isBlankLine && lastBreak.startsWith('\n');
    if (!folds) text += lastBreak;
    else if (emptyLines === '') text += ' ';
    text += emptyLines;
    wasBlank = isBlankLine;
    const from = cursor.index;
    while (!isBreakOrEnd(charAt(cursor))) skip(cursor);
    text += cursor.text.slice(from, cursor.index);
    lastBreak = readBreak(cursor);
    emptyLines = scanEmptyLines(cursor, lines, outer, start);
  }
  if (chomping !== '-') text += lastBreak;
  if (chomping === '+') text += emptyLines;
  return { type: 'scalar', start, end: lines.end, value: text, isPlain: false };
}

/** What stands behind `|` and `>`: how to end, and how deep the text is indented. */
function scanBlockHeader(cursor: Cursor, start: Mark): { chomping: string; increment: number } {
  let chomping = '';
  let increment = 0;
  const isSign = (char: string): boolean => char === '+' || char === '-';
  const takeDigit = (): void => {
    if (!isDigit(charAt(cursor))) return;
    if (charAt(cursor) === '0') throw scannerError('found an indentation indicator equal to 0', start, markOf(cursor));
    increment = Number(read(cursor));
  };
  if (isSign(charAt(cursor))) {
    chomping = read(cursor);
    takeDigit();
  } else {
    takeDigit();
    if (increment > 0 && isSign(charAt(cursor))) chomping = read(cursor);
  }
  while (isBlank(charAt(cursor))) skip(cursor);
  if (charAt(cursor) === '#') while (!isBreakOrEnd(charAt(cursor))) skip(cursor);
  if (!isBreakOrEnd(charAt(cursor)))
    throw scannerError('did not find expected comment or line break', start, markOf(cursor));
  readBreak(cursor);
  return { chomping, increment };
}

interface BlockLines {
  /** 0 until the first line with text tells it. */
  indent: number;
  /** Where the text ends. */
  end: Mark;
}

/** Passes indentation and empty lines. Gives the breaks; the first text decides the indentation. */
function scanEmptyLines(cursor: Cursor, lines: BlockLines, outer: number, start: Mark): string {
  let breaks = '';
  let deepest = 0;
  lines.end = markOf(cursor);
  for (;;) {
    const isShallow = (): boolean => lines.indent === 0 || cursor.column < lines.indent;
    while (isShallow() && charAt(cursor) === ' ') skip(cursor);
    deepest = Math.max(deepest, cursor.column);
    if (isShallow() && charAt(cursor) === '\t')
      throw scannerError('found a tab character where an indentation space is expected', start, markOf(cursor));
    if (!isBreak(charAt(cursor))) break;
    breaks += readBreak(cursor);
    lines.end = markOf(cursor);
  }
  if (lines.indent === 0) lines.indent = Math.max(deepest, outer + 1, 1);
  return breaks;
}
