// The event loop: takes the earliest task, gives its actor a turn, commits what it wrote, and wakes whoever watches
// what changed. One thread, virtual time, ties broken by age: the same world always goes on the same way.
import type { KubeObject } from '#kube';
import { isSame, popHeap } from '#lib';
import type { Actor, ObjectChange, Outcome, Turn } from './actor.ts';
import { keyOfObject, putInStore, restoreBirths, type View, viewOf } from './store.ts';
import { type EntryChange, type Journal, netChanges, newJournal, type Tick, writeEntry } from './tick.ts';
import { enqueueFor, enqueueTask, newTurn } from './turn.ts';
import { isTaskBefore, type Task, taskId, type World } from './world.ts';

/** The first and the longest wait after a failed turn. k8s: workqueue.DefaultTypedControllerRateLimiter */
const BACKOFF_FIRST_MS = 5;
const BACKOFF_MAX_MS = 1_000_000;

/** Where the work queues count failures in the world's memory. */
const BACKOFF_PREFIX = 'backoff/';

/** Turns at one instant after which the world is declared to spin: a mistake of an actor, not of a manifest. */
const TURNS_PER_INSTANT_MAX = 500_000;

/** A world with the actors that live in it. Actors have no state: everything they know is in the world. */
export interface Cluster {
  readonly world: World;
  readonly view: View;
  readonly actors: ReadonlyMap<string, Actor>;
  /** For each kind, the actors that watch it. */
  readonly watchers: ReadonlyMap<string, readonly Actor[]>;
  /** Changes of queues and back-offs in turns that changed nothing else, to be told with the next tick. */
  pending: Journal;
  /** The counters as the last tick left them: where the next tick's difference begins. */
  settled: Tick['countersBefore'];
}

/** Puts actors into a world. Those that are off in this configuration are left out. */
export function newCluster(world: World, actors: readonly Actor[]): Cluster {
  const on = actors.filter((actor) => actor.isOn?.(world.config) ?? true);
  const watchers = new Map<string, Actor[]>();
  for (const actor of on)
    for (const kind of Object.keys(actor.watches)) watchers.set(kind, [...(watchers.get(kind) ?? []), actor]);
  return {
    world,
    view: viewOf(world.store),
    actors: new Map(on.map((actor) => [actor.name, actor])),
    watchers,
    pending: newJournal(),
    settled: { ...world.counters },
  };
}

/**
 * Queues what every actor wants to look at when a cluster begins. Call once, on a new world.
 * What was queued until then belongs to the first moment, not to the first tick.
 */
export function startActors(cluster: Cluster): void {
  for (const actor of cluster.actors.values())
    actor.start?.(enqueueFor(cluster.world, cluster.pending, actor), cluster.view);
  cluster.pending = newJournal();
  cluster.settled = { ...cluster.world.counters };
}

/**
 * Puts objects into a new world exactly as they are, past the API server, and tells every actor that watches them, as its
 * first list of them would. For a cluster that did not begin here; call before `startActors`.
 */
export function takeInObjects(cluster: Cluster, objects: readonly KubeObject[]): void {
  const { world } = cluster;
  const journal = newJournal();
  for (const object of objects) putInStore(world.store, keyOfObject(object), object);
  for (const object of objects)
    wakeWatchers(cluster, journal, { key: keyOfObject(object), before: undefined, after: object });
}

/** When the next task is due, in virtual milliseconds; undefined when all is quiet for good. */
export function nextTaskMs(cluster: Cluster): number | undefined {
  const { queue, tasks } = cluster.world;
  for (;;) {
    const first = queue[0];
    if (first === undefined) return undefined;
    if (tasks.get(first.id) === first) return first.dueMs;
    popHeap(queue, isTaskBefore);
  }
}

/** When the next task is due that may be news; undefined when only housekeeping is left, or nothing. O(tasks). */
export function nextNewsMs(cluster: Cluster): number | undefined {
  let first: number | undefined;
  for (const task of cluster.world.tasks.values())
    if ((first === undefined || task.dueMs < first) && cluster.actors.get(task.actor)?.isHousekeeping !== true)
      first = task.dueMs;
  return first;
}

/**
 * Goes on to the next tick that is due no later than `untilMs`.
 * Turns that change nothing pass silently; the clock stands at the tick, or at `untilMs` when there was none.
 * @returns the tick, or undefined when nothing happened until then
 */
export function step(cluster: Cluster, untilMs: number): Tick | undefined {
  const { world } = cluster;
  let instantMs = world.counters.nowMs;
  for (let turns = 0; turns < TURNS_PER_INSTANT_MAX; turns += 1) {
    const dueMs = nextTaskMs(cluster);
    if (dueMs === undefined || dueMs > untilMs) {
      if (Number.isFinite(untilMs)) world.counters.nowMs = Math.max(world.counters.nowMs, untilMs);
      return undefined;
    }
    const task = popHeap(world.queue, isTaskBefore);
    if (task === undefined) return undefined;
    if (task.dueMs > instantMs) {
      instantMs = task.dueMs;
      turns = 0;
    }
    const actor = cluster.actors.get(task.actor);
    world.counters.nowMs = Math.max(world.counters.nowMs, task.dueMs);
    writeEntry(world.tasks, cluster.pending.tasks, task.id, undefined);
    if (!actor) continue;
    const tick = takeTurn(cluster, task, (turn) => actor.reconcile(turn, task.key));
    if (tick) return tick;
  }
  throw new Error(`the event loop turns without end at ${world.counters.nowMs} ms`);
}

