// The ticks of one branch with checkpoints on the way, and a cursor that stands at any moment of it. Seeking costs
// what lies between the cursor and the moment, or between a checkpoint and the moment, whichever is less.
import { applyTick, type Moment, newStore, putInStore, revertTick, type Tick, type World } from '#engine';
import type { ObjectKey } from '#kube';

/** A whole moment, as lists that share their objects with the ticks around it. */
export interface Checkpoint {
  /** How many ticks have happened. */
  readonly tick: number;
  readonly objects: readonly (readonly [
    ObjectKey,
    World['store']['objects'] extends Map<string, infer O> ? O : never,
  ])[];
  readonly tasks: readonly (readonly [string, World['tasks'] extends Map<string, infer T> ? T : never])[];
  readonly memory: readonly (readonly [string, World['memory'] extends Map<string, infer M> ? M : never])[];
  readonly reasons: readonly (readonly [string, World['reasons'] extends Map<string, infer R> ? R : never])[];
  readonly counters: World['counters'];
}

export interface History {
  readonly ticks: Tick[];
  /** Ascending by tick; the first stands before tick 0. */
  readonly checkpoints: Checkpoint[];
}

/** Fewest ticks between two checkpoints. */
const CHECKPOINT_TICKS_MIN = 256;

/** A large world waits longer, one tick for so many objects, so that memory grows with the ticks alone. */
const CHECKPOINT_OBJECTS_A_TICK = 4;

/** The whole of a moment, to go back to later. O(objects). */
const checkpointOf = (moment: Moment, tick: number): Checkpoint => ({
  tick,
  objects: [...moment.store.objects],
  tasks: [...moment.tasks],
  memory: [...moment.memory],
  reasons: [...moment.reasons],
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
function momentOf(checkpoint: Checkpoint): Moment {
  const store = newStore();
  for (const [key, object] of checkpoint.objects) putInStore(store, key, object);
  return {
    store,
    tasks: new Map(checkpoint.tasks),
    memory: new Map(checkpoint.memory),
    reasons: new Map(checkpoint.reasons),
    counters: { ...checkpoint.counters },
  };
}

/** The last checkpoint at or before a tick. */
function checkpointBefore(history: History, tick: number): Checkpoint {
  let found = history.checkpoints[0] as Checkpoint;
  for (const checkpoint of history.checkpoints) if (checkpoint.tick <= tick) found = checkpoint;
  return found;
}

/**
 * The moment after `tick` ticks, built forwards from a checkpoint, so that lists come in the order they had: what a
 * world that is to go on must be made of.
 */
export function momentAfter(history: History, tick: number): Moment {
  const checkpoint = checkpointBefore(history, tick);
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
const OBJECT_COST_IN_TICKS = 0.5;

/**
 * Moves a cursor to stand after `tick` ticks.
 * @returns what may have changed on the way, or undefined when the moment was set up anew and anything may have
 */
export function moveCursor(cursor: Cursor, tick: number): Touched | undefined {
  const { history } = cursor;
  const target = Math.max(0, Math.min(tick, history.ticks.length));
  const checkpoint = checkpointBefore(history, target);
  const walk = Math.abs(target - cursor.tick);
  const jump = checkpoint.objects.length * OBJECT_COST_IN_TICKS + (target - checkpoint.tick);
  if (walk > jump) {
    cursor.moment = momentAfter(history, target);
    cursor.tick = target;
    return undefined;
  }
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
