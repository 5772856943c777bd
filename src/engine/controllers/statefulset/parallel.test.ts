// Parallel: everything in one sync, in batches that double.
import { describe, expect, it } from 'vitest';
import {
  createObject,
  eventsOf,
  namesOf,
  newTestCluster,
  reportPod,
  run,
  runUntilQuiet,
} from '../../testing/scenario.ts';
import { batchOf, slowStart } from './slow-start.ts';
import {
  change,
  deploy,
  finish,
  newSet,
  newSetCluster,
  pod,
  podsOf,
  refusing,
  removeClaim,
  sentence,
  settle,
  start,
  startAll,
  templateOf,
  theSet,
  WWW,
} from './testing/fixtures.ts';

const PARALLEL = { podManagementPolicy: 'Parallel' } as const;

describe('Parallel', () => {
  it('STS-7 creates all pods in one sync and waits for none', () => {
    const cluster = newSetCluster();
    createObject(cluster, newSet(PARALLEL));
    const ticks = run(cluster, 15);
    expect(ticks.map((tick) => tick.why)).toEqual([
      {
        rule: 'STS-7',
        acting: true,
        args: { set: 'web', from: 0, to: 2, count: 3, fromPod: 'web-0', toPod: 'web-2' },
      },
    ]);
    expect(podsOf(cluster)).toBe('web-0? web-1? web-2?');
    settle(cluster);
    expect(sentence(cluster)).toBe('STS-26 waiting for 3 pods to be Running and Ready, between web-0 and web-2');
    start(cluster, 'web-0');
    start(cluster, 'web-2');
    expect(sentence(cluster)).toBe('STS-26 waiting for web-1 to be Running and Ready');
  });

  it('STS-9 deletes all condemned pods at once, unwell or not', () => {
    const cluster = newSetCluster();
    deploy(cluster, { ...PARALLEL, replicas: 5 });
    start(cluster, 'web-0', false);
    start(cluster, 'web-3', false);
    change(cluster, { replicas: 2 });
    expect(podsOf(cluster)).toBe('web-0? web-1 web-2! web-3! web-4!');
    expect(sentence(cluster)).toBe('STS-10 waiting for web-4 to terminate (scaling down, reverse ordinal order)');
  });

  it('STS-6 replaces finished pods while others go on', () => {
    const cluster = newSetCluster();
    deploy(cluster, PARALLEL);
    const before = ['web-0', 'web-1', 'web-2'].map((name) => pod(cluster, name).metadata.uid);
    reportPod(cluster, 'web-0', { phase: 'Failed' });
    reportPod(cluster, 'web-2', { phase: 'Succeeded' });
    settle(cluster);
    expect(podsOf(cluster)).toBe('web-0? web-1 web-2?');
    expect(['web-0', 'web-1', 'web-2'].map((name, at) => pod(cluster, name).metadata.uid === before[at])).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('STS-12 updates one pod at a time, from the top, and waits for each', () => {
    const cluster = newSetCluster();
    deploy(cluster, PARALLEL);
    change(cluster, { template: templateOf('nginx:1.28') });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2!');
    expect(sentence(cluster)).toBe(
      'STS-12 waiting for web-2 to terminate before updating web-1 (Parallel, one at a time in reverse ordinal order)',
    );
    finish(cluster, 'web-2');
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2?');
    expect(sentence(cluster)).toBe(
      'STS-12 waiting for web-2 to be Running and Ready before updating web-1 (Parallel, one at a time in reverse ordinal order)',
    );
    start(cluster, 'web-2');
    expect(podsOf(cluster)).toBe('web-0 web-1! web-2');
  });

  it('STS-11 heals a broken rollout by itself: a pod that is not Ready and of an old revision is replaced', () => {
    const cluster = newSetCluster();
    deploy(cluster, PARALLEL);
    change(cluster, { template: templateOf('broken') });
    finish(cluster, 'web-2');
    start(cluster, 'web-2', false);
    change(cluster, { template: templateOf('nginx:1.28') });
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2!');
  });

  it('STS-9 scale-down and update happen in one sync', () => {
    const cluster = newSetCluster();
    deploy(cluster, PARALLEL);
    change(cluster, { replicas: 2, template: templateOf('nginx:1.28') });
    expect(podsOf(cluster)).toBe('web-0 web-1! web-2!');
  });

  it.each([
    [3, 30],
    [10, 1],
    [501, 0],
    [0, 1000],
  ])('STS-24 scales from %i to %i', (from, to) => {
    const cluster = newSetCluster();
    createObject(cluster, newSet({ ...PARALLEL, replicas: from, volumeClaimTemplates: WWW }));
    runUntilQuiet(cluster);
    expect(cluster.view.count('Pod')).toBe(from);
    change(cluster, { replicas: to });
    expect(cluster.view.count('Pod')).toBe(to);
  });

  it('STS-24 batches begin with one pod and double up to 500', () => {
    const sizes = new Map<number, number>();
    for (let place = 0; place < 2011; place += 1) sizes.set(batchOf(place), (sizes.get(batchOf(place)) ?? 0) + 1);
    expect([...sizes.values()]).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 500, 500, 500]);
    const done: number[] = [];
    const work = (index: number): string | undefined => {
      done.push(index);
      return index === 3 ? 'refused' : undefined;
    };
    expect(
      slowStart(
        Array.from({ length: 40 }, (_, place) => place),
        work,
      ),
    ).toBe('refused');
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('STS-24 after a refused creation the batch is finished and the next one is not begun', () => {
    const cluster = newTestCluster({
      actors: [refusing((verb, name) => (verb === 'create' && name === 'web-1' ? 'no room' : undefined))],
    });
    createObject(cluster, newSet({ ...PARALLEL, replicas: 20 }));
    run(cluster, 12);
    expect(podsOf(cluster)).toBe('web-0? web-2?');
    expect(theSet(cluster).status).toMatchObject({ observedGeneration: 1, replicas: 0 });
    settle(cluster);
    expect(theSet(cluster).status.replicas).toBe(2);
    expect(sentence(cluster)).toBe('STS-23 trying again for web-1 after a pause that doubles: no room');
    expect(eventsOf(cluster, theSet(cluster))[1]).toMatch(
      /^Warning FailedCreate Create Pod web-1 in StatefulSet web failed error: no room \(x\d+\)$/,
    );
  });

  it('CLAIM-4 makes missing claims of all Pending pods in one sync', () => {
    const cluster = newSetCluster();
    createObject(cluster, newSet({ ...PARALLEL, volumeClaimTemplates: WWW }));
    settle(cluster);
    for (const name of ['www-web-0', 'www-web-2']) removeClaim(cluster, name);
    change(cluster, { minReadySeconds: 1 });
    expect(namesOf(cluster, 'PersistentVolumeClaim').sort()).toEqual(['www-web-0', 'www-web-1', 'www-web-2']);
    startAll(cluster);
    removeClaim(cluster, 'www-web-0');
    change(cluster, { minReadySeconds: 2 });
    expect(namesOf(cluster, 'PersistentVolumeClaim').sort()).toEqual(['www-web-1', 'www-web-2']);
  });
});
