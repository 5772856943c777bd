// What a node knows of a container that ran before the simulation began, read back from the pod's status.
import { type Container, type ContainerState, type ContainerStatus, type Json, parseTime } from '#kube';
import type { ContainerKind, ContainerRecord, Ending, ProbeRun, StepId } from './record.ts';
import type { KubeletTiming } from './timing.ts';

/** What is found of a pod as a whole. */
export interface FoundPod {
  readonly epochMs: number;
  readonly timing: KubeletTiming;
  readonly restartPolicy: string;
  /** Whether the present is known: a heartbeat or an event says so. Else nothing is taken to be under way. */
  readonly isNowKnown: boolean;
}

/** A container as it was found, and what must be assumed so that it stays so. */
export interface FoundContainer {
  readonly record: ContainerRecord;
  /** It crashes after every start. */
  readonly crash?: { readonly exitCode: number; readonly afterMs: number };
  /** It runs, and fails its readiness probe. */
  readonly isUnready?: true;
  /** Its image cannot be pulled. */
  readonly isImageGone?: true;
}

/** Waiting reasons of an image that is tried again. */
const PULLING: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'RegistryUnavailable',
  'ImageInspectError',
]);
/** Waiting reasons of a container that has not begun yet. */
const NOT_BEGUN: ReadonlySet<string> = new Set(['', 'ContainerCreating', 'PodInitializing']);

const CRASH_DELAY_FIRST_MS = 10_000;
const CRASH_DELAY_MAX_MS = 300_000;
const PULL_DELAY_MS = 300_000;
/** A process that lived for less is taken to crash at once. */
const LIFE_MIN_MS = 500;
/** A container that is not ready for longer than its probe allows, and this, is taken to stay so. */
const PATIENCE_MS = 30_000;
/** So often it has restarted when that is taken to go on. */
const RESTARTS_OF_A_LOOP = 2;

/** A time of the status in virtual milliseconds: 0 is the newest one, so all others lie before it. */
const msOf = ({ epochMs }: FoundPod, time: string | undefined): number =>
  Math.min(0, (parseTime(time) ?? epochMs) - epochMs);

function endingOf(found: FoundPod, state: ContainerState | undefined): Ending | undefined {
  const terminated = state?.terminated;
  if (!terminated) return undefined;
  const finishedMs = msOf(found, terminated.finishedAt);
  return {
    exitCode: terminated.exitCode,
    reason: terminated.reason ?? (terminated.exitCode === 0 ? 'Completed' : 'Error'),
    startedMs: terminated.startedAt === undefined ? finishedMs : msOf(found, terminated.startedAt),
    finishedMs,
  };
}

const crashOf = ({ exitCode, startedMs, finishedMs }: Ending) => ({
  exitCode: exitCode === 0 ? 1 : exitCode,
  afterMs: Math.max(LIFE_MIN_MS, finishedMs - startedMs),
});

