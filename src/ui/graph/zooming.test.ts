import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitSets, planSets, screenTop, slotRect } from './layout.ts';
import type { SetShape } from './line.ts';
import { panIntoView, zoomAt } from './zooming.ts';

const shapeOf = (replicas: number): SetShape => ({
  id: 'StatefulSet/default/web',
  namespace: 'default',
  name: 'web',
  ordinals: Array.from({ length: replicas }, (_, i) => i),
  start: 0,
  replicas,
  serviceName: 'nginx',
  claimRows: 1,
});
const size = { width: 1084, height: 632 };

describe('zooming about a point', () => {
  it('keeps the slot under the point while the level stays', () => {
    const shapes = [shapeOf(5)];
    const fit = fitSets(shapes, size);
    const before = slotRect(planSets(shapes, fit.level, fit.columns)[0]!, 2, fit);
    const anchor = { x: before.x + 30, y: before.y + 40 };
    const next = zoomAt(shapes, fit, anchor, fit.viewport.zoom * 1.25);
    const after = slotRect(planSets(shapes, next.level, next.columns)[0]!, 2, next);
    expect((anchor.x - after.x) / after.width).toBeCloseTo((anchor.x - before.x) / before.width);
    expect((anchor.y - after.y) / after.height).toBeCloseTo((anchor.y - before.y) / before.height);
  });

  it('keeps chips where they are across the line, whatever the zoom', () => {
    const shapes = [shapeOf(20)];
    const fit = fitSets(shapes, size);
    expect(fit.level).toBe('chip');
    const next = zoomAt(shapes, fit, { x: 500, y: 300 }, fit.viewport.zoom * 1.2);
    expect(next.level).toBe('chip');
    expect(next.viewport.y).toBe(fit.viewport.y);
  });

  it('keeps the nearest slot under the point from chips to cells and back', () => {
    const shapes = [shapeOf(60)];
    const fit = fitSets(shapes, { width: 2000, height: 632 });
    expect(fit.level).toBe('chip');
    const at = slotRect(planSets(shapes, 'chip', fit.columns)[0]!, 30, fit);
    const anchor = { x: at.x + at.width / 2, y: 250 };
    const cells = zoomAt(shapes, fit, anchor, 0.15);
    expect(cells.level).toBe('cell');
    const plan = planSets(shapes, 'cell', cells.columns)[0]!;
    const cell = slotRect(plan, 30, cells);
    expect(cell.x).toBeGreaterThan(0);
    const back = zoomAt(shapes, cells, { x: cell.x + 2, y: cell.y + 2 }, 0.3);
    expect(back.level).toBe('chip');
    const chip = slotRect(planSets(shapes, 'chip', back.columns)[0]!, 30, back);
    expect(Math.abs(chip.x + chip.width / 2 - (cell.x + cell.width / 2))).toBeLessThan(1);
  });

  it('keeps the head of a set in sight when its cells become a line', () => {
    const shapes = [shapeOf(1000)];
    const fit = fitSets(shapes, size);
    const scrolled = { ...fit, viewport: { ...fit.viewport, y: -300 } };
    const next = zoomAt(shapes, scrolled, { x: 400, y: 300 }, 0.3);
    expect(next.level).toBe('chip');
    expect(screenTop(planSets(shapes, 'chip', next.columns)[0]!, next.viewport)).toBe(0);
  });

  it('stays within its bounds and gives numbers for anything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 3 }),
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 1000 }),
            fc.integer({ min: 0, max: 600 }),
            fc.double({ min: 0.01, max: 4, noNaN: true }),
          ),
          {
            maxLength: 12,
          },
        ),
        (counts, steps) => {
          const shapes = counts.map(shapeOf);
          let fit = fitSets(shapes, size);
          for (const [x, y, zoom] of steps) {
            fit = zoomAt(shapes, fit, { x, y }, zoom);
            expect(Object.values(fit.viewport).every(Number.isFinite)).toBe(true);
            expect(fit.viewport.zoom).toBeGreaterThanOrEqual(0.04);
            expect(fit.viewport.zoom).toBeLessThanOrEqual(2);
          }
        },
      ),
    );
  });
});

describe('panning to a slot', () => {
  const viewport = { x: 0, y: 0, zoom: 1 };
  it('moves no further than it must', () => {
    expect(panIntoView(viewport, { x: 100, y: 100, width: 110, height: 400 }, size)).toBe(viewport);
    expect(panIntoView(viewport, { x: 1060, y: 100, width: 110, height: 400 }, size)).toEqual({
      x: -110,
      y: 0,
      zoom: 1,
    });
    expect(panIntoView(viewport, { x: -50, y: 100, width: 110, height: 400 }, size)).toEqual({ x: 74, y: 0, zoom: 1 });
  });
  it('shows the top of what is higher than the canvas', () => {
    expect(panIntoView(viewport, { x: 100, y: 400, width: 110, height: 900 }, size).y).toBe(24 - 400);
  });
});
