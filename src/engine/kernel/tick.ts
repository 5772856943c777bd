// A tick: one turn of the event loop that changed something, as a difference that can be played forwards and
// backwards. Nothing else than ticks changes a world.
import type { Json, KubeObject, ObjectKey } from '#kube';
import type { ObjectChange, Reason } from './actor.ts';
import { putInStore, type Store } from './store.ts';
import type { Counters, ReasonRecord, Task, World } from './world.ts';

/** An entry of one of a world's maps before and after a turn. */
export interface EntryChange<T> {
  readonly key: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

export interface Tick {
  /** Virtual milliseconds at which it happened. */
  readonly atMs: number;
  readonly actor: string;
  /** What the actor worked on: a key of its queue, or the words of a user's act. */
  readonly key: string;
  readonly why: Reason | undefined;
  readonly objects: readonly ObjectChange[];
  readonly tasks: readonly EntryChange<Task>[];
  readonly memory: readonly EntryChange<Json>[];
  readonly reasons: readonly EntryChange<ReasonRecord>[];
  readonly countersBefore: Readonly<Counters>;
  readonly countersAfter: Readonly<Counters>;
}

const setOrDelete = <T>(map: Map<string, T>, key: string, value: T | undefined): void => {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
};

/** The parts of a world that ticks change; what a timeline keeps for a moment. */
export interface Moment {
  readonly store: Store;
  readonly tasks: Map<string, Task>;
  readonly memory: Map<string, Json>;
  readonly reasons: Map<string, ReasonRecord>;
  readonly counters: Counters;
}

/** Puts an object in another's place; one that is not the same object any more comes last in lists, as a new one does. */
function replaceInStore(store: Store, key: ObjectKey, from: KubeObject | undefined, to: KubeObject | undefined): void {
  if (from && to && from.metadata.uid !== to.metadata.uid) putInStore(store, key, undefined);
  putInStore(store, key, to);
}

/**
 * Plays a tick onto a moment that stands just before it. Cost: what the tick changed.
 * Played forwards from a checkpoint, lists come in the order in which the cluster itself had them.
 */
export function applyTick(moment: Moment, tick: Tick): void {
  for (const change of tick.objects) replaceInStore(moment.store, change.key, change.before, change.after);
  for (const change of tick.tasks) setOrDelete(moment.tasks, change.key, change.after);
  for (const change of tick.memory) setOrDelete(moment.memory, change.key, change.after);
  for (const change of tick.reasons) setOrDelete(moment.reasons, change.key, change.after);
  Object.assign(moment.counters, tick.countersAfter);
}

/**
 * Takes a tick back from a moment that stands just after it. Cost: what the tick changed.
 * An object that comes back stands last in lists: a world that is to go on is made forwards instead.
 */
export function revertTick(moment: Moment, tick: Tick): void {
  for (const change of tick.objects) replaceInStore(moment.store, change.key, change.after, change.before);
  for (const change of tick.tasks) setOrDelete(moment.tasks, change.key, change.before);
  for (const change of tick.memory) setOrDelete(moment.memory, change.key, change.before);
  for (const change of tick.reasons) setOrDelete(moment.reasons, change.key, change.before);
  Object.assign(moment.counters, tick.countersBefore);
}

/** Collects the changes of one turn: first `before`, last `after` of each key. */
export interface Journal {
  /** In order of creation where objects were added. */
  readonly objects: Map<ObjectKey, ObjectChange>;
  /** Where the objects that the turn removed stood in lists, for a turn that is undone. */
  readonly births: Map<ObjectKey, number>;
  readonly tasks: Map<string, EntryChange<Task>>;
  readonly memory: Map<string, EntryChange<Json>>;
  readonly reasons: Map<string, EntryChange<ReasonRecord>>;
}

/** An empty journal. */
export const newJournal = (): Journal => ({
  objects: new Map(),
  births: new Map(),
  tasks: new Map(),
  memory: new Map(),
  reasons: new Map(),
});

/** Writes an object and notes it. */
export function writeObject(world: World, journal: Journal, key: ObjectKey, after: ObjectChange['after']): void {
  const birth = world.store.births.get(key);
  const before = putInStore(world.store, key, after);
  if (before === after) return;
  const noted = journal.objects.get(key);
  const wasThere = noted ? noted.before !== undefined : before !== undefined;
  if (after === undefined && wasThere && birth !== undefined && !journal.births.has(key))
    journal.births.set(key, birth);
  if (before === undefined && noted) journal.objects.delete(key);
  journal.objects.set(key, { key, before: noted ? noted.before : before, after });
}

/** Writes an entry of one of the world's maps and notes it. */
export function writeEntry<T>(
  map: Map<string, T>,
  changes: Map<string, EntryChange<T>>,
  key: string,
  after: T | undefined,
): void {
  const before = map.get(key);
  if (before === after) return;
  setOrDelete(map, key, after);
  const noted = changes.get(key);
  changes.set(key, { key, before: noted ? noted.before : before, after });
}

const NONE: readonly never[] = [];

/** What of a journal is a real change: a key that ends as it began is none. Ticks without any share one list. */
export function netChanges<T extends { readonly before: unknown; readonly after: unknown }>(
  changes: ReadonlyMap<string, T>,
): readonly T[] {
  if (changes.size === 0) return NONE;
  const net = [...changes.values()].filter((change) => change.before !== change.after);
  return net.length === 0 ? NONE : net;
}
