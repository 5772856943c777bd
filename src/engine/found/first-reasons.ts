// Why everything is as it is at the first moment of a cluster that did not begin here. Its controllers have looked at it
// long before: what they say when they look again is what they said.
import {
  type Actor,
  type Cluster,
  loadWorld,
  newCluster,
  type ReasonRecord,
  saveWorld,
  step,
} from '../kernel/index.ts';

/** Every actor has had its first look by then, and nothing that takes a while has happened. */
const FIRST_LOOK_MS = 1_000;

/** Among very many objects some may go without: the first moment must come. */
const TICKS_MAX = 20_000;

/**
 * KUBE-30: gives a new world the reasons that its actors find at their first look, as if they had been given before. The world is
 * not moved: the look happens in a copy of it.
 * @param cluster at its first moment, its actors started
 * @param actors all actors, as the cluster was given them
 */
export function giveFirstReasons(cluster: Cluster, actors: readonly Actor[]): void {
  const { world } = cluster;
  const found = new Map<string, ReasonRecord>();
  const ahead = newCluster(loadWorld(saveWorld(world)), actors);
  for (let count = 0; count < TICKS_MAX; count += 1) {
    const tick = step(ahead, FIRST_LOOK_MS);
    if (!tick) break;
    for (const { key, after } of tick.reasons) {
      const isThere = world.store.objects.has(key.slice(key.indexOf(' ') + 1) as never);
      if (after && isThere && !found.has(key)) found.set(key, { ...after, sinceMs: 0 });
    }
  }
  for (const [key, reason] of found) if (!world.reasons.has(key)) world.reasons.set(key, reason);
}
