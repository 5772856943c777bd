// Revisions: which are made, used again and deleted; and the pods that are made of them.
import { describe, expect, it } from 'vitest';
import {
  type ControllerRevision,
  controllerRevisionHash,
  keyOf,
  type Pod,
  revisionData,
  type StatefulSet,
} from '#kube';
import { createObject, deleteObject, getObject, namesOf, run, updateObject } from '../../testing/scenario.ts';
import { controllerRefTo } from './claims.ts';
import { newPod } from './pod-identity.ts';
import { templateOf as templateOfRevision } from './revisions.ts';
import {
  change,
  deploy,
  newSet,
  newSetCluster,
  pod,
  refusing,
  rollOut,
  SET_KEY,
  settle,
  templateOf,
  theSet,
  WWW,
} from './testing/fixtures.ts';

const revisions = (cluster: Parameters<typeof pod>[0]) => cluster.view.list('ControllerRevision');
const numbers = (cluster: Parameters<typeof pod>[0]): number[] =>
  revisions(cluster).map((revision) => revision.revision);

describe('revisions', () => {
  it('REV-1 a revision holds the template, is named after its hash and belongs to the set', () => {
    const cluster = newSetCluster();
    createObject(cluster, {
      ...newSet({ template: templateOf('nginx:1.27', { priority: 0 }) }),
      metadata: { name: 'web', annotations: { 'kubernetes.io/change-cause': 'first' } },
    });
    settle(cluster);
    const set = theSet(cluster);
    const hash = controllerRevisionHash(set.spec.template, 0);
    const made = revisions(cluster);
    expect(made.map(({ revision }) => revision)).toEqual([1]);
    expect(made[0]?.metadata).toMatchObject({
      name: `web-${hash}`,
      annotations: { 'kubernetes.io/change-cause': 'first' },
      ownerReferences: [controllerRefTo(set)],
    });
    expect(made[0]?.metadata.labels).toEqual({ app: 'nginx', 'controller.kubernetes.io/hash': hash });
    expect(made[0]?.data === revisionData(set.spec.template)).toBe(true);
    expect(templateOfRevision(made[0]!)).toEqual(set.spec.template);
    expect(set.status).toMatchObject({
      currentRevision: `web-${hash}`,
      updateRevision: `web-${hash}`,
      collisionCount: 0,
    });
  });

  it('REV-2 only the template makes a revision: replicas, strategy and labels of the set do not', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 1 });
    change(cluster, { replicas: 2, minReadySeconds: 1, revisionHistoryLimit: 3 });
    updateObject<StatefulSet>(cluster, SET_KEY, (set) => ({
      ...set,
      metadata: { ...set.metadata, labels: { a: 'b' } },
    }));
    settle(cluster);
    expect(numbers(cluster)).toEqual([1]);
    change(cluster, { template: templateOf('nginx:1.28') });
    expect(numbers(cluster)).toEqual([1, 2]);
    settle(cluster);
    expect(numbers(cluster)).toEqual([1, 2]);
  });

  it('REV-3 a template that comes back gives its revision the highest number; nothing is created', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 1 });
    const [first, second, third] = ['1.28', '1.29', '1.28'].map((tag) => {
      change(cluster, { template: templateOf(`nginx:${tag}`) });
      return theSet(cluster).status.updateRevision;
    });
    expect(numbers(cluster)).toEqual([1, 4, 3]);
    expect(third).toBe(first);
    expect(second).not.toBe(first);
    rollOut(cluster);
    expect(theSet(cluster).status).toMatchObject({ currentRevision: first, updateRevision: first });
  });

  it('REV-4 a template that only spells out a default is no new revision', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 1 });
    const [revision] = revisions(cluster);
    const { dnsPolicy: _dns, ...spec } = theSet(cluster).spec.template.spec;
    updateObject<ControllerRevision>(
      cluster,
      keyOf('ControllerRevision', 'default', revision?.metadata.name ?? ''),
      (object) => ({
        ...object,
        data: {
          spec: { template: { $patch: 'replace', metadata: { labels: { app: 'nginx' } }, spec } },
        } as unknown as ControllerRevision['data'],
      }),
    );
    change(cluster, { template: templateOf('nginx:1.27', { dnsPolicy: 'ClusterFirst' }) });
    expect(numbers(cluster)).toEqual([1]);
  });

  it('REV-5 a name that holds other data is avoided; one that holds the same is used', () => {
    const cluster = newSetCluster();
    const template = templateOf('nginx:1.27');
    const probe = newSetCluster();
    createObject(probe, newSet({ template }));
    settle(probe);
    const stored = theSet(probe).spec.template;
    const taken = `web-${controllerRevisionHash(stored, 0)}`;
    const other = { apiVersion: 'apps/v1', kind: 'ControllerRevision', revision: 1 } as const;
    createObject<ControllerRevision>(cluster, { ...other, metadata: { name: taken }, data: { other: 1 } });
    createObject(cluster, newSet({ template }));
    settle(cluster);
    expect(theSet(cluster).status).toMatchObject({
      collisionCount: 1,
      updateRevision: `web-${controllerRevisionHash(stored, 1)}`,
    });
    expect(
      getObject(cluster, 'ControllerRevision', theSet(cluster).status.updateRevision ?? '').metadata.labels,
    ).toMatchObject({
      'controller.kubernetes.io/hash': controllerRevisionHash(stored, 0),
    });
    const same = newSetCluster();
    createObject<ControllerRevision>(same, { ...other, metadata: { name: taken }, data: revisionData(stored) });
    createObject(same, newSet({ template }));
    settle(same);
    expect(theSet(same).status).toMatchObject({ collisionCount: 0, updateRevision: taken });
  });

  it('REV-6 when the current revision is deleted, the update revision is current', () => {
    const cluster = newSetCluster();
    const { status } = deploy(cluster);
    change(cluster, { template: templateOf('nginx:1.28') });
    expect(theSet(cluster).status.currentRevision).toBe(status.currentRevision);
    deleteObject(cluster, keyOf('ControllerRevision', 'default', status.currentRevision ?? ''));
    change(cluster, { minReadySeconds: 1 });
    expect(theSet(cluster).status.currentRevision).toBe(theSet(cluster).status.updateRevision);
  });

  it.each([
    [2, 3],
    [0, 1],
    [5, 6],
    [-1, 11],
  ])('REV-7 a limit of %i leaves %i revisions after ten updates', (limit, expected) => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 2, revisionHistoryLimit: limit });
    for (let at = 0; at < 10; at += 1) {
      change(cluster, { template: templateOf(`nginx:${at}`) });
      if (limit >= 0) expect(numbers(cluster).length).toBeLessThanOrEqual(limit + 2);
      rollOut(cluster);
    }
    expect(numbers(cluster)).toEqual(Array.from({ length: expected }, (_, at) => 12 - expected + at));
  });

  it('REV-7 a revision that a pod is of stays, whatever the limit', () => {
    const cluster = newSetCluster();
    deploy(cluster, { revisionHistoryLimit: 0, updateStrategy: { type: 'OnDelete' } });
    for (const tag of ['1', '2', '3']) change(cluster, { template: templateOf(`nginx:${tag}`) });
    expect(numbers(cluster)).toEqual([1, 4]);
  });

  it('REV-7 history is truncated although the status cannot be written', () => {
    const cluster = newSetCluster({ controller: refusing((verb) => (verb === 'status' ? 'no' : undefined)) });
    createObject(cluster, newSet({ replicas: 0, revisionHistoryLimit: 1 }));
    for (const tag of ['1', '2', '3', '4', '5']) change(cluster, { template: templateOf(`nginx:${tag}`) });
    run(cluster, 1_000);
    expect(numbers(cluster).length).toBeLessThanOrEqual(3);
  });
});

