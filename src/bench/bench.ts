// Figures of the engine, measured and printed, asserted nowhere:
//
//   npm run bench                 up to 1,000 pods
//   npm run bench -- --long       up to 10,000 pods
//   npm run bench -- --only seek  one part: life, ordered, gradual, deployment, crowded or seek
import { crowdedDeletes, deploymentLife, gradualRollOut, lifeOf, orderedDeploy, type Run } from './lives.ts';
import { growthOf, leastOf } from './measure.ts';
import { type Seeks, seeksOver } from './seeks.ts';

const row = (name: string, ...figures: readonly string[]): void => console.log(name.padEnd(42), figures.join('  '));
const count = (value: number): string => value.toLocaleString('en-US');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2).padStart(6)} s`;
const millis = (ms: number): string => `${ms.toFixed(2)} ms`;

/** The same run done several times: its least cost. */
function least(runs: readonly Run[]): Run {
  const [first] = runs;
  if (!first) throw new Error('nothing was run');
  return { ...first, cost: leastOf(runs.map(({ cost }) => cost)) };
}

function runRow(name: string, { ticks, turns, cost }: Run): void {
  const perSecond = (events: number): string => count(Math.round(events / (cost.cpuMs / 1000)));
  row(
    name,
    `${seconds(cost.cpuMs)} processor, ${seconds(cost.wallMs)} clock;`,
    `${count(ticks)} ticks (${perSecond(ticks)} a second),`,
    `${count(turns)} reconciles (${perSecond(turns)} a second)`,
  );
}

/** Two sizes, one after the other, between which the cost grows most. */
function steepestOf(points: readonly { readonly n: number; readonly ms: number }[]): string {
  const steps = points.slice(1).map((to, at) => {
    const from = points[at] as typeof to;
    return { exponent: growthOf([from, to]), words: `${count(from.n)} to ${count(to.n)}` };
  });
  const steepest = steps.reduce((a, b) => (b.exponent > a.exponent ? b : a));
  return `steepest n^${steepest.exponent.toFixed(2)} from ${steepest.words}`;
}

/** How the cost of runs grows with their pods, by the processor's time, which is the steadier one. */
function growthRow(name: string, runs: ReadonlyMap<number, Run>): void {
  const sizes = [...runs.keys()];
  const points = [...runs].map(([n, { cost }]) => ({ n, ms: cost.cpuMs }));
  const events = [...runs].map(([n, { turns }]) => ({ n, ms: turns }));
  row(
    `growth of ${name}`,
    `n^${growthOf(points).toFixed(2)} from ${count(Math.min(...sizes))} to ${count(Math.max(...sizes))} pods`,
    `(${steepestOf(points)}); reconciles grow as n^${growthOf(events).toFixed(2)}`,
  );
}

/** Why a growth cannot be less, whatever the program. */
const because = (reason: string): void => row('', `Kubernetes' own: ${reason}`);

/** Fewer repetitions where one run is long enough to even out. */
const repetitions = (pods: number): number => (pods <= 300 ? 5 : pods <= 1_000 ? 3 : pods <= 3_000 ? 2 : 1);

const repeat = <T>(times: number, run: () => T): T[] => Array.from({ length: times }, run);

/** Runs lives of several sizes and tells how each of their phases grows. */
function lives<P extends string>(
  titles: Readonly<Record<P, string>>,
  sizes: readonly number[],
  live: (pods: number) => Readonly<Record<P, Run>>,
): void {
  const phases = Object.keys(titles) as P[];
  const runs = new Map<P, Map<number, Run>>(phases.map((phase) => [phase, new Map()]));
  for (const pods of sizes) {
    const several = repeat(repetitions(pods), () => live(pods));
    for (const phase of phases) {
      const run = least(several.map((life) => life[phase]));
      runs.get(phase)?.set(pods, run);
      runRow(`${count(pods)} pods, ${titles[phase]}`, run);
    }
  }
  for (const phase of phases) growthRow(titles[phase], runs.get(phase) ?? new Map());
}

function seekRow(replicas: number, { ticks, checkpoints, objects, median, most, mostAtFirst, heapMb }: Seeks): void {
  row(
    `seek, ${count(replicas)} replicas, ${count(ticks)} ticks`,
    `median ${millis(median.cpuMs)} processor, ${millis(median.wallMs)} clock;`,
    `most ${millis(most.cpuMs)} processor, ${millis(most.wallMs)} clock`,
    `(at the first try ${millis(mostAtFirst.cpuMs)}, ${millis(mostAtFirst.wallMs)})`,
  );
  row(
    '',
    `${count(objects)} objects at the end;`,
    `history ${(heapMb / (ticks / 1000)).toFixed(2)} MB each 1,000 ticks, ${count(checkpoints)} checkpoints`,
  );
}

const SIZES = [100, 300, 1_000, 3_000, 10_000];

/** The parts of the bench by name. */
const parts: Readonly<Record<string, (isLong: boolean) => void>> = {
  life: (isLong) => {
    const titles = {
      deploy: 'Parallel deploy',
      rollOut: 'roll-out, maxUnavailable 10%',
      remove: 'delete in the background',
    };
    lives(titles, SIZES.slice(0, isLong ? 5 : 3), lifeOf);
    because('each new pod is weighed against every node, and there is one more node for each 100 pods');
  },
  ordered: (isLong) =>
    lives({ run: 'OrderedReady deploy' }, SIZES.slice(0, isLong ? 4 : 3), (pods) => ({ run: orderedDeploy(pods) })),
  gradual: (isLong) =>
    lives({ run: 'roll-out, one at a time' }, SIZES.slice(0, isLong ? 4 : 2), (pods) => ({
      run: gradualRollOut(pods),
    })),
  deployment: (isLong) => {
    const titles = { deploy: 'deploy of a Deployment', rollOut: 'roll-out of a Deployment' };
    lives(titles, SIZES.slice(0, isLong ? 5 : 3), deploymentLife);
    because('a ReplicaSet that gives up pods ranks all it has; each new pod is weighed against every node');
  },
  crowded: (isLong) => {
    lives({ run: '20 deletes on three full nodes' }, SIZES.slice(2, isLong ? 5 : 4), (pods) => ({
      run: crowdedDeletes(pods),
    }));
    because('each pod that goes gives every pod that found no room another try');
  },
  seek: () => {
    for (const replicas of [3, 300, 1_000]) seekRow(replicas, seeksOver(10_000, replicas));
  },
};

function main(): void {
  const at = process.argv.indexOf('--only');
  const only = at < 0 ? undefined : (process.argv[at + 1] ?? '');
  if (only !== undefined && !parts[only]) throw new Error(`there is no part ${only}: ${Object.keys(parts).join(', ')}`);
  // What runs first is slow: the functions are not compiled yet.
  repeat(2, () => lifeOf(100));
  for (const [name, run] of Object.entries(parts))
    if (only === undefined || only === name) run(process.argv.includes('--long'));
}

main();
