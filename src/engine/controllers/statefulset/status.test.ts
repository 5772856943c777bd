// Status, failures and the back-off.
import { describe, expect, it } from 'vitest';
import { keyOf, type Pod, type StatefulSet } from '#kube';
import { createObject, eventsOf, reportPod, run, updateObject, updateStatus } from '../../testing/scenario.ts';
import { isStatusNews } from './status.ts';
import {
  change,
  deploy,
  finish,
  newSet,
  newSetCluster,
  pod,
  podsOf,
  refusing,
  remove,
  SET_KEY,
  sentence,
  settle,
  start,
  startAll,
  templateOf,
  theSet,
} from './testing/fixtures.ts';

const counts = (cluster: Parameters<typeof pod>[0]) => {
  const {
    replicas,
    readyReplicas = 0,
    availableReplicas,
    currentReplicas = 0,
    updatedReplicas = 0,
  } = theSet(cluster).status;
  return {
    replicas,
    ready: readyReplicas,
    available: availableReplicas,
    current: currentReplicas,
    updated: updatedReplicas,
  };
};

describe('status', () => {
  it('STS-19 does not count what the sync itself makes; zeros are left out but for two', () => {
    const cluster = newSetCluster();
    createObject(cluster, newSet());
    run(cluster, 12);
    const { currentRevision, updateRevision, ...rest } = theSet(cluster).status;
    expect(rest).toEqual({ observedGeneration: 1, replicas: 0, availableReplicas: 0, collisionCount: 0 });
    expect(currentRevision).toBe(updateRevision);
    settle(cluster);
    expect(counts(cluster)).toEqual({ replicas: 1, ready: 0, available: 0, current: 1, updated: 1 });
  });

  it('STS-19 a terminating pod counts as replica and as ready, not as current or updated', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    remove(cluster, keyOf('Pod', 'default', 'web-1'));
    expect(counts(cluster)).toEqual({ replicas: 3, ready: 3, available: 3, current: 2, updated: 2 });
    reportPod(cluster, 'web-1', { ready: false });
    settle(cluster);
    expect(counts(cluster)).toEqual({ replicas: 3, ready: 2, available: 2, current: 2, updated: 2 });
  });

  it('STS-19 an update takes the deleted pod off the current ones in the same sync', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    updateObject<StatefulSet>(cluster, SET_KEY, (set) => ({
      ...set,
      spec: { ...set.spec, template: templateOf('nginx:1.28') },
    }));
    run(cluster, 12);
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2!');
    expect(counts(cluster)).toEqual({ replicas: 3, ready: 3, available: 3, current: 2, updated: 0 });
  });

  it('STS-5 availability follows minReadySeconds, up and down', () => {
    const cluster = newSetCluster();
    deploy(cluster, { podManagementPolicy: 'Parallel', replicas: 2, minReadySeconds: 30 });
    expect(counts(cluster)).toMatchObject({ ready: 2, available: 0 });
    run(cluster, 31_000);
    expect(counts(cluster)).toMatchObject({ ready: 2, available: 2 });
    change(cluster, { minReadySeconds: 3600 });
    expect(counts(cluster)).toMatchObject({ ready: 2, available: 0 });
    change(cluster, { minReadySeconds: 0 });
    expect(counts(cluster)).toMatchObject({ ready: 2, available: 2 });
  });

  it('STS-5 the set is looked at when the first of its pods becomes available', () => {
    const cluster = newSetCluster();
    createObject(cluster, newSet({ podManagementPolicy: 'Parallel', replicas: 4, minReadySeconds: 5 }));
    settle(cluster);
    for (const name of ['web-0', 'web-1', 'web-2']) {
      start(cluster, name);
      run(cluster, 1_700);
    }
    expect(counts(cluster)).toMatchObject({ ready: 3, available: 1 });
    run(cluster, 10_000);
    expect(counts(cluster)).toMatchObject({ ready: 3, available: 3 });
    expect(sentence(cluster)).toBe('STS-26 waiting for web-3 to be Running and Ready');
  });

  it('STS-15 completion does not ask for availability, but a surplus or a terminating pod delays it', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 1 });
    change(cluster, { minReadySeconds: 600, template: templateOf('nginx:1.28') });
    expect(podsOf(cluster)).toBe('web-0');
    run(cluster, 600_000);
    finish(cluster, 'web-0');
    start(cluster, 'web-0');
    expect(counts(cluster)).toMatchObject({ ready: 1, available: 0 });
    expect(theSet(cluster).status.currentRevision).toBe(theSet(cluster).status.updateRevision);
  });

  it('STS-15 a set without replicas is complete at once', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 0 });
    change(cluster, { template: templateOf('nginx:1.28') });
    expect(theSet(cluster).status.currentRevision).toBe(theSet(cluster).status.updateRevision);
  });

  it('STS-19 is written when something counts differently or the generation is new, not for collisions alone', () => {
    const cluster = newSetCluster();
    const set = deploy(cluster);
    expect(isStatusNews(set, set.status)).toBe(false);
    expect(isStatusNews(set, { ...set.status, collisionCount: 7 })).toBe(false);
    expect(isStatusNews(set, { ...set.status, readyReplicas: 2 })).toBe(true);
    expect(isStatusNews(set, { ...set.status, observedGeneration: 9 })).toBe(true);
    const before = theSet(cluster).metadata.resourceVersion;
    settle(cluster, 5_000);
    expect(theSet(cluster).metadata.resourceVersion).toBe(before);
  });

  it('STS-19 a status that somebody wrote by hand is put right', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    updateStatus<StatefulSet>(cluster, SET_KEY, (set) => ({ ...set, status: { ...set.status, replicas: 7 } }));
    settle(cluster);
    expect(theSet(cluster).status.replicas).toBe(3);
  });
});

