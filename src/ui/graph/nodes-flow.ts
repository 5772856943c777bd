// From the plan of the nodes to the nodes of the graph library. Pure. They change when pods come, go or move, never with a tick.

import { PLAIN } from './flow-nodes.ts';
import type { Rect } from './layout.ts';
import { type NodesPlan, rectOnPlan, type VolumePlan, type ZonePlan } from './nodes-layout.ts';
import type { ClusterNode, MachineNode } from './nodes-parts.ts';
import type { NodesShape } from './nodes-shape.ts';

const Z = { zone: 0, machine: 1, volume: 1, wires: 2, caption: 3 } as const;
const CAPTION = 42;

/**
 * The nodes of all zones.
 *
 * @param shape - what there is
 * @param plan - where it stands
 */
export function clusterNodes(shape: NodesShape, plan: NodesPlan): ClusterNode[] {
  let row = 0;
  const nodes: ClusterNode[] = plan.zones.flatMap((zone) => [
    zoneNode(zone),
    ...zone.machines.map(
      (machine): MachineNode => ({
        id: machine.shape.id,
        type: 'machine',
        ...box(machine.rect),
        zIndex: Z.machine,
        data: { plan: machine, row: ++row },
      }),
    ),
    ...zone.volumes.map((volume) => volumeNode(volume, ++row)),
    {
      id: `wires ${zone.shape.zone}`,
      type: 'wires' as const,
      ...box(zone.rect),
      zIndex: Z.wires,
      data: { plan: zone },
    },
  ]);
  if (plan.unplaced) {
    nodes.push({
      id: 'no node',
      type: 'machine',
      ...box(plan.unplaced.rect),
      zIndex: Z.machine,
      data: { plan: plan.unplaced, row: ++row },
    });
  }
  return [...nodes, ...captions(shape, plan)].map((node) => ({ ...node, domAttributes: PLAIN }));
}

function box({ x, y, width, height }: Rect) {
  return { position: { x, y }, width, height };
}

function zoneNode(plan: ZonePlan): ClusterNode {
  return { id: `zone ${plan.shape.zone}`, type: 'zone', ...box(plan.rect), zIndex: Z.zone, data: { plan } };
}

function volumeNode(plan: VolumePlan, row: number): ClusterNode {
  return { id: plan.shape.claimId, type: 'volume', ...box(plan.rect), zIndex: Z.volume, data: { plan, row } };
}

/** Captions stand under each other; the lowest of them points. */
function captions(shape: NodesShape, plan: NodesPlan): ClusterNode[] {
  const left = plan.zones[0]?.rect.x ?? 20;
  const right = Math.max(left + 300, ...plan.zones.map(({ rect }) => rect.x + rect.width));
  const pointers = new Map<string, number>();
  for (const zone of plan.zones) {
    for (const { shape: machine } of zone.machines) {
      for (const id of machine.podIds) {
        const rect = rectOnPlan(plan, id);
        if (rect && zone.rect.y === plan.zones[0]?.rect.y)
          pointers.set(id, rect.x + Math.min(80, rect.width / 2) - left);
      }
    }
  }
  return shape.setIds.slice(0, 3).map((setId, i, all) => ({
    id: `caption ${setId}`,
    type: 'caption',
    ...box({ x: left, y: plan.captionY + i * CAPTION, width: right - left, height: 34 }),
    zIndex: Z.caption,
    data: { setId, room: right - left, pointers: i === all.length - 1 ? pointers : new Map() },
  }));
}
