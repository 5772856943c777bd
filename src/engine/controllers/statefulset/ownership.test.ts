// Whose pods and revisions they are, and which changes wake the controller.
import { describe, expect, it } from 'vitest';
import { type ControllerRevision, type Draft, keyOf, type OwnerReference, type Pod } from '#kube';
import type { ObjectChange } from '../../kernel/index.ts';
import {
  createObject,
  deleteObject,
  eventsOf,
  findObject,
  getObject,
  namesOf,
  run,
  updateObject,
} from '../../testing/scenario.ts';
import { garbageCollector } from '../garbage-collector/garbage-collector.ts';
import { wakeSetsOfPod } from './ownership.ts';
import {
  change,
  deploy,
  newSet,
  newSetCluster,
  pod,
  podsOf,
  remove,
  rollOut,
  sentence,
  settle,
  start,
  startAll,
  templateOf,
  theSet,
} from './testing/fixtures.ts';

const podKey = (name: string) => keyOf('Pod', 'default', name);
const orphan = (name: string, labels: Record<string, string> = { app: 'nginx' }): Draft<Pod> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.27', resources: {} }], terminationGracePeriodSeconds: 10 },
  status: { phase: 'Pending' },
});
const controllerName = (name: string, cluster: Parameters<typeof pod>[0]) =>
  findObject(cluster, 'Pod', name)?.metadata.ownerReferences?.map((ref) => `${ref.kind}/${ref.name}`);
const relabel = (cluster: Parameters<typeof pod>[0], name: string, labels: Record<string, string>): void => {
  updateObject<Pod>(cluster, podKey(name), (object) => ({
    ...object,
    metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...labels } },
  }));
  settle(cluster);
};

