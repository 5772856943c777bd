import { describe, expect, it } from 'vitest';
import type { Pod } from '#kube';
import { eventsOf, getObject, newTestCluster, reasonFor, run, updateObject } from '../testing/scenario.ts';
import { imageTarget } from './fault-state.ts';
import { kubelet } from './kubelet.ts';
import { createPod, podKey, restartsOf, runUntilTrue, startPod, stateOf, statusOf, strike } from './testing/pods.ts';
import { KUBELET_TIMING } from './timing.ts';

const newCluster = () => newTestCluster({ actors: [kubelet] });

describe('containers that end', () => {
  it('KUBELET-11 are restarted at once the first time', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    strike(cluster, 'pod-crash', podKey('web-0'));
    run(cluster, 100);
    expect(stateOf(cluster, 'web-0')).toBe('Error');
    expect(getObject(cluster, 'Pod', 'web-0').status.phase).toBe('Running');
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('False');
    run(cluster, KUBELET_TIMING.exitNoticeMs + KUBELET_TIMING.startMs);
    expect(stateOf(cluster, 'web-0')).toBe('running');
    expect(restartsOf(cluster, 'web-0')).toBe(1);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
    expect(getObject(cluster, 'Pod', 'web-0').status.containerStatuses?.[0]?.lastState?.terminated).toMatchObject({
      exitCode: 1,
      reason: 'Error',
    });
  });

  it('KUBELET-12 wait 10, 20, 40, 80, 160, 300, 300 s from their end before they are restarted again', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    strike(cluster, 'pod-crash-loop', podKey('web-0'));
    const waits: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'CrashLoopBackOff', 600_000);
      const restarts = restartsOf(cluster, 'web-0');
      const { finishedAt } =
        getObject(cluster, 'Pod', 'web-0').status.containerStatuses?.[0]?.lastState?.terminated ?? {};
      const endMs = runUntilTrue(cluster, () => restartsOf(cluster, 'web-0') > restarts, 600_000);
      const finishedMs = Date.parse(finishedAt ?? '') - cluster.world.config.epochMs;
      waits.push(Math.round((endMs - finishedMs - KUBELET_TIMING.startMs) / 1000));
    }
    // Ends are told in whole seconds, so the sums may be one too long.
    expect(waits.map((seconds) => Math.floor(seconds / 10) * 10)).toEqual([10, 20, 40, 80, 160, 300, 300]);
  });

  it('KUBELET-12 says in CrashLoopBackOff how long it waits, and the phase stays Running', () => {
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0');
    strike(cluster, 'pod-crash-loop', podKey('web-0'));
    runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'CrashLoopBackOff');
    const { status } = getObject(cluster, 'Pod', 'web-0');
    const who = `web-0_default(${pod.metadata.uid})`;
    expect(status.phase).toBe('Running');
    expect(status.containerStatuses?.[0]?.state.waiting?.message).toBe(
      `back-off 10s restarting failed container=app pod=${who}`,
    );
    expect(eventsOf(cluster, pod)).toContain(`Warning BackOff Back-off restarting failed container app in pod ${who}`);
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({
      rule: 'KUBELET-12',
      args: { container: 'app', seconds: 10, failures: 2 },
      acting: false,
    });
  });

  it('KUBELET-12 begins anew after the container ran for more than ten minutes', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    for (let i = 0; i < 2; i += 1) {
      strike(cluster, 'pod-crash', podKey('web-0'));
      run(cluster, 20_000);
    }
    expect(restartsOf(cluster, 'web-0')).toBe(2);
    run(cluster, 11 * 60_000);
    strike(cluster, 'pod-crash', podKey('web-0'));
    run(cluster, 3000);
    expect(restartsOf(cluster, 'web-0')).toBe(3);
    strike(cluster, 'pod-crash', podKey('web-0'));
    run(cluster, 3000);
    expect(getObject(cluster, 'Pod', 'web-0').status.containerStatuses?.[0]?.state.waiting?.message).toMatch(
      /^back-off 10s /,
    );
  });

  it('KUBELET-22 are not restarted with policy Never, or after success with OnFailure: the pod is over', () => {
    const cluster = newCluster();
    startPod(cluster, 'never', { restartPolicy: 'Never' });
    strike(cluster, 'pod-crash', podKey('never'));
    run(cluster, 5000);
    expect(getObject(cluster, 'Pod', 'never').status.phase).toBe('Failed');
    expect(getObject(cluster, 'Pod', 'never').status.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      reason: 'PodFailed',
    });
    startPod(cluster, 'on-failure', { restartPolicy: 'OnFailure' });
    strike(cluster, 'pod-crash', podKey('on-failure'));
    run(cluster, 5000);
    expect(restartsOf(cluster, 'on-failure')).toBe(1);
  });

  it('KUBELET-22 end the pod when an init container fails for good', () => {
    const cluster = newCluster();
    strike(cluster, 'image-crashes', imageTarget('broken:1'));
    const initContainers = [{ name: 'prepare', image: 'broken:1', imagePullPolicy: 'IfNotPresent' }];
    startPod(cluster, 'never', { restartPolicy: 'Never', initContainers });
    run(cluster, 10_000);
    expect(getObject(cluster, 'Pod', 'never').status.phase).toBe('Failed');
    startPod(cluster, 'always', { initContainers });
    run(cluster, 20_000);
    expect(getObject(cluster, 'Pod', 'always').status.phase).toBe('Pending');
    expect(stateOf(cluster, 'always', 'prepare')).toBe('CrashLoopBackOff');
  });

  it('KUBELET-20 are restarted when the image is changed in the pod itself', () => {
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0');
    updateObject<Pod>(cluster, podKey('web-0'), (before) => ({
      ...before,
      spec: {
        ...before.spec,
        containers: before.spec.containers.map((container) => ({ ...container, image: 'app:2' })),
      },
    }));
    run(cluster, 20_000);
    expect(eventsOf(cluster, pod)).toContain('Normal Killing Container app definition changed, will be restarted');
    expect(getObject(cluster, 'Pod', 'web-0').status.containerStatuses?.[0]).toMatchObject({
      image: 'docker.io/library/app:2',
      restartCount: 1,
      ready: true,
    });
  });
});

