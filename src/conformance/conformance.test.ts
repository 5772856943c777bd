// Every recorded trace is replayed and compared. Traces on the list agree in full in the parts that stand there; the
// list only grows.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { agreed } from './agreed.ts';
import { type Comparison, compareTraces, PARTS } from './compare.ts';
import { replay } from './replay.ts';
import type { Trace } from './trace.ts';

const FOLDER = path.join(import.meta.dirname, 'traces');
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .sort();

const results = new Map<string, Comparison>();

const scoreLine = (name: string, { scores }: Comparison): string =>
  `${name.padEnd(32)} ${PARTS.map((part) => `${part} ${scores[part].agreed}/${scores[part].all}`).join('  ')}`;

afterAll(() => {
  process.stdout.write(`${[...results].map(([name, result]) => scoreLine(name, result)).join('\n')}\n`);
});

test('every name on the list of agreed traces is that of a recorded trace', () => {
  expect(Object.keys(agreed).filter((name) => !names.includes(name))).toEqual([]);
  expect(names.length).toBeGreaterThan(40);
});

for (const name of names) {
  const recorded = JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')) as Trace;
  results.set(name, compareTraces(recorded, replay(recorded)));
}

test.each(Object.entries(agreed))('the trace %s agrees in %s', (name, parts) => {
  const differences = results.get(name)?.differences ?? [];
  const lost = differences.filter(({ part }) => parts.includes(part));
  expect(lost.map(({ step, act, ...rest }) => ({ at: `${step}: ${act}`, ...rest }))).toEqual([]);
});
