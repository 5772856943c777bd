// The API server refuses a forbidden update of `spec` as a whole. The line that caused it is the one that was changed
// and may not be: this finds it.
import type { Problem } from '#bridge';
import { diffLines } from './line-diff.ts';

/** What the server says when fields were changed that are fixed once the object exists. */
const FIXED_FIELDS = /updates to \w+ spec for fields other than (.+?) are forbidden/;

/**
 * Moves a problem from the whole `spec` to the line that caused it, where that can be told.
 *
 * @param problem - as the simulation placed it
 * @param text - the manifest that was refused
 * @param applied - the manifest that stands in the cluster; undefined where none was applied
 * @returns the problem at its line, or as it was
 */
export function placeProblem(problem: Problem, text: string, applied: string | undefined): Problem {
  const allowed = FIXED_FIELDS.exec(problem.message)?.[1];
  if (allowed === undefined || applied === undefined) return problem;
  const fields = new Set([...allowed.matchAll(/'([^']+)'/g)].map(([, field]) => field));
  const lines = text.split(/\r?\n/);
  for (const { line } of diffLines(applied, text).changed) {
    if (line < problem.from.line || isBeyondDocument(lines, problem.from.line, line)) continue;
    const field = fieldOfSpec(lines, line - 1);
    if (field === undefined || fields.has(field)) continue;
    const content = lines[line - 1] ?? '';
    const value = /^(\s*(?:- )?[^\s:]+:\s+)\S/.exec(content)?.[1] ?? /^\s*/.exec(content)?.[0] ?? '';
    return {
      ...problem,
      from: { line, column: value.length + 1 },
      to: { line, column: content.trimEnd().length + 1 },
    };
  }
  return problem;
}

/** Whether another document begins between two lines. */
const isBeyondDocument = (lines: readonly string[], from: number, to: number): boolean =>
  lines.slice(from - 1, to).some((line) => /^---(\s|$)/.test(line));

/** The field right under `spec` that a line belongs to, by indentation alone. */
function fieldOfSpec(lines: readonly string[], index: number): string | undefined {
  const indentOf = (line: string): number => line.search(/\S/);
  let indent = indentOf(lines[index] ?? '');
  let field: string | undefined = keyOf(lines[index] ?? '');
  for (let i = index - 1; i >= 0; i -= 1) {
    const line = lines[i] ?? '';
    const own = indentOf(line);
    const key = keyOf(line);
    // A list may stand as far out as the field that it belongs to.
    const isParent =
      own >= 0 &&
      key !== undefined &&
      (own < indent || (own === indent && isItem(lines[index] ?? '') && !isItem(line)));
    if (!isParent) continue;
    if (own === 0) return key === 'spec' ? field : undefined;
    indent = own;
    field = key;
  }
  return undefined;
}

const keyOf = (line: string): string | undefined => /^\s*(?:- )*["']?([\w./-]+)["']?:(\s|$)/.exec(line)?.[1];

const isItem = (line: string): boolean => /^\s*- /.test(line);