describe('failures', () => {
  it('STS-23 a refused creation is tried again after 5, 10, 20 ms …, and the count starts anew after a success', () => {
    let isFull = true;
    let tries = 0;
    const cluster = newSetCluster({
      controller: refusing((verb, name) => {
        if (verb !== 'create' || name !== 'web-0') return undefined;
        tries += 1;
        return isFull ? 'exceeded quota' : undefined;
      }),
    });
    createObject(cluster, newSet());
    run(cluster, 10 + 5 + 10 + 20 + 40 + 80);
    expect(tries).toBeGreaterThanOrEqual(5);
    expect(tries).toBeLessThanOrEqual(8);
    expect(theSet(cluster).status).toMatchObject({ observedGeneration: 1, replicas: 0 });
    expect(eventsOf(cluster, theSet(cluster))[0]).toMatch(
      /^Warning FailedCreate Create Pod web-0 in StatefulSet web failed error: exceeded quota \(x/,
    );
    isFull = false;
    startAll(cluster);
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2');
  });

  it.each(['OrderedReady', 'Parallel'] as const)(
    'STS-23 %s: refused deletions of a scale-down are tried again',
    (podManagementPolicy) => {
      const refused = new Set<string>();
      const cluster = newSetCluster({
        controller: refusing((verb, name) => {
          if (verb !== 'delete' || refused.has(name)) return undefined;
          refused.add(name);
          return 'no';
        }),
      });
      deploy(cluster, { podManagementPolicy });
      change(cluster, { replicas: 0 });
      for (let at = 0; at < 3; at += 1) {
        run(cluster, 1_000);
        for (const object of cluster.view.list('Pod'))
          if (object.metadata.deletionTimestamp !== undefined) finish(cluster, object.metadata.name);
      }
      run(cluster, 1_000);
      expect(podsOf(cluster)).toBe('');
      expect(eventsOf(cluster, theSet(cluster))).toContainEqual(
        expect.stringMatching(/^Warning FailedDelete Delete Pod web-2 in StatefulSet web failed error: no/),
      );
    },
  );

  it('STS-6 a refused deletion of a Failed pod is tried again, and then the pod is made again', () => {
    let isRefused = false;
    const cluster = newSetCluster({
      controller: refusing((verb) => {
        if (verb !== 'delete' || isRefused) return undefined;
        isRefused = true;
        return 'no';
      }),
    });
    deploy(cluster);
    const { uid } = pod(cluster, 'web-0').metadata;
    reportPod(cluster, 'web-0', { phase: 'Failed' });
    settle(cluster);
    expect(isRefused).toBe(true);
    expect(pod(cluster, 'web-0').metadata.uid).not.toBe(uid);
  });

  it('STS-23 a refused update deletion: the status is written with all current pods and the new revision', () => {
    let isDown = true;
    const cluster = newSetCluster({ controller: refusing((verb) => (verb === 'delete' && isDown ? 'no' : undefined)) });
    deploy(cluster);
    change(cluster, { template: templateOf('nginx:1.28') });
    expect(counts(cluster)).toMatchObject({ current: 3 });
    expect(theSet(cluster).status.updateRevision).not.toBe(theSet(cluster).status.currentRevision);
    isDown = false;
    run(cluster, 2_000);
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2!');
    expect(counts(cluster)).toMatchObject({ current: 2 });
  });

  it('STS-23 a refused status is tried again', () => {
    let refusals = 3;
    const cluster = newSetCluster({
      controller: refusing((verb) => (verb === 'status' && refusals-- > 0 ? 'no' : undefined)),
    });
    deploy(cluster);
    expect(counts(cluster)).toEqual({ replicas: 3, ready: 3, available: 3, current: 3, updated: 3 });
  });

  it('STS-23 a refused repair leaves a FailedUpdate event', () => {
    const cluster = newSetCluster({
      controller: refusing((verb, name) => (verb === 'update' && name === 'web-1' ? 'no' : undefined)),
    });
    deploy(cluster);
    updateObject<Pod>(cluster, keyOf('Pod', 'default', 'web-1'), (object) => ({
      ...object,
      metadata: {
        ...object.metadata,
        labels: { ...object.metadata.labels, 'statefulset.kubernetes.io/pod-name': 'x' },
      },
    }));
    settle(cluster);
    expect(eventsOf(cluster, theSet(cluster))).toContainEqual(
      expect.stringMatching(/^Warning FailedUpdate Update Pod web-1 in StatefulSet web failed error: no/),
    );
    expect(sentence(cluster)).toBe('STS-23 trying again for web-1 after a pause that doubles: no');
  });
});

describe('names that are too long', () => {
  it('STS-23 a set whose pods cannot carry the name of its revision makes none, and says so', () => {
    const cluster = newSetCluster();
    const name = 'w'.repeat(60);
    const set = createObject(cluster, newSet({}, name));
    settle(cluster);
    expect(podsOf(cluster)).toBe('');
    expect(eventsOf(cluster, set)).toEqual([
      expect.stringMatching(
        /^Warning FailedCreate Create Pod w+-0 in StatefulSet w+ failed error: Pod "w+-0" is invalid: .*must be no more than 63 (bytes|characters)/,
      ),
    ]);
  });
});
