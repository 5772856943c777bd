import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines, withoutHunk } from './line-diff.ts';

describe('lines that differ', () => {
  it('are none in equal texts, whatever their line ends', () => {
    expect(diffLines('a\nb\n', 'a\r\nb\r\n')).toEqual({ changed: [], count: 0, hunks: [] });
  });

  it('name the line that each took the place of', () => {
    const { changed, count } = diffLines('kind: Pod\nreplicas: 3\nimage: a\n', 'kind: Pod\nreplicas: 5\nimage: a\n');
    expect(changed).toEqual([{ line: 2, before: 'replicas: 3' }]);
    expect(count).toBe(1);
  });

  it('are told apart from lines that only moved down', () => {
    expect(diffLines('a\nb\nc', 'a\nnew\nb\nc').changed).toEqual([{ line: 2 }]);
    expect(diffLines('a\nb\nc\nd', 'a\nd')).toEqual({
      changed: [],
      count: 2,
      hunks: [{ line: 2, count: 0, before: ['b', 'c'] }],
    });
  });

  it('are all those that the longest common order leaves out', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 9 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const { changed } = diffLines(before.join('\n'), after.join('\n'));
        const lines = new Set(changed.map(({ line }) => line));
        const kept = after
          .join('\n')
          .split('\n')
          .filter((_, i) => !lines.has(i + 1));
        // What is not marked as changed stands in the older text in this order.
        let at = 0;
        for (const line of kept) {
          at = before.join('\n').split('\n').indexOf(line, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
        expect(diffLines(before.join('\n'), before.join('\n')).count).toBe(0);
      }),
    );
  });

  it('are set back one stretch after the other, until nothing differs', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const before = one.join('\n');
        let text = other.join('\n');
        for (let i = 0; i < 20; i += 1) {
          const [hunk] = diffLines(before, text).hunks;
          if (!hunk) break;
          text = withoutHunk(text, hunk);
        }
        expect(text).toBe(before);
      }),
    );
  });
});
