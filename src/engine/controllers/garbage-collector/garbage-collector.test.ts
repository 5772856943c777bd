// The garbage collector alone, with hand-made owners and dependents.

import { describe, expect, it } from 'vitest';
import { type ControllerRevision, type Draft, type KubeObject, keyOf, type OwnerReference, type Pod } from '#kube';
import type { Cluster, DeleteOptions } from '../../kernel/index.ts';
import {
  call,
  createObject,
  deleteObject,
  findObject,
  finishPod,
  getObject,
  keyFor,
  namesOf,
  newTestCluster,
  reasonFor,
  run,
  runUntilQuiet,
} from '../../testing/scenario.ts';
import { garbageCollector } from './garbage-collector.ts';
import { namespaceController } from './namespace-controller.ts';

const GC = 'garbage-collector';
const newCluster = () => newTestCluster({ actors: [garbageCollector] });

const revision = (name: string, owners: readonly OwnerReference[] = []): Draft<ControllerRevision> => ({
  apiVersion: 'apps/v1',
  kind: 'ControllerRevision',
  metadata: { name, ...(owners.length > 0 && { ownerReferences: owners }) },
  revision: 1,
  data: {},
});

const ownedBy = (owner: KubeObject, more: Partial<OwnerReference> = {}): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  ...more,
});

const pod = (name: string, owner: OwnerReference): Draft<Pod> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ownerReferences: [owner] },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }], terminationGracePeriodSeconds: 10 },
  status: { phase: 'Pending' },
});

/** An owner with two pods on nodes; both block its foreground deletion. */
function ownerWithPods(cluster: Cluster): KubeObject {
  const owner = createObject(cluster, revision('owner'));
  for (const name of ['web-0', 'web-1']) {
    createObject(cluster, pod(name, ownedBy(owner, { controller: true, blockOwnerDeletion: true })));
    call(cluster, (turn) => turn.bind(keyOf('Pod', 'default', name), 'node-a'));
  }
  run(cluster, 1_000);
  return owner;
}

const remove = (cluster: Cluster, owner: KubeObject, policy: DeleteOptions['propagationPolicy']) =>
  deleteObject(cluster, keyFor(owner), policy ? { propagationPolicy: policy } : {});

const terminating = (cluster: Cluster): string[] =>
  cluster.view
    .list('Pod')
    .filter((object) => object.metadata.deletionTimestamp !== undefined)
    .map((object) => object.metadata.name);

describe('background deletion', () => {
  it('GC-1 removes the owner first, then deletes its dependents with their grace, all at one moment', () => {
    const cluster = newCluster();
    const owner = ownerWithPods(cluster);
    remove(cluster, owner, 'Background');
    expect(findObject(cluster, 'ControllerRevision', 'owner')).toBeUndefined();
    expect(terminating(cluster)).toEqual([]);
    const ticks = run(cluster, 1_000).filter((tick) => tick.objects.length > 0);
    expect(ticks.map((tick) => tick.why)).toEqual([
      expect.objectContaining({ rule: 'GC-1', args: { owner: 'ControllerRevision owner', count: 2 } }),
    ]);
    expect(terminating(cluster)).toEqual(['web-0', 'web-1']);
  });

  it('GC-1 forgets the owner when its last dependent is gone', () => {
    const cluster = newCluster();
    remove(cluster, ownerWithPods(cluster), undefined);
    run(cluster, 1_000);
    finishPod(cluster, 'web-0');
    finishPod(cluster, 'web-1');
    runUntilQuiet(cluster);
    expect(namesOf(cluster, 'Pod')).toEqual([]);
    expect([...cluster.world.reasons.keys()].filter((key) => key.startsWith(GC))).toEqual([]);
  });

  it('GC-1 goes down a chain of owners', () => {
    const cluster = newCluster();
    const grandparent = createObject(cluster, revision('grandparent'));
    const parent = createObject(cluster, revision('parent', [ownedBy(grandparent)]));
    createObject(cluster, revision('child', [ownedBy(parent)]));
    remove(cluster, grandparent, undefined);
    runUntilQuiet(cluster);
    expect(namesOf(cluster, 'ControllerRevision')).toEqual([]);
  });
});

