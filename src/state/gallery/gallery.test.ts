// Every manifest of the gallery, applied to the cluster that a visit begins with, and what has become of it after five
// minutes.
import { describe, expect, it } from 'vitest';
import { actNow, type Cluster, newSimulation, reasonOf, runUntil } from '#engine';
import { isPodReady, type KubeObject } from '#kube';
import { type KubectlResult, runKubectl } from '#kubectl';
import { diagnose, type Problem } from '#manifest';
import { BASICS, GALLERY, type GalleryEntry } from './entries.ts';

const MINUTES_5 = 300_000;

interface Played {
  readonly cluster: Cluster;
  readonly applied: KubectlResult;
  readonly problems: readonly Problem[];
}

/** Applies a manifest to the default cluster and lets five minutes pass. */
async function play({ fileName, load }: GalleryEntry): Promise<Played> {
  const files = { [fileName]: await load() };
  const cluster = newSimulation();
  const { view } = cluster;
  const problems = diagnose({
    files,
    cluster: { gates: {}, find: view.find, list: (kind) => view.list(kind as 'Pod') as readonly KubeObject[] },
  });
  const applied = run(cluster, `apply -f ${fileName}`, files);
  runUntil(cluster, MINUTES_5);
  return { cluster, applied, problems };
}

function run(cluster: Cluster, command: string, files: Readonly<Record<string, string>> = {}): KubectlResult {
  let result: KubectlResult | undefined;
  actNow(cluster, 'user', command, (turn) => {
    result = runKubectl(turn, command, files);
    return result.outcome;
  });
  if (!result) throw new Error(command);
  return result;
}

