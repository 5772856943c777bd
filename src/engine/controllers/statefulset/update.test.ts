// Rolling updates, partitions, OnDelete and maxUnavailable.
import { describe, expect, it } from 'vitest';
import { keyOf, type StatefulSetSpec } from '#kube';
import { createObject, reportPod, run } from '../../testing/scenario.ts';
import {
  change,
  deploy,
  finish,
  imagesOf,
  newSet,
  newSetCluster,
  podsOf,
  reasonOfSet,
  remove,
  rollOut,
  sentence,
  settle,
  start,
  startAll,
  templateOf,
  theSet,
} from './testing/fixtures.ts';
import { maxUnavailableOf } from './update.ts';

const NEW = templateOf('nginx:1.28');
const podKey = (name: string) => keyOf('Pod', 'default', name);
const partition = (value: number): Pick<StatefulSetSpec, 'updateStrategy'> => ({
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: value } },
});

describe('rolling updates', () => {
  it('STS-11 deletes the highest ordinal first and goes on when it is back and Ready', () => {
    const cluster = newSetCluster();
    const before = deploy(cluster);
    change(cluster, { template: NEW });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2!');
    expect(sentence(cluster)).toBe(
      'STS-4 waiting for web-2 to terminate before updating web-1 (OrderedReady, reverse ordinal order)',
    );
    expect(theSet(cluster).status).toMatchObject({ replicas: 3, readyReplicas: 3, currentReplicas: 2 });
    expect(theSet(cluster).status).not.toHaveProperty('updatedReplicas');
    finish(cluster, 'web-2');
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.27 web-1=nginx:1.27 web-2=nginx:1.28');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2?');
    start(cluster, 'web-2');
    expect(podsOf(cluster)).toBe('web-0 web-1! web-2');
    rollOut(cluster);
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.28 web-1=nginx:1.28 web-2=nginx:1.28');
    const { status } = theSet(cluster);
    expect(status).toMatchObject({ currentReplicas: 3, updatedReplicas: 3, currentRevision: status.updateRevision });
    expect(status.updateRevision).not.toBe(before.status.updateRevision);
  });

  it('STS-15 the last pod that becomes Ready completes the rollout', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 2 });
    change(cluster, { template: NEW });
    for (const name of ['web-1', 'web-0']) {
      finish(cluster, name);
      if (name === 'web-1') start(cluster, name);
    }
    reportPod(cluster, 'web-0');
    const ticks = run(cluster, 300);
    expect(ticks[0]?.why).toEqual({
      rule: 'STS-15',
      acting: true,
      about: 'StatefulSet/default/web',
      args: { set: 'web', revision: 2, replicas: 2 },
    });
    expect(reasonOfSet(cluster)).toBeUndefined();
  });

  it.each([
    ['OrderedReady', 3, 3],
    ['OrderedReady', 3, 5],
    ['OrderedReady', 5, 3],
    ['Parallel', 3, 3],
    ['Parallel', 3, 5],
    ['Parallel', 5, 3],
  ] as const)(
    'STS-11 %s, from %i to %i replicas: in the end every pod is new; and old again after a roll back',
    (policy, from, to) => {
      const cluster = newSetCluster();
      const { spec } = deploy(cluster, { podManagementPolicy: policy, replicas: from });
      const all = (image: string) => Array.from({ length: to }, (_, at) => `web-${at}=${image}`).join(' ');
      change(cluster, { replicas: to, template: NEW });
      rollOut(cluster);
      expect(imagesOf(cluster)).toBe(all('nginx:1.28'));
      change(cluster, { template: spec.template });
      rollOut(cluster);
      expect(imagesOf(cluster)).toBe(all('nginx:1.27'));
      expect(theSet(cluster).status.currentRevision).toBe(theSet(cluster).status.updateRevision);
    },
  );

  it('STS-12 a pod that is updated must be available for minReadySeconds before the next one goes', () => {
    const cluster = newSetCluster();
    deploy(cluster, { podManagementPolicy: 'Parallel' });
    change(cluster, { minReadySeconds: 20 });
    run(cluster, 21_000);
    change(cluster, { template: NEW });
    finish(cluster, 'web-2');
    start(cluster, 'web-2');
    expect(sentence(cluster)).toBe(
      'STS-12 waiting for web-2 to be available before updating web-1 (Parallel, one at a time in reverse ordinal order)',
    );
    run(cluster, 18_000);
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2');
    run(cluster, 2_000);
    expect(podsOf(cluster)).toBe('web-0 web-1! web-2');
  });

  it('STS-3 a broken update stays broken when the template is put back, until the pod is deleted', () => {
    const cluster = newSetCluster();
    const { spec } = deploy(cluster);
    change(cluster, { template: templateOf('broken') });
    finish(cluster, 'web-2');
    start(cluster, 'web-2', false);
    change(cluster, { template: spec.template });
    run(cluster, 600_000);
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.27 web-1=nginx:1.27 web-2=broken');
    expect(sentence(cluster)).toBe('STS-3 waiting for web-2 to be Running and Ready (OrderedReady, ordinal order)');
    remove(cluster, podKey('web-2'));
    finish(cluster, 'web-2');
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.27 web-1=nginx:1.27 web-2=nginx:1.27');
  });

  it('STS-3 the update of web-1 waits for web-0 too', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    change(cluster, { template: NEW });
    finish(cluster, 'web-2');
    start(cluster, 'web-0', false);
    start(cluster, 'web-2');
    expect(podsOf(cluster)).toBe('web-0? web-1 web-2');
    expect(sentence(cluster)).toBe(
      'STS-3 waiting for web-0 to be Running and Ready before updating web-1 (OrderedReady, reverse ordinal order)',
    );
  });
});

