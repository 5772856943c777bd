// Moves fields to another place of their document, with the indentation of that place, and makes sure that the document
// is the better for it.
import { decodeObject, isObject, type Loose, textAt } from '#kube';
import { parseManifest } from '../../parse-manifest.ts';
import type { Fix } from '../../types.ts';
import { applyFix, type Edit, fixOf, lineBreakOf } from '../edits.ts';
import { isFlow, nodeOf, pairAt, pathText } from '../find-node.ts';
import type { Path, SourceFile, Written } from '../types.ts';
import { unknownFields } from './unknown-fields.ts';

const INDENT = 2;

/** Files larger than this are not read again for a fix. */
const TEXT_MAX = 200_000;

/** Whole lines of a file, with the column at which they begin. */
interface Lines {
  readonly from: number;
  readonly to: number;
  readonly indent: number;
}

/** The lines of some fields of one mapping that stand one after the other. */
function linesOf(written: Written, parent: Path, keys: readonly string[]): Lines | undefined {
  const { file } = written;
  const pairs = keys.map((key) => pairAt(written, [...parent, key]));
  const [first] = pairs;
  const last = pairs.at(-1);
  if (!first || !last || pairs.some((pair) => pair === undefined)) return undefined;
  if (isFlow(file, { node: first.node.mapping, offset: first.offset })) return undefined;
  const keyFrom = first.offset + first.node.key.from;
  const from = file.places.lineStart(keyFrom);
  if (file.text.slice(from, keyFrom).trim() !== '') return undefined;
  return {
    from,
    to: endOfLines(file, last.offset + Math.max(last.node.key.to, last.node.value.to)),
    indent: keyFrom - from,
  };
}

/** Where the line ends in which a value ends, its line break included. */
function endOfLines({ text, places }: SourceFile, to: number): number {
  let end = to;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end -= 1;
  return Math.min(text.length, places.lineEnd(end) + 1);
}

/** Lines with another indentation; those that are less indented than the first keep what they can. */
function reindented(text: string, from: number, to: number): string {
  const shift = to - from;
  return text
    .split('\n')
    .map((line) => {
      if (line.trim() === '') return line;
      const own = line.length - line.trimStart().length;
      return ' '.repeat(Math.max(0, own + shift)) + line.trimStart();
    })
    .join('\n');
}

/** Where fields can be added to a mapping, or under a key without a value. */
function placeIn(written: Written, path: Path): { readonly at: number; readonly indent: number } | undefined {
  const { file } = written;
  const found = nodeOf(written, path);
  if (found?.node.type === 'mapping' && !isFlow(file, found)) {
    const [first] = found.node.pairs;
    if (!first) return undefined;
    const keyFrom = found.offset + first.key.from;
    return { at: endOfLines(file, found.offset + found.node.to), indent: keyFrom - file.places.lineStart(keyFrom) };
  }
  if (found?.node.type === 'scalar' && found.node.value === '' && found.node.isPlain) {
    const pair = pairAt(written, path);
    if (!pair) return undefined;
    const keyFrom = pair.offset + pair.node.key.from;
    return {
      at: endOfLines(file, pair.offset + pair.node.key.to),
      indent: keyFrom - file.places.lineStart(keyFrom) + INDENT,
    };
  }
  return undefined;
}

/**
 * Moves fields of one mapping into another mapping of the document.
 * @param keys fields that stand one after the other in `parent`
 * @returns undefined where the lines cannot be moved, or the document would be no better
 */
export function moveFields(
  written: Written,
  parent: Path,
  keys: readonly string[],
  target: Path,
  label: string,
): Fix | undefined {
  const { file } = written;
  const lines = linesOf(written, parent, keys);
  const place = placeIn(written, target);
  if (!lines || !place) return undefined;
  const text = reindented(file.text.slice(lines.from, lines.to), lines.indent, place.indent);
  const isInPlace = place.at >= lines.from && place.at <= lines.to;
  const edits: Edit[] = isInPlace
    ? [{ from: lines.from, to: lines.to, text }]
    : [
        { from: lines.from, to: lines.to, text: '' },
        { from: place.at, to: place.at, text: ended(file, place.at, text) },
      ];
  return verified(written, fixOf(file, label, edits), keys, target);
}

/** Puts fields of one mapping under a new key of the same mapping. */
export function wrapFields(
  written: Written,
  parent: Path,
  keys: readonly string[],
  under: readonly string[],
  label: string,
): Fix | undefined {
  const { file } = written;
  const lines = linesOf(written, parent, keys);
  if (!lines) return undefined;
  const head = under
    .map((key, level) => `${' '.repeat(lines.indent + level * INDENT)}${key}:${lineBreakOf(file)}`)
    .join('');
  const text =
    head + reindented(file.text.slice(lines.from, lines.to), lines.indent, lines.indent + under.length * INDENT);
  const target = [...parent, ...under];
  return verified(written, fixOf(file, label, [{ from: lines.from, to: lines.to, text }]), keys, target);
}

/** Lines that are put at the end of a text without a last line break bring one along. */
function ended({ text }: SourceFile, at: number, lines: string): string {
  if (at < text.length || text.endsWith('\n')) return lines;
  return `\n${lines.replace(/\r?\n$/, '')}`;
}

/**
 * A fix after which the fields are at home: in their new place, known there, and with nothing of a wrong type that was
 * right before. What is inside of them may still be wrong: it was not looked at until now.
 */
function verified(written: Written, fix: Fix | undefined, keys: readonly string[], target: Path): Fix | undefined {
  const { file, document, at, raw } = written;
  if (!fix || file.text.length > TEXT_MAX) return undefined;
  const after = parseManifest(file.name, applyFix(file.text, fix));
  if (after.documents.length < file.manifest.documents.length) return undefined;
  const next = valueAt(after.documents[document.index]?.value, at);
  if (!isObject(next) || (typeErrorIn(next) !== undefined && typeErrorIn(raw) === undefined)) return undefined;
  const home = valueAt(next, target);
  if (!isObject(home) || keys.some((key) => !(key in home))) return undefined;
  const unknown = unknownFields({ ...written, raw: next });
  const isLost = unknown.some(({ parent, key }) => keys.includes(key) && pathText(parent.path) === pathText(target));
  return isLost ? undefined : fix;
}

const typeErrorIn = (value: Loose): string | undefined =>
  decodeObject(textAt(value, 'apiVersion'), textAt(value, 'kind'), value).error;

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, part) => (node as Record<string | number, unknown> | undefined)?.[part], value);