/** Runs until a moment; calls `onTick` for each tick. */
export function runUntil(cluster: Cluster, untilMs: number, onTick?: (tick: Tick) => void): void {
  for (let tick = step(cluster, untilMs); tick; tick = step(cluster, untilMs)) onTick?.(tick);
}

/**
 * An act of a person or a test at the present moment, through the same door as every controller.
 * @param label the words of the act, such as its kubectl command
 * @param run does the act; may throw to undo everything it wrote
 * @returns the tick, or undefined when the act changed nothing
 */
export function actNow(cluster: Cluster, actor: string, label: string, run: (turn: Turn) => Outcome): Tick | undefined {
  return takeTurn(cluster, { id: taskId(actor, label), actor, key: label }, run);
}

/** Whose turn it is, and about what. */
type Occasion = Pick<Task, 'id' | 'actor' | 'key'>;

function takeTurn(cluster: Cluster, occasion: Occasion, run: (turn: Turn) => Outcome): Tick | undefined {
  const { world, view } = cluster;
  const { actor, key } = occasion;
  const journal = newJournal();
  const countersAtTurn = { ...world.counters };
  let outcome: Outcome;
  try {
    outcome = run(newTurn(world, view, journal, actor));
  } catch (error) {
    undo(world, journal);
    Object.assign(world.counters, countersAtTurn);
    throw error;
  }
  noteReason(world, journal, occasion.id, outcome);
  requeue(world, journal, actor, key, outcome);
  const objects = netChanges(journal.objects);
  for (const change of objects) if (!change.after) forgetReasons(cluster, journal, change.key, actor);
  for (const change of objects) wakeWatchers(cluster, journal, change);
  const { pending } = cluster;
  addChanges(pending.tasks, journal.tasks);
  addChanges(pending.memory, journal.memory);
  const reasons = netChanges(journal.reasons);
  if (objects.length === 0 && reasons.length === 0 && !isTold(journal)) return undefined;
  const tick: Tick = {
    atMs: world.counters.nowMs,
    actor,
    key,
    why: outcome.why,
    objects,
    tasks: netChanges(pending.tasks),
    memory: netChanges(pending.memory),
    reasons,
    countersBefore: cluster.settled,
    countersAfter: { ...world.counters },
  };
  cluster.pending = newJournal();
  cluster.settled = tick.countersAfter;
  return tick;
}

/** Whether a memory changed that makes a tick by itself: all but the work queues' own failure counts. */
function isTold(journal: Journal): boolean {
  for (const change of journal.memory.values())
    if (change.before !== change.after && !change.key.startsWith(BACKOFF_PREFIX)) return true;
  return false;
}

/** Adds later changes of the same keys: the first `before` stays. */
function addChanges<T>(sum: Map<string, EntryChange<T>>, more: ReadonlyMap<string, EntryChange<T>>): void {
  for (const [key, change] of more) {
    const noted = sum.get(key);
    sum.set(key, noted ? { ...change, before: noted.before } : change);
  }
}

/** What was said of an object goes with it; but for what its end itself was the reason of. */
function forgetReasons(cluster: Cluster, journal: Journal, key: string, acting: string): void {
  for (const actor of cluster.actors.keys())
    if (actor !== acting) writeEntry(cluster.world.reasons, journal.reasons, taskId(actor, key), undefined);
}

function wakeWatchers(cluster: Cluster, journal: Journal, change: ObjectChange): void {
  const kind = (change.after ?? change.before)?.kind ?? '';
  for (const actor of cluster.watchers.get(kind) ?? []) {
    const watch = actor.watches[kind as keyof Actor['watches']];
    watch?.(change, enqueueFor(cluster.world, journal, actor), cluster.view);
  }
}

/** Keeps the last reason that an actor gave for a key; an equal one keeps its time, none takes it away. */
function noteReason(world: World, journal: Journal, id: string, outcome: Outcome): void {
  const before = world.reasons.get(id);
  const why = outcome.why;
  if (before && why && before.rule === why.rule && before.about === why.about && before.acting === why.acting)
    if (isSame(before.args, why.args)) return;
  writeEntry(world.reasons, journal.reasons, id, why && { ...why, sinceMs: world.counters.nowMs });
}

/** Queues the key again where the outcome asks for it; counts failures for the back-off, as the work queue does. */
function requeue(world: World, journal: Journal, actor: string, key: string, outcome: Outcome): void {
  const failures = `${BACKOFF_PREFIX}${actor} ${key}`;
  const failed = world.memory.get(failures);
  if (outcome.failed) {
    const count = typeof failed === 'number' ? failed : 0;
    writeEntry(world.memory, journal.memory, failures, count + 1);
    const delayMs = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** count);
    enqueueTask(world, journal, actor, key, world.counters.nowMs + delayMs);
  } else if (failed !== undefined) writeEntry(world.memory, journal.memory, failures, undefined);
  if (outcome.againMs !== undefined)
    enqueueTask(world, journal, actor, key, world.counters.nowMs + Math.max(0, outcome.againMs));
}

/** Takes back what a turn wrote before it threw. */
function undo(world: World, journal: Journal): void {
  for (const change of journal.objects.values()) putInStore(world.store, change.key, change.before);
  restoreBirths(world.store, journal.births);
  for (const [map, changes] of [
    [world.tasks, journal.tasks],
    [world.memory, journal.memory],
    [world.reasons, journal.reasons],
  ] as const)
    for (const change of changes.values()) {
      const target = map as Map<string, unknown>;
      if (change.before === undefined) target.delete(change.key);
      else target.set(change.key, change.before);
    }
}
