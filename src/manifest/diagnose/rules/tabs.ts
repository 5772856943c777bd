// LINT-35: lines that are indented with tabs.
import { fixes } from '../edits.ts';
import { findingIn } from '../finding.ts';
import type { LintRule } from '../types.ts';
import { betterText, isBroken, linesOf } from './text-lines.ts';

export const tabIndent: LintRule = {
  id: 'LINT-35',
  title: 'Indented with tabs',
  docs: 'https://yaml.org/spec/1.1/#id871998',
  *check({ files }) {
    for (const file of files.filter(isBroken)) {
      const lines = linesOf(file).filter(({ text }) => /^ *\t/.test(text));
      const [first] = lines;
      // Tabs in a text within the manifest do no harm: it is the line of the error that counts.
      const at = file.manifest.error?.from.line ?? 0;
      const isCause = lines.some(({ from }) => Math.abs(file.places.positionOf(from).line - at) <= 1);
      if (!first || !isCause) continue;
      const edits = (width: number) =>
        lines.map(({ text, from }) => {
          const [blanks = ''] = /^[ \t]*/.exec(text) ?? [];
          return { from, to: from + blanks.length, text: blanks.replaceAll('\t', ' '.repeat(width)) };
        });
      const label = 'Indent with spaces';
      yield findingIn(
        file,
        { from: first.from, to: first.from + first.text.length - first.text.trimStart().length },
        'error',
        'This line is indented with a tab. YAML takes spaces alone, since a tab is as wide as each program likes.',
        fixes(betterText(file, label, edits(2)) ?? betterText(file, label, edits(4))),
      );
    }
  },
};
