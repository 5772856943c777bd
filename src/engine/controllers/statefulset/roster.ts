// The roster of a set: its pods by ordinal with everything a reconcile asks of all of them kept as counts and sorted
// sets, so that a turn costs what changed since the last one and not the number of pods. It follows from the objects
// alone; what changes is noted by the books and taken in when the roster is asked for. Between two askings it stands
// still, as the informer caches of one sync do.
import type { PersistentVolumeClaim, Pod, StatefulSet, StatefulSetSpec } from '#kube';
import { controllerOf, isTerminating, matchesSelector } from '#kube';
import type { View } from '../../kernel/index.ts';
import { type Book, bookName, bookOf, claimBooks, podBooks } from './books.ts';
import { claimTemplatesOf } from './claims.ts';
import { addOrdinal, indexFrom, type OrdinalSet, removeOrdinal } from './ordinal-set.ts';
import { newSlot, type Slot } from './slot.ts';

/** The pods of one revision that are not terminating. */
interface RevisionPods {
  count: number;
  readonly inRange: OrdinalSet;
}

export interface Roster {
  /** What the roster was made for: another spec or uid is another roster. */
  readonly spec: StatefulSetSpec;
  readonly uid: string;
  /** The claimed pods (STS-20), in range or condemned. */
  readonly slots: Map<number, Slot>;
  /** Ordinals in range that have a pod. The others are missing. */
  readonly taken: OrdinalSet;
  /** In range: OrderedReady stops or acts here, whatever the time. */
  readonly blocking: OrdinalSet;
  /** In range: Parallel has something to do with this pod. */
  readonly chores: OrdinalSet;
  /** In range: not Ready, or terminating. */
  readonly down: OrdinalSet;
  /** In range: Ready and not terminating, but not for long enough at `asOfMs`. */
  readonly young: OrdinalSet;
  /** Out of range. */
  readonly condemned: OrdinalSet;
  /** Condemned and not terminating. */
  readonly condemnedLive: OrdinalSet;
  /** Condemned, and not Ready or terminating. */
  readonly condemnedDown: OrdinalSet;
  /** Condemned, and not Ready for long enough at `asOfMs`. */
  readonly condemnedYoung: OrdinalSet;
  /** Condemned: the owners of its claims are not as the policy wants them. */
  readonly condemnedRepairs: OrdinalSet;
  /** Pods by revision: those not terminating, and how many there are in all. */
  readonly live: Map<string, RevisionPods>;
  readonly podsByRevision: Map<string, number>;
  /** Pods without an owner that the set may take (STS-20), and pods of the set that it must let go (STS-21). */
  readonly adoptable: OrdinalSet;
  readonly misfits: OrdinalSet;
  /** Ready pods that become available later than `asOfMs`, by that time. */
  readonly maturing: Slot[];
  asOfMs: number;
  /** How many pods are Running and Ready. */
  ready: number;
  /** How many of these are not available yet. */
  readyYoung: number;
}

/** What a roster is kept with. */
interface Membership {
  readonly roster: Roster;
  readonly pods: Book<Pod>;
  /** One for each claim template. */
  readonly claims: readonly Book<PersistentVolumeClaim>[];
  /** Ordinals to look at again. */
  readonly stale: Set<number>;
}

/** The rosters of a store, by the set's `namespace/name`; the store's own book of pods stands for it. */
const membershipsOfStores = new WeakMap<object, Map<string, Membership>>();

/** An empty roster. */
const newRoster = (set: StatefulSet): Roster => ({
  spec: set.spec,
  uid: set.metadata.uid,
  slots: new Map(),
  taken: [],
  blocking: [],
  chores: [],
  down: [],
  young: [],
  condemned: [],
  condemnedLive: [],
  condemnedDown: [],
  condemnedYoung: [],
  condemnedRepairs: [],
  live: new Map(),
  podsByRevision: new Map(),
  adoptable: [],
  misfits: [],
  maturing: [],
  asOfMs: Number.NEGATIVE_INFINITY,
  ready: 0,
  readyYoung: 0,
});