const entry = (id: string): GalleryEntry => {
  const found = GALLERY.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

const podsOf = ({ view }: Cluster): readonly string[] => view.list('Pod').map(({ metadata }) => metadata.name);
const podsReady = ({ view }: Cluster): number => view.list('Pod').filter(isPodReady).length;

describe.each(GALLERY.filter(({ group }) => group === 'set'))('$title', (one) => {
  it('is applied without a complaint, and all its pods become ready with their claims bound', async () => {
    const { cluster, applied, problems } = await play(one);
    expect(applied.code, applied.err).toBe(0);
    expect(problems).toEqual([]);
    const [set] = cluster.view.list('StatefulSet');
    expect(set?.status).toMatchObject({
      replicas: set?.spec.replicas,
      readyReplicas: set?.spec.replicas,
      availableReplicas: set?.spec.replicas,
    });
    const claims = cluster.view.list('PersistentVolumeClaim');
    expect(claims.length).toBe(set?.spec.replicas);
    expect(claims.every(({ status }) => status.phase === 'Bound')).toBe(true);
    const budgets = cluster.view.list('PodDisruptionBudget');
    for (const { status } of budgets) expect(status.disruptionsAllowed).toBe(1);
  });

  it('is 40 to 115 lines long, and says what it shows and what to try', async () => {
    const lines = (await one.load()).trimEnd().split('\n').length;
    expect(lines).toBeGreaterThanOrEqual(40);
    expect(lines).toBeLessThanOrEqual(115);
    expect(one.about.length).toBeGreaterThan(30);
    expect(one.tryThis).toMatch(/\.$/);
  });
});

describe('what there is to try', () => {
  it('a fourth ZooKeeper finds no node', async () => {
    const { cluster } = await play(entry('zookeeper'));
    run(cluster, 'scale sts zk --replicas=4');
    runUntil(cluster, MINUTES_5 + 60_000);
    expect(cluster.view.get('Pod', 'default', 'zk-3')?.status.phase).toBe('Pending');
    expect(reasonOf(cluster.world, 'default-scheduler', 'Pod/default/zk-3')?.rule).toBe('SCHED-13');
  });

  it('an update of MongoDB reaches the last member alone', async () => {
    const { cluster } = await play(entry('mongodb'));
    expect(podsOf(cluster)).toEqual(['mongo-1', 'mongo-2', 'mongo-3']);
    run(cluster, 'set image sts/mongo mongo=mongo:8.1');
    runUntil(cluster, 2 * MINUTES_5);
    const images = cluster.view.list('Pod').map(({ metadata, spec }) => [metadata.name, spec.containers[0]?.image]);
    expect(Object.fromEntries(images)).toEqual({
      'mongo-1': 'mongo:8.0',
      'mongo-2': 'mongo:8.0',
      'mongo-3': 'mongo:8.1',
    });
  });

  it('an update of Redis waits for a person', async () => {
    const { cluster } = await play(entry('redis'));
    run(cluster, 'set image sts/redis redis=redis:8.2');
    run(cluster, 'delete pod redis-4');
    runUntil(cluster, 2 * MINUTES_5);
    const updated = cluster.view.list('Pod').filter(({ spec }) => spec.containers[0]?.image === 'redis:8.2');
    expect(updated.map(({ metadata }) => metadata.name)).toEqual(['redis-4']);
    expect(podsReady(cluster)).toBe(6);
  });

  it('claims of MySQL go with the replicas, those of Prometheus with the set', async () => {
    const { cluster: mysql } = await play(entry('mysql'));
    run(mysql, 'scale sts mysql --replicas=1');
    runUntil(mysql, 2 * MINUTES_5);
    expect(mysql.view.list('PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual(['data-mysql-0']);
    const { cluster: prometheus } = await play(entry('prometheus'));
    run(prometheus, 'delete sts prometheus');
    runUntil(prometheus, 2 * MINUTES_5);
    expect(prometheus.view.count('PersistentVolumeClaim')).toBe(0);
  });

  it('a claim of Prometheus grows', async () => {
    const { cluster } = await play(entry('prometheus'));
    run(cluster, `patch pvc data-prometheus-0 -p '{"spec":{"resources":{"requests":{"storage":"80Gi"}}}}'`);
    runUntil(cluster, MINUTES_5 + 60_000);
    expect(cluster.view.get('PersistentVolumeClaim', 'default', 'data-prometheus-0')?.status.capacity).toEqual({
      storage: '80Gi',
    });
  });

  it('postgres-0 is the one behind the Service of the primary', async () => {
    const { cluster } = await play(entry('postgresql'));
    const slices = cluster.view
      .list('EndpointSlice')
      .filter(({ metadata }) => metadata.name.startsWith('postgres-primary'));
    expect(slices.flatMap(({ endpoints }) => endpoints.map(({ targetRef }) => targetRef?.name))).toEqual([
      'postgres-0',
    ]);
  });
});

describe('tutorials', () => {
  it('Cassandra runs without its Service, which is what is said of it', async () => {
    const { cluster, applied, problems } = await play(entry('no-service'));
    expect(applied.code).toBe(0);
    expect(problems.map(({ code }) => code)).toEqual(['LINT-1']);
    expect(podsReady(cluster)).toBe(3);
  });

  it('wrong indentation is refused in the words of kubectl, and the line is found', async () => {
    const { cluster, applied, problems } = await play(entry('broken-indentation'));
    expect(applied.code).toBe(1);
    expect(applied.err).toContain('yaml: line 17: mapping values are not allowed in this context');
    expect(problems).toMatchObject([{ code: 'LINT-38', from: { line: 17 } }]);
    expect(cluster.view.count('StatefulSet')).toBe(0);
  });

  it('a class that is not there keeps the first claim, the first pod and all after it waiting', async () => {
    const { cluster, applied, problems } = await play(entry('missing-class'));
    expect(applied.code).toBe(0);
    expect(problems.map(({ code }) => code)).toEqual(['LINT-23', 'LINT-8']);
    expect(podsOf(cluster)).toEqual(['web-statefulset-0']);
    expect(podsReady(cluster)).toBe(0);
  });
});

it('every entry has a name of its own', () => {
  expect(GALLERY.filter(({ group }) => group === 'set')).toHaveLength(10);
  const all = [...BASICS, ...GALLERY];
  expect(all.every(({ tryThis }) => tryThis.endsWith('.'))).toBe(true);
  for (const field of ['id', 'fileName'] as const) expect(new Set(all.map((one) => one[field])).size).toBe(all.length);
});
