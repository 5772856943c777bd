// Changes of a text that leave comments, order and indentation as they stand. Each function answers undefined where the
// change cannot be made safely: through an alias, in a style that it does not know.
import { plainScalar } from '../scalars.ts';
import type { Fix, TextEdit } from '../types.ts';
import { isFlow, nodeOf, pairAt } from './find-node.ts';
import type { Path, SourceFile, Written } from './types.ts';

/** A stretch of a file to be replaced, by offsets. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Most levels of indentation that one step adds. */
const INDENT = 2;

const PLAIN = /^[A-Za-z0-9_./][A-Za-z0-9_./:@+-]*$/;

/** A text as a scalar: plain where it stays a text, else in double quotes. */
export const scalarText = (value: string): string =>
  PLAIN.test(value) && !value.endsWith(':') && plainScalar(value) === value ? value : JSON.stringify(value);

/** How lines end in a file. */
export const lineBreakOf = ({ text }: SourceFile): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** A fix of edits; undefined where one of them cannot be made. */
export function fixOf(
  file: SourceFile,
  label: string,
  edits: readonly (Edit | readonly Edit[] | undefined)[],
): Fix | undefined {
  const all: Edit[] = [];
  for (const edit of edits) {
    if (edit === undefined) return undefined;
    if (Array.isArray(edit)) all.push(...edit);
    else all.push(edit as Edit);
  }
  return { label, edits: all.map((edit) => placed(file, edit)) };
}

/** The fixes that could be made. */
export const fixes = (...list: readonly (Fix | undefined)[]): readonly Fix[] =>
  list.filter((fix): fix is Fix => fix !== undefined);

const placed = ({ places }: SourceFile, { from, to, text }: Edit): TextEdit => ({
  ...places.spanOf({ from, to }),
  text,
});

/** Replaces the text of a scalar. */
export function replaceScalar(written: Written, path: Path, text: string): Edit | undefined {
  const found = nodeOf(written, path);
  if (found?.node.type !== 'scalar' || found.node.tag !== '') return undefined;
  const { from, to } = found.node;
  const before = written.file.text.slice(found.offset + from, found.offset + to);
  // A scalar without a text, one that goes over lines, or one with an anchor is not replaced in place.
  if (before === '' || /[\n\r]/.test(before) || before.startsWith('&')) return undefined;
  return { from: found.offset + from, to: found.offset + to, text };
}

/** Replaces the key of a field. */
export function replaceKey(written: Written, path: Path, key: string): Edit | undefined {
  const found = pairAt(written, path);
  if (!found) return undefined;
  return { from: found.offset + found.node.key.from, to: found.offset + found.node.key.to, text: scalarText(key) };
}

/** The whole lines of a stretch of a file, the last line break included. */
function wholeLines({ text, places }: SourceFile, from: number, to: number): { from: number; to: number } {
  let end = to;
  while (end > from && /\s/.test(text.charAt(end - 1))) end -= 1;
  const lineEnd = places.lineEnd(end);
  return { from: places.lineStart(from), to: Math.min(text.length, lineEnd + 1) };
}

/** Removes a field with its value: whole lines. Comments on lines of their own stay. */
export function removeEntry(written: Written, path: Path): Edit | undefined {
  const found = pairAt(written, path);
  if (!found) return undefined;
  const { file } = written;
  const { node, offset } = found;
  const from = offset + node.key.from;
  const to = offset + Math.max(node.key.to, node.value.to);
  if (isFlow(file, { node: node.mapping, offset })) return undefined;
  if (node.mapping.pairs.length === 1) return path.length > 1 ? removeEntry(written, path.slice(0, -1)) : undefined;
  const lines = wholeLines(file, from, to);
  if (file.text.slice(lines.from, from).trim() !== '') return undefined;
  return hasAnchor(file, lines) ? undefined : { ...lines, text: '' };
}

/** Removes an item of a list, and the list with its last item. */
export function removeItem(written: Written, path: Path): Edit | undefined {
  const index = path.at(-1);
  const list = nodeOf(written, path.slice(0, -1));
  if (typeof index !== 'number' || list?.node.type !== 'sequence' || isFlow(written.file, list)) return undefined;
  const item = list.node.items[index];
  if (!item || item.type === 'alias') return undefined;
  if (list.node.items.length === 1) return removeEntry(written, path.slice(0, -1));
  const { file } = written;
  const from = list.offset + item.from;
  const lines = wholeLines(file, from, list.offset + item.to);
  if (!/^\s*-\s*$/.test(file.text.slice(lines.from, from))) return undefined;
  return hasAnchor(file, lines) ? undefined : { ...lines, text: '' };
}

