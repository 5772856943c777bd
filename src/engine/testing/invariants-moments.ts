// What holds of ticks as differences: played forwards and taken back on a second moment they give the very same world,
// and what is summed up over the objects is what summing up anew gives.
import type { StatefulSet } from '#kube';
import { rosterOf } from '../controllers/statefulset/roster.ts';
import {
  applyTick,
  type Cluster,
  derivedFrom,
  indexNamesOf,
  type Moment,
  newStore,
  putInStore,
  revertTick,
  type Store,
  viewOf,
} from '../kernel/index.ts';
import { broken, holds, type Passage } from './invariants-passage.ts';

/** A copy of the maps of a moment, as they stand. */
type Still = readonly (readonly [string, ReadonlyMap<string, unknown>])[];

const mapsOf = (moment: Moment): Still => [
  ['objects', moment.store.objects],
  ['tasks', moment.tasks],
  ['memory', moment.memory],
  ['reasons', moment.reasons],
];

const stillOf = (moment: Moment): Still => mapsOf(moment).map(([name, map]) => [name, new Map(map)]);

/** A moment that is moved by ticks alone, beginning where the cluster stands. */
export function newShadow(cluster: Cluster): Moment {
  const { world } = cluster;
  return {
    store: copyOf(world.store),
    tasks: new Map(world.tasks),
    memory: new Map(world.memory),
    reasons: new Map(world.reasons),
    counters: { ...world.counters },
  };
}

function copyOf(store: Store): Store {
  const copy = newStore();
  for (const [key, object] of store.objects) putInStore(copy, key, object);
  return copy;
}

/** Where two moments differ; undefined when they hold the very same things. */
function differenceOf(a: Still, b: Still): string | undefined {
  for (let i = 0; i < a.length; i += 1) {
    const [name, left] = a[i] as Still[number];
    const [, right] = b[i] as Still[number];
    for (const [key, value] of left) if (right.get(key) !== value) return `${name} ${key}`;
    for (const key of right.keys()) if (!left.has(key)) return `${name} ${key}`;
  }
  return undefined;
}

function counterDifference(a: Moment['counters'], b: Moment['counters']): string | undefined {
  for (const name of Object.keys(a) as (keyof Moment['counters'])[]) if (a[name] !== b[name]) return name;
  return undefined;
}

/** A tick applied, taken back and applied again leaves the shadow where the cluster stands. */
export function checkMoment(passage: Passage, shadow: Moment): void {
  const { cluster, tick } = passage;
  // What the shadow holds at a key that no tick has touched since is the cluster's own, so one copy tells both ways.
  const before = stillOf(shadow);
  const countersBefore = { ...shadow.counters };
  holds(passage, counterDifference(countersBefore, tick.countersBefore) === undefined, () => 'a tick begins elsewhere');
  applyTick(shadow, tick);
  const ahead =
    differenceOf(mapsOf(cluster.world), mapsOf(shadow)) ?? counterDifference(cluster.world.counters, shadow.counters);
  holds(passage, ahead === undefined, () => `a tick that is applied does not give ${ahead}`);
  revertTick(shadow, tick);
  const back = differenceOf(before, mapsOf(shadow)) ?? counterDifference(countersBefore, shadow.counters);
  holds(passage, back === undefined, () => `a tick that is taken back does not restore ${back}`);
  applyTick(shadow, tick);
}

/** Indexes, derived sums and rosters of the cluster are those of a store that is filled anew. O(objects). */
export function checkSums(passage: Passage, shadow: Moment): void {
  const { world } = passage.cluster;
  const fresh = copyOf(world.store);
  checkIndexes(passage, world.store);
  for (const [definition, sum] of world.store.derived) {
    const anew = plain(derivedFrom(fresh, definition));
    const name = `the sum over ${definition.kind}`;
    if (plain(sum) !== anew) broken(passage, `${name} is ${plain(sum)}\n  and should be ${anew}`);
    const moved = plain(derivedFrom(shadow.store, definition));
    if (moved !== anew) broken(passage, `${name} of a moment moved by ticks is ${moved}\n  and should be ${anew}`);
  }
  const nowMs = world.config.epochMs + world.counters.nowMs;
  for (const set of passage.cluster.view.list('StatefulSet')) checkRoster(passage, set, fresh, nowMs);
}

function checkRoster(passage: Passage, set: StatefulSet, fresh: Store, nowMs: number): void {
  const kept = plain(rosterOf(passage.cluster.view, set, nowMs));
  const anew = plain(rosterOf(viewOf(fresh), set, nowMs));
  if (kept !== anew) broken(passage, `the roster of ${set.metadata.name} is ${kept}\n  and should be ${anew}`);
}

function checkIndexes(passage: Passage, store: Store): void {
  const expected = new Map<string, number>();
  for (const [key, object] of store.objects)
    for (const name of indexNamesOf(object)) {
      expected.set(name, (expected.get(name) ?? 0) + 1);
      holds(passage, store.indexes.get(name)?.has(key) === true, () => `the index ${name} does not hold ${key}`);
    }
  for (const [name, members] of store.indexes)
    holds(passage, members.size === expected.get(name), () => `the index ${name} holds what is not there any more`);
  holds(passage, store.births.size === store.objects.size, () => 'the store remembers the order of what is gone');
}

/** Who reads a book is no part of what it says. */
const LEFT_OUT: ReadonlySet<string> = new Set(['readers']);

/** A sum as a text: maps and sets in the order of their keys, objects of the cluster by uid and version, empty places left out. */
function plain(value: unknown): string {
  return JSON.stringify(value, (name, part: unknown) => {
    if (LEFT_OUT.has(name)) return undefined;
    if (part instanceof Map) return sorted([...part].map(([key, member]) => [key, member]));
    if (part instanceof Set) return sorted([...part]);
    if (typeof part === 'number' && !Number.isFinite(part)) return String(part);
    const metadata = (part as { metadata?: { uid?: string; resourceVersion?: string } } | null)?.metadata;
    return metadata?.uid === undefined ? part : `${metadata.uid} ${metadata.resourceVersion}`;
  });
}

/** A place in which nothing stands: a book that stays open for a reader, a namespace without pods. */
const EMPTY_PLACE = /^\["[^"]*",(?:\{"byOrdinal":\[\]\}|\[\])\]$/;

const sorted = (members: readonly unknown[]): unknown[] =>
  members
    .map((member) => ({ member, text: plain(member) }))
    .filter(({ text }) => !EMPTY_PLACE.test(text))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ member }) => member);
