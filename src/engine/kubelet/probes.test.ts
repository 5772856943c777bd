import { describe, expect, it } from 'vitest';
import { nextTaskMs } from '../kernel/index.ts';
import { eventsOf, getObject, newTestCluster, reasonFor, run } from '../testing/scenario.ts';
import { kubelet } from './kubelet.ts';
import { nextProbe, timesOf } from './probes.ts';
import { createPod, podKey, restartsOf, runUntilTrue, startPod, stateOf, statusOf, strike } from './testing/pods.ts';

const newCluster = (timing: Readonly<Record<string, number>> = {}) => newTestCluster({ actors: [kubelet], timing });
const HTTP = { httpGet: { path: '/ready', port: 8080 } };

/** Seconds from the start of a pod's container to the moment when it becomes Ready. */
function secondsToReady(cluster: ReturnType<typeof newCluster>, name: string): number {
  const startedMs = runUntilTrue(cluster, () => stateOf(cluster, name) === 'running');
  const readyMs = runUntilTrue(cluster, () => statusOf(cluster, name, 'Ready') === 'True', 200_000);
  return Math.round((readyMs - startedMs) / 1000);
}

describe('probes', () => {
  it('PROBE-1 makes a pod ready at the first success, which the initial delay puts off', () => {
    const cluster = newCluster();
    createPod(cluster, 'plain', { container: { readinessProbe: HTTP } });
    expect(secondsToReady(cluster, 'plain')).toBe(1);
    createPod(cluster, 'late', { container: { readinessProbe: { ...HTTP, initialDelaySeconds: 7 } } });
    runUntilTrue(cluster, () => stateOf(cluster, 'late') === 'running');
    expect(reasonFor(cluster, 'kubelet', podKey('late'))).toMatchObject({ rule: 'PROBE-1', acting: false });
    expect(secondsToReady(cluster, 'late')).toBe(7);
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('PROBE-1 waits for as many successes in a row as successThreshold says', () => {
    const cluster = newCluster();
    createPod(cluster, 'web-0', { container: { readinessProbe: { ...HTTP, successThreshold: 3, periodSeconds: 4 } } });
    expect(secondsToReady(cluster, 'web-0')).toBe(9);
  });

  it('PROBE-1 tries again a period later when the process is not up yet', () => {
    const cluster = newCluster({ appStartMs: 5000 });
    createPod(cluster, 'web-0', { container: { readinessProbe: { ...HTTP, periodSeconds: 10 } } });
    expect(secondsToReady(cluster, 'web-0')).toBe(11);
  });

  it('PROBE-2 holds readiness and liveness back until the startup probe has passed', () => {
    const cluster = newCluster({ appStartMs: 20_000 });
    const startupProbe = { ...HTTP, periodSeconds: 5, failureThreshold: 30 };
    const livenessProbe = { ...HTTP, periodSeconds: 1, failureThreshold: 1 };
    createPod(cluster, 'web-0', { container: { startupProbe, livenessProbe, readinessProbe: HTTP } });
    runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'running');
    expect(getObject(cluster, 'Pod', 'web-0').status.containerStatuses?.[0]?.started).toBe(false);
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({ rule: 'PROBE-2' });
    const startedMs = runUntilTrue(
      cluster,
      () => getObject(cluster, 'Pod', 'web-0').status.containerStatuses?.[0]?.started === true,
    );
    const readyMs = runUntilTrue(cluster, () => statusOf(cluster, 'web-0', 'Ready') === 'True');
    expect(readyMs - startedMs).toBeLessThanOrEqual(50);
    expect(restartsOf(cluster, 'web-0')).toBe(0);
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'web-0')).join('\n')).toContain(
      'Warning Unhealthy Startup probe failed',
    );
  });

  it('PROBE-3 restarts a container whose startup or liveness probe failed failureThreshold times', () => {
    const slow = newCluster({ appStartMs: 60_000 });
    createPod(slow, 'web-0', { container: { startupProbe: { ...HTTP, periodSeconds: 3, failureThreshold: 2 } } });
    runUntilTrue(slow, () => restartsOf(slow, 'web-0') === 1);
    expect(eventsOf(slow, getObject(slow, 'Pod', 'web-0'))).toContain(
      'Normal Killing Container app failed startup probe, will be restarted',
    );
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0', { container: { livenessProbe: { ...HTTP, periodSeconds: 3 } } });
    strike(cluster, 'pod-hang', podKey('web-0'));
    run(cluster, 20_000);
    expect(restartsOf(cluster, 'web-0')).toBe(1);
    expect(eventsOf(cluster, pod)).toContain('Normal Killing Container app failed liveness probe, will be restarted');
    expect(eventsOf(cluster, pod).join('\n')).toContain(
      'Warning Unhealthy Liveness probe failed: Get "http://10.244.0.2:8080/ready": context deadline exceeded',
    );
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
  });

  it('PROBE-4 takes readiness away after failureThreshold failures, without a restart, and gives it back', () => {
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0', { container: { readinessProbe: { ...HTTP, periodSeconds: 5 } } });
    const fromMs = cluster.world.counters.nowMs;
    strike(cluster, 'pod-not-ready', podKey('web-0'));
    const lostMs = runUntilTrue(cluster, () => statusOf(cluster, 'web-0', 'Ready') === 'False') - fromMs;
    expect(lostMs).toBeGreaterThan(10_000);
    expect(lostMs).toBeLessThanOrEqual(15_000);
    expect(eventsOf(cluster, pod)).toContain(
      'Warning Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 503 (x3)',
    );
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({
      rule: 'PROBE-4',
      args: { probe: 'readiness' },
    });
    expect(nextTaskMs(cluster)).toBeUndefined();
    strike(cluster, 'pod-ready-again', podKey('web-0'));
    run(cluster, 5100);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
    expect(restartsOf(cluster, 'web-0')).toBe(0);
  });

  it('PROBE-4 counts failures in a row only: one success begins the count anew', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0', { container: { readinessProbe: { ...HTTP, periodSeconds: 5 } } });
    strike(cluster, 'pod-not-ready', podKey('web-0'));
    run(cluster, 8000);
    strike(cluster, 'pod-ready-again', podKey('web-0'));
    run(cluster, 6000);
    strike(cluster, 'pod-not-ready', podKey('web-0'));
    run(cluster, 9000);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
  });
});

describe('when a probe changes anything', () => {
  const times = timesOf({ periodSeconds: 10, failureThreshold: 3 });

  it('PROBE-1 says nothing more once result and answers agree', () => {
    const run1 = { result: 'success', good: true, sinceMs: 500, fails: 0, starting: false } as const;
    expect(nextProbe(run1, times, 1000)).toBeUndefined();
    expect(nextProbe({ ...run1, result: 'failure', good: false }, times, 1000)).toBeUndefined();
  });

  it('PROBE-4 puts attempts on the grid of the period, from the first one on', () => {
    const failing = { result: 'success', good: false, sinceMs: 23_000, fails: 0, starting: false } as const;
    expect(nextProbe(failing, times, 1000)).toEqual({ atMs: 31_000, answer: 'failure' });
    expect(nextProbe({ ...failing, fails: 2 }, times, 1000)).toEqual({ atMs: 51_000, answer: 'failure' });
  });
});
