// Where everything of the Nodes view stands: zones side by side, nodes in them, pods in those, volumes on a shelf below.
// Pure.
import type { Rect, Size } from './layout.ts';
import type { MachineShape, NodesShape, VolumeShape, ZoneShape } from './nodes-shape.ts';

/** How a pod is drawn in its node: as large as all of them have room. */
export type PodLook = 'card' | 'tile' | 'chip' | 'cell';

export interface PlacedPod {
  readonly id: string;
  /** In the node's own frame. */
  readonly rect: Rect;
}

export interface MachinePlan {
  readonly shape: MachineShape;
  readonly rect: Rect;
  readonly look: PodLook;
  /** Cells are painted, and so they are not listed here. */
  readonly pods: readonly PlacedPod[];
  /** Beside a single pod there is room for words about it. */
  readonly hasWords: boolean;
  /** Where pods stand, in the node's own frame. */
  readonly body: Rect;
}

export interface VolumePlan {
  readonly shape: VolumeShape;
  /** Drawn without its name. */
  readonly isSmall: boolean;
  readonly rect: Rect;
}

export interface Wire {
  readonly podId: string;
  readonly nodeId: string;
  readonly claimId: string;
  readonly path: string;
}

export interface ZonePlan {
  readonly shape: ZoneShape;
  readonly rect: Rect;
  readonly machines: readonly MachinePlan[];
  readonly volumes: readonly VolumePlan[];
  /** From pods to volumes, in the zone's own frame. */
  readonly wires: readonly Wire[];
}

export interface NodesPlan {
  readonly zones: readonly ZonePlan[];
  readonly unplaced: MachinePlan | undefined;
  readonly size: Size;
  /** Of the first caption. */
  readonly captionY: number;
}

const MARGIN = 20;
const ZONE_GAP = 12;
const ZONE_MAX = 340;
const ZONE_MIN = 220;
const ZONE_HEAD = 38;
const PAD = 12;
const MACHINE_HEAD = 38;
const MACHINE_FOOT = 30;
const MACHINE_GAP = 10;
const CARD = { width: 148, height: 134 };
const WIDE = 280;
const TWO_COLUMNS = 230;
const TILE = { height: 54, gap: 8 };
const CHIP = { width: 92, height: 28, gap: 6 };
export const CELL = 18;
const CHIPS_MAX = 16;
const TILES_MAX = 6;
const SHELF_GAP = 30;
export const VOLUME = { width: 160, height: 64, cylinder: 82 };
const SMALL_VOLUME = { pitch: 30, width: 22, height: 24 };
const VOLUMES_MAX = 8;
const CAPTION = 42;
const CAPTIONS_MAX = 3;
/** More wires than these in a zone would hide what leads where. */
export const WIRES_MAX = 4;

/**
 * Places everything.
 *
 * @param shape - what there is
 * @param width - of the canvas
 */
export function planNodes(shape: NodesShape, width: number): NodesPlan {
  const captions = Math.max(1, Math.min(CAPTIONS_MAX, shape.setIds.length));
  const columnCount = shape.zones.length + (shape.unplacedIds.length > 0 ? 1 : 0);
  const perRow = Math.max(
    1,
    Math.min(columnCount, Math.floor((width - 2 * MARGIN + ZONE_GAP) / (ZONE_MIN + ZONE_GAP))),
  );
  const zoneWidth = Math.min(ZONE_MAX, Math.floor((width - 2 * MARGIN - ZONE_GAP * (perRow - 1)) / perRow));
  const top = 16 + captions * CAPTION + 8;
  const used = perRow * (zoneWidth + ZONE_GAP) - ZONE_GAP;
  const left = Math.max(MARGIN, Math.round((width - used) / 2));
  let y = top;
  const zones: ZonePlan[] = [];
  let unplaced: MachinePlan | undefined;
  for (let first = 0; first < columnCount; first += perRow) {
    const row = shape.zones.slice(first, first + perRow);
    const tallest = Math.max(0, ...row.map((zone) => machinesHeight(zone, zoneWidth)));
    const placed = row.map((zone, i) =>
      planZone(zone, { x: left + i * (zoneWidth + ZONE_GAP), y, width: zoneWidth }, tallest),
    );
    const bottom = Math.max(y, ...placed.map(({ rect }) => rect.y + rect.height));
    zones.push(...placed.map((zone) => ({ ...zone, rect: { ...zone.rect, height: bottom - zone.rect.y } })));
    if (row.length < perRow && shape.unplacedIds.length > 0) {
      unplaced = planMachine(
        { id: '', podIds: shape.unplacedIds },
        left + row.length * (zoneWidth + ZONE_GAP),
        y,
        zoneWidth,
        'none',
      );
    }
    y = Math.max(bottom, unplaced ? unplaced.rect.y + unplaced.rect.height : 0) + ZONE_GAP;
  }
  const right = columnCount === 0 ? width : left + used + MARGIN;
  const height = y === top ? top : y - ZONE_GAP + 4;
  return { zones, unplaced, size: { width: right, height }, captionY: 16 };
}

