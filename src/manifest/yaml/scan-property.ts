// Reads what stands beside scalars: anchors, aliases, tags and directives.
import {
  type Cursor,
  charAt,
  isBlank,
  isBreakOrEnd,
  isDigit,
  isSpacing,
  isWord,
  type Mark,
  markOf,
  read,
  readBreak,
  skip,
} from './cursor.ts';
import type { Token } from './token.ts';
import { scannerError, type YamlError } from './yaml-error.ts';

/** What may follow the name of an anchor at once. */
const AFTER_NAME: ReadonlySet<string> = new Set(['?', ':', ',', ']', '}', '%', '@', '`']);

function readWhile(cursor: Cursor, accepts: (char: string) => boolean): string {
  let text = '';
  while (accepts(charAt(cursor))) text += read(cursor);
  return text;
}

/** `&name` or `*name`. */
export function scanAnchor(cursor: Cursor): Token {
  const start = markOf(cursor);
  const type = read(cursor) === '*' ? 'alias' : 'anchor';
  const value = readWhile(cursor, isWord);
  if (value === '' || !(isSpacing(charAt(cursor)) || AFTER_NAME.has(charAt(cursor))))
    throw scannerError('did not find expected alphabetic or numeric character', start, markOf(cursor));
  return { type, start, end: markOf(cursor), value };
}

/** `!tag`, `!!tag`, `!name!tag` or `!<tag>`. */
export function scanTag(cursor: Cursor): Token {
  const start = markOf(cursor);
  let handle = '';
  let value: string;
  if (charAt(cursor, 1) === '<') {
    skip(cursor);
    skip(cursor);
    value = scanUri(cursor, start, '');
    if (charAt(cursor) !== '>') throw scannerError("did not find the expected '>'", start, markOf(cursor));
    skip(cursor);
  } else {
    const head = scanHandle(cursor, false, start);
    if (head.length > 1 && head.endsWith('!')) {
      handle = head;
      value = scanUri(cursor, start, '');
    } else {
      // What looked like a handle is the beginning of the tag itself.
      value = scanUri(cursor, start, head);
      handle = '!';
      if (value === '') {
        handle = '';
        value = '!';
      }
    }
  }
  if (!isSpacing(charAt(cursor)))
    throw scannerError('did not find expected whitespace or line break', start, markOf(cursor));
  return { type: 'tag', start, end: markOf(cursor), handle, value };
}

function scanHandle(cursor: Cursor, isDirective: boolean, start: Mark): string {
  if (charAt(cursor) !== '!') throw scannerError("did not find expected '!'", start, markOf(cursor));
  const handle = read(cursor) + readWhile(cursor, isWord);
  if (charAt(cursor) === '!') return handle + read(cursor);
  if (isDirective && handle !== '!') throw scannerError("did not find expected '!'", start, markOf(cursor));
  return handle;
}

const URI_CHARACTERS = /^[0-9A-Za-z_\-;/?:@&=+$.,!~*'()[\]%]$/;

/** @param head a handle that turned out to be none; its `!` is no part of the tag */
function scanUri(cursor: Cursor, start: Mark, head: string): string {
  let text = head.length > 1 ? head.slice(1) : '';
  const hasHead = head !== '';
  while (URI_CHARACTERS.test(charAt(cursor))) {
    if (charAt(cursor) === '%') {
      if (!/^%[0-9A-Fa-f]{2}$/.test(cursor.text.slice(cursor.index, cursor.index + 3)))
        throw scannerError('did not find URI escaped octet', start, markOf(cursor));
      text += String.fromCharCode(Number.parseInt(cursor.text.slice(cursor.index + 1, cursor.index + 3), 16));
      skip(cursor);
      skip(cursor);
      skip(cursor);
    } else text += read(cursor);
  }
  if (text === '' && !hasHead) throw scannerError('did not find expected tag URI', start, markOf(cursor));
  return text;
}

/** A line that begins with `%`. Kubernetes reads the version and goes on whatever it says, as long as it is 1.1. */
export function scanDirective(cursor: Cursor): Token {
  const start = markOf(cursor);
  const fail = (text: string): YamlError => scannerError(text, start, markOf(cursor));
  skip(cursor);
  const name = readWhile(cursor, isWord);
  if (name === '') throw fail('could not find expected directive name');
  if (!isSpacing(charAt(cursor))) throw fail('found unexpected non-alphabetical character');
  const blanks = (): string => readWhile(cursor, isBlank);
  let token: Token;
  if (name === 'YAML') {
    blanks();
    const major = scanVersionNumber(cursor, fail);
    if (charAt(cursor) !== '.') throw fail("did not find expected digit or '.' character");
    skip(cursor);
    const value = `${major}.${scanVersionNumber(cursor, fail)}`;
    token = { type: 'version-directive', start, end: markOf(cursor), value };
  } else if (name === 'TAG') {
    blanks();
    const handle = scanHandle(cursor, true, start);
    if (blanks() === '') throw fail('did not find expected whitespace');
    const value = scanUri(cursor, start, '');
    if (!isSpacing(charAt(cursor))) throw fail('did not find expected whitespace or line break');
    token = { type: 'tag-directive', start, end: markOf(cursor), handle, value };
  } else throw fail('found unknown directive name');
  blanks();
  if (charAt(cursor) === '#') while (!isBreakOrEnd(charAt(cursor))) skip(cursor);
  if (!isBreakOrEnd(charAt(cursor))) throw fail('did not find expected comment or line break');
  readBreak(cursor);
  return token;
}

const VERSION_LENGTH_MAX = 2;

function scanVersionNumber(cursor: Cursor, fail: (text: string) => YamlError): string {
  const digits = readWhile(cursor, isDigit);
  if (digits.length > VERSION_LENGTH_MAX) throw fail('found extremely long version number');
  if (digits === '') throw fail('did not find expected version number');
  return digits;
}