describe('partitions', () => {
  it.each(['OrderedReady', 'Parallel'] as const)(
    'STS-13 %s: only ordinals from the partition up are updated',
    (podManagementPolicy) => {
      const cluster = newSetCluster();
      deploy(cluster, { podManagementPolicy, ...partition(2) });
      change(cluster, { template: NEW });
      rollOut(cluster);
      expect(imagesOf(cluster)).toBe('web-0=nginx:1.27 web-1=nginx:1.27 web-2=nginx:1.28');
      const { currentRevision, updateRevision, currentReplicas, updatedReplicas } = theSet(cluster).status;
      expect({ isSame: currentRevision === updateRevision, currentReplicas, updatedReplicas }).toEqual({
        isSame: false,
        currentReplicas: 2,
        updatedReplicas: 1,
      });
      expect(sentence(cluster)).toBe('STS-13 partition 2 keeps web-0 to web-1 from rev 2');
      change(cluster, { replicas: 5 });
      startAll(cluster);
      expect(imagesOf(cluster)).toBe(
        'web-0=nginx:1.27 web-1=nginx:1.27 web-2=nginx:1.28 web-3=nginx:1.28 web-4=nginx:1.28',
      );
    },
  );

  it('STS-18 deleted pods come back old below the partition and new from there on', () => {
    const cluster = newSetCluster();
    deploy(cluster, partition(2));
    change(cluster, { template: NEW });
    rollOut(cluster);
    remove(cluster, podKey('web-0'), 0);
    startAll(cluster);
    remove(cluster, podKey('web-2'), 0);
    startAll(cluster);
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.27 web-1=nginx:1.27 web-2=nginx:1.28');
    change(cluster, partition(1));
    rollOut(cluster);
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.27 web-1=nginx:1.28 web-2=nginx:1.28');
    change(cluster, partition(3));
    rollOut(cluster);
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.27 web-1=nginx:1.28 web-2=nginx:1.28');
    change(cluster, partition(0));
    rollOut(cluster);
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.28 web-1=nginx:1.28 web-2=nginx:1.28');
    expect(theSet(cluster).status.currentRevision).toBe(theSet(cluster).status.updateRevision);
  });

  it('STS-13 a partition of all replicas updates nothing, though there is a new revision', () => {
    const cluster = newSetCluster();
    deploy(cluster, partition(3));
    change(cluster, { template: NEW });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2');
    expect(theSet(cluster).status.currentRevision).not.toBe(theSet(cluster).status.updateRevision);
  });

  it('STS-13 the partition counts from ordinals.start', () => {
    const cluster = newSetCluster();
    deploy(cluster, { ordinals: { start: 5 }, ...partition(2) });
    change(cluster, { template: NEW });
    rollOut(cluster);
    expect(imagesOf(cluster)).toBe('web-5=nginx:1.27 web-6=nginx:1.27 web-7=nginx:1.28');
  });

  it('STS-12 nothing is deleted while pods are not available yet', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 4, ...partition(2) });
    change(cluster, { minReadySeconds: 600, template: NEW });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3');
  });

  it('STS-6 a Failed pod below the partition comes back old', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 2, ...partition(1) });
    change(cluster, { template: NEW });
    rollOut(cluster);
    reportPod(cluster, 'web-0', { phase: 'Failed' });
    startAll(cluster);
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.27 web-1=nginx:1.28');
  });

  it('STS-18 without a rollingUpdate block the count of current pods decides', () => {
    const cluster = newSetCluster();
    deploy(cluster, { updateStrategy: { type: 'RollingUpdate' } });
    change(cluster, { template: NEW });
    finish(cluster, 'web-2');
    start(cluster, 'web-2');
    expect(podsOf(cluster)).toBe('web-0 web-1! web-2');
    remove(cluster, podKey('web-0'), 0);
    finish(cluster, 'web-1');
    expect(theSet(cluster).status.currentReplicas ?? 0).toBeLessThanOrEqual(1);
    startAll(cluster);
    rollOut(cluster);
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.28 web-1=nginx:1.28 web-2=nginx:1.28');
  });
});