/**
 * The roster of a set as the store stands now.
 * @param atMs the present, in Unix milliseconds: which pods count as available
 * @returns the roster; it changes with the next call, not before. O(changes since the last call · log n)
 */
export function rosterOf(view: View, set: StatefulSet, atMs: number): Roster {
  const memberships = membershipsOf(view);
  const name = bookName(set.metadata.namespace ?? '', set.metadata.name);
  let membership = memberships.get(name);
  if (membership && (membership.roster.spec !== set.spec || membership.roster.uid !== set.metadata.uid)) {
    closeMembership(membership);
    membership = undefined;
  }
  if (!membership) {
    membership = openMembership(view, set, name);
    memberships.set(name, membership);
  }
  const { roster, stale } = membership;
  for (const ordinal of stale) takeIn(membership, set, ordinal);
  stale.clear();
  ripen(roster, atMs);
  return roster;
}

/** Forgets the roster of a set that is gone. */
export function dropRoster(view: View, namespace: string, setName: string): void {
  const memberships = membershipsOf(view);
  const name = bookName(namespace, setName);
  const membership = memberships.get(name);
  if (!membership) return;
  closeMembership(membership);
  memberships.delete(name);
}

function membershipsOf(view: View): Map<string, Membership> {
  const store = view.derived(podBooks);
  const known = membershipsOfStores.get(store);
  if (known) return known;
  const opened = new Map<string, Membership>();
  membershipsOfStores.set(store, opened);
  return opened;
}

function openMembership(view: View, set: StatefulSet, name: string): Membership {
  const namespace = set.metadata.namespace ?? '';
  const pods = bookOf(view.derived(podBooks).books, name);
  const claims = claimTemplatesOf(set.spec).map((template) =>
    bookOf(view.derived(claimBooks), bookName(namespace, `${template.metadata.name}-${set.metadata.name}`)),
  );
  const stale = new Set(pods.byOrdinal.keys());
  for (const book of [pods, ...claims]) book.readers.add(stale);
  return { roster: newRoster(set), pods, claims, stale };
}

function closeMembership({ pods, claims, stale }: Membership): void {
  for (const book of [pods, ...claims]) book.readers.delete(stale);
}

/** Looks at an ordinal again. */
function takeIn({ roster, pods, claims }: Membership, set: StatefulSet, ordinal: number): void {
  const before = roster.slots.get(ordinal);
  if (before) {
    count(roster, before, false);
    roster.slots.delete(ordinal);
  }
  removeOrdinal(roster.adoptable, ordinal);
  removeOrdinal(roster.misfits, ordinal);
  const pod = pods.byOrdinal.get(ordinal);
  if (!pod) return;
  const owner = controllerOf(pod);
  const isMatch = matchesSelector(set.spec.selector, pod.metadata.labels);
  if (owner === undefined) {
    if (isMatch && !isTerminating(pod)) addOrdinal(roster.adoptable, ordinal);
    return;
  }
  if (owner.uid !== set.metadata.uid) return;
  if (!isMatch) {
    addOrdinal(roster.misfits, ordinal);
    return;
  }
  const slot = newSlot(
    set,
    pod,
    ordinal,
    claims.map((book) => book.byOrdinal.get(ordinal)),
  );
  roster.slots.set(ordinal, slot);
  count(roster, slot, true);
}

