// What commands in containers do to processes and programs.
import { expect, it } from 'vitest';
import { actNow, done } from '../kernel/index.ts';
import { kubelet } from '../kubelet/index.ts';
import { createPod, restartsOf, runUntilTrue, statusOf } from '../kubelet/testing/pods.ts';
import { eventsOf, getObject, newTestCluster, run } from '../testing/scenario.ts';
import { endProcess, setProgram } from './from-inside.ts';

const script = (text: string) => ({ exec: { command: ['sh', '-c', text] }, periodSeconds: 2 });

/** A running pod whose container has these fields. */
function started(container: Readonly<Record<string, unknown>>, spec: Readonly<Record<string, unknown>> = {}) {
  const cluster = newTestCluster({ actors: [kubelet] });
  createPod(cluster, 'web-0', { container, ...spec });
  runUntilTrue(cluster, () => statusOf(cluster, 'web-0', 'Ready') === 'True', 60_000);
  const pod = () => getObject(cluster, 'Pod', 'web-0');
  const inside = (what: (turn: Parameters<typeof endProcess>[0]) => void): void => {
    actNow(cluster, 'user', 'exec', (turn) => {
      what(turn);
      return done;
    });
  };
  return { cluster, pod, inside, name: pod().spec.containers[0]?.name ?? '' };
}

it('KCTL-23 a process that a command has ended leaves its code, and the container is started again', () => {
  const { cluster, pod, inside, name } = started({});
  inside((turn) => endProcess(turn, pod(), name, 143));
  run(cluster, 100);
  expect(pod().status.containerStatuses?.[0]?.state.terminated).toMatchObject({ exitCode: 143, reason: 'Error' });
  run(cluster, 30_000);
  expect(restartsOf(cluster, 'web-0')).toBe(1);
  expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
});

it('KCTL-23 where nothing is started again the pod is over with its process', () => {
  const { cluster, pod, inside, name } = started({}, { restartPolicy: 'Never' });
  inside((turn) => endProcess(turn, pod(), name, 0));
  run(cluster, 10_000);
  expect(pod().status.phase).toBe('Succeeded');
});

it('KCTL-23 scripts of probes miss a program that was taken away, until it is put back', () => {
  const { cluster, pod, inside, name } = started({ readinessProbe: script('PGPASSWORD=x pg_isready -U postgres') });
  inside((turn) => setProgram(turn, pod(), name, 'pg_isready', false));
  run(cluster, 10_000);
  expect(statusOf(cluster, 'web-0', 'Ready')).toBe('False');
  expect(eventsOf(cluster, pod()).join('')).toContain('Readiness probe failed: sh: 1: pg_isready: not found');
  inside((turn) => setProgram(turn, pod(), name, 'pg_isready', true));
  run(cluster, 10_000);
  expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
});

it('KCTL-23 a new container has all programs again', () => {
  const { cluster, pod, inside, name } = started({ livenessProbe: script('alive 2181') });
  inside((turn) => setProgram(turn, pod(), name, 'alive', false));
  run(cluster, 60_000);
  expect(restartsOf(cluster, 'web-0')).toBe(1);
  run(cluster, 120_000);
  expect(restartsOf(cluster, 'web-0')).toBe(1);
});

it('KCTL-23 a probe whose own program is missing keeps its result', () => {
  const { cluster, pod, inside, name } = started({
    readinessProbe: { exec: { command: ['mysql', '-e', 'SELECT 1'] } },
  });
  inside((turn) => setProgram(turn, pod(), name, 'mysql', false));
  run(cluster, 60_000);
  expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
});
