// LINT-29: the marks of a difference at the beginning of lines.
import { type Edit, fixes } from '../edits.ts';
import { findingIn } from '../finding.ts';
import type { LintRule, SourceFile } from '../types.ts';
import { betterText, isBroken, type Line, linesOf, withoutLines } from './text-lines.ts';

const HEAD = /^(?:diff --git |index [0-9a-f]+\.\.|--- (?:a\/|\S+\.ya?ml)|\+\+\+ (?:b\/|\S+\.ya?ml)|@@ -\d)/;

export const pastedDiff: LintRule = {
  id: 'LINT-29',
  title: 'Marks of a difference',
  *check({ files }) {
    for (const file of files.filter(isBroken)) {
      const lines = linesOf(file);
      const first = lines.find(({ text }) => HEAD.test(text) || /^\+\s*[\w-]+:/.test(text) || /^\+\s+- /.test(text));
      if (!first) continue;
      yield findingIn(
        file,
        first,
        'error',
        'These lines are a difference between two files: "+" marks what was added and "-" what was removed. Neither mark is part of a manifest.',
        fixes(betterText(file, 'Keep the new version', newVersion(file, lines))),
      );
    }
  },
};

/** The file as it was after the difference: added lines and those that stayed. */
function newVersion(file: SourceFile, lines: readonly Line[]): readonly Edit[] {
  const isGone = ({ text }: Line): boolean => HEAD.test(text) || (text.startsWith('-') && !/^---\s*$/.test(text));
  const stays = lines.filter((line) => !isGone(line));
  // Lines that stayed have a blank in the place of a mark, unless only the marked lines were pasted into a manifest.
  const isWhole = stays.every(({ text }) => text === '' || /^[+ ]/.test(text) || /^---\s*$/.test(text));
  return [
    ...withoutLines(file, lines.filter(isGone)),
    ...stays
      .filter(({ text }) => text.startsWith('+') || (isWhole && text.startsWith(' ')))
      .map(({ from, text }): Edit => ({ from, to: from + 1, text: isWhole || !text.startsWith('+') ? '' : ' ' })),
  ];
}
