// Figures of the engine, measured and printed, asserted nowhere:
//
//   npm run bench                 up to 1,000 pods, and an ordered deploy of 3,000
//   npm run bench -- --long       up to 10,000 pods
//   npm run bench -- --only seek  one part: life, ordered, gradual or seek
import { gradualRollOut, type Life, lifeOf, orderedDeploy, PHASES, type Phase, type Run } from './lives.ts';
import { growthOf, leastOf } from './measure.ts';
import { type Seeks, seeksOver } from './seeks.ts';

const row = (name: string, ...figures: readonly string[]): void => console.log(name.padEnd(40), figures.join('  '));
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

/** How the cost of runs grows with their pods, by the processor's time, which is the steadier one. */
function growthRow(name: string, runs: ReadonlyMap<number, Run>): void {
  const sizes = [...runs.keys()];
  const points = [...runs].map(([n, { cost }]) => ({ n, ms: cost.cpuMs }));
  const events = [...runs].map(([n, { turns }]) => ({ n, ms: turns }));
  row(
    name,
    `n^${growthOf(points).toFixed(2)} from ${count(Math.min(...sizes))} to ${count(Math.max(...sizes))} pods;`,
    `reconciles grow as n^${growthOf(events).toFixed(2)}`,
  );
}

/** Fewer repetitions where one run is long enough to even out. */
const repetitions = (pods: number): number => (pods <= 300 ? 5 : pods <= 1_000 ? 3 : pods <= 3_000 ? 2 : 1);

const repeat = <T>(times: number, run: () => T): T[] => Array.from({ length: times }, run);

const TITLES: Readonly<Record<Phase, string>> = {
  deploy: 'Parallel deploy',
  rollOut: 'roll-out, maxUnavailable 10%',
  remove: 'delete in the background',
};

function lives(sizes: readonly number[]): void {
  const runs = new Map<Phase, Map<number, Run>>(PHASES.map((phase) => [phase, new Map()]));
  for (const pods of sizes) {
    const several: Life[] = repeat(repetitions(pods), () => lifeOf(pods));
    for (const phase of PHASES) {
      const run = least(several.map((life) => life[phase]));
      runs.get(phase)?.set(pods, run);
      runRow(`${count(pods)} pods, ${TITLES[phase]}`, run);
    }
  }
  for (const phase of PHASES) growthRow(`growth of ${TITLES[phase]}`, runs.get(phase) ?? new Map());
}

function series(title: string, sizes: readonly number[], run: (pods: number) => Run): void {
  const runs = new Map<number, Run>();
  for (const pods of sizes) {
    const one = least(repeat(repetitions(pods), () => run(pods)));
    runs.set(pods, one);
    runRow(`${count(pods)} pods, ${title}`, one);
  }
  growthRow(`growth of ${title}`, runs);
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

function main(): void {
  const isLong = process.argv.includes('--long');
  const at = process.argv.indexOf('--only');
  const only = at < 0 ? undefined : process.argv[at + 1];
  const isWanted = (part: string): boolean => only === undefined || only === part;
  // What runs first is slow: the functions are not compiled yet.
  repeat(2, () => lifeOf(100));
  if (isWanted('life')) lives(isLong ? [100, 300, 1_000, 3_000, 10_000] : [100, 300, 1_000]);
  if (isWanted('ordered'))
    series('OrderedReady deploy', isLong ? [100, 300, 1_000, 3_000] : [100, 1_000], orderedDeploy);
  if (isWanted('gradual'))
    series('roll-out, one at a time', isLong ? [100, 300, 1_000, 3_000] : [100, 300], gradualRollOut);
  if (isWanted('seek')) for (const replicas of [3, 300, 1_000]) seekRow(replicas, seeksOver(10_000, replicas));
}

main();
