import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellAt,
  cellRows,
  columnsFor,
  type Fit,
  fitSets,
  planSets,
  railHeight,
  screenTop,
  slotRect,
} from './layout.ts';
import { levelAt } from './levels.ts';
import { lineOf, partitionAt, partitionX, replicasAt, type SetShape, SLOT_WIDTH } from './line.ts';

const range = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);
const shapeOf = (replicas: number, parts: Partial<SetShape> = {}): SetShape => ({
  id: 'StatefulSet/default/web',
  namespace: 'default',
  name: 'web',
  ordinals: range(replicas),
  start: 0,
  replicas,
  serviceName: 'nginx',
  claimRows: 1,
  ...parts,
});

describe('levels', () => {
  it('begin at 96 and 28 pixels a slot', () => {
    expect([110, 96, 95, 28, 27, 5].map((px) => levelAt(px))).toEqual(['card', 'card', 'chip', 'chip', 'cell', 'cell']);
  });

  it('are left downwards only 8 pixels under where they begin', () => {
    expect(levelAt(89, 'card')).toBe('card');
    expect(levelAt(87, 'card')).toBe('chip');
    expect(levelAt(89, 'chip')).toBe('chip');
    expect(levelAt(96, 'chip')).toBe('card');
    expect(levelAt(21, 'chip')).toBe('chip');
    expect(levelAt(19, 'chip')).toBe('cell');
    expect(levelAt(21, 'cell')).toBe('cell');
  });

  it('do not flicker: the level of a width, once entered, is kept at that width', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 200, noNaN: true }),
        fc.constantFrom('card', 'chip', 'cell' as const),
        (px, from) => {
          const level = levelAt(px, from as 'card');
          expect(levelAt(px, level)).toBe(level);
        },
      ),
    );
  });
});

describe('the line of ordinals', () => {
  it('stands as designed: slots of 110 with gaps of 8, and 28 more where replicas ends', () => {
    const line = lineOf(shapeOf(5, { ordinals: range(6) }));
    expect(line.xs).toEqual([20, 138, 256, 374, 492, 638]);
    expect(line.replicasX).toBe(616);
    expect(line.right).toBe(748);
  });

  it('has its end behind the last slot where none is outside', () => {
    expect(lineOf(shapeOf(3))).toMatchObject({ replicasX: 380, right: 366 });
  });

  it('puts the handle before the slots that are left when nothing is asked for', () => {
    const line = lineOf(shapeOf(0, { ordinals: [0, 1] }));
    expect(line.replicasX).toBeLessThan(line.xs[0] ?? 0);
  });

  it('keeps a gap on either side of a range that begins later', () => {
    const { xs } = lineOf(shapeOf(2, { start: 2, ordinals: range(6) }));
    const gaps = xs.slice(1).map((x, i) => x - (xs[i] ?? 0) - SLOT_WIDTH);
    expect(gaps).toEqual([8, 36, 8, 36, 8]);
  });

  it('is empty without slots', () => {
    expect(lineOf(shapeOf(0)).xs).toEqual([]);
  });

  it('has the partition before the first ordinal that is updated, and at the end where none is', () => {
    const shape = shapeOf(5);
    expect(partitionX(shape, 0)).toBe(10);
    expect(partitionX(shape, 3)).toBe(370);
    expect(partitionX(shape, 9)).toBeLessThan(lineOf(shape).replicasX);
    expect(partitionX(shape, 9)).toBeGreaterThan(lineOf(shape).right);
  });

  it('reads a handle let go where it was drawn as the value it was drawn for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 5 }),
        (n, p, extra) => {
          const shape = shapeOf(n, { ordinals: range(n + extra) });
          expect(replicasAt(shape, lineOf(shape).replicasX, 100)).toBe(n);
          const partition = Math.min(p, n);
          expect(partitionAt(shape, partitionX(shape, partition))).toBe(partition);
        },
      ),
    );
  });

  it('counts on beyond the last slot while the handle is pulled out', () => {
    const shape = shapeOf(3);
    expect(replicasAt(shape, lineOf(shape).right + 60 + 118, 100)).toBe(5);
    expect(replicasAt(shape, 1e6, 100)).toBe(100);
    expect(replicasAt(shape, -50, 100)).toBe(0);
  });
});

