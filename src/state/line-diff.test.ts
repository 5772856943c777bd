import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './line-diff.ts';

describe('lines that differ', () => {
  it('are none in equal texts, whatever their line ends', () => {
    expect(diffLines('a\nb\n', 'a\r\nb\r\n')).toEqual({ changed: [], removedAfter: [], count: 0 });
  });

  it('name the line that each took the place of', () => {
    const { changed, count } = diffLines('kind: Pod\nreplicas: 3\nimage: a\n', 'kind: Pod\nreplicas: 5\nimage: a\n');
    expect(changed).toEqual([{ line: 2, before: 'replicas: 3' }]);
    expect(count).toBe(1);
  });

  it('are told apart from lines that only moved down', () => {
    expect(diffLines('a\nb\nc', 'a\nnew\nb\nc').changed).toEqual([{ line: 2 }]);
    expect(diffLines('a\nb\nc\nd', 'a\nd')).toEqual({ changed: [], removedAfter: [1], count: 2 });
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
});
