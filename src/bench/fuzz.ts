// Plays many random plays, more than the tests have time for, and tells every way in which one broke, with the smallest
// play that breaks so.
//
//   npm run fuzz -- [--runs 2000] [--seed 1] [--kubelet auto|manual|both] [--steps 10] [--shrink 0]
import fc from 'fast-check';
import { type PlayFigures, runPlay } from '#conformance/testing';
import { rules } from '#engine';
import { type Play, plays } from '#engine/testing';

/** Plays that come of one seed. Each batch has the seed after that of the one before. */
const BATCH = 100;

const option = (name: string, usual: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : (process.argv[at + 1] ?? usual);
};

/** What is broken, without the names and numbers of this one case. */
const wayOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .split('\n  ')[0]
    ?.replace(/[0-9a-f-]{36}|\d+/g, '#')
    .slice(0, 160) ?? '';

interface Finding {
  readonly way: string;
  readonly message: string;
  readonly seed: number;
  readonly index: number;
  readonly kubelet: 'auto' | 'manual';
  count: number;
}

/** Plays a play; tells what broke. */
function tryPlay(play: Play): { readonly figures?: PlayFigures; readonly error?: unknown } {
  try {
    return { figures: runPlay(play) };
  } catch (error) {
    return { error };
  }
}

/** The smallest play that breaks in the same way. */
function shrunk(arbitrary: fc.Arbitrary<Play>, { seed, way }: Finding, runs: number): string {
  const property = fc.property(arbitrary, (play) => {
    const { error } = tryPlay(play);
    return error === undefined || wayOf(error) !== way;
  });
  const { counterexample } = fc.check(property, { seed, numRuns: BATCH, interruptAfterTimeLimit: runs * 1000 });
  const play = counterexample?.[0];
  return play ? `${JSON.stringify(play)}\n${messageOf(tryPlay(play).error)}` : 'not found again';
}

const messageOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

function main(): void {
  const runs = Number(option('runs', '2000'));
  const firstSeed = Number(option('seed', '1'));
  const steps = Number(option('steps', '10'));
  const shrinkSeconds = Number(option('shrink', '60'));
  const only = option('kubelet', 'both');
  const findings = new Map<string, Finding>();
  const seen = new Set<string>();
  const from = performance.now();
  let [ticks, played] = [0, 0];
  for (let batch = 0; batch * BATCH < runs; batch += 1) {
    const kubelet = only === 'both' ? (['auto', 'manual'] as const)[batch % 2] : (only as 'auto' | 'manual');
    const seed = firstSeed + batch;
    let index = -1;
    const property = fc.property(plays(kubelet ?? 'auto', steps), (play) => {
      index += 1;
      const result = tryPlay(play);
      played += 1;
      ticks += result.figures?.ticks ?? 0;
      for (const rule of result.figures?.rules ?? []) seen.add(rule);
      if (result.error === undefined) return;
      const way = wayOf(result.error);
      const known = findings.get(way);
      if (known) known.count += 1;
      else
        findings.set(way, { way, message: messageOf(result.error), seed, index, kubelet: kubelet ?? 'auto', count: 1 });
    });
    fc.assert(property, { seed, numRuns: Math.min(BATCH, runs - batch * BATCH) });
  }
  const seconds = (performance.now() - from) / 1000;
  for (const finding of [...findings.values()].sort((a, b) => b.count - a.count)) {
    console.log(
      `\n${finding.count} times, first with seed ${finding.seed}, play ${finding.index}, kubelet ${finding.kubelet}:\n${finding.message}`,
    );
    if (shrinkSeconds > 0) console.log(shrunk(plays(finding.kubelet, steps), finding, shrinkSeconds));
  }
  console.log(
    `\n${played} plays, ${ticks} ticks, ${seconds.toFixed(1)} s, ${((1000 * seconds) / played).toFixed(1)} ms a play; broken in ${findings.size} ways`,
  );
  const unseen = [...rules.keys()].filter((rule) => !seen.has(rule));
  console.log(`${seen.size} rules were reasons; not among them: ${unseen.join(' ')}`);
  process.exitCode = findings.size > 0 ? 1 : 0;
}

main();
