// Takes back everything that was done to the nodes, images and pods of a cluster, and waits: it has to come to rest, with
// nothing left over and nobody stuck.
import { nextTaskMs, type Tick } from '#engine';
import { stuckAtRest, watchRest } from '#engine/testing';
import { advance, kubectl, lastingFaults, type Stage, tend, undoFault } from './stage.ts';

/** How long the cluster has to come to rest, and how long it must then stay so. */
const HEALING_MS = 1_800_000;
const REST_MS = 600_000;
/** How often the hand comes back to what only came up after a long wait. */
const HAND_ROUNDS = 3;
/** Actors whose later ticks are no unrest: they only tidy up. */
const TIDIERS: ReadonlySet<string> = new Set(['event-ttl']);
/** Rules under which an actor tries again for ever, ever more slowly or every ten minutes, and how often it may by then. */
const RETRIES: ReadonlySet<string> = new Set(['STS-22', 'STS-23', 'SCHED-3', 'SCHED-4']);
const RETRIES_MAX = 3;

/**
 * Heals a cluster and checks that it comes to rest.
 * @throws with what goes on, is left over, or is stuck
 */
export function heal(stage: Stage): void {
  const { cluster, watch } = stage;
  stage.ticks = [];
  const isAuto = cluster.world.config.kubelet === 'auto';
  takeBack(stage);
  if (isAuto) advance(stage, HEALING_MS);
  else for (let round = 0; round < HAND_ROUNDS; round += 1) tendUntilQuiet(stage);
  stage.ticks = [];
  advance(stage, REST_MS);
  const unrest = stage.ticks.filter((tick) => !TIDIERS.has(tick.actor) && !isRareRetry(stage, tick));
  const [tick] = unrest;
  if (tick)
    throw new Error(
      `no rest: ${unrest.length} ticks, such as ${tick.actor} on ${tick.key} because of ${tick.why?.rule}`,
    );
  if (watch) watchRest(watch);
  const stuck = isAuto ? stuckAtRest(cluster) : [];
  if (stuck.length > 0) throw new Error(`healed, and stuck: ${stuck.join('\n')}`);
}

const isRareRetry = ({ ticks }: Stage, { actor, key, why }: Tick): boolean =>
  why !== undefined &&
  RETRIES.has(why.rule) &&
  ticks.filter((other) => other.actor === actor && other.key === key).length <= RETRIES_MAX;

/** Faults, cordons, taints and finalizers of people. */
function takeBack(stage: Stage): void {
  const { cluster } = stage;
  for (const fault of lastingFaults(cluster)) undoFault(stage, fault);
  for (const { metadata, spec } of cluster.view.list('Node')) {
    if (spec.unschedulable) kubectl(stage, `uncordon ${metadata.name}`, {});
    for (const key of ['dedicated', 'node.kubernetes.io/out-of-service'])
      if (spec.taints?.some((taint) => taint.key === key)) kubectl(stage, `taint nodes ${metadata.name} ${key}-`, {});
  }
  for (const { metadata } of cluster.view.list('Pod'))
    if (metadata.finalizers)
      kubectl(
        stage,
        `patch pod ${metadata.name} -n ${metadata.namespace} --type=merge -p '{"metadata":{"finalizers":null}}'`,
        {},
      );
}

/** Where kubelets are played by hand: rounds of the hand until a round changes nothing. */
function tendUntilQuiet(stage: Stage): void {
  const { counters } = stage.cluster.world;
  for (let rounds = 0; rounds < 100; rounds += 1) {
    const before = counters.resourceVersion;
    stage.ticks = [];
    tend(stage, 'all');
    advance(stage, 30_000);
    if (counters.resourceVersion === before && (nextTaskMs(stage.cluster) ?? Number.POSITIVE_INFINITY) > counters.nowMs)
      break;
  }
  advance(stage, HEALING_MS);
}