describe('a fit', () => {
  it('shows five replicas and a kept slot at full size in the designed canvas', () => {
    const fit = fitSets([shapeOf(5, { ordinals: range(6) })], { width: 760, height: 632 });
    expect(fit).toMatchObject({ level: 'card', viewport: { x: 0, y: 0, zoom: 1 } });
  });

  it('takes chips where cards do not fit, and cells where chips do not', () => {
    const levelOf = (n: number, width = 760) => fitSets([shapeOf(n)], { width, height: 600 }).level;
    expect([3, 6, 9, 20, 60, 1000].map((n) => levelOf(n))).toEqual(['card', 'card', 'chip', 'chip', 'cell', 'cell']);
    expect(levelOf(9, 1500)).toBe('card');
  });

  it('shows every slot inside the width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 640, max: 2200 }), (n, width) => {
        const shape = shapeOf(n);
        const fit = fitSets([shape], { width, height: 700 });
        const plan = planSets([shape], fit.level, fit.columns)[0]!;
        for (const index of [0, n - 1]) {
          const rect = slotRect(plan, index, fit);
          expect(rect.x).toBeGreaterThanOrEqual(0);
          expect(rect.x + rect.width).toBeLessThanOrEqual(width + 1);
        }
      }),
    );
  });

  it('does not depend on there being sets at all', () => {
    expect(fitSets([], { width: 760, height: 600 }).viewport.zoom).toBeGreaterThan(0);
    expect(fitSets([shapeOf(0)], { width: 760, height: 600 }).level).toBe('card');
  });
});

describe('cells', () => {
  it('stand in rows of 10, 20 or 50, whichever fills the width', () => {
    const of = (width: number, n = 1000) => columnsFor([shapeOf(n)], width);
    expect([of(640), of(1084), of(300)]).toEqual([20, 50, 10]);
    expect(of(1084, 10_000)).toBe(100);
  });

  it('are found under the point where they are drawn', () => {
    const shape = shapeOf(1000, { start: 7, ordinals: range(1000, 7) });
    const other = shapeOf(30, { id: 'StatefulSet/default/db', name: 'db' });
    const fit: Fit = fitSets([shape, other], { width: 1084, height: 632 });
    expect(fit.level).toBe('cell');
    const plans = planSets([shape, other], fit.level, fit.columns);
    for (const [at, plan] of plans.entries()) {
      for (const index of [0, 3, plan.shape.ordinals.length - 1]) {
        const rect = slotRect(plan, index, fit);
        expect(cellAt(plans, fit, rect.x + rect.width / 2, rect.y + rect.height / 2)).toMatchObject({
          index,
          plan: plans[at],
        });
      }
    }
    expect(cellAt(plans, fit, 2, 200)).toBeUndefined();
  });

  it('leave out rows without ordinals', () => {
    expect(cellRows(shapeOf(2, { start: 1000, ordinals: [0, 1, 1000, 1001] }), 50)).toEqual([0, 20]);
  });
});

describe('several sets', () => {
  it('stand under each other without touching, at every level', () => {
    const shapes = [shapeOf(3), shapeOf(5, { id: 'b', claimRows: 2 }), shapeOf(1, { id: 'c', claimRows: 0 })];
    for (const level of ['card', 'chip', 'cell'] as const) {
      const plans = planSets(shapes, level, 20);
      const viewport = { x: 0, y: 0, zoom: level === 'card' ? 1 : 0.3 };
      for (const [i, plan] of plans.entries()) {
        const next = plans[i + 1];
        const last = slotRect(plan, plan.shape.ordinals.length - 1, { level, columns: 20, viewport });
        if (next) expect(last.y + last.height).toBeLessThan(screenTop(next, viewport));
      }
    }
  });

  it('have rails as high as their claims need', () => {
    expect(railHeight(1)).toBe(428);
    expect(railHeight(0)).toBeLessThan(railHeight(1));
    expect(railHeight(7)).toBeLessThan(railHeight(2));
  });
});
