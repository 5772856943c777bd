// Every recorded trace is replayed, and the simulator agrees with the real control plane in every part of every step.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Comparison, compareTraces, PARTS, replay, type Trace } from './index.ts';

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

for (const name of names) {
  const recorded = JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')) as Trace;
  results.set(name, compareTraces(recorded, replay(recorded)));
}

test('there are traces to compare with', () => {
  expect(names.length).toBeGreaterThan(40);
});

test.each(names)('the trace %s agrees', (name) => {
  const differences = results.get(name)?.differences ?? [];
  expect(differences.map(({ step, act, ...rest }) => ({ at: `${step}: ${act}`, ...rest }))).toEqual([]);
});

test('nodes of a trace that do not say how large they are have 8 cpu, as its format says', () => {
  const pod = (name: string, cpu: number) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: a, image: a, resources: {requests: {cpu: ${cpu}}}}]}\n---\n`;
  const played = replay({
    name: 'sizes',
    cluster: { nodes: [{ name: 'node-1' }] },
    files: { 'pods.yaml': pod('a', 5) + pod('b', 3) + pod('c', 1) },
    steps: [{ kubectl: 'apply -f pods.yaml', at: 2 }],
  } as unknown as Trace);
  const placed = Object.entries(played.steps[0]?.state?.Pod ?? {}).map(([name, { node }]) => [name, node]);
  expect(placed).toEqual([
    ['a', 'node-1'],
    ['b', 'node-1'],
    ['c', undefined],
  ]);
});

test('what only asks what would happen leaves a replayed cluster as it is', () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n';
  const played = replay({
    name: 'dry-run',
    cluster: { nodes: [{ name: 'node-1' }] },
    files: { 'service.yaml': service },
    steps: [
      { kubectl: 'apply -f service.yaml --dry-run=server', at: 1 },
      { kubectl: 'apply -f service.yaml', at: 2 },
      { kubectl: 'delete service web --dry-run=client', at: 3 },
      { kubectl: 'get service web -o name', at: 4 },
    ],
  } as unknown as Trace);
  expect(played.steps.map(({ out }) => out)).toEqual([
    'service/web created (server dry run)\n',
    'service/web created\n',
    'service "web" deleted from default namespace (dry run)\n',
    'service/web\n',
  ]);
  expect(played.steps[0]?.log).toBeUndefined();
});