/** A Go duration in the message of a back-off: `back-off 2m40s restarting failed container=…`. */
function backOffMs(message: string | undefined): number | undefined {
  const [, minutes, seconds] = /back-off (?:(\d+)m)?(?:(\d+)s)? /.exec(message ?? '') ?? [];
  if (minutes === undefined && seconds === undefined) return undefined;
  return (Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000;
}

/**
 * Reads a container back from its status.
 * @param status undefined where the status says nothing of it yet
 */
export function foundContainer(
  found: FoundPod,
  kind: ContainerKind,
  spec: Container,
  status: ContainerStatus | undefined,
): FoundContainer {
  const { name, image } = spec;
  const state = status?.state ?? {};
  const restarts = status?.restartCount ?? 0;
  const hasRun =
    restarts > 0 || state.running !== undefined || state.terminated !== undefined || Boolean(status?.containerID);
  const last = endingOf(found, status?.lastState);
  const base = {
    name,
    kind,
    image,
    step: 'idle' as StepId,
    sinceMs: 0,
    runs: hasRun ? restarts + 1 : 0,
    restarts,
    started: false,
    ready: status?.ready ?? false,
    ...(last && { last }),
    ...(status && { found: { runs: hasRun ? restarts + 1 : 0, status: status as unknown as Json } }),
  };
  if (state.running) return running(found, base, spec, status, msOf(found, state.running.startedAt));
  const ended = endingOf(found, state);
  if (ended) return terminated(found, base, ended);
  return waiting(found, base, state.waiting ?? {});
}

type Base = Omit<ContainerRecord, 'startup' | 'readiness' | 'liveness'>;

function running(
  found: FoundPod,
  base: Base,
  spec: Container,
  status: ContainerStatus | undefined,
  startedMs: number,
): FoundContainer {
  const isApp = base.kind !== 'init';
  const started = isApp && (status?.started ?? spec.startupProbe === undefined);
  const isReady = base.ready || !isApp;
  const record: Base = {
    ...base,
    step: 'run',
    sinceMs: startedMs,
    startedMs,
    started,
    ...(started && { startupMs: startedMs }),
  };
  const isLoop = base.restarts >= RESTARTS_OF_A_LOOP && base.last !== undefined && base.last.exitCode !== 0;
  if (!isReady && isLoop && base.last) return { record: withProbes(record, spec, true), crash: crashOf(base.last) };
  if (isReady || isUnderWay(found, spec, startedMs)) return { record: withProbes(record, spec, true) };
  return { record: withProbes(record, spec, false), isUnready: true };
}

/** Whether a container that is not ready yet may still become so by itself: it has not had the time its probes give it. */
function isUnderWay({ isNowKnown }: FoundPod, { readinessProbe, startupProbe }: Container, startedMs: number): boolean {
  if (!isNowKnown) return false;
  const given = (probe: typeof readinessProbe): number =>
    probe === undefined
      ? 0
      : 1000 * ((probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3));
  return -startedMs < given(startupProbe) + given(readinessProbe) + PATIENCE_MS;
}

/** The workers of its probes, as they stand with what was found. */
function withProbes(record: Base, spec: Container, isAnswering: boolean): ContainerRecord {
  const run = (result: ProbeRun['result'], good: boolean): ProbeRun => ({
    result,
    good,
    sinceMs: record.startedMs ?? 0,
    fails: 0,
    starting: false,
  });
  if (record.kind === 'init') return record;
  return {
    ...record,
    ...(spec.startupProbe && { startup: run(record.started ? 'success' : 'unknown', true) }),
    ...(spec.readinessProbe && { readiness: run(record.ready ? 'success' : 'failure', isAnswering) }),
    ...(spec.livenessProbe && { liveness: run('success', true) }),
  };
}

function terminated({ timing, restartPolicy }: FoundPod, base: Base, ended: Ending): FoundContainer {
  const isSidecar = base.kind === 'sidecar';
  const isAgain =
    isSidecar ||
    (restartPolicy === 'Always' && base.kind === 'app') ||
    (restartPolicy !== 'Never' && ended.exitCode !== 0);
  const record: ContainerRecord = {
    ...base,
    sinceMs: ended.finishedMs,
    startedMs: ended.startedMs,
    ended,
    ...(isAgain ? { step: 'exited', dueMs: timing.exitNoticeMs } : { step: 'ended' }),
  };
  return isAgain && ended.exitCode !== 0 && base.restarts > 0 ? { record, crash: crashOf(ended) } : { record };
}

function waiting({ isNowKnown }: FoundPod, base: Base, state: NonNullable<ContainerState['waiting']>): FoundContainer {
  const { reason = '', message } = state;
  const { last, ...rest } = base;
  const said = { waiting: reason, ...(message !== undefined && { message }) };
  if (reason === 'CrashLoopBackOff') {
    const delayMs =
      backOffMs(message) ?? Math.min(CRASH_DELAY_MAX_MS, CRASH_DELAY_FIRST_MS * 2 ** Math.max(0, base.restarts - 1));
    const finishedMs = last?.finishedMs ?? 0;
    const ended = last ?? { exitCode: 1, reason: 'Error', startedMs: finishedMs, finishedMs };
    const record: ContainerRecord = {
      ...rest,
      ...said,
      step: 'back-off',
      sinceMs: finishedMs,
      // Where the present is not known the whole wait is still to come.
      dueMs: Math.max(0, (isNowKnown ? finishedMs : 0) + delayMs),
      startedMs: ended.startedMs,
      ended,
      crashDelayMs: delayMs,
      crashSetMs: ended.startedMs,
    };
    return { record, crash: crashOf(ended) };
  }
  const before = last ? { ended: last, startedMs: last.startedMs } : {};
  if (PULLING.has(reason))
    return {
      record: {
        ...rest,
        ...before,
        ...said,
        step: 'pull-back-off',
        dueMs: PULL_DELAY_MS / 2,
        pullDelayMs: PULL_DELAY_MS,
        pullFails: 1,
      },
      isImageGone: true,
    };
  if (NOT_BEGUN.has(reason)) return { record: { ...rest, ...before } };
  return { record: { ...rest, ...before, ...said, step: 'refused' } };
}