describe('OnDelete', () => {
  it('STS-14 replaces no pod by itself; deleted ones come back new, and the current revision stays', () => {
    const cluster = newSetCluster();
    const before = deploy(cluster, { updateStrategy: { type: 'OnDelete' } });
    change(cluster, { template: NEW });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2');
    expect(sentence(cluster)).toBe('STS-14 web-2 comes back at rev 2 when somebody deletes it (OnDelete)');
    for (const name of ['web-1', 'web-0', 'web-2']) {
      remove(cluster, podKey(name));
      finish(cluster, name);
      start(cluster, name);
    }
    expect(imagesOf(cluster)).toBe('web-0=nginx:1.28 web-1=nginx:1.28 web-2=nginx:1.28');
    expect(theSet(cluster).status).toMatchObject({
      currentRevision: before.status.currentRevision,
      updatedReplicas: 3,
    });
    expect(theSet(cluster).status).not.toHaveProperty('currentReplicas');
    expect(reasonOfSet(cluster)).toBeUndefined();
  });

  it('STS-14 pods of a scale-up are new', () => {
    const cluster = newSetCluster();
    deploy(cluster, { updateStrategy: { type: 'OnDelete' } });
    change(cluster, { template: NEW, replicas: 5 });
    startAll(cluster);
    expect(imagesOf(cluster)).toBe(
      'web-0=nginx:1.27 web-1=nginx:1.27 web-2=nginx:1.27 web-3=nginx:1.28 web-4=nginx:1.28',
    );
  });

  it('STS-5 has an update revision although no pod is available', () => {
    const cluster = newSetCluster();
    deploy(cluster, { updateStrategy: { type: 'OnDelete' }, minReadySeconds: 0 });
    change(cluster, { template: NEW, minReadySeconds: 3600 });
    expect(theSet(cluster).status.availableReplicas).toBe(0);
    expect(theSet(cluster).status.updateRevision).not.toBe(theSet(cluster).status.currentRevision);
  });
});

describe('maxUnavailable', () => {
  const gates = { MaxUnavailableStatefulSet: true };
  const strategy = (maxUnavailable: number | string, at = 0): Pick<StatefulSetSpec, 'updateStrategy'> => ({
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: at, maxUnavailable } },
  });

  it('STS-16 counts as the API does: percentages of replicas rounded down, at least one', () => {
    const cases = [
      [undefined, 3, 1],
      [3, 5, 3],
      [3, 0, 3],
      [0, 5, 1],
      ['10%', 25, 2],
      ['100%', 5, 5],
      ['50%', 5, 2],
      ['10%', 5, 1],
      ['1%', 0, 1],
      ['0%', 5, 1],
    ] as const;
    expect(cases.map(([value, replicas]) => maxUnavailableOf(value, replicas))).toEqual(
      cases.map(([, , expected]) => expected),
    );
  });

  it('STS-16 OrderedReady: two pods go at once, the lower one comes back first', () => {
    const cluster = newSetCluster({ gates });
    deploy(cluster, { replicas: 6, ...strategy(2, 3) });
    change(cluster, { template: NEW });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3 web-4! web-5!');
    finish(cluster, 'web-5');
    finish(cluster, 'web-4');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3 web-4?');
    start(cluster, 'web-4');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3 web-4 web-5?');
    start(cluster, 'web-5');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3! web-4 web-5');
    rollOut(cluster);
    expect(imagesOf(cluster)).toBe(
      'web-0=nginx:1.27 web-1=nginx:1.27 web-2=nginx:1.27 web-3=nginx:1.28 web-4=nginx:1.28 web-5=nginx:1.28',
    );
  });

  it('STS-16 Parallel: goes on as soon as one of the two is back', () => {
    const cluster = newSetCluster({ gates });
    deploy(cluster, { podManagementPolicy: 'Parallel', replicas: 6, ...strategy(2, 3) });
    change(cluster, { template: NEW });
    finish(cluster, 'web-5');
    finish(cluster, 'web-4');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3 web-4? web-5?');
    expect(sentence(cluster)).toBe(
      'STS-12 waiting for web-5 to be Running and Ready before updating web-3 (maxUnavailable 2)',
    );
    start(cluster, 'web-4');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3! web-4 web-5?');
  });

  it('STS-16 pods that are unavailable anywhere use up the allowance', () => {
    const cluster = newSetCluster({ gates });
    deploy(cluster, { podManagementPolicy: 'Parallel', replicas: 6, ...strategy(2, 3) });
    remove(cluster, podKey('web-0'));
    change(cluster, { template: NEW });
    expect(podsOf(cluster)).toBe('web-0! web-1 web-2 web-3 web-4 web-5!');
  });

  it('STS-16 Parallel: a broken old pod counts, and so blocks its own replacement', () => {
    const cluster = newSetCluster({ gates });
    deploy(cluster, { podManagementPolicy: 'Parallel', ...strategy(1) });
    start(cluster, 'web-1', false);
    change(cluster, { template: NEW });
    settle(cluster);
    expect(podsOf(cluster)).toBe('web-0 web-1? web-2');
  });

  it('STS-16 without the gate one pod goes at a time', () => {
    const cluster = newSetCluster();
    createObject(cluster, newSet({ podManagementPolicy: 'Parallel', ...strategy(3) }));
    startAll(cluster);
    change(cluster, { template: NEW });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2!');
  });
});
