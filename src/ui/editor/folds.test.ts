// What folds.
import { expect, it } from 'vitest';
import { foldsOf } from './folds.ts';

it('folds documents, fields with lines under them, list items and comments', () => {
  const lines = `# one
# two
kind: Service
metadata:
  name: a

---
spec:
  list:
  - name: x
    image: y
  - z
  other: 1
`.split('\n');
  expect(foldsOf(lines).map(({ start, end }) => [start, end])).toEqual([
    [1, 5],
    [4, 5],
    [7, 13],
    [8, 13],
    [9, 12],
    [10, 11],
  ]);
});

it('folds nothing in a text without lines under lines', () => {
  expect(foldsOf(['a: 1'])).toEqual([]);
  expect(foldsOf([''])).toEqual([]);
});
