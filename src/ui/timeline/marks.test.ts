import { describe, expect, it } from 'vitest';
import type { ActMark } from '#bridge';
import { layMarks, MARK_PX, nextOfMark } from './marks.ts';

const act = (atMs: number, label = 'scale 3→5'): ActMark => ({
  branch: 0,
  atMs,
  label,
  command: `kubectl ${label}`,
  icon: 'scale',
  isError: false,
});
const scale = { fromMs: 0, spanMs: 100_000, leftPx: 78, widthPx: 1000, folds: [] };

describe('marks of acts', () => {
  it('keeps marks far enough from each other to be hit', () => {
    const marks = layMarks(
      [0, 500, 1000, 30_000, 30_100].map((ms) => act(ms)),
      scale,
      1078,
    );
    expect(marks.map(({ acts }) => acts.length)).toEqual([3, 2]);
    expect(marks[1]!.x - marks[0]!.x).toBeGreaterThanOrEqual(MARK_PX);
    expect(marks[0]!.label).toBe('3 acts');
  });

  it('writes a label only where it ends before the next mark', () => {
    const marks = layMarks([act(0), act(5_000), act(40_000)], scale, 1078);
    expect(marks.map(({ label }) => label)).toEqual(['', 'scale 3→5', 'scale 3→5']);
    expect(layMarks([act(99_000)], scale, 1078)[0]!.label).toBe('');
  });

  it('leaves out what is not in sight', () => {
    expect(layMarks([act(0), act(500_000)], { ...scale, fromMs: 50_000 }, 1078)).toEqual([]);
  });

  it('leads through the acts of a mark one after another', () => {
    const [mark] = layMarks([act(0), act(500), act(1000)], scale, 1078);
    expect([0, 500, 700, 1000].map((atMs) => nextOfMark(mark!, atMs))).toEqual([500, 1000, 1000, 0]);
  });
});
