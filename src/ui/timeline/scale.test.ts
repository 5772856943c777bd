import { describe, expect, it } from 'vitest';
import {
  fitWindow,
  formatTick,
  keepInSight,
  panWindow,
  rulerTicks,
  SPAN_MS_MIN,
  snap,
  timeAt,
  xOf,
  zoomWindow,
} from './scale.ts';

const scale = { fromMs: 10_000, spanMs: 60_000, leftPx: 78, widthPx: 900, folds: [] };
const folded = { ...scale, fromMs: 0, folds: [{ fromMs: 20_000, toMs: 320_000, keptMs: 4_000 }] };

describe('the scale of the timeline', () => {
  it('leads from a moment to a pixel and back', () => {
    expect(xOf(scale, 10_000)).toBe(78);
    expect(xOf(scale, 70_000)).toBe(978);
    expect(timeAt(scale, xOf(scale, 33_333))).toBeCloseTo(33_333);
    expect(timeAt({ ...scale, fromMs: 0 }, 0)).toBe(0);
  });

  it('fits a growing history without changing at every tick', () => {
    const spans = new Set(Array.from({ length: 250 }, (_, i) => fitWindow(i * 1000).spanMs));
    expect(spans.size).toBeLessThan(10);
    for (const endMs of [0, 1000, 60_000, 3_600_000, 1_000_000_000])
      expect(fitWindow(endMs).spanMs).toBeGreaterThanOrEqual(endMs);
  });

  it('keeps the moment under the pointer in its place while zooming', () => {
    const atMs = 30_000;
    const near = { ...scale, ...zoomWindow(scale, atMs, 0.5) };
    expect(near.spanMs).toBe(30_000);
    expect(xOf(near, atMs)).toBeCloseTo(xOf(scale, atMs));
    expect(zoomWindow(scale, atMs, 1e-9).spanMs).toBe(SPAN_MS_MIN);
  });

  it('never shows what is before the beginning', () => {
    expect(panWindow(scale, -60_000).fromMs).toBe(0);
    expect(zoomWindow({ fromMs: 0, spanMs: 1000 }, 900, 10).fromMs).toBe(0);
  });

  it('moves only when the playhead leaves the sight', () => {
    expect(keepInSight(scale, 30_000)).toBe(scale);
    const later = keepInSight(scale, 100_000);
    expect(later.fromMs).toBeLessThan(100_000);
    expect(later.fromMs + later.spanMs).toBeGreaterThan(100_000);
    expect(keepInSight(scale, 5_000).fromMs).toBeLessThan(5_000);
  });

  it('names moments far enough from each other, at round numbers', () => {
    for (const spanMs of [700, 5_000, 60_000, 280_000, 3_600_000, 100 * 3_600_000]) {
      const named = rulerTicks({ ...scale, fromMs: 0, spanMs }).filter(({ isNamed }) => isNamed);
      expect(named.length).toBeGreaterThan(2);
      const gapPx = ((named[1]!.atMs - named[0]!.atMs) / spanMs) * scale.widthPx;
      expect(gapPx).toBeGreaterThanOrEqual(72);
      expect(named[0]!.atMs).toBe(0);
    }
  });

  it('names no moment inside a fold, and none that would touch the name before it', () => {
    const ticks = rulerTicks(folded);
    expect(ticks.some(({ atMs }) => atMs > 20_000 && atMs < 320_000)).toBe(false);
    expect(ticks.some(({ atMs }) => atMs >= 320_000)).toBe(true);
    const named = ticks.filter(({ isNamed }) => isNamed).map(({ atMs }) => xOf(folded, atMs));
    for (const [i, x] of named.entries()) expect(x - (named[i - 1] ?? -100)).toBeGreaterThan(40);
  });

  it('gives a fold its own width, and what follows the scale of the rest', () => {
    expect(xOf(folded, 320_000) - xOf(folded, 20_000)).toBeCloseTo(60);
    expect(xOf(folded, 330_000) - xOf(folded, 320_000)).toBeCloseTo(150);
    expect(timeAt(folded, xOf(folded, 325_000))).toBeCloseTo(325_000);
  });

  it('writes moments as the clock does, with tenths only where there are some', () => {
    expect([0, 30_000, 250_000, 250_500, 3_723_000].map(formatTick)).toEqual([
      '0:00',
      '0:30',
      '4:10',
      '4:10.5',
      '1:02:03',
    ]);
  });

  it('snaps to a tick that is near and to none that is far', () => {
    const ticks = [0, 1000, 1100, 9000];
    expect(snap(ticks, 1060, 200)).toBe(1100);
    expect(snap(ticks, 980, 200)).toBe(1000);
    expect(snap(ticks, 5000, 200)).toBe(5000);
    expect(snap([], 5, 200)).toBe(5);
  });
});
