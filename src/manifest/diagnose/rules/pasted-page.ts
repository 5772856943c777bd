// LINT-32, LINT-33 and LINT-34: what a page adds to a manifest: fences of code, dots for lines left out, and characters
// that only look like those of a keyboard.
import { type Edit, fixes } from '../edits.ts';
import { findingIn } from '../finding.ts';
import type { LintRule } from '../types.ts';
import { betterText, isBroken, linesOf, outdented, outerLinesOf, soundText, withoutLines } from './text-lines.ts';

const FENCE = /^\s*(?:```|~~~)/;

export const pastedFence: LintRule = {
  id: 'LINT-32',
  title: 'Markdown fence around the manifest',
  *check({ files }) {
    for (const file of files.filter(isBroken)) {
      const lines = linesOf(file);
      const fences = outerLinesOf(file).filter(({ text }) => FENCE.test(text));
      const [first] = fences;
      if (!first) continue;
      const others = lines.filter((line) => !fences.includes(line));
      const label = 'Remove the fences';
      yield findingIn(
        file,
        first,
        'error',
        'This line marks code in a Markdown text. It is no part of the manifest.',
        fixes(
          betterText(file, label, separated(fences, file.text)) ??
            betterText(file, label, [...withoutLines(file, fences), ...outdented(others)]),
        ),
      );
    }
  },
};

/** Between two blocks of code there is a new document. */
function separated(fences: readonly { readonly from: number; readonly to: number }[], text: string): readonly Edit[] {
  return fences.map(({ from, to }, index) => {
    const isEnd = index % 2 === 1;
    const hasMore = index + 1 < fences.length;
    return isEnd && hasMore ? { from, to, text: '---' } : { from, to: Math.min(text.length, to + 1), text: '' };
  });
}

/** What stands for lines that are left out. */
const DOTS: ReadonlySet<string> = new Set(['...', '…', '# ...', '#...']);

export const pastedEllipsis: LintRule = {
  id: 'LINT-33',
  title: 'Lines left out',
  *check({ files }) {
    for (const file of files.filter(isBroken)) {
      const line = linesOf(file).find(({ text }) => DOTS.has(text.trim()));
      if (!line) continue;
      yield findingIn(
        file,
        line,
        'error',
        'The dots stand for lines that were left out: this is an excerpt, and not a whole manifest. In YAML they end a document.',
      );
    }
  },
};

/** Most changes that one fix makes. */
const EDITS_MAX = 2_000;

/** Characters that word processors and pages put in the place of those of a keyboard. */
const LOOKALIKES: ReadonlyMap<string, readonly [name: string, plain: string]> = new Map([
  ['\u00a0', ['a no-break space', ' ']],
  ['\u2007', ['a figure space', ' ']],
  ['\u202f', ['a narrow no-break space', ' ']],
  ['\u3000', ['a wide space', '  ']],
  ['\u200b', ['a character without width', '']],
  ['\ufeff', ['a byte order mark', '']],
  ['\u201c', ['a typographic quote', '"']],
  ['\u201d', ['a typographic quote', '"']],
  ['\u2018', ['a typographic quote', "'"]],
  ['\u2019', ['a typographic quote', "'"]],
  ['\u2013', ['a dash that is no hyphen', '-']],
  ['\u2014', ['a dash that is no hyphen', '-']],
  ['\uff1a', ['a wide colon', ': ']],
]);

const LOOKALIKE = new RegExp(`[${[...LOOKALIKES.keys()].join('')}]`, 'g');
/** Where it does harm: in the indentation, around a key, or as a quote around a value. */
const HARMFUL =
  /^[^#]*?(?:^[\s-]*[\u00a0\u2007\u202f\u3000\u200b]|:\s*[\u201c\u201d\u2018\u2019]|^\s*[\u2013\u2014]\s|^\s*[\w.-]+\uff1a|:[\u00a0\u2007\u202f\u3000])/;

export const pastedLookalike: LintRule = {
  id: 'LINT-34',
  title: 'Characters that only look right',
  *check({ files, written }) {
    for (const file of files) {
      // In a manifest that is understood they stand in texts, where they are meant.
      const isDoubtful = isBroken(file) || written.some((one) => one.file === file && !one.fits);
      const bad = isDoubtful ? linesOf(file).filter(({ text }) => HARMFUL.test(text)) : [];
      const [first] = bad;
      const [char] = first?.text.match(LOOKALIKE) ?? [];
      if (!first || char === undefined) continue;
      const edits = bad.flatMap(({ text, from }) =>
        [...text.matchAll(LOOKALIKE)].map(({ index, 0: found }): Edit => {
          const plain = LOOKALIKES.get(found)?.[1] ?? '';
          return { from: from + index, to: from + index + found.length, text: plain };
        }),
      );
      const at = first.from + first.text.indexOf(char);
      yield findingIn(
        file,
        { from: at, to: at + 1 },
        'error',
        `Here stands ${LOOKALIKES.get(char)?.[0] ?? 'another character'}, which looks right and means something else to YAML. It comes from a page or a word processor.`,
        fixes(edits.length > EDITS_MAX ? undefined : soundText(file, 'Write plain characters', edits)),
      );
    }
  },
};
