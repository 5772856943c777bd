// The ticks of one branch with checkpoints on the way, and a cursor that stands at any moment of it. Seeking costs
// what lies between the cursor and the moment, or between the nearest checkpoint and the moment, whichever is less.
import { applyTick, type FrozenStore, freezeStore, type Moment, revertTick, type Tick, thawStore } from '#engine';
import type { ObjectKey } from '#kube';

/** The entries of a map side by side, which takes a fraction of what the map does. */
interface Entries<T> {
  readonly keys: readonly string[];
  readonly values: readonly T[];
}

type ValueOf<M> = M extends Map<string, infer T> ? T : never;

/** A whole moment, which shares nearly everything with the ticks and the checkpoints around it. */
export interface Checkpoint {
  /** How many ticks have happened. */
  readonly tick: number;
  readonly store: FrozenStore;
  readonly tasks: Entries<ValueOf<Moment['tasks']>>;
  readonly memory: Entries<ValueOf<Moment['memory']>>;
  readonly reasons: Entries<ValueOf<Moment['reasons']>>;
  readonly counters: Moment['counters'];
}

export interface History {
  readonly ticks: Tick[];
  /** Ascending by tick; the first stands before tick 0. */
  readonly checkpoints: Checkpoint[];
}

/** Fewest ticks between two checkpoints. */
const CHECKPOINT_TICKS_MIN = 256;

/** A large world waits longer, one tick for so many objects, so that memory grows with the ticks alone. */
const CHECKPOINT_OBJECTS_A_TICK = 16;

const entriesOf = <T>(map: ReadonlyMap<string, T>): Entries<T> => ({
  keys: [...map.keys()],
  values: [...map.values()],
});

function mapOf<T>({ keys, values }: Entries<T>): Map<string, T> {
  const map = new Map<string, T>();
  for (let at = 0; at < keys.length; at += 1) map.set(keys[at] as string, values[at] as T);
  return map;
}

/** The whole of a moment, to go back to later. O(objects). */
const checkpointOf = (moment: Moment, tick: number): Checkpoint => ({
  tick,
  store: freezeStore(moment.store),
  tasks: entriesOf(moment.tasks),
  memory: entriesOf(moment.memory),
  reasons: entriesOf(moment.reasons),
  counters: { ...moment.counters },
});

/** A history that begins with this moment. */
export const newHistory = (start: Moment): History => ({ ticks: [], checkpoints: [checkpointOf(start, 0)] });

/** Adds the tick that `moment` (already standing after it) has just made, and a checkpoint where one is due. */
export function appendTick(history: History, tick: Tick, moment: Moment): void {
  history.ticks.push(tick);
  const last = history.checkpoints.at(-1);
  const due = Math.max(CHECKPOINT_TICKS_MIN, moment.store.objects.size / CHECKPOINT_OBJECTS_A_TICK);
  if (!last || history.ticks.length - last.tick >= due)
    history.checkpoints.push(checkpointOf(moment, history.ticks.length));
}

/** The first `ticks` of a history, as a history of its own that shares everything with it. */
export const forkHistory = (history: History, ticks: number): History => ({
  ticks: history.ticks.slice(0, ticks),
  checkpoints: history.checkpoints.filter((checkpoint) => checkpoint.tick <= ticks),
});

/** How many ticks have happened by a moment (those at that very instant included). O(log n). */
export function ticksUntil(history: History, atMs: number): number {
  let low = 0;
  let high = history.ticks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((history.ticks[middle] as Tick).atMs <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The moment of a checkpoint, as one that can be moved. O(objects). */
const momentOf = (checkpoint: Checkpoint): Moment => ({
  store: thawStore(checkpoint.store),
  tasks: mapOf(checkpoint.tasks),
  memory: mapOf(checkpoint.memory),
  reasons: mapOf(checkpoint.reasons),
  counters: { ...checkpoint.counters },
});

/** The place of the last checkpoint at or before a tick. O(log n). */
function checkpointBefore({ checkpoints }: History, tick: number): number {
  let low = 0;
  let high = checkpoints.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((checkpoints[middle] as Checkpoint).tick <= tick) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The moment after `tick` ticks, built forwards from a checkpoint, so that lists come in the order they had: what a
 * world that is to go on must be made of.
 */
export function momentAfter(history: History, tick: number): Moment {
  const checkpoint = history.checkpoints[checkpointBefore(history, tick)] as Checkpoint;
  const moment = momentOf(checkpoint);
  for (let at = checkpoint.tick; at < tick; at += 1) applyTick(moment, history.ticks[at] as Tick);
  return moment;
}

/** A place in a history with the moment that belongs to it. */
export interface Cursor {
  history: History;
  tick: number;
  moment: Moment;
}

/** A cursor at the beginning of a history. */
export const newCursor = (history: History): Cursor => ({
  history,
  tick: 0,
  moment: momentOf(history.checkpoints[0] as Checkpoint),
});

/** Which keys may differ after a move: objects, and the ids of reasons. */
export interface Touched {
  readonly objects: ReadonlySet<ObjectKey>;
  readonly reasons: ReadonlySet<string>;
  readonly memory: ReadonlySet<string>;
}

/** How much dearer setting one object up from a checkpoint is than one step along the ticks. Measured, about. */
const OBJECT_COST_IN_TICKS = 0.04;

/** The checkpoint from which a moment is reached by the fewest ticks, forwards or backwards. */
function checkpointNear(history: History, tick: number): Checkpoint {
  const at = checkpointBefore(history, tick);
  const before = history.checkpoints[at] as Checkpoint;
  const after = history.checkpoints[at + 1];
  return after && after.tick - tick < tick - before.tick ? after : before;
}

/**
 * Moves a cursor to stand after `tick` ticks.
 * @returns what may have changed on the way, or undefined when the moment was set up anew and anything may have
 */
export function moveCursor(cursor: Cursor, tick: number): Touched | undefined {
  const { history } = cursor;
  const target = Math.max(0, Math.min(tick, history.ticks.length));
  const checkpoint = checkpointNear(history, target);
  const walk = Math.abs(target - cursor.tick);
  const jump = checkpoint.store.keys.length * OBJECT_COST_IN_TICKS + Math.abs(target - checkpoint.tick);
  if (walk <= jump) return walkTo(cursor, target);
  cursor.moment = momentOf(checkpoint);
  cursor.tick = checkpoint.tick;
  walkTo(cursor, target);
  return undefined;
}

/** Plays the ticks from where a cursor stands to where it is to stand. Returns what they touched. */
function walkTo(cursor: Cursor, target: number): Touched {
  const { history } = cursor;
  const objects = new Set<ObjectKey>();
  const reasons = new Set<string>();
  const memory = new Set<string>();
  const note = (passed: Tick): void => {
    for (const change of passed.objects) objects.add(change.key);
    for (const change of passed.reasons) reasons.add(change.key);
    for (const change of passed.memory) memory.add(change.key);
  };
  while (cursor.tick < target) {
    const next = history.ticks[cursor.tick] as Tick;
    applyTick(cursor.moment, next);
    note(next);
    cursor.tick += 1;
  }
  while (cursor.tick > target) {
    const last = history.ticks[cursor.tick - 1] as Tick;
    revertTick(cursor.moment, last);
    note(last);
    cursor.tick -= 1;
  }
  return { objects, reasons, memory };
}