describe('images that cannot be pulled', () => {
  it('KUBELET-9 change between ErrImagePull and ImagePullBackOff, with 10 s, 20 s, 40 s from one try to the next', () => {
    const cluster = newCluster();
    strike(cluster, 'image-pull-fails', imageTarget('app:1'));
    const pod = createPod(cluster, 'web-0');
    const failures: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      failures.push(runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'ErrImagePull', 100_000));
      runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'ImagePullBackOff', 100_000);
    }
    const gaps = failures
      .slice(1)
      .map((atMs, i) => Math.round((atMs - (failures[i] as number) - KUBELET_TIMING.pullFailMs) / 1000));
    expect(gaps).toEqual([10, 20, 40]);
    expect(getObject(cluster, 'Pod', 'web-0').status.phase).toBe('Pending');
    const events = eventsOf(cluster, pod).join('\n');
    expect(events).toContain('Warning Failed Failed to pull image "app:1": rpc error: code = NotFound');
    expect(events).toContain('Warning Failed Error: ErrImagePull');
    expect(events).toContain('Normal BackOff Back-off pulling image "app:1"');
    expect(events).toContain('Warning Failed Error: ImagePullBackOff');
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({
      rule: 'KUBELET-9',
      args: { image: 'app:1', seconds: 80 },
    });
  });

  it('KUBELET-9 are pulled at the next try when the registry has them again', () => {
    const cluster = newCluster();
    strike(cluster, 'image-pull-fails', imageTarget('app:1'));
    createPod(cluster, 'web-0');
    runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'ImagePullBackOff');
    strike(cluster, 'image-pull-works', imageTarget('app:1'));
    run(cluster, 5000);
    expect(stateOf(cluster, 'web-0')).toBe('ImagePullBackOff');
    run(cluster, 15_000);
    expect(stateOf(cluster, 'web-0')).toBe('running');
  });
});
