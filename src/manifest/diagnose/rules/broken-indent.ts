// LINT-38: lines whose indentation makes a file unreadable, where another indentation makes it readable.
import { decodeObject, isObject, textAt } from '#kube';
import { parseManifest } from '../../parse-manifest.ts';
import { applyEdits, type Edit, fixes, fixOf } from '../edits.ts';
import { findingIn } from '../finding.ts';
import { presentKind } from '../read-files.ts';
import type { LintRule, SourceFile } from '../types.ts';
import { type Line, linesOf } from './text-lines.ts';

/** Files larger than this are not read again and again. */
const TEXT_MAX = 50_000;
/** Most places that a line is tried at. */
const TRIES_MAX = 8;

const indentOf = ({ text }: Line): number => text.length - text.trimStart().length;
const isBlank = ({ text }: Line): boolean => text.trim() === '' || text.trimStart().startsWith('#');

/** Lines with the place at which they can be read. */
interface Shift {
  readonly lines: readonly Line[];
  readonly to: number;
  readonly edits: readonly Edit[];
}

export const brokenIndent: LintRule = {
  id: 'LINT-38',
  title: 'Indentation that cannot be read',
  docs: 'https://yaml.org/spec/1.1/#id863390',
  *check({ files }) {
    for (const file of files) {
      const shift = file.text.length > TEXT_MAX ? undefined : bestShift(file);
      const [first] = shift?.lines ?? [];
      if (!shift || !first) continue;
      const from = indentOf(first);
      const number = file.places.positionOf(first.from).line;
      const last = file.places.positionOf((shift.lines.at(-1) ?? first).from).line;
      const which = last === number ? `line ${number}` : `lines ${number} to ${last}`;
      yield findingIn(
        file,
        { from: first.from, to: first.from + Math.max(1, from) },
        'error',
        `This line begins at column ${from + 1}, and what it belongs to at column ${shift.to + 1}. In YAML the columns say what belongs to what.`,
        fixes(fixOf(file, `Begin ${which} at column ${shift.to + 1}`, shift.edits)),
      );
    }
  },
};

/** The lines at the error, and where they are best put: at the column of a line above, with the fewest faults left. */
function bestShift(file: SourceFile): Shift | undefined {
  const { error } = file.manifest;
  if (!error || !/mapping values|expected key|'-' indicator|block sequence entries/.test(error.message))
    return undefined;
  const lines = linesOf(file);
  // Where lines are left out no column is sure.
  if (lines.some(({ text }) => text.trim() === '...')) return undefined;
  let best: (Shift & { readonly score: number }) | undefined;
  // The line that is told may be the one behind the one that is wrong.
  for (const at of [error.from.line - 1, error.from.line - 2])
    for (const block of blocksAt(lines, at))
      for (const to of columnsAbove(lines, at)) {
        const [first] = block;
        if (!first || indentOf(first) === to) continue;
        const edits = shifted(block, to - indentOf(first));
        const faults = scoreOf(file, edits);
        if (faults === undefined) continue;
        // Of equally good places the nearest.
        const score = faults * 1000 + Math.abs(to - indentOf(first));
        if (!best || score < best.score) best = { lines: block, to, edits, score };
      }
  return best;
}

/** Columns at which the lines above begin, and their keys behind a dash; nearest first. */
function columnsAbove(lines: readonly Line[], at: number): readonly number[] {
  const columns = new Set<number>();
  for (let i = at - 1; i >= 0 && columns.size < TRIES_MAX; i -= 1) {
    const line = lines[i];
    if (!line || isBlank(line)) continue;
    if (/^---/.test(line.text)) break;
    const indent = indentOf(line);
    const [dashes = ''] = /^(?:- +)*/.exec(line.text.trimStart()) ?? [];
    columns.add(indent + dashes.length);
    columns.add(indent);
    if (indent === 0) break;
  }
  return [...columns];
}

/** A line by itself, and with everything that is indented as far or further behind it. */
function blocksAt(lines: readonly Line[], at: number): readonly (readonly Line[])[] {
  const first = lines[at];
  if (!first || isBlank(first)) return [];
  const block = [first];
  for (const line of lines.slice(at + 1)) {
    if (!isBlank(line) && indentOf(line) < indentOf(first)) break;
    block.push(line);
  }
  while (block.length > 1 && isBlank(block.at(-1) as Line)) block.pop();
  return block.length === 1 ? [block] : [[first], block];
}

const shifted = (block: readonly Line[], by: number): readonly Edit[] =>
  block
    .filter(({ text }) => text.trim() !== '')
    .map((line) => {
      const indent = indentOf(line);
      return { from: line.from, to: line.from + indent, text: ' '.repeat(Math.max(0, indent + by)) };
    });

/** How much is wrong after the change; undefined where the file still cannot be read. */
function scoreOf(file: SourceFile, edits: readonly Edit[]): number | undefined {
  const { documents, error } = parseManifest(file.name, applyEdits(file.text, edits));
  if (error || documents.length === 0) return undefined;
  return documents.reduce((sum, { value }) => {
    if (!isObject(value)) return sum + 100;
    const apiVersion = textAt(value, 'apiVersion');
    const kind = textAt(value, 'kind');
    const decoded = decodeObject(presentKind(apiVersion, kind)?.apiVersion ?? apiVersion, kind, value);
    return sum + decoded.strictErrors.length + (decoded.error === undefined ? 0 : 10);
  }, 0);
}