function machinesHeight({ machines }: ZoneShape, zoneWidth: number): number {
  let height = ZONE_HEAD;
  for (const machine of machines)
    height += planMachine(machine, 0, 0, zoneWidth - 2 * PAD, 'words').rect.height + MACHINE_GAP;
  return height;
}

function planZone(shape: ZoneShape, at: { x: number; y: number; width: number }, shelfFrom: number): ZonePlan {
  const machines: MachinePlan[] = [];
  let y = at.y + ZONE_HEAD;
  for (const machine of shape.machines) {
    const plan = planMachine(machine, at.x + PAD, y, at.width - 2 * PAD, 'words');
    machines.push(plan);
    y += plan.rect.height + MACHINE_GAP;
  }
  const shelf = at.y + shelfFrom + (shape.volumes.length > 0 ? SHELF_GAP - MACHINE_GAP : 0);
  const { volumes, height: shelfHeight } = placeVolumes(shape.volumes, at.x + PAD, shelf, at.width - 2 * PAD);
  const rect = { x: at.x, y: at.y, width: at.width, height: shelf + shelfHeight - at.y + 4 };
  return { shape, rect, machines, volumes, wires: planWires(rect, machines, volumes, shelf) };
}

/** Volumes stand on the shelf with their names, or close together where there are many. */
function placeVolumes(
  shapes: readonly VolumeShape[],
  x: number,
  y: number,
  room: number,
): { volumes: VolumePlan[]; height: number } {
  const isSmall = shapes.length > VOLUMES_MAX;
  const perRow = isSmall ? Math.floor(room / SMALL_VOLUME.pitch) : room >= 2 * VOLUME.width - 6 ? 2 : 1;
  const pitch = isSmall ? SMALL_VOLUME.pitch : 163;
  const { width, height } = isSmall ? SMALL_VOLUME : VOLUME;
  const volumes = shapes.map((shape, i) => ({
    shape,
    isSmall,
    rect: {
      x: x + (i % perRow) * pitch,
      y: y + Math.floor(i / perRow) * (height + 10),
      width: Math.min(width, room),
      height,
    },
  }));
  return { volumes, height: Math.ceil(shapes.length / perRow) * (height + 10) };
}

/** How pods stand in a node: as large as their number leaves room for. */
function planMachine(shape: MachineShape, x: number, y: number, width: number, words: 'words' | 'none'): MachinePlan {
  const inner = width - 2 * PAD;
  const count = shape.podIds.length;
  const hasWords = words === 'words' && count <= 1 && inner >= WIDE;
  const look = lookFor(count, inner);
  const { pods, height } = placePods(shape.podIds, look, inner, hasWords);
  const foot = hasWords || words === 'none' ? 0 : MACHINE_FOOT;
  const rect = { x, y, width, height: MACHINE_HEAD + height + foot + PAD };
  return { shape, rect, look, pods, hasWords, body: { x: PAD, y: MACHINE_HEAD, width: inner, height } };
}

function lookFor(count: number, inner: number): PodLook {
  if (count <= 1 || (count === 2 && inner >= TWO_COLUMNS)) return 'card';
  if (count <= TILES_MAX) return 'tile';
  return count <= CHIPS_MAX ? 'chip' : 'cell';
}

function placePods(
  ids: readonly string[],
  look: PodLook,
  inner: number,
  hasWords: boolean,
): { pods: PlacedPod[]; height: number } {
  if (look === 'cell') return { pods: [], height: Math.ceil(ids.length / cellColumns(inner)) * CELL };
  const { columns, height, gap } = gridFor(look, ids.length, inner);
  const width = hasWords ? CARD.width : Math.floor((inner - gap * (columns - 1)) / columns);
  const pods = ids.map((id, i) => ({
    id,
    rect: {
      x: PAD + (i % columns) * (width + gap),
      y: MACHINE_HEAD + Math.floor(i / columns) * (height + gap),
      width,
      height,
    },
  }));
  const rows = Math.max(1, Math.ceil(ids.length / columns));
  return { pods, height: rows * (height + gap) - gap };
}

function gridFor(look: PodLook, count: number, inner: number): { columns: number; height: number; gap: number } {
  if (look === 'card') return { columns: Math.max(1, count), height: CARD.height, gap: 8 };
  if (look === 'tile') return { columns: inner >= TWO_COLUMNS ? 2 : 1, height: TILE.height, gap: TILE.gap };
  return {
    columns: Math.max(1, Math.floor((inner + CHIP.gap) / (CHIP.width + CHIP.gap))),
    height: CHIP.height,
    gap: CHIP.gap,
  };
}

