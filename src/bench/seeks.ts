// Seeks all over a long history, measured, and what the history weighs.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Cluster, Tick } from '#engine';
import { appendTick, type History, moveCursor, newCursor, newHistory } from '#timeline';
import { type Cost, leastOf, measure, medianOf } from './measure.ts';
import { clusterFor, createAll, deletePod, isReady, runUntilHolds, webObjects } from './workloads.ts';

export interface Seeks {
  readonly ticks: number;
  readonly checkpoints: number;
  /** How many there are in the cluster at its end. */
  readonly objects: number;
  readonly median: Cost;
  /** The dearest seek when each is tried several times and its least cost counts. */
  readonly most: Cost;
  /** The dearest seek when each is tried once: what others do on the machine, and garbage, are in it. */
  readonly mostAtFirst: Cost;
  /** What the history keeps in memory besides the cluster at its end. */
  readonly heapMb: number;
}

const SEEKS = 300;
const TRIES = 3;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** A history in which pods are deployed and then deleted one after another. */
function historyOf(ticks: number, replicas: number): { readonly cluster: Cluster; readonly history: History } {
  const cluster = clusterFor(replicas);
  createAll(cluster, webObjects({ replicas, podManagementPolicy: 'Parallel' }));
  const history = newHistory(cluster.world);
  const note = (tick: Tick | undefined): void => {
    if (tick) appendTick(history, tick, cluster.world);
  };
  runUntilHolds(cluster, () => isReady(cluster, replicas), note);
  for (let round = 0; history.ticks.length < ticks; round += 1) {
    note(deletePod(cluster, `web-${round % replicas}`));
    runUntilHolds(cluster, () => isReady(cluster, replicas - 1), note);
    runUntilHolds(cluster, () => isReady(cluster, replicas), note);
  }
  return { cluster, history };
}

/** Places all over a history, the same in each run. */
function placesIn(history: History): number[] {
  let seed = 12_345;
  return Array.from({ length: SEEKS }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * (history.ticks.length + 1));
  });
}

const dearest = (costs: readonly Cost[]): Cost => ({
  wallMs: Math.max(...costs.map(({ wallMs }) => wallMs)),
  cpuMs: Math.max(...costs.map(({ cpuMs }) => cpuMs)),
});

/**
 * Seeks from anywhere to anywhere in a history.
 * @param ticks how long the history is at least
 * @param replicas pods of the set that it is about
 */
export function seeksOver(ticks: number, replicas: number): Seeks {
  const { cluster, history } = historyOf(ticks, replicas);
  const places = placesIn(history);
  const tries = Array.from({ length: TRIES }, () => {
    const cursor = newCursor(history);
    return places.map((place) => measure(() => moveCursor(cursor, place)).cost);
  });
  const costs = places.map((_, at) => leastOf(tries.map((one) => one[at] as Cost)));
  const length = history.ticks.length;
  const checkpoints = history.checkpoints.length;
  const heapWith = heapMb();
  history.ticks.length = 0;
  history.checkpoints.length = 0;
  const heapWithout = heapMb();
  return {
    ticks: length,
    checkpoints,
    median: { wallMs: medianOf(costs.map(({ wallMs }) => wallMs)), cpuMs: medianOf(costs.map(({ cpuMs }) => cpuMs)) },
    most: dearest(costs),
    mostAtFirst: dearest(tries[0] ?? []),
    heapMb: heapWith - heapWithout,
    // Asked last, so that the cluster is still there when the memory is weighed.
    objects: cluster.world.store.objects.size,
  };
}
