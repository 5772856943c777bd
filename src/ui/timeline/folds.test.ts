import { describe, expect, it } from 'vitest';
import { foldsOf, toMoment, toPicture } from './folds.ts';

const SECOND = 1000;
const seconds = (...values: number[]) => values.map((s) => s * SECOND);

describe('idle time', () => {
  it('is folded where a gap is long and stands out', () => {
    const folds = foldsOf(seconds(0, 5, 10, 33, 300, 305, 330), 330 * SECOND);
    expect(folds.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([[33_000, 300_000]]);
    expect(folds[0]?.keptMs).toBeLessThan(10_000);
  });

  it('is not folded where it is short, or where all gaps are like it', () => {
    expect(foldsOf(seconds(0, 30, 60, 90), 90 * SECOND)).toEqual([]);
    const even = Array.from({ length: 60 }, (_, i) => i * 300 * SECOND);
    expect(foldsOf(even, 59 * 300 * SECOND)).toEqual([]);
  });

  it('is not folded beyond the end of the picture, nor behind the last moment', () => {
    expect(foldsOf(seconds(0, 10, 500), 100 * SECOND)).toEqual([]);
    expect(foldsOf(seconds(0, 10), 500 * SECOND)).toEqual([]);
  });

  it('leads from every moment to its place and back, in order', () => {
    const folds = foldsOf(seconds(0, 33, 300, 320, 900, 905), 905 * SECOND);
    expect(folds).toHaveLength(2);
    let before = -1;
    for (let atMs = 0; atMs <= 1_000_000; atMs += 7_300) {
      const place = toPicture(folds, atMs);
      expect(place).toBeGreaterThan(before);
      before = place;
      expect(toMoment(folds, place)).toBeCloseTo(atMs, 3);
    }
    expect(toPicture(folds, 20_000)).toBe(20_000);
    expect(toPicture(folds, 905_000)).toBeLessThan(120_000);
  });
});