describe('foreground deletion', () => {
  it('GC-2 keeps the owner until no dependent blocks it; GC-4 deletes them', () => {
    const cluster = newCluster();
    const owner = ownerWithPods(cluster);
    remove(cluster, owner, 'Foreground');
    expect(getObject(cluster, 'ControllerRevision', 'owner').metadata).toMatchObject({
      finalizers: ['foregroundDeletion'],
      deletionTimestamp: '2026-01-01T00:00:01Z',
    });
    run(cluster, 1_000);
    expect(terminating(cluster)).toEqual(['web-0', 'web-1']);
    expect(reasonFor(cluster, GC, keyFor(owner))).toMatchObject({
      rule: 'GC-2',
      about: 'Pod/default/web-0',
      args: { count: 2 },
      acting: false,
    });
    finishPod(cluster, 'web-0');
    run(cluster, 1_000);
    expect(reasonFor(cluster, GC, keyFor(owner))).toMatchObject({ about: 'Pod/default/web-1', args: { count: 1 } });
    finishPod(cluster, 'web-1');
    run(cluster, 1_000);
    expect(findObject(cluster, 'ControllerRevision', 'owner')).toBeUndefined();
  });

  it('GC-2 does not wait for dependents that do not block, but GC-4 deletes them too', () => {
    const cluster = newCluster();
    const owner = createObject(cluster, revision('owner'));
    createObject(cluster, pod('web-0', ownedBy(owner)));
    call(cluster, (turn) => turn.bind('Pod/default/web-0', 'node-a'));
    remove(cluster, owner, 'Foreground');
    run(cluster, 1_000);
    expect(findObject(cluster, 'ControllerRevision', 'owner')).toBeUndefined();
    expect(terminating(cluster)).toEqual(['web-0']);
  });

  it('GC-4 goes on in the foreground below: the middle waits for its own dependents', () => {
    const cluster = newCluster();
    const top = createObject(cluster, revision('top'));
    const middle = createObject(cluster, revision('middle', [ownedBy(top, { blockOwnerDeletion: true })]));
    createObject(cluster, pod('web-0', ownedBy(middle, { blockOwnerDeletion: true })));
    call(cluster, (turn) => turn.bind('Pod/default/web-0', 'node-a'));
    remove(cluster, top, 'Foreground');
    run(cluster, 1_000);
    expect(namesOf(cluster, 'ControllerRevision')).toEqual(['top', 'middle']);
    expect(getObject(cluster, 'ControllerRevision', 'middle').metadata.finalizers).toEqual(['foregroundDeletion']);
    finishPod(cluster, 'web-0');
    run(cluster, 1_000);
    expect(namesOf(cluster, 'ControllerRevision')).toEqual([]);
  });
});

describe('orphaning', () => {
  it('GC-3 takes the owner out of its dependents, which live on, and then lets it go', () => {
    const cluster = newCluster();
    const owner = ownerWithPods(cluster);
    remove(cluster, owner, 'Orphan');
    run(cluster, 1_000);
    expect(findObject(cluster, 'ControllerRevision', 'owner')).toBeUndefined();
    expect(namesOf(cluster, 'Pod')).toEqual(['web-0', 'web-1']);
    expect(getObject(cluster, 'Pod', 'web-0').metadata.ownerReferences).toBeUndefined();
    expect(terminating(cluster)).toEqual([]);
  });
});

describe('owner references', () => {
  it('GC-5 keeps an object that has another owner, and only drops the reference to the one that is gone', () => {
    const cluster = newCluster();
    const first = createObject(cluster, revision('first'));
    const second = createObject(cluster, revision('second'));
    createObject(cluster, revision('child', [ownedBy(first), ownedBy(second)]));
    remove(cluster, first, undefined);
    run(cluster, 1_000);
    expect(getObject(cluster, 'ControllerRevision', 'child').metadata.ownerReferences).toEqual([ownedBy(second)]);
    remove(cluster, second, undefined);
    run(cluster, 1_000);
    expect(findObject(cluster, 'ControllerRevision', 'child')).toBeUndefined();
  });

  it('GC-6 deletes an object whose owner never was, or is another object of that name now', () => {
    const cluster = newCluster();
    const owner = createObject(cluster, revision('owner'));
    createObject(cluster, revision('stale', [ownedBy(owner, { uid: 'another' })]));
    createObject(cluster, revision('lost', [ownedBy(owner, { name: 'nobody', uid: 'nobody' })]));
    createObject(cluster, revision('kept', [ownedBy(owner)]));
    run(cluster, 1_000);
    expect(namesOf(cluster, 'ControllerRevision')).toEqual(['owner', 'kept']);
  });

  it('GC-6 leaves an object alone whose owner is of a kind the server does not know', () => {
    const cluster = newCluster();
    createObject(cluster, revision('child', [{ apiVersion: 'example.com/v1', kind: 'Widget', name: 'w', uid: 'u' }]));
    run(cluster, 1_000);
    expect(namesOf(cluster, 'ControllerRevision')).toEqual(['child']);
  });
});

describe('namespaces', () => {
  it('GC-7 deletes everything in a namespace at once, and the namespace with the last object', () => {
    const cluster = newTestCluster({ actors: [namespaceController] });
    const shop = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } } as Draft<KubeObject>;
    createObject(cluster, shop);
    const owner = createObject(cluster, { ...revision('owner'), metadata: { name: 'owner', namespace: 'shop' } });
    const { metadata, ...rest } = pod('web-0', ownedBy(owner));
    createObject(cluster, { ...rest, metadata: { ...metadata, namespace: 'shop' } });
    createObject(cluster, revision('elsewhere'));
    call(cluster, (turn) => turn.bind('Pod/shop/web-0', 'node-a'));
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } };
    createObject(cluster, map as Draft<KubeObject>);
    deleteObject(cluster, 'Namespace//shop');
    run(cluster, 1_000);
    expect(namesOf(cluster, 'ControllerRevision')).toEqual(['elsewhere']);
    expect(cluster.view.find('ConfigMap/shop/settings')).toBeUndefined();
    expect(reasonFor(cluster, 'namespace-controller', 'Namespace//shop')).toMatchObject({
      rule: 'GC-7',
      about: 'Pod/shop/web-0',
      args: { namespace: 'shop', count: 1 },
      acting: false,
    });
    finishPod(cluster, 'web-0', 'shop');
    run(cluster, 1_000);
    expect(findObject(cluster, 'Namespace', 'shop')).toBeUndefined();
    expect(reasonFor(cluster, 'namespace-controller', 'Namespace//shop')).toBeUndefined();
  });
});