/** Counts a slot in or out. Where it stands depends on the slot and `asOfMs` alone, so that the two cancel. */
function count(roster: Roster, slot: Slot, isIn: boolean): void {
  const { ordinal, isTerminating: isLeaving } = slot;
  const put = isIn ? addOrdinal : removeOrdinal;
  const sign = isIn ? 1 : -1;
  if (slot.isInRange) {
    put(roster.taken, ordinal);
    if (isLeaving || !slot.isRunningAndReady || slot.needsRepair) put(roster.blocking, ordinal);
    if (slot.needsRepair || slot.needsClaims || (slot.isFinished && !isLeaving)) put(roster.chores, ordinal);
    if (isLeaving || !slot.isReady) put(roster.down, ordinal);
  } else {
    put(roster.condemned, ordinal);
    if (!isLeaving) put(roster.condemnedLive, ordinal);
    if (isLeaving || !slot.isReady) put(roster.condemnedDown, ordinal);
    if (!slot.areOwnersRight) put(roster.condemnedRepairs, ordinal);
  }
  const pods = (roster.podsByRevision.get(slot.revision) ?? 0) + sign;
  if (pods === 0) roster.podsByRevision.delete(slot.revision);
  else roster.podsByRevision.set(slot.revision, pods);
  if (!isLeaving) {
    const live = roster.live.get(slot.revision) ?? { count: 0, inRange: [] };
    live.count += sign;
    if (slot.isInRange) put(live.inRange, ordinal);
    if (live.count === 0) roster.live.delete(slot.revision);
    else roster.live.set(slot.revision, live);
  }
  if (slot.isRunningAndReady) roster.ready += sign;
  if (slot.isReady && slot.availableAtMs > roster.asOfMs) {
    if (isIn) roster.maturing.splice(placeOf(roster.maturing, slot), 0, slot);
    else roster.maturing.splice(placeOf(roster.maturing, slot), 1);
    countYoung(roster, slot, isIn);
  }
}

function countYoung(roster: Roster, slot: Slot, isIn: boolean): void {
  const put = isIn ? addOrdinal : removeOrdinal;
  if (!slot.isTerminating) put(slot.isInRange ? roster.young : roster.condemnedYoung, slot.ordinal);
  if (slot.isRunningAndReady) roster.readyYoung += isIn ? 1 : -1;
}

const isEarlier = (a: Slot, b: Slot): boolean =>
  a.availableAtMs < b.availableAtMs || (a.availableAtMs === b.availableAtMs && a.ordinal < b.ordinal);

/** Where a slot stands, or would stand, among those that mature. */
function placeOf(maturing: readonly Slot[], slot: Slot): number {
  let low = 0;
  let high = maturing.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isEarlier(maturing[middle] as Slot, slot)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** STS-5: moves the roster's present. Backwards costs a look at every pod; a seek does that, a running cluster never. */
function ripen(roster: Roster, atMs: number): void {
  if (atMs < roster.asOfMs) {
    for (const slot of roster.maturing) countYoung(roster, slot, false);
    roster.maturing.length = 0;
    roster.asOfMs = atMs;
    for (const slot of roster.slots.values())
      if (slot.isReady && slot.availableAtMs > atMs) {
        roster.maturing.splice(placeOf(roster.maturing, slot), 0, slot);
        countYoung(roster, slot, true);
      }
    return;
  }
  roster.asOfMs = atMs;
  let ripe = 0;
  for (; ripe < roster.maturing.length; ripe += 1) {
    const slot = roster.maturing[ripe] as Slot;
    if (slot.availableAtMs > atMs) break;
    countYoung(roster, slot, false);
  }
  if (ripe > 0) roster.maturing.splice(0, ripe);
}

/** The highest ordinal in range, from `from` up, whose pod is live and not of this revision. */
export function highestOldPod(roster: Roster, revision: string, from: number): number | undefined {
  let highest: number | undefined;
  for (const [name, { inRange }] of roster.live) {
    const last = inRange.at(-1);
    if (name !== revision && last !== undefined && last >= from && (highest === undefined || last > highest))
      highest = last;
  }
  return highest;
}

/** Every such ordinal, highest first, at most `max` of them. */
export function oldPodsDown(roster: Roster, revision: string, from: number, max: number): number[] {
  const found: number[] = [];
  for (const [name, { inRange }] of roster.live)
    if (name !== revision) found.push(...inRange.slice(Math.max(indexFrom(inRange, from), inRange.length - max)));
  return found.sort((a, b) => b - a).slice(0, max);
}

/** How many pods of a revision are not terminating. */
export const livePodsOf = (roster: Roster, revision: string): number => roster.live.get(revision)?.count ?? 0;

/** How many pods in range are not available: missing, going, not Ready, or not for long enough. */
export const unavailableCount = ({ spec, taken, down, young }: Roster): number =>
  spec.replicas - taken.length + down.length + young.length;