/**
 * How many cells stand side by side in a node.
 *
 * @param inner - its width inside
 */
export function cellColumns(inner: number): number {
  return Math.max(1, Math.floor(inner / CELL));
}

/** Down the gutter at the side where the pod is, along above the shelf, and into the volume: from above where nothing stands over it. */
function planWires(
  zone: Rect,
  machines: readonly MachinePlan[],
  volumes: readonly VolumePlan[],
  shelf: number,
): Wire[] {
  const wires: Wire[] = [];
  const isColumn = volumes.length > 1 && volumes[1]?.rect.x === volumes[0]?.rect.x;
  for (const volume of volumes) {
    const machine = machines.find(({ shape }) => shape.id === volume.shape.nodeId);
    const pod = machine?.pods.find(({ id }) => id === volume.shape.podId);
    if (!machine || !pod) continue;
    const lane = wires.length % WIRES_MAX;
    const isLeft = pod.rect.x === PAD;
    const gutter = isLeft ? 2.5 + lane * 2.75 : zone.width - 2.5 - lane * 2.75;
    const width = volume.isSmall ? SMALL_VOLUME.width : VOLUME.cylinder;
    const [x, y] = [volume.rect.x - zone.x, volume.rect.y - zone.y];
    const fromAbove = !isColumn && volume.rect.y === shelf;
    const points = [
      {
        x: machine.rect.x + pod.rect.x + (isLeft ? 0 : pod.rect.width) - zone.x,
        y: machine.rect.y + pod.rect.y + Math.min(60, pod.rect.height / 2) + lane - zone.y,
      },
      { x: gutter, y: shelf - zone.y - 8 - lane * 4 },
      fromAbove ? { x: x + width / 2, y: y + 1 } : { x: x - 9.5 + lane * 2.75, y: y + 32 },
    ] as const;
    const path = wirePath(points[0], points[1], points[2], fromAbove ? undefined : x + 1);
    wires.push({ podId: pod.id, nodeId: machine.shape.id, claimId: volume.shape.claimId, path });
  }
  return wires;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Sideways, down, along, down, and at the end sideways where it comes from the left; with round corners. */
function wirePath(from: Point, corner: Point, to: Point, end: number | undefined): string {
  const legs: Point[] = [{ x: corner.x, y: from.y }];
  if (to.x !== corner.x) legs.push(corner, { x: to.x, y: corner.y });
  legs.push(to);
  if (end !== undefined) legs.push({ x: end, y: to.y });
  return roundedPath([from, ...legs]);
}

const CORNER = 4;

function roundedPath(points: readonly Point[]): string {
  let path = '';
  for (const [i, point] of points.entries()) {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (!before) path += `M${point.x} ${point.y}`;
    else if (!after) path += `L${point.x} ${point.y}`;
    else {
      const a = towards(point, before);
      const b = towards(point, after);
      path += `L${a.x} ${a.y}Q${point.x} ${point.y} ${b.x} ${b.y}`;
    }
  }
  return path;
}

/** A little away from a corner. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/**
 * All that the keyboard stops at, in the order of reading: a node, its pods, and after a zone's nodes its volumes.
 *
 * @param shape - what there is
 * @returns fact ids
 */
export function nodesOrder(shape: NodesShape): readonly string[] {
  return [
    ...shape.zones.flatMap(({ machines, volumes }) => [
      ...machines.flatMap(({ id, podIds }) => [id, ...podIds]),
      ...volumes.map(({ claimId }) => claimId),
    ]),
    ...shape.unplacedIds,
  ];
}

/**
 * Where an object is on the plan.
 *
 * @param plan - the plan
 * @param id - of a node, a pod or a claim
 */
export function rectOnPlan(plan: NodesPlan, id: string): Rect | undefined {
  const machines = [...plan.zones.flatMap((zone) => zone.machines), ...(plan.unplaced ? [plan.unplaced] : [])];
  for (const machine of machines) {
    if (machine.shape.id === id) return machine.rect;
    const at = machine.shape.podIds.indexOf(id);
    if (at < 0) continue;
    const own = machine.look === 'cell' ? cellRect(machine, at) : machine.pods[at]?.rect;
    return own && { ...own, x: own.x + machine.rect.x, y: own.y + machine.rect.y };
  }
  return plan.zones.flatMap(({ volumes }) => volumes).find(({ shape }) => shape.claimId === id)?.rect;
}

/**
 * Where a painted pod is, in its node's frame.
 *
 * @param machine - the node
 * @param index - its place among the node's pods
 */
export function cellRect({ body }: MachinePlan, index: number): Rect {
  const columns = cellColumns(body.width);
  return {
    x: body.x + (index % columns) * CELL,
    y: body.y + Math.floor(index / columns) * CELL,
    width: CELL,
    height: CELL,
  };
}
