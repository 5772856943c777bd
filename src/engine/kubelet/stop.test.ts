import { describe, expect, it } from 'vitest';
import { nextTaskMs } from '../kernel/index.ts';
import { deleteObject, eventsOf, findObject, getObject, newTestCluster, reasonFor, run } from '../testing/scenario.ts';
import { kubelet } from './kubelet.ts';
import { recordKey } from './record.ts';
import { createPod, podKey, runUntilTrue, startPod, stateOf, statusOf, strike } from './testing/pods.ts';
import { KUBELET_TIMING } from './timing.ts';

const newCluster = () => newTestCluster({ actors: [kubelet] });
type Cluster = ReturnType<typeof newCluster>;

const nowMs = (cluster: Cluster): number => cluster.world.counters.nowMs;
const isGone = (cluster: Cluster, name: string) => (): boolean => findObject(cluster, 'Pod', name) === undefined;

/** Deletes a pod and waits until it is gone. Returns how long that took. */
function timeToGo(cluster: Cluster, name: string, maxMs = 120_000): number {
  const fromMs = nowMs(cluster);
  deleteObject(cluster, podKey(name));
  return runUntilTrue(cluster, isGone(cluster, name), maxMs) - fromMs;
}

describe('a pod is stopped', () => {
  it('KUBELET-15 gets SIGTERM, ends within a few seconds and stays Ready until then', () => {
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0');
    deleteObject(cluster, podKey('web-0'));
    run(cluster, 500);
    expect(eventsOf(cluster, pod)).toContain('Normal Killing Stopping container app');
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({
      rule: 'KUBELET-15',
      args: { seconds: 30, containers: 'app' },
    });
    const ms = runUntilTrue(cluster, isGone(cluster, 'web-0')) - 10_000;
    expect(ms).toBeGreaterThanOrEqual(KUBELET_TIMING.stopMinMs);
    expect(ms).toBeLessThanOrEqual(KUBELET_TIMING.stopMaxMs + KUBELET_TIMING.unmountMs + 200);
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('KUBELET-15 is killed after its grace period when it ignores SIGTERM', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0', { terminationGracePeriodSeconds: 12 });
    strike(cluster, 'pod-ignores-sigterm', podKey('web-0'));
    deleteObject(cluster, podKey('web-0'));
    run(cluster, 12_050);
    const { status } = getObject(cluster, 'Pod', 'web-0');
    expect(status.phase).toBe('Failed');
    expect(status.containerStatuses?.[0]?.state.terminated).toMatchObject({ exitCode: 137, reason: 'Error' });
  });

  it('KUBELET-15 counts the preStop hook against the grace period, and leaves two seconds for SIGTERM', () => {
    const cluster = newCluster();
    startPod(cluster, 'slept', {
      container: { lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 8'] } } } },
    });
    const sleptMs = timeToGo(cluster, 'slept');
    expect(sleptMs).toBeGreaterThan(9000);
    expect(sleptMs).toBeLessThan(12_000);
    startPod(cluster, 'overran', {
      terminationGracePeriodSeconds: 5,
      container: { lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 60'] } } } },
    });
    expect(timeToGo(cluster, 'overran')).toBeLessThan(5000 + 2000 + 1000);
  });

  it('KUBELET-15 ends sooner when a second delete shortens the grace period', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    strike(cluster, 'pod-ignores-sigterm', podKey('web-0'));
    deleteObject(cluster, podKey('web-0'));
    run(cluster, 5000);
    deleteObject(cluster, podKey('web-0'), { gracePeriodSeconds: 3 });
    const fromMs = nowMs(cluster);
    expect(runUntilTrue(cluster, isGone(cluster, 'web-0')) - fromMs).toBeLessThan(4000);
  });

  it('KUBELET-15 stops sidecars only after the containers', () => {
    const cluster = newCluster();
    const sidecar = { name: 'proxy', image: 'proxy:1', imagePullPolicy: 'IfNotPresent', restartPolicy: 'Always' };
    createPod(cluster, 'web-0', { initContainers: [sidecar] });
    runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'running');
    deleteObject(cluster, podKey('web-0'));
    runUntilTrue(cluster, () => stateOf(cluster, 'web-0') !== 'running');
    expect(stateOf(cluster, 'web-0', 'proxy')).toBe('running');
    runUntilTrue(cluster, isGone(cluster, 'web-0'));
  });

  it('KUBELET-16 shows how its containers ended before its object goes, and is forgotten with it', () => {
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0');
    deleteObject(cluster, podKey('web-0'));
    runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'Completed');
    expect(getObject(cluster, 'Pod', 'web-0').status.phase).toBe('Succeeded');
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('False');
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({ rule: 'KUBELET-16' });
    runUntilTrue(cluster, isGone(cluster, 'web-0'));
    expect(cluster.world.memory.has(recordKey(pod.metadata.uid))).toBe(false);
  });

  it('KUBELET-16 goes at once when it is deleted before anything of it runs', () => {
    const cluster = newCluster();
    createPod(cluster, 'web-0');
    run(cluster, 100);
    expect(timeToGo(cluster, 'web-0')).toBeLessThan(1000);
  });

  it('KUBELET-17 fails with reason Evicted when its node needs the memory, and stays as an object', () => {
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0');
    strike(cluster, 'pod-fail', podKey('web-0'));
    run(cluster, 3000);
    const { status } = getObject(cluster, 'Pod', 'web-0');
    expect(status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: expect.stringContaining('low on resource: memory'),
    });
    expect(eventsOf(cluster, pod)[4]).toMatch(/^Warning Evicted The node was low on resource: memory\./);
    expect(status.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      reason: 'TerminationByKubelet',
    });
    expect(status.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      reason: 'PodFailed',
    });
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('KUBELET-19 leaves containers behind when it is removed by force, which its node stops', () => {
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0');
    deleteObject(cluster, podKey('web-0'), { gracePeriodSeconds: 0 });
    run(cluster, 100);
    expect(cluster.world.memory.has(recordKey(pod.metadata.uid))).toBe(true);
    run(cluster, 5000);
    expect(cluster.world.memory.has(recordKey(pod.metadata.uid))).toBe(false);
  });

  it('PROBE-5 goes on being asked for readiness, but for nothing else', () => {
    const cluster = newCluster();
    const probe = { httpGet: { port: 80 }, periodSeconds: 2, failureThreshold: 1 };
    const pod = startPod(cluster, 'web-0', { container: { readinessProbe: probe, livenessProbe: probe } });
    strike(cluster, 'pod-ignores-sigterm', podKey('web-0'));
    strike(cluster, 'pod-hang', podKey('web-0'));
    deleteObject(cluster, podKey('web-0'));
    run(cluster, 5000);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('False');
    expect(stateOf(cluster, 'web-0')).toBe('running');
    expect(eventsOf(cluster, pod).join('\n')).not.toContain('Liveness');
  });
});
