// Watches a cluster while it is played with: what must hold after every tick, now and then, and at rest. Each check is
// worked out from the objects by the rules of SPEC.md, without the sums and short cuts of the controllers.
import type { Cluster, Moment, Tick } from '../kernel/index.ts';
import { type ClaimPolicies, checkCluster, newClaimPolicies } from './invariants-cluster.ts';
import { checkMoment, checkSums, newShadow } from './invariants-moments.ts';
import { checkObjects, newRegistry, type Registry } from './invariants-objects.ts';
import { newPassage, type Passage } from './invariants-passage.ts';
import { checkReasons } from './invariants-reasons.ts';
import { danglingOwners, faultsAtPause, faultsAtRest, vainWaits } from './invariants-rest.ts';
import { checkSync } from './invariants-stateful-set.ts';

/** How long the garbage collector may take for what lost its owner. Virtual milliseconds. */
const COLLECTION_MS = 5_000;

/** How long an actor may wait for an object that is gone, before it looks again. */
const VAIN_MS = 15_000;

/** What watching remembers. */
export interface Watch {
  readonly cluster: Cluster;
  readonly shadow: Moment;
  readonly registry: Registry;
  readonly policies: ClaimPolicies;
  /** Owner references to what is gone, since when they were seen. */
  readonly dangling: Map<string, number>;
  /** Waits for what is not there, since when they were seen. */
  readonly vain: Map<string, number>;
  ticks: number;
  last: Tick | undefined;
  /** Ids of the rules that were given as reasons. */
  readonly rules: Set<string>;
}

/** Begins to watch a cluster where it stands. */
export const newWatch = (cluster: Cluster): Watch => ({
  cluster,
  shadow: newShadow(cluster),
  registry: newRegistry(cluster.world.store.objects.values(), cluster.world.counters.resourceVersion),
  policies: newClaimPolicies(cluster.view.list('StatefulSet')),
  dangling: new Map(),
  vain: new Map(),
  ticks: 0,
  last: undefined,
  rules: new Set(),
});

/**
 * Checks the tick that the cluster has just made. O(objects of the cluster).
 * @throws with what is broken, when and by whom
 */
export function watchTick(watch: Watch, tick: Tick): void {
  const passage = newPassage(watch.cluster, tick);
  watch.ticks += 1;
  watch.last = tick;
  if (tick.why) watch.rules.add(tick.why.rule);
  checkMoment(passage, watch.shadow);
  checkObjects(passage, watch.registry);
  checkSync(passage);
  checkCluster(passage, watch.policies);
  checkReasons(passage);
}

const NO_TICK: Tick = {
  atMs: 0,
  actor: 'nobody',
  key: 'nothing',
  why: undefined,
  objects: [],
  tasks: [],
  memory: [],
  reasons: [],
  countersBefore: { nowMs: 0, resourceVersion: 0, uidCounter: 0, random: 0, taskSeq: 0 },
  countersAfter: { nowMs: 0, resourceVersion: 0, uidCounter: 0, random: 0, taskSeq: 0 },
};

const lastPassage = ({ cluster, last }: Watch): Passage => newPassage(cluster, last ?? NO_TICK);

/**
 * Checks between two ticks: sums and indexes, that what lost its owner is collected in time, and that nobody waits for
 * what is gone.
 * @throws with what is broken
 */
export function watchPause(watch: Watch): void {
  const { cluster, dangling, vain } = watch;
  checkSums(lastPassage(watch), watch.shadow);
  const faults = faultsAtPause(cluster);
  if (faults.length > 0) throw new Error(`at ${cluster.world.counters.nowMs} ms:\n${faults.join('\n')}`);
  noteSince(cluster, dangling, danglingOwners(cluster), COLLECTION_MS, 'GC: nobody collects');
  noteSince(cluster, vain, vainWaits(cluster), VAIN_MS, 'a wait for what is not there:');
}

/** Keeps since when each thing was found; throws with those that stay for too long. */
function noteSince(
  { world }: Cluster,
  since: Map<string, number>,
  found: ReadonlySet<string>,
  maxMs: number,
  what: string,
): void {
  const { nowMs } = world.counters;
  for (const known of since.keys()) if (!found.has(known)) since.delete(known);
  for (const one of found) {
    const sinceMs = since.get(one);
    if (sinceMs === undefined) since.set(one, nowMs);
    else if (nowMs - sinceMs > maxMs) throw new Error(`${what} ${one}, since ${sinceMs} ms`);
  }
}

/**
 * Checks a cluster in which nothing is left to do.
 * @throws with everything that is wrong
 */
export function watchRest(watch: Watch): void {
  watchPause(watch);
  const faults = faultsAtRest(watch.cluster);
  if (faults.length > 0) throw new Error(`at rest, ${watch.cluster.world.counters.nowMs} ms:\n${faults.join('\n')}`);
}
