// The line of ordinals of one set: where its slots stand, where `replicas` ends, and where the partition is. Pure.

/** What of a set decides where its parts stand. */
export interface SetShape {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  /** Ordinals that have a slot, ascending. */
  readonly ordinals: readonly number[];
  readonly start: number;
  readonly replicas: number;
  readonly serviceName: string;
  readonly serviceId?: string;
  /** How many claims each slot has. */
  readonly claimRows: number;
}

/** The line of ordinals of one set. */
export interface Line {
  /** Left edge of each slot, in the order of the ordinals. */
  readonly xs: readonly number[];
  /** Where `replicas` ends. */
  readonly replicasX: number;
  /** Right edge of the last slot. */
  readonly right: number;
}

export const SLOT_WIDTH = 110;
const SLOT_GAP = 8;
const BOUNDARY_GAP = 28;
/** From one slot to the next. */
export const PITCH = SLOT_WIDTH + SLOT_GAP;
export const MARGIN = 20;
const BOUNDARY = 14;

/**
 * The line of ordinals: slots side by side, and a wider gap wherever `replicas` begins or ends.
 *
 * @param shape - the set
 */
export function lineOf(shape: SetShape): Line {
  const cached = lines.get(shape);
  if (cached) return cached;
  const xs: number[] = [];
  let x = MARGIN;
  let replicasX: number | undefined;
  let wasInRange: boolean | undefined;
  for (const ordinal of shape.ordinals) {
    const isIn = isInRange(shape, ordinal);
    if (wasInRange === undefined && !isIn && ordinal >= shape.start + shape.replicas) {
      replicasX = x + BOUNDARY;
      x += BOUNDARY_GAP;
    } else if (wasInRange !== undefined && wasInRange !== isIn) {
      if (wasInRange) replicasX = x - SLOT_GAP + BOUNDARY;
      x += BOUNDARY_GAP;
    }
    xs.push(x);
    wasInRange = isIn;
    x += PITCH;
  }
  const right = xs.length > 0 ? x - SLOT_GAP : MARGIN;
  const line = { xs, right, replicasX: replicasX ?? right + BOUNDARY };
  lines.set(shape, line);
  return line;
}

const lines = new WeakMap<SetShape, Line>();

function isInRange({ start, replicas }: SetShape, ordinal: number): boolean {
  return ordinal >= start && ordinal < start + replicas;
}

/**
 * Where the partition's handle stands: before the first ordinal that is updated.
 *
 * @param shape - the set
 * @param partition - its partition
 */
export function partitionX(shape: SetShape, partition: number): number {
  const { xs, replicasX } = lineOf(shape);
  for (const [i, ordinal] of shape.ordinals.entries()) {
    if (!isInRange(shape, ordinal)) continue;
    if (ordinal >= partition) return (xs[i] ?? MARGIN) - (isFirstInRange(shape, i) ? 10 : SLOT_GAP / 2);
  }
  // Everything is held back: it stands just before the end of `replicas`.
  return replicasX - BOUNDARY + 1;
}

function isFirstInRange(shape: SetShape, i: number): boolean {
  const before = shape.ordinals[i - 1];
  return before === undefined || !isInRange(shape, before);
}

/**
 * How many replicas there would be were the handle let go at x.
 *
 * @param shape - the set
 * @param x - in the line's units
 * @param max - no more than these
 */
export function replicasAt(shape: SetShape, x: number, max: number): number {
  const { xs, right } = lineOf(shape);
  let count = 0;
  for (const [i, ordinal] of shape.ordinals.entries()) {
    if (ordinal >= shape.start && (xs[i] ?? 0) + SLOT_WIDTH / 2 < x) count = ordinal - shape.start + 1;
  }
  const beyond = Math.max(0, Math.floor((x - right - SLOT_WIDTH / 2) / PITCH) + 1);
  const last = shape.ordinals.at(-1);
  if (beyond > 0) count = Math.max(count, (last === undefined ? 0 : last - shape.start + 1) + beyond);
  return Math.min(max, Math.max(0, count));
}

/**
 * Which partition the handle would mean were it let go at x.
 *
 * @param shape - the set
 * @param x - in the line's units
 */
export function partitionAt(shape: SetShape, x: number): number {
  const { xs } = lineOf(shape);
  let partition = 0;
  for (const [i, ordinal] of shape.ordinals.entries()) {
    if (isInRange(shape, ordinal) && (xs[i] ?? 0) + SLOT_WIDTH / 2 < x) partition = ordinal + 1;
  }
  return partition;
}

/**
 * The place of an ordinal in its set.
 *
 * @param shape - the set
 * @param ordinal - the ordinal
 * @returns undefined where the set has no such slot
 */
export function indexOfOrdinal(shape: SetShape, ordinal: number): number | undefined {
  const { ordinals } = shape;
  // Ordinals without a gap, as they nearly always are, need no search.
  const guess = ordinal - (ordinals[0] ?? 0);
  if (ordinals[guess] === ordinal) return guess;
  const found = ordinals.indexOf(ordinal);
  return found < 0 ? undefined : found;
}
