// A place in a YAML text that moves forward, and what its characters are. YAML 1.1 knows more line breaks than the
// line feed: carriage return, NEL, and the line and paragraph separators.

/** A place: an offset, and line and column from 0. Columns count characters. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

export interface Cursor {
  readonly text: string;
  index: number;
  line: number;
  column: number;
}

/** A cursor at the beginning of a text, behind the mark that may stand before the first character and takes no column. */
export const newCursor = (text: string): Cursor => ({
  text,
  index: text.startsWith('\ufeff') ? 1 : 0,
  line: 0,
  column: 0,
});

export const markOf = ({ index, line, column }: Cursor): Mark => ({ index, line, column });

/** The character `ahead` of the cursor; '' behind the end. */
export const charAt = (cursor: Cursor, ahead = 0): string => cursor.text.charAt(cursor.index + ahead);

export const isEnd = (cursor: Cursor): boolean => cursor.index >= cursor.text.length;

export const isBlank = (char: string): boolean => char === ' ' || char === '\t';

export const isBreak = (char: string): boolean =>
  char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029';

/** A line break or the end of the text. */
export const isBreakOrEnd = (char: string): boolean => char === '' || isBreak(char);

/** What ends a word: blank, line break, end. */
export const isSpacing = (char: string): boolean => char === '' || isBlank(char) || isBreak(char);

export const isDigit = (char: string): boolean => char >= '0' && char <= '9' && char.length === 1;

/** Letters, digits, `_` and `-`: what names of anchors and tag handles are made of. */
export const isWord = (char: string): boolean => /^[0-9A-Za-z_-]$/.test(char);

/** Passes one character that is no line break, both halves of a surrogate pair. */
export function skip(cursor: Cursor): void {
  const code = cursor.text.charCodeAt(cursor.index);
  const isPair = code >= 0xd800 && code <= 0xdbff && isLowSurrogate(cursor.text.charCodeAt(cursor.index + 1));
  cursor.index += isPair ? 2 : 1;
  cursor.column += 1;
}

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** Passes one character and gives it. */
export function read(cursor: Cursor): string {
  const start = cursor.index;
  skip(cursor);
  return cursor.text.slice(start, cursor.index);
}

/** Passes a line break and gives what it means: a line feed, except for the two separators, which stay. */
export function readBreak(cursor: Cursor): string {
  const char = charAt(cursor);
  if (!isBreak(char)) return '';
  cursor.index += char === '\r' && charAt(cursor, 1) === '\n' ? 2 : 1;
  cursor.line += 1;
  cursor.column = 0;
  return char === '\u2028' || char === '\u2029' ? char : '\n';
}

/** Whether `---` or `...` stands at the beginning of this line. */
export function isDocumentIndicator(cursor: Cursor): boolean {
  if (cursor.column !== 0) return false;
  const three = cursor.text.slice(cursor.index, cursor.index + 3);
  return (three === '---' || three === '...') && isSpacing(charAt(cursor, 3));
}