describe('pods of a set', () => {
  it('STS-20 a matching pod without an owner is adopted, named and in the end replaced', () => {
    const cluster = newSetCluster();
    createObject(cluster, orphan('web-1'));
    start(cluster, 'web-1');
    createObject(cluster, newSet());
    const first = run(cluster, 12).at(-1);
    expect(controllerName('web-1', cluster)).toEqual(['StatefulSet/web']);
    expect(first?.why?.rule).toBe('STS-2');
    expect(theSet(cluster).status).toMatchObject({ replicas: 1, readyReplicas: 1 });
    expect(theSet(cluster).status).not.toHaveProperty('updatedReplicas');
    start(cluster, 'web-0');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2?');
    expect(eventsOf(cluster, theSet(cluster))).toContain(
      'Normal SuccessfulUpdate Update Pod web-1 in StatefulSet web successful',
    );
    start(cluster, 'web-2');
    expect(podsOf(cluster)).toBe('web-0 web-1! web-2');
  });

  it('STS-20 other names, other labels, terminating pods and pods of others are left alone', () => {
    const cluster = newSetCluster();
    createObject(cluster, orphan('wob-1'));
    createObject(cluster, orphan('web-2', { app: 'other' }));
    createObject(cluster, orphan('web-01'));
    createObject(cluster, orphan('web-a'));
    createObject(cluster, {
      ...orphan('web-1'),
      metadata: { name: 'web-1', labels: { app: 'nginx' }, finalizers: ['test/hold'] },
    });
    remove(cluster, podKey('web-1'), 0);
    createObject(cluster, newSet());
    settle(cluster);
    for (const name of ['wob-1', 'web-2', 'web-01', 'web-a', 'web-1'])
      expect(controllerName(name, cluster)).toBeUndefined();
  });

  it('STS-21 a pod whose labels change is released and lives on; STS-22 its name is taken until it is gone or relabelled', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    const { uid } = pod(cluster, 'web-2').metadata;
    relabel(cluster, 'web-2', { app: 'other' });
    expect(controllerName('web-2', cluster)).toBeUndefined();
    expect(theSet(cluster).status.replicas).toBe(2);
    expect(sentence(cluster)).toBe('STS-22 cannot create web-2: a pod of that name exists and is not one of web');
    expect(eventsOf(cluster, theSet(cluster)).filter((text) => text.startsWith('Warning'))).toEqual([]);
    relabel(cluster, 'web-2', { app: 'nginx' });
    run(cluster, 5_000);
    expect(controllerName('web-2', cluster)).toEqual(['StatefulSet/web']);
    expect(pod(cluster, 'web-2').metadata.uid).toBe(uid);
    expect(sentence(cluster)).toBeUndefined();
  });

  it('STS-22 a taken name holds up everything above it in an OrderedReady set', () => {
    const cluster = newSetCluster();
    createObject(cluster, orphan('web-1', { app: 'other' }));
    createObject(cluster, newSet());
    startAll(cluster, 3);
    expect(podsOf(cluster)).toBe('web-0 web-1');
    remove(cluster, podKey('web-1'), 0);
    run(cluster, 10_000);
    startAll(cluster);
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2');
  });

  it('STS-21 a pod of the set that does not bear its name is released', () => {
    const cluster = newSetCluster();
    const { metadata } = deploy(cluster);
    const ref: OwnerReference = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      name: 'web',
      uid: metadata.uid,
      controller: true,
    };
    createObject(cluster, {
      ...orphan('stray-1'),
      metadata: { name: 'stray-1', labels: { app: 'nginx' }, ownerReferences: [ref] },
    });
    settle(cluster);
    expect(controllerName('stray-1', cluster)).toBeUndefined();
    expect(theSet(cluster).status.replicas).toBe(3);
  });

  it('STS-17 a set that is being deleted neither adopts nor releases', () => {
    const cluster = newSetCluster();
    createObject(cluster, { ...newSet({ replicas: 1 }), metadata: { name: 'web', finalizers: ['test/hold'] } });
    startAll(cluster);
    remove(cluster, keyOf('StatefulSet', 'default', 'web'));
    relabel(cluster, 'web-0', { app: 'other' });
    createObject(cluster, orphan('web-1'));
    settle(cluster);
    expect(controllerName('web-0', cluster)).toEqual(['StatefulSet/web']);
    expect(controllerName('web-1', cluster)).toBeUndefined();
  });

  it('STS-20 two sets with one selector do not fight: the name decides', () => {
    const cluster = newSetCluster();
    createObject(cluster, newSet({ replicas: 2 }));
    createObject(cluster, newSet({ replicas: 2 }, 'db'));
    startAll(cluster);
    expect(podsOf(cluster)).toBe('db-0 db-1 web-0 web-1');
    expect(controllerName('db-1', cluster)).toEqual(['StatefulSet/db']);
    const orphaned = createObject(cluster, orphan('db-2'));
    settle(cluster);
    expect(podsOf(cluster)).toBe('db-0 db-1 web-0 web-1');
    expect(orphaned.metadata.ownerReferences).toBeUndefined();
    expect(eventsOf(cluster, getObject(cluster, 'StatefulSet', 'db'))).toContain(
      'Normal SuccessfulDelete Delete Pod db-2 in StatefulSet db successful',
    );
  });

  it('STS-20 a new set of the same name adopts what an orphaning deletion left, revisions too (REV-8)', () => {
    const cluster = newSetCluster({ also: [garbageCollector] });
    const before = deploy(cluster);
    const uids = ['web-0', 'web-1', 'web-2'].map((name) => pod(cluster, name).metadata.uid);
    deleteObject(cluster, keyOf('StatefulSet', 'default', 'web'), { propagationPolicy: 'Orphan' });
    run(cluster, 5_000);
    expect(findObject(cluster, 'StatefulSet', 'web')).toBeUndefined();
    expect(controllerName('web-0', cluster)).toBeUndefined();
    createObject(cluster, newSet());
    settle(cluster);
    expect(['web-0', 'web-1', 'web-2'].map((name) => pod(cluster, name).metadata.uid)).toEqual(uids);
    expect(namesOf(cluster, 'ControllerRevision')).toEqual([before.status.updateRevision]);
    expect(theSet(cluster).status).toMatchObject({ readyReplicas: 3, updatedReplicas: 3 });
  });
});

