// Editing a line by keys, as readline does: to the ends of a line, over words, and cutting what lies between.

/** A text with its cursor. */
export interface Line {
  readonly text: string;
  readonly cursor: number;
}

/** What a key made of a line; `cut`: what it took away, which Ctrl+Y puts in again. */
export interface Edited extends Line {
  readonly cut?: string;
}

/** A key, as far as editing needs to know it. */
export interface LineKey {
  readonly key: string;
  /** Where it is on the keyboard: on a Mac Alt changes the letter. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const lineStart = ({ text, cursor }: Line): number => text.lastIndexOf('\n', cursor - 1) + 1;

function lineEnd({ text, cursor }: Line): number {
  const end = text.indexOf('\n', cursor);
  return end < 0 ? text.length : end;
}

/** The beginning of the word before the cursor: letters and digits for Alt, all but blanks for Ctrl+W. */
const wordStart = ({ text, cursor }: Line, word: RegExp): number =>
  cursor - (word.exec(text.slice(0, cursor))?.[0].length ?? 0);

const wordEnd = ({ text, cursor }: Line): number =>
  cursor + (/^[^\p{L}\p{N}]*[\p{L}\p{N}]*/u.exec(text.slice(cursor))?.[0].length ?? 0);

const LETTERS_BEFORE = /[\p{L}\p{N}]*[^\p{L}\p{N}]*$/u;
const BLANKS_BEFORE = /\S*\s*$/;

const without = ({ text }: Line, from: number, to: number): Edited => ({
  text: text.slice(0, from) + text.slice(to),
  cursor: from,
  cut: text.slice(from, to),
});

/**
 * What a key makes of a line.
 *
 * @param line - the line and its cursor
 * @param key - the key that was pressed
 * @param cut - what was cut last
 * @returns undefined where the key means nothing to a line
 */
export function editLine(line: Line, key: LineKey, cut: string): Edited | undefined {
  if (key.metaKey || key.shiftKey || key.ctrlKey === key.altKey) return undefined;
  return key.ctrlKey ? withControl(line, key.key.toLowerCase(), cut) : withAlt(line, key);
}

function withControl(line: Line, key: string, cut: string): Edited | undefined {
  const { text, cursor } = line;
  switch (key) {
    case 'a':
      return { text, cursor: lineStart(line) };
    case 'e':
      return { text, cursor: lineEnd(line) };
    case 'u':
      return without(line, lineStart(line), cursor);
    case 'k':
      // At the end there is nothing to cut: the key is the page's.
      return cursor === text.length ? undefined : without(line, cursor, lineEnd(line));
    case 'w':
      return without(line, wordStart(line, BLANKS_BEFORE), cursor);
    case 'y':
      return { text: text.slice(0, cursor) + cut + text.slice(cursor), cursor: cursor + cut.length };
    case 'h':
      return { text: text.slice(0, Math.max(0, cursor - 1)) + text.slice(cursor), cursor: Math.max(0, cursor - 1) };
    default:
      return undefined;
  }
}

function withAlt(line: Line, { key, code }: LineKey): Edited | undefined {
  if (key === 'Backspace') return without(line, wordStart(line, LETTERS_BEFORE), line.cursor);
  switch (code) {
    case 'KeyB':
      return { text: line.text, cursor: wordStart(line, LETTERS_BEFORE) };
    case 'KeyF':
      return { text: line.text, cursor: wordEnd(line) };
    case 'KeyD':
      return without(line, line.cursor, wordEnd(line));
    default:
      return undefined;
  }
}
