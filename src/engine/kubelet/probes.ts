// Probes: when they would run, and when their result flips. A probe that goes on passing needs no task and makes no
// tick: the next flip follows from the probe's settings and from how the process answers.
// k8s: pkg/kubelet/prober/worker.go
import type { Probe } from '#kube';
import type { ContainerRecord, ProbeRun } from './record.ts';
import type { ContainerDraft, Session } from './session.ts';

export type ProbeKind = 'startup' | 'readiness' | 'liveness';

const PERIOD_SECONDS = 10;
const FAILURE_THRESHOLD = 3;
const PROBE_FIELDS = { startup: 'startupProbe', readiness: 'readinessProbe', liveness: 'livenessProbe' } as const;

/** A probe's settings with Kubernetes' defaults, in milliseconds. */
export interface ProbeTimes {
  readonly initialDelayMs: number;
  readonly periodMs: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
}

/** The times and thresholds of a probe as the kubelet takes them. */
export const timesOf = (probe: Probe): ProbeTimes => ({
  initialDelayMs: 1000 * (probe.initialDelaySeconds ?? 0),
  periodMs: 1000 * Math.max(1, probe.periodSeconds ?? PERIOD_SECONDS),
  failureThreshold: Math.max(1, probe.failureThreshold ?? FAILURE_THRESHOLD),
  successThreshold: Math.max(1, probe.successThreshold ?? 1),
});

/** The probe of that kind in a container of the spec. */
export const probeOf = (
  container: { readonly [other: string]: unknown } | undefined,
  kind: ProbeKind,
): Probe | undefined => container?.[PROBE_FIELDS[kind]] as Probe | undefined;

const SHELL = /(?:^|\/)(?:sh|bash|ash|dash)$/;

/** The script of a probe that calls a shell: `sh -c 'zookeeper-ready 2181'`. */
export function scriptOf(probe: Probe | undefined): string | undefined {
  const [shell = '', flag, script] = probe?.exec?.command ?? [];
  return SHELL.test(shell) && flag === '-c' ? script : undefined;
}

/**
 * The first run of a probe that can count.
 * PROBE-1: the initial delay counts from the start of the container. PROBE-2: readiness and liveness wait for the
 * startup probe, and run at once when it has succeeded.
 */
export function firstRunMs(
  container: ContainerRecord,
  times: ProbeTimes,
  probeFirstMs: number,
  hasStartup: boolean,
): number {
  const startedMs = container.startedMs ?? 0;
  if (!hasStartup) return startedMs + Math.max(probeFirstMs, times.initialDelayMs);
  return Math.max(container.startupMs ?? Number.POSITIVE_INFINITY, startedMs + times.initialDelayMs);
}

/** What a probe does next: an attempt that fails, or the attempt that makes its result a success. */
export interface NextProbe {
  readonly atMs: number;
  readonly answer: 'success' | 'failure';
}

/**
 * When a probe's next attempt that changes anything comes: a failure that counts, or the last success that is needed.
 * Undefined when its result agrees with how the process answers: nothing changes any more.
 */
export function nextProbe(run: ProbeRun, times: ProbeTimes, firstMs: number): NextProbe | undefined {
  if (!Number.isFinite(firstMs)) return undefined;
  const attemptFrom = (fromMs: number): number =>
    firstMs + Math.max(0, Math.ceil((fromMs - firstMs) / times.periodMs)) * times.periodMs;
  if (!run.good) {
    if (run.result === 'failure') return undefined;
    return { atMs: attemptFrom(run.sinceMs) + run.fails * times.periodMs, answer: 'failure' };
  }
  if (run.starting && run.result !== 'failure') {
    const failMs = firstMs + run.fails * times.periodMs;
    if (failMs < run.sinceMs) return { atMs: failMs, answer: 'failure' };
  }
  if (run.result === 'success') return undefined;
  return { atMs: attemptFrom(run.sinceMs) + (times.successThreshold - 1) * times.periodMs, answer: 'success' };
}

/** What the prober reports of an attempt that failed. */
export function failureText(probe: Probe, ip: string, isHanging: boolean): string {
  const { httpGet, tcpSocket, exec, grpc } = probe;
  const timeout = `${probe.timeoutSeconds ?? 1}s`;
  if (httpGet) {
    const url = `${(httpGet.scheme ?? 'HTTP').toLowerCase()}://${ip}:${httpGet.port}${httpGet.path ?? '/'}`;
    return isHanging
      ? `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
      : 'HTTP probe failed with statuscode: 503';
  }
  if (tcpSocket)
    return `dial tcp ${ip}:${tcpSocket.port}: ${isHanging ? 'i/o timeout' : 'connect: connection refused'}`;
  if (grpc)
    return isHanging
      ? `timeout: failed to connect service "${ip}:${grpc.port}" within ${timeout}: context deadline exceeded`
      : 'service unhealthy (responded with "NOT_SERVING")';
  const command = (exec?.command ?? []).join(' ');
  return isHanging ? `command timed out: "${command}" timed out after ${timeout}` : '';
}

/** The probe workers of a container that has just been started. */
export function startProbes(session: Session, container: ContainerDraft, answersFromMs: number): void {
  const spec =
    session.pod.spec.containers.find(({ name }) => name === container.name) ?? sidecarSpec(session, container);
  const begin = (result: ProbeRun['result']): ProbeRun => ({
    result,
    good: true,
    sinceMs: answersFromMs,
    fails: 0,
    starting: true,
  });
  delete container.startupMs;
  for (const kind of ['startup', 'readiness', 'liveness'] as const)
    if (probeOf(spec, kind)) container[kind] = begin(FIRST_RESULT[kind]);
    else delete container[kind];
}

const sidecarSpec = (session: Session, container: ContainerRecord) =>
  session.pod.spec.initContainers?.find(({ name }) => name === container.name);

/** What counts before the first attempt. k8s: newWorker */
const FIRST_RESULT = { startup: 'unknown', readiness: 'failure', liveness: 'success' } as const;

/** A worker whose process begins, or ceases, to answer well now. The same worker when nothing changes. */
export const withAnswer = (run: ProbeRun, good: boolean, nowMs: number): ProbeRun =>
  run.good === good ? run : { ...run, good, sinceMs: nowMs, fails: 0, starting: false };
