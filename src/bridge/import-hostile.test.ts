// Whatever a pasted cluster or a link says of its objects, it is taken in or refused, and the simulation goes on.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { actNow, newSimulation, runUntil } from '#engine';
import { runKubectl } from '#kubectl';
import { decodeFile, encodeFile, type Session } from '#share';
import { foundObjects } from './found-objects.ts';
import { importCluster } from './import-cluster.ts';
import { playSession } from './session.ts';
import { WEB } from './testing/story.ts';

/** A cluster with everything that people paste, as JSON. */
function cluster(): { items: Record<string, unknown>[] } {
  const living = newSimulation({ epochMs: Date.parse('2025-03-01T08:00:00Z') });
  let text = '';
  actNow(living, 'user', 'apply', (turn) => runKubectl(turn, 'apply -f web.yaml', { 'web.yaml': WEB }).outcome);
  runUntil(living, 60_000);
  actNow(living, 'user', 'scale', (turn) => runKubectl(turn, 'set image sts/web nginx=nginx:2').outcome);
  runUntil(living, 64_000);
  actNow(living, 'user', 'get', (turn) => {
    const kinds = 'sts,pod,pvc,pv,svc,node,controllerrevision,endpointslice,sc,events';
    const { out, outcome } = runKubectl(turn, `get ${kinds} -o json`);
    text = out;
    return outcome;
  });
  return JSON.parse(text) as { items: Record<string, unknown>[] };
}

const GOOD = cluster();

/** Every way to a value in an object. */
function* waysIn(value: unknown, way: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (way.length > 0) yield way;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value))
    yield* waysIn(member, [...way, Array.isArray(value) ? Number(key) : key]);
}

const WAYS = GOOD.items.flatMap((item, index) => [...waysIn(item, ['items', index])]).filter((way) => way.length > 2);

const ODD: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  0,
  -1,
  1e300,
  true,
  [],
  {},
  [null],
  ['x'],
  { a: 'b' },
  [{ name: 'x' }],
  '2999-01-01T00:00:00Z',
  'web-0',
  'node-a',
  '10Gi',
];

function changed(way: readonly (string | number)[], odd: unknown, from: unknown): unknown {
  const [key, ...rest] = way;
  if (key === undefined) return odd;
  if (typeof from !== 'object' || from === null) return from;
  const copy = (Array.isArray(from) ? [...from] : { ...from }) as Record<string | number, unknown>;
  const next = changed(rest, odd, copy[key]);
  if (next === undefined && !Array.isArray(copy)) delete copy[key];
  else copy[key] = next ?? null;
  return copy;
}

it('KUBE-29 takes any cluster in, or says why not, and goes on from there', () => {
  const misdeed = fc.tuple(fc.constantFrom(...WAYS), fc.constantFrom(...ODD));
  fc.assert(
    fc.property(fc.array(misdeed, { minLength: 1, maxLength: 3 }), (misdeeds) => {
      let value: unknown = GOOD;
      for (const [way, odd] of misdeeds) value = changed(way, odd, value);
      const answer = importCluster(JSON.stringify(value));
      if ('problems' in answer) return;
      const { setup } = answer;
      const found = foundObjects(setup.pasted ?? '');
      const living = newSimulation({
        found,
        hasDefaultClass: false,
        ...(setup.nodes.length > 0 && { nodes: setup.nodes }),
      });
      runUntil(living, 120_000);
      actNow(living, 'user', 'scale', (turn) => runKubectl(turn, 'scale sts web --replicas=4').outcome);
      actNow(living, 'user', 'delete', (turn) => runKubectl(turn, 'delete pod web-1').outcome);
      runUntil(living, 240_000);
      for (const kind of ['pods', 'sts', 'pvc', 'pv', 'svc', 'nodes', 'events'])
        actNow(living, 'user', 'get', (turn) => runKubectl(turn, `get ${kind} -A`).outcome);
    }),
    { numRuns: 100 },
  );
}, 120_000);

it('KUBE-29 opens a link whose cluster is odd, or says that it cannot', () => {
  const sessionWith = (pasted: string): Session => ({
    cluster: { seed: 1, gates: {}, nodes: [], manifest: '', timing: {}, pasted },
    files: {},
    branches: [{ id: 0, name: 'main', acts: [], reachedMs: 60_000 }],
    at: { branch: 0, atMs: 1000 },
    view: { layout: 'identity' },
  });
  const read = (pasted: string) => {
    const decoded = decodeFile(encodeFile(sessionWith(pasted), '0'.repeat(16)));
    if (decoded.type !== 'session') throw new Error(decoded.type === 'problem' ? decoded.problem.message : 'none');
    return playSession(decoded.session);
  };
  expect(() => read('{')).toThrow('the pasted cluster is not JSON');
  expect(() => read('{}')).toThrow('the pasted cluster is no list of objects');
  expect(() => read(' '.repeat(3 * 1024 * 1024))).toThrow('are the most');
  expect(read('[]').player.cursor.moment.store.objects.size).toBeGreaterThan(0);
  expect(
    read(
      '[1, null, {"kind":"Pod"}, {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{}]}}]',
    ),
  ).toBeDefined();
  const deep = `[${'['.repeat(50_000)}${']'.repeat(50_000)}]`;
  expect(read(deep).scene.size).toBeGreaterThan(0);
  const pods = Array.from({ length: 30_001 }, (_, i) => i);
  expect(() => read(JSON.stringify(pods))).toThrow('no list of objects');
});