describe('revisions of a set', () => {
  it('REV-8 a matching revision without an owner is adopted, one of another is not', () => {
    const cluster = newSetCluster();
    const revision = (name: string, ownerReferences: OwnerReference[]): Draft<ControllerRevision> => ({
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: { name, labels: { app: 'nginx' }, ownerReferences },
      revision: 1,
      data: {},
    });
    createObject(cluster, revision('mine', []));
    createObject(
      cluster,
      revision('theirs', [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'x', uid: 'x', controller: true }]),
    );
    createObject(cluster, newSet());
    settle(cluster);
    expect(getObject(cluster, 'ControllerRevision', 'mine').metadata.ownerReferences?.[0]?.name).toBe('web');
    expect(getObject(cluster, 'ControllerRevision', 'theirs').metadata.ownerReferences?.[0]?.name).toBe('x');
    expect(cluster.view.list('ControllerRevision').map((object) => object.revision)).toEqual([1, 1, 2]);
  });

  it('REV-8 a set that is being deleted cannot adopt one, and fails until it is gone', () => {
    const cluster = newSetCluster();
    createObject(cluster, { ...newSet({ replicas: 0 }), metadata: { name: 'web', finalizers: ['test/hold'] } });
    settle(cluster);
    remove(cluster, keyOf('StatefulSet', 'default', 'web'));
    createObject<ControllerRevision>(cluster, {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: { name: 'lost', labels: { app: 'nginx' } },
      revision: 1,
      data: {},
    });
    change(cluster, { replicas: 1 });
    expect(sentence(cluster)).toMatch(
      /^STS-23 trying again after a pause that doubles: can't adopt ControllerRevisions: default\/web has just been deleted at /,
    );
    expect(podsOf(cluster)).toBe('');
  });
});

describe('what wakes the controller', () => {
  const woken = (cluster: Parameters<typeof pod>[0], change: Partial<ObjectChange>): string[] => {
    const keys: string[] = [];
    wakeSetsOfPod({ key: '', before: undefined, after: undefined, ...change }, (key) => keys.push(key), cluster.view);
    return keys.map((key) => key.slice('StatefulSet/default/'.length));
  };
  const stored = (name: string, labels: Record<string, string>, owner?: OwnerReference): Pod => ({
    ...orphan(name),
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      resourceVersion: '1',
      creationTimestamp: '',
      labels,
      ...(owner && { ownerReferences: [owner] }),
    },
  });

  it('STS-25 owned pods wake their set, orphans every set that selects them, and only when it matters', () => {
    const cluster = newSetCluster();
    const sets = ['web', 'db', 'other'].map((name) =>
      createObject(
        cluster,
        newSet(
          {
            replicas: 0,
            ...(name === 'other' && {
              selector: { matchLabels: { app: 'other' } },
              template: { ...templateOf('x'), metadata: { labels: { app: 'other' } } },
            }),
          },
          name,
        ),
      ),
    );
    const ref = (index: number, uid?: string): OwnerReference => ({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      name: sets[index]?.metadata.name ?? '',
      uid: uid ?? sets[index]?.metadata.uid ?? '',
      controller: true,
    });
    const labels = { app: 'nginx' };
    const free = stored('web-0', labels);
    const ofWeb = stored('web-0', labels, ref(0));
    const ofDb = stored('web-0', labels, ref(1));
    expect(woken(cluster, { after: ofWeb })).toEqual(['web']);
    expect(woken(cluster, { before: ofWeb, after: { ...ofWeb } })).toEqual(['web']);
    expect(woken(cluster, { before: ofWeb })).toEqual(['web']);
    expect(woken(cluster, { after: free })).toEqual(['web', 'db']);
    expect(woken(cluster, { before: free, after: { ...free } })).toEqual([]);
    expect(woken(cluster, { before: free, after: stored('web-0', { app: 'other' }) })).toEqual(['other']);
    expect(woken(cluster, { before: ofWeb, after: ofDb })).toEqual(['web', 'db']);
    expect(woken(cluster, { before: ofWeb, after: free })).toEqual(['web', 'web', 'db']);
    expect(woken(cluster, { before: free })).toEqual([]);
    expect(woken(cluster, { after: stored('x', labels, ref(0, 'another uid')) })).toEqual([]);
    expect(woken(cluster, { after: stored('x', { app: 'nobody' }) })).toEqual([]);
  });

  it('STS-25 a rollout needs no other wake than pods and the set', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    change(cluster, { template: templateOf('nginx:1.28') });
    rollOut(cluster);
    expect(sentence(cluster)).toBeUndefined();
  });
});
