// Figures of the engine, measured and printed, asserted nowhere: `npm run bench`.
import { actNow, done, runUntil } from '#engine';
import { appendTick, moveCursor, newCursor, newHistory } from '#timeline';
import { clusterFor, createAll, runUntilReady, webObjects } from './workloads.ts';

const measure = <T>(run: () => T): { ms: number; value: T } => {
  const from = performance.now();
  const value = run();
  return { ms: performance.now() - from, value };
};
const row = (name: string, figure: string): void => console.log(`${name.padEnd(58)} ${figure}`);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** The least of several runs: what the machine can do when nothing disturbs it. */
function best(runs: number, run: () => { ms: number; ticks: number }): { ms: number; ticks: number } {
  return Array.from({ length: runs }, run).reduce((a, b) => (a.ms <= b.ms ? a : b));
}

function deploy(replicas: number, podManagementPolicy: 'OrderedReady' | 'Parallel'): { ms: number; ticks: number } {
  const cluster = clusterFor(replicas);
  const { ms, value } = measure(() => {
    createAll(cluster, webObjects({ replicas, podManagementPolicy }));
    return runUntilReady(cluster, replicas);
  });
  return { ms, ticks: value };
}

function rollOut(replicas: number): { ms: number; ticks: number } {
  const cluster = clusterFor(replicas);
  createAll(cluster, webObjects({ replicas, podManagementPolicy: 'Parallel' }));
  runUntilReady(cluster, replicas);
  const set = cluster.view.get('StatefulSet', 'default', 'web');
  if (!set) throw new Error('the set is gone');
  const [container] = set.spec.template.spec.containers;
  if (!container) throw new Error('the set has no container');
  const template = {
    ...set.spec.template,
    spec: { ...set.spec.template.spec, containers: [{ ...container, image: 'nginx:1.28' }] },
  };
  actNow(cluster, 'user', 'set image', (turn) => {
    turn.update({ ...set, spec: { ...set.spec, template } });
    return done;
  });
  const { ms, value } = measure(() => {
    let ticks = 0;
    const isDone = (): boolean => {
      const status = cluster.view.get('StatefulSet', 'default', 'web')?.status;
      return status?.observedGeneration === 2 && status.currentRevision === status.updateRevision;
    };
    while (!isDone())
      runUntil(cluster, cluster.world.counters.nowMs + 1_000, () => {
        ticks += 1;
      });
    return ticks;
  });
  return { ms, ticks: value };
}

/** Seeks all over a history of at least `ticks` ticks. */
function seeks(ticks: number, replicas: number): { medianMs: number; maxMs: number; ticks: number; heapMb: number } {
  const cluster = clusterFor(replicas);
  createAll(cluster, webObjects({ replicas, podManagementPolicy: 'Parallel' }));
  const heapBefore = process.memoryUsage().heapUsed;
  const history = newHistory(cluster.world);
  runUntilReady(cluster, replicas, (tick) => appendTick(history, tick, cluster.world));
  while (history.ticks.length < ticks) {
    const pods = cluster.view.list('Pod');
    const pod = pods[history.ticks.length % pods.length];
    if (!pod) break;
    const tick = actNow(cluster, 'user', `delete pod ${pod.metadata.name}`, (turn) => {
      turn.delete(`Pod/default/${pod.metadata.name}`);
      return done;
    });
    if (tick) appendTick(history, tick, cluster.world);
    runUntilReady(cluster, replicas, (one) => appendTick(history, one, cluster.world));
    runUntil(cluster, cluster.world.counters.nowMs + 1_000, (one) => appendTick(history, one, cluster.world));
  }
  const heapMb = (process.memoryUsage().heapUsed - heapBefore) / 1024 / 1024;
  const cursor = newCursor(history);
  const times: number[] = [];
  let at = 12345;
  for (let i = 0; i < 400; i += 1) {
    at = (Math.imul(at, 1103515245) + 12345) >>> 0;
    times.push(measure(() => moveCursor(cursor, at % history.ticks.length)).ms);
  }
  times.sort((a, b) => a - b);
  return {
    medianMs: times[200] ?? 0,
    maxMs: times.at(-1) ?? 0,
    ticks: history.ticks.length,
    heapMb,
  };
}

const growth = (a: { n: number; ms: number }, b: { n: number; ms: number }): string =>
  (Math.log(b.ms / a.ms) / Math.log(b.n / a.n)).toFixed(2);

function main(): void {
  const isLong = process.argv.includes('--long');
  deploy(100, 'Parallel');
  const parallel = best(3, () => deploy(1_000, 'Parallel'));
  row(
    '1,000 replicas, Parallel, deploy',
    `${seconds(parallel.ms)}  (${parallel.ticks} ticks, ${Math.round(parallel.ticks / (parallel.ms / 1000))} a second)`,
  );
  const small = best(5, () => deploy(100, 'OrderedReady'));
  const large = best(isLong ? 3 : 1, () => deploy(3_000, 'OrderedReady'));
  row('100 replicas, OrderedReady, deploy', `${seconds(small.ms)}  (${small.ticks} ticks)`);
  row('3,000 replicas, OrderedReady, deploy', `${seconds(large.ms)}  (${large.ticks} ticks)`);
  row(
    'growth of an ordered deploy from 100 to 3,000',
    `n^${growth({ n: 100, ms: small.ms }, { n: 3_000, ms: large.ms })}`,
  );
  for (const [ticks, replicas] of [
    [10_000, 3],
    [10_000, 300],
  ] as const) {
    const seek = seeks(ticks, replicas);
    row(
      `seek to any tick of ${seek.ticks} ticks, ${replicas} replicas`,
      `median ${seek.medianMs.toFixed(2)} ms, most ${seek.maxMs.toFixed(2)} ms; ${(seek.heapMb / (seek.ticks / 1000)).toFixed(1)} MB each 1,000 ticks`,
    );
  }
  if (!isLong) return;
  const many = deploy(10_000, 'Parallel');
  row('10,000 replicas, Parallel, deploy', `${seconds(many.ms)}  (${many.ticks} ticks)`);
  const rolled = rollOut(100);
  row('100 replicas, roll-out', `${seconds(rolled.ms)}  (${rolled.ticks} ticks)`);
}

main();