/** Others may refer to what an anchor names. */
const hasAnchor = ({ text }: SourceFile, { from, to }: { from: number; to: number }): boolean =>
  /[\s[{,]&\w/.test(text.slice(from, to));

/** The column of an offset, from 0, where only blanks and dashes of list items stand before it. */
function indentAt({ text, places }: SourceFile, offset: number): number | undefined {
  const lineStart = places.lineStart(offset);
  return /^[ -]*$/.test(text.slice(lineStart, offset)) ? offset - lineStart : undefined;
}

/**
 * Adds fields at the end of a mapping.
 * @param lines without the mapping's own indentation; the first one holds the key
 */
export function addEntry(written: Written, path: Path, lines: readonly string[]): Edit | undefined {
  const found = nodeOf(written, path);
  const { file } = written;
  if (found?.node.type === 'scalar' && found.node.value === '' && found.node.isPlain)
    return addUnderKey(written, path, lines);
  if (found?.node.type !== 'mapping') return undefined;
  const { node, offset } = found;
  if (isFlow(file, found)) return lines.length === 1 ? addInBraces(file, offset + node.to, lines[0] ?? '') : undefined;
  const [first] = node.pairs;
  const indent = first && indentAt(file, offset + first.key.from);
  if (indent === undefined) return undefined;
  return addLinesAfter(file, offset + node.to, indent, lines);
}

function addUnderKey(written: Written, path: Path, lines: readonly string[]): Edit | undefined {
  const pair = pairAt(written, path);
  if (!pair) return undefined;
  const { file } = written;
  const indent = indentAt(file, pair.offset + pair.node.key.from);
  if (indent === undefined) return undefined;
  return addLinesAfter(file, pair.offset + pair.node.key.to, indent + INDENT, lines);
}

/** Puts lines behind the line in which a stretch ends. */
function addLinesAfter(file: SourceFile, to: number, indent: number, lines: readonly string[]): Edit {
  const { text, places } = file;
  let end = to;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end -= 1;
  const lineEnd = places.lineEnd(end);
  const at = text.charAt(lineEnd - 1) === '\r' ? lineEnd - 1 : lineEnd;
  const lineBreak = lineBreakOf(file);
  return { from: at, to: at, text: lines.map((line) => `${lineBreak}${' '.repeat(indent)}${line}`).join('') };
}

function addInBraces({ text }: SourceFile, to: number, line: string): Edit | undefined {
  const brace = to - 1;
  if (text.charAt(brace) !== '}') return undefined;
  let at = brace;
  while (/\s/.test(text.charAt(at - 1))) at -= 1;
  const isEmpty = text.charAt(at - 1) === '{';
  return { from: at, to: at, text: isEmpty ? ` ${line} ` : `, ${line}` };
}

/** Adds a document at the end of a YAML file. Files of JSON have no room for one, and behind a broken one nothing is read. */
export function addDocument(file: SourceFile, lines: readonly string[]): Edit | undefined {
  if (file.manifest.error) return undefined;
  const { text } = file;
  if (/^\s*[{[]/.test(text)) return undefined;
  const lineBreak = lineBreakOf(file);
  const trimmed = text.trimEnd();
  const hasSeparator = /(?:^|\n)---$/.test(trimmed);
  const head = trimmed === '' ? '' : `${lineBreak}${hasSeparator ? '' : `---${lineBreak}`}`;
  return { from: trimmed.length, to: text.length, text: `${head}${lines.join(lineBreak)}${lineBreak}` };
}

/**
 * A text after edits, which must not overlap.
 * @param text the text that the edits' offsets mean
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
    out += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return out + text.slice(at);
}

/** A text after the edits of a fix. */
export function applyFix(text: string, fix: Pick<Fix, 'edits'>): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offsetOf = ({ line, column }: TextEdit['from']): number => (starts[line - 1] ?? text.length) + column - 1;
  return applyEdits(
    text,
    fix.edits.map(({ from, to, text: next }) => ({ from: offsetOf(from), to: offsetOf(to), text: next })),
  );
}
