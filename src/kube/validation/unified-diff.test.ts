import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

/** Applies a diff to the text it was made from. */
function apply(before: string, diff: string): string {
  const source = before.split('\n');
  const out: string[] = [];
  let at = 0;
  for (const line of diff.split('\n').slice(0, -1)) {
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+/.exec(line);
    if (hunk !== null) {
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      while (at < start) out.push(source[at++] ?? '');
    } else if (line.startsWith('+')) out.push(line.slice(1));
    else if (line.startsWith('-')) at++;
    else out.push(source[at++] ?? '');
  }
  return [...out, ...source.slice(at)].join('\n');
}

describe('differences', () => {
  it('KUBE-11 are empty where nothing differs', () => {
    expect(unifiedDiff('a\nb', 'a\nb')).toBe('');
  });
  it('KUBE-11 lead from one text to the other', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 30 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(apply(before, unifiedDiff(before, after))).toBe(after);
      }),
    );
  });
  it('KUBE-11 give up comparing line by line what is too long', () => {
    const long = 'x\n'.repeat(3000);
    expect(unifiedDiff(long, `${long}y`).startsWith('@@ -1,3001 +1,3001 @@\n')).toBe(true);
  });
});
