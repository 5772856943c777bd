import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from './layout.ts';
import { nodesOrder, planNodes, rectOnPlan, WIRES_MAX } from './nodes-layout.ts';
import type { NodesShape } from './nodes-shape.ts';

/** So many pods on each node; nodes are dealt to zones a, b, c. */
function shapeOf(pods: readonly number[], unplaced = 0): NodesShape {
  const machines = pods.map((count, i) => ({
    id: `Node//node-${i}`,
    podIds: Array.from({ length: count }, (_, p) => `Pod/default/web-${i}-${p}`),
  }));
  return {
    zones: ['a', 'b', 'c'].map((zone, z) => ({
      zone,
      machines: machines.filter((_, i) => i % 3 === z),
      volumes: machines
        .filter((_, i) => i % 3 === z)
        .flatMap(({ id, podIds }) => podIds.map((podId) => ({ claimId: `claim of ${podId}`, podId, nodeId: id }))),
    })),
    unplacedIds: Array.from({ length: unplaced }, (_, i) => `Pod/default/waits-${i}`),
    setIds: ['StatefulSet/default/web'],
  };
}

const isInside = (inner: Rect, outer: Rect) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const doTouch = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('the plan of the nodes', () => {
  it('stands as designed: three zones of 340, nodes of 316 by 184, from 20 and 66', () => {
    const plan = planNodes(shapeOf([1, 1, 1, 1, 1, 0]), 1084);
    expect(plan.zones.map(({ rect }) => [rect.x, rect.y, rect.width])).toEqual([
      [20, 66, 340],
      [372, 66, 340],
      [724, 66, 340],
    ]);
    expect(plan.zones[0]?.machines.map(({ rect }) => rect)).toEqual([
      { x: 32, y: 104, width: 316, height: 184 },
      { x: 32, y: 298, width: 316, height: 184 },
    ]);
    expect(plan.zones[0]?.machines[0]?.pods[0]?.rect).toEqual({ x: 12, y: 38, width: 148, height: 134 });
  });

  it('draws pods the smaller the more there are on a node', () => {
    const looks = [0, 1, 2, 6, 16, 17].map((count) => planNodes(shapeOf([count]), 1084).zones[0]?.machines[0]?.look);
    expect(looks).toEqual(['card', 'card', 'card', 'tile', 'chip', 'cell']);
  });

  it('keeps everything inside what holds it, and nothing on top of another, whatever the width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 320, max: 2000 }),
        fc.integer({ min: 0, max: 5 }),
        (pods, width, unplaced) => {
          const plan = planNodes(shapeOf(pods, unplaced), width);
          const faults: string[] = [];
          for (const zone of plan.zones) {
            if (!isInside(zone.rect, { x: 0, y: 0, width, height: plan.size.height }))
              faults.push(`zone ${zone.shape.zone}`);
            const parts = [...zone.machines.map(({ rect }) => rect), ...zone.volumes.map(({ rect }) => rect)];
            for (const [i, part] of parts.entries()) {
              if (!isInside(part, zone.rect)) faults.push(`part ${i}`);
              if (parts.slice(i + 1).some((other) => doTouch(part, other))) faults.push(`part ${i} is covered`);
            }
            for (const { rect, pods: placed } of zone.machines) {
              for (const pod of placed) if (!isInside(pod.rect, { ...rect, x: 0, y: 0 })) faults.push(pod.id);
            }
          }
          expect(faults).toEqual([]);
        },
      ),
    );
  });

  it('finds every pod, node and volume again', () => {
    const shape = shapeOf([30, 3, 1, 0], 2);
    const plan = planNodes(shape, 1084);
    for (const id of nodesOrder(shape)) expect(rectOnPlan(plan, id), id).toBeDefined();
    expect(rectOnPlan(plan, 'Pod/default/unheard-of')).toBeUndefined();
  });

  it('joins each pod with its volume', () => {
    const [zone] = planNodes(shapeOf([1, 1, 1, 1]), 1084).zones;
    expect(zone?.wires).toHaveLength(2);
    expect(zone?.wires.length).toBeLessThanOrEqual(WIRES_MAX);
    expect(new Set(zone?.wires.map(({ path }) => path)).size).toBe(2);
  });

  it('stacks zones where they do not fit side by side', () => {
    const { zones } = planNodes(shapeOf([1, 1, 1]), 390);
    expect(new Set(zones.map(({ rect }) => rect.x)).size).toBe(1);
    expect(zones[1]?.rect.y).toBeGreaterThan((zones[0]?.rect.y ?? 0) + (zones[0]?.rect.height ?? 0));
  });
});
