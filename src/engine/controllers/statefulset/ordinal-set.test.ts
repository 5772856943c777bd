import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addOrdinal, firstFrom, firstGap, gaps, lastGap, removeOrdinal } from './ordinal-set.ts';

const ordinals = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 40 });
const sortedSet = (members: readonly number[]): number[] => [...new Set(members)].sort((a, b) => a - b);

describe('sets of ordinals', () => {
  it('hold what was added and not removed since, in ascending order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 20 }))), (steps) => {
        const set: number[] = [];
        const model = new Set<number>();
        for (const [isAdded, ordinal] of steps) {
          if (isAdded) addOrdinal(set, ordinal);
          else removeOrdinal(set, ordinal);
          if (isAdded) model.add(ordinal);
          else model.delete(ordinal);
          expect(set).toEqual(sortedSet([...model]));
        }
      }),
    );
  });

  it('find members and gaps as a plain search does', () => {
    fc.assert(
      fc.property(ordinals, fc.integer({ min: 0, max: 40 }), fc.integer({ min: -1, max: 45 }), (members, from, to) => {
        const set = sortedSet(members);
        const missing: number[] = [];
        for (let ordinal = from; ordinal <= to; ordinal += 1) if (!set.includes(ordinal)) missing.push(ordinal);
        expect(firstFrom(set, from)).toBe(set.find((member) => member >= from));
        expect(firstGap(set, from, to)).toBe(missing[0]);
        expect(lastGap(set, from, to)).toBe(missing.at(-1));
        expect(gaps(set, from, to, 3)).toEqual(missing.slice(0, 3));
      }),
    );
  });
});