describe('pods of a revision', () => {
  it('STS-1 have name, labels, owner, host name, sub-domain and claims of their ordinal', () => {
    const cluster = newSetCluster();
    const template = {
      ...templateOf('nginx:1.27', {
        hostname: 'x',
        subdomain: 'y',
        volumes: [
          { name: 'www', emptyDir: {} },
          { name: 'tmp', emptyDir: {} },
        ],
      }),
      metadata: { labels: { app: 'nginx' }, annotations: { a: 'b' } },
    };
    createObject(cluster, newSet({ template, volumeClaimTemplates: WWW }));
    settle(cluster);
    const set = theSet(cluster);
    const made = pod(cluster, 'web-0');
    expect(made.metadata).toMatchObject({
      generateName: 'web-',
      labels: {
        app: 'nginx',
        'statefulset.kubernetes.io/pod-name': 'web-0',
        'apps.kubernetes.io/pod-index': '0',
        'controller-revision-hash': set.status.updateRevision,
      },
      annotations: { a: 'b' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          name: 'web',
          uid: set.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    });
    expect(made.spec).toMatchObject({ hostname: 'web-0', subdomain: 'nginx' });
    expect(made.spec.volumes?.slice(0, 2)).toEqual([
      { name: 'www', persistentVolumeClaim: { claimName: 'www-web-0' } },
      expect.objectContaining({ name: 'tmp' }),
    ]);
    expect(namesOf(cluster, 'PersistentVolumeClaim')).toEqual(['www-web-0']);
  });

  it('STS-1 have no sub-domain when the set has no service name, and share the containers of their template', () => {
    const set = {
      ...newSet({ serviceName: '' }),
      metadata: { name: 'web', namespace: 'default', uid: 'u', resourceVersion: '1', creationTimestamp: '' },
    };
    const template = templateOf('nginx:1.27', { subdomain: 'y' });
    const pods = [0, 1].map((ordinal) => newPod(set, template, 'web-x', ordinal)) as unknown as Pod[];
    expect(pods[0]?.spec).not.toHaveProperty('subdomain');
    expect(pods[0]?.spec).not.toHaveProperty('volumes');
    expect(pods[0]?.spec.containers).toBe(pods[1]?.spec.containers);
  });
});
