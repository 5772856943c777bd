import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invariant, isSame, mix32, must, nextRandom, popHeap, pushHeap } from './index.ts';

describe('the heap', () => {
  it('gives items back in order, whatever the order in which they came and went', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer(), { nil: undefined })), (deeds) => {
        const heap: number[] = [];
        const plain: number[] = [];
        const isBefore = (a: number, b: number) => a < b;
        for (const deed of deeds) {
          if (deed === undefined) {
            plain.sort((a, b) => a - b);
            expect(popHeap(heap, isBefore)).toBe(plain.shift());
          } else {
            pushHeap(heap, deed, isBefore);
            plain.push(deed);
          }
        }
        expect(heap).toHaveLength(plain.length);
      }),
    );
  });
});

describe('chance', () => {
  it('is the same from the same state, and lies in [0, 1)', () => {
    let state = 7;
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < 4_000; i += 1) {
      const next = nextRandom(state);
      expect(next).toEqual(nextRandom(state));
      expect(next.value).toBeGreaterThanOrEqual(0);
      expect(next.value).toBeLessThan(1);
      sums[Math.floor(next.value * 4)]! += 1;
      state = next.state;
    }
    for (const sum of sums) expect(Math.abs(sum - 1_000)).toBeLessThan(150);
  });

  it('mixes two numbers into one that neighbours do not share', () => {
    const seen = new Set<number>();
    for (let a = 0; a < 100; a += 1) for (let b = 0; b < 100; b += 1) seen.add(mix32(a, b));
    expect(seen.size).toBeGreaterThan(9_990);
  });
});

describe('assertions', () => {
  it('throw what was broken, and pass what holds', () => {
    expect(() => invariant(false, 'pods have names')).toThrow('invariant broken: pods have names');
    expect(() => invariant(1, 'never')).not.toThrow();
    expect(must(0, 'a number')).toBe(0);
    expect(() => must(null, 'the pod')).toThrow('the pod is missing');
  });
});

describe('equality', () => {
  it('agrees with the JSON that two values have, undefined members left out', () => {
    const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
      return Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => [k, sorted(v)]),
      );
    };
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(isSame(a, b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
        expect(isSame(a, structuredClone(a))).toBe(true);
      }),
    );
    expect(isSame({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(isSame({ a: 1 }, { a: 1, b: undefined })).toBe(true);
    expect(isSame({ a: 1 }, { a: 1, b: null })).toBe(false);
    expect(isSame([], {})).toBe(false);
    expect(isSame({}, [])).toBe(false);
  });
});
