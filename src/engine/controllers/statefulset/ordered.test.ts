// OrderedReady: creation, replacement and scaling, one pod at a time.
import { describe, expect, it } from 'vitest';
import { keyOf } from '#kube';
import {
  createObject,
  eventsOf,
  getObject,
  reportPod,
  run,
  updateObject,
  updateStatus,
} from '../../testing/scenario.ts';
import {
  change,
  deploy,
  finish,
  newSet,
  newSetCluster,
  pod,
  podsOf,
  reasonOfSet,
  remove,
  sentence,
  settle,
  start,
  startAll,
  theSet,
} from './testing/fixtures.ts';

const podKey = (name: string) => keyOf('Pod', 'default', name);

describe('OrderedReady', () => {
  it('STS-2 creates web-0 first, and the next pod when the one before is Running and Ready', () => {
    const cluster = newSetCluster();
    createObject(cluster, newSet());
    settle(cluster);
    expect(podsOf(cluster)).toBe('web-0?');
    expect(sentence(cluster)).toBe(
      'STS-3 waiting for web-0 to be Running and Ready before creating web-1 (OrderedReady, ordinal order)',
    );
    start(cluster, 'web-0', false);
    expect(podsOf(cluster)).toBe('web-0?');
    reportPod(cluster, 'web-0');
    const deed = run(cluster, 15).map((tick) => tick.why);
    expect(deed).toEqual([
      {
        rule: 'STS-2',
        acting: true,
        about: 'Pod/default/web-1',
        args: { pod: 'web-1', ordinal: 1, set: 'web', policy: 'OrderedReady', predecessor: 'web-0' },
      },
    ]);
    startAll(cluster);
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2');
    expect(reasonOfSet(cluster)).toBeUndefined();
    expect(eventsOf(cluster, theSet(cluster))).toEqual(
      [0, 1, 2].map((at) => `Normal SuccessfulCreate Create Pod web-${at} in StatefulSet web successful`),
    );
  });

  it('STS-1 ordinals begin at ordinals.start', () => {
    const cluster = newSetCluster();
    deploy(cluster, { ordinals: { start: 2 } });
    expect(podsOf(cluster)).toBe('web-2 web-3 web-4');
    expect(pod(cluster, 'web-4').metadata.labels?.['apps.kubernetes.io/pod-index']).toBe('4');
  });

  it.each([
    ['increased', 0, 2, 'web-2 web-3 web-4'],
    ['decreased', 3, 1, 'web-1 web-2 web-3'],
    ['removed', 2, undefined, 'web-0 web-1 web-2'],
  ])('STS-9 ordinals.start %s: new ordinals come first, then those below go', (_, before, after, expected) => {
    const cluster = newSetCluster();
    const { spec } = deploy(cluster, { ordinals: { start: before } });
    const { ordinals: _before, ...rest } = spec;
    change(cluster, after === undefined ? { ...rest, ordinals: { start: 0 } } : { ordinals: { start: after } });
    startAll(cluster);
    for (let i = 0; i < 3; i += 1) {
      settle(cluster);
      const going = cluster.view.list('Pod').find((object) => object.metadata.deletionTimestamp !== undefined);
      if (going) finish(cluster, going.metadata.name);
    }
    expect(podsOf(cluster)).toBe(expected);
  });

  it('STS-2 replaces lost pods lowest first', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 5 });
    for (const name of ['web-0', 'web-2', 'web-4']) remove(cluster, podKey(name), 0);
    expect(podsOf(cluster)).toBe('web-0? web-1 web-3');
    start(cluster, 'web-0');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2? web-3');
    startAll(cluster);
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3 web-4');
  });

  it('STS-2 replaces a pod although one with a higher ordinal is unwell', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    start(cluster, 'web-1', false);
    remove(cluster, podKey('web-0'), 0);
    expect(podsOf(cluster)).toBe('web-0? web-1? web-2');
  });

  it('STS-3 scales neither up nor down while a pod is not Ready', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    start(cluster, 'web-0', false);
    change(cluster, { replicas: 5 });
    expect(podsOf(cluster)).toBe('web-0? web-1 web-2');
    change(cluster, { replicas: 1 });
    expect(podsOf(cluster)).toBe('web-0? web-1 web-2');
    expect(sentence(cluster)).toBe(
      'STS-3 waiting for web-0 to be Running and Ready before deleting web-2 (OrderedReady, reverse ordinal order)',
    );
  });

  it('STS-4 waits for a terminating pod, whatever else there is to do', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    remove(cluster, podKey('web-0'));
    expect(sentence(cluster)).toBe(
      'STS-4 waiting for web-0 to terminate before creating it again (OrderedReady, ordinal order)',
    );
    change(cluster, { replicas: 5 });
    expect(podsOf(cluster)).toBe('web-0! web-1 web-2');
    expect(sentence(cluster)).toBe(
      'STS-4 waiting for web-0 to terminate before creating web-3 (OrderedReady, ordinal order)',
    );
    finish(cluster, 'web-0');
    expect(podsOf(cluster)).toBe('web-0? web-1 web-2');
  });

  it.each(['Failed', 'Succeeded'] as const)('STS-6 deletes a %s pod and makes it again', (phase) => {
    const cluster = newSetCluster();
    deploy(cluster);
    const before = pod(cluster, 'web-1').metadata.uid;
    reportPod(cluster, 'web-1', { phase });
    const deeds = run(cluster, 15).map((tick) => tick.why);
    expect(deeds).toEqual([
      {
        rule: 'STS-6',
        acting: true,
        about: 'Pod/default/web-1',
        args: { pod: 'web-1', ordinal: 1, set: 'web', phase },
      },
    ]);
    settle(cluster);
    expect(pod(cluster, 'web-1').metadata.uid).not.toBe(before);
    expect(eventsOf(cluster, theSet(cluster))).toContain(
      'Normal SuccessfulDelete Delete Pod web-1 in StatefulSet web successful',
    );
    expect(eventsOf(cluster, theSet(cluster))).toContain(
      'Normal SuccessfulCreate Create Pod web-1 in StatefulSet web successful (x2)',
    );
  });

  it('STS-6 a finished pod that a finalizer holds is deleted once and not replaced until it is gone', () => {
    const cluster = newSetCluster();
    deploy(cluster, {
      template: { ...newSet().spec.template, metadata: { labels: { app: 'nginx' }, finalizers: ['test/hold'] } },
    });
    reportPod(cluster, 'web-1', { phase: 'Failed' });
    settle(cluster);
    expect(podsOf(cluster)).toBe('web-0 web-1! web-2');
    expect(eventsOf(cluster, theSet(cluster)).filter((text) => text.includes('Delete'))).toEqual([
      'Normal SuccessfulDelete Delete Pod web-1 in StatefulSet web successful',
    ]);
    expect(sentence(cluster)).toBe(
      'STS-4 waiting for web-1 to terminate before creating it again (OrderedReady, ordinal order)',
    );
  });

  it('STS-9 deletes the highest ordinal, and the next one when it is gone', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    change(cluster, { replicas: 0 });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2!');
    expect(sentence(cluster)).toBe(
      'STS-10 waiting for web-2 to terminate before deleting web-1 (scaling down, reverse ordinal order)',
    );
    finish(cluster, 'web-2');
    expect(podsOf(cluster)).toBe('web-0 web-1!');
    finish(cluster, 'web-1');
    finish(cluster, 'web-0');
    expect(podsOf(cluster)).toBe('');
    expect(theSet(cluster).status).toMatchObject({ replicas: 0, availableReplicas: 0 });
    expect(reasonOfSet(cluster)).toBeUndefined();
  });

  it('STS-10 the only condemned pod that is unwell is deleted; of two, the higher one is waited for', () => {
    const one = newSetCluster();
    deploy(one, { replicas: 4 });
    start(one, 'web-3', false);
    change(one, { replicas: 2 });
    expect(podsOf(one)).toBe('web-0 web-1 web-2 web-3!');
    const two = newSetCluster();
    deploy(two, { replicas: 4 });
    start(two, 'web-3', false);
    start(two, 'web-2', false);
    change(two, { replicas: 2 });
    expect(podsOf(two)).toBe('web-0 web-1 web-2? web-3?');
    expect(sentence(two)).toBe(
      'STS-10 waiting for web-3 to be Running and Ready: web-2 is not available either (scaling down, reverse ordinal order)',
    );
    start(two, 'web-3');
    expect(podsOf(two)).toBe('web-0 web-1 web-2? web-3!');
  });

  it('STS-10 does nothing while condemned pods terminate', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 5 });
    for (const name of ['web-3', 'web-4']) remove(cluster, podKey(name));
    change(cluster, { replicas: 3 });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3! web-4!');
    finish(cluster, 'web-4');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2 web-3!');
  });

  it('STS-9 scaling comes before updating: nothing is updated while a pod is condemned', () => {
    const cluster = newSetCluster();
    const { spec } = deploy(cluster);
    change(cluster, { replicas: 2, template: { ...spec.template, spec: { ...spec.template.spec, priority: 1 } } });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2!');
    finish(cluster, 'web-2');
    expect(podsOf(cluster)).toBe('web-0 web-1!');
  });

  it('STS-5 a Ready pod is waited for until minReadySeconds are over, and not a moment longer', () => {
    const cluster = newSetCluster();
    createObject(cluster, newSet({ minReadySeconds: 6 }));
    settle(cluster);
    start(cluster, 'web-0');
    expect(sentence(cluster)).toBe(
      'STS-5 waiting for web-0 to be available, 6 s after it became Ready before creating web-1 (minReadySeconds)',
    );
    expect(theSet(cluster).status).toMatchObject({ readyReplicas: 1, availableReplicas: 0 });
    const readyAtMs = Date.parse(
      pod(cluster, 'web-0').status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime ?? '',
    );
    const leftMs = readyAtMs + 6_000 - (cluster.world.config.epochMs + cluster.world.counters.nowMs);
    run(cluster, leftMs - 1);
    expect(podsOf(cluster)).toBe('web-0');
    run(cluster, 1);
    expect(podsOf(cluster)).toBe('web-0 web-1?');
    expect(theSet(cluster).status.availableReplicas).toBe(1);
  });

  it('STS-5 pods that are not available long enough are not scaled away', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    change(cluster, { minReadySeconds: 30 });
    change(cluster, { replicas: 1 });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2');
    run(cluster, 31_000);
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2!');
  });

  it('STS-3 a pod of phase Unknown is waited for, not replaced', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    const { uid } = pod(cluster, 'web-1').metadata;
    updateStatus(cluster, podKey('web-1'), (object) => ({
      ...object,
      status: { ...getObject(cluster, 'Pod', 'web-1').status, phase: 'Unknown' },
    }));
    settle(cluster);
    expect(pod(cluster, 'web-1').metadata.uid).toBe(uid);
    expect(sentence(cluster)).toBe('STS-3 waiting for web-1 to be Running and Ready (OrderedReady, ordinal order)');
  });

  it('STS-17 a set that is being deleted makes no pod', () => {
    const cluster = newSetCluster();
    createObject(cluster, { ...newSet(), metadata: { name: 'web', finalizers: ['test/hold'] } });
    settle(cluster);
    start(cluster, 'web-0', false);
    remove(cluster, keyOf('StatefulSet', 'default', 'web'));
    start(cluster, 'web-0');
    expect(podsOf(cluster)).toBe('web-0');
    expect(theSet(cluster).status.readyReplicas).toBe(1);
    expect(sentence(cluster)).toBe('STS-17 web is being deleted: its pods are counted, nothing else is done for them');
  });

  it('STS-8 restores the name and index labels of a pod, once it is available', () => {
    const cluster = newSetCluster();
    deploy(cluster);
    const unnamed = (object: ReturnType<typeof pod>) => {
      const {
        'statefulset.kubernetes.io/pod-name': _name,
        'apps.kubernetes.io/pod-index': _index,
        ...labels
      } = object.metadata.labels ?? {};
      return { ...object, metadata: { ...object.metadata, labels } };
    };
    const strip = (name: string): void => {
      updateObject(cluster, podKey(name), unnamed);
      settle(cluster);
    };
    strip('web-1');
    expect(pod(cluster, 'web-1').metadata.labels).toMatchObject({
      'statefulset.kubernetes.io/pod-name': 'web-1',
      'apps.kubernetes.io/pod-index': '1',
    });
    expect(eventsOf(cluster, theSet(cluster))).toContain(
      'Normal SuccessfulUpdate Update Pod web-1 in StatefulSet web successful',
    );
    start(cluster, 'web-2', false);
    strip('web-2');
    expect(pod(cluster, 'web-2').metadata.labels).not.toHaveProperty(['statefulset.kubernetes.io/pod-name']);
    start(cluster, 'web-2');
    expect(pod(cluster, 'web-2').metadata.labels).toHaveProperty(['statefulset.kubernetes.io/pod-name'], 'web-2');
  });
});
