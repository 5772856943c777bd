// The life of a container, step by step: a table of what ends each step. Steps that only time ends say when in the
// container's record; what happens while a container runs is in running.ts.
import { backOffPull, beginImage, endPull, forgetPull } from './images.ts';
import { probeOf, startProbes } from './probes.ts';
import { type ContainerRecord, isAlive, isInitialized, type StepId } from './record.ts';
import { endRun, goOnRunning, nextRunMs } from './running.ts';
import { type ContainerDraft, delayOf, goDuration, goTo, type Session, specOf, tellOf } from './session.ts';

const CRASH_BACK_OFF_FIRST_MS = 10_000;
const CRASH_BACK_OFF_MAX_MS = 300_000;

interface Step {
  /** The rule of SPEC.md that the step follows. */
  readonly rule: string;
  /** What happens when the step's time is over. Absent: something else than time ends it. */
  readonly end?: (session: Session, container: ContainerDraft) => void;
}

export const STEPS: Readonly<Record<StepId, Step>> = {
  idle: { rule: 'KUBELET-8' },
  pull: { rule: 'KUBELET-7', end: endPull },
  create: { rule: 'KUBELET-8', end: start },
  run: { rule: 'KUBELET-8' },
  stop: { rule: 'KUBELET-15', end: (session, container) => endRun(session, container, container.stopExitCode ?? 0) },
  exited: { rule: 'KUBELET-11', end: decide },
  'back-off': { rule: 'KUBELET-12', end: restart },
  'pull-failed': { rule: 'KUBELET-9', end: backOffPull },
  'pull-back-off': { rule: 'KUBELET-9', end: beginImage },
  refused: { rule: 'KUBELET-13' },
  ended: { rule: 'KUBELET-22' },
};

/** Steps in which a container has not yet tried to start: the next one of the pod waits for it. */
const BEFORE_START: ReadonlySet<StepId> = new Set(['idle', 'pull', 'create']);

/** Steps from which a container with another image begins anew at once. */
const RETRIED: ReadonlySet<StepId> = new Set(['refused', 'pull-failed', 'pull-back-off', 'back-off', 'pull', 'exited']);

/**
 * KUBELET-10: init containers run one after the other, each to its end; a sidecar only has to have started. Then the
 * other containers start in the order of the spec.
 */
function mayBegin(session: Session, index: number): boolean {
  const { containers } = session.record;
  for (let i = 0; i < index; i += 1) {
    const before = containers[i] as ContainerRecord;
    if (before.kind !== 'app' ? !isInitialized(before) : before.runs === 0 && BEFORE_START.has(before.step))
      return false;
  }
  return true;
}

/** Lets every container of the pod go on to the present. */
export function goOnContainers(session: Session): void {
  const { record, turn } = session;
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [index, container] of record.containers.entries()) {
      if (record.stage === 'run' && takeInImage(session, container)) isChanged = true;
      if (isAlive(container) && goOnRunning(session, container)) isChanged = true;
      else if (container.step === 'idle' && record.stage === 'run' && mayBegin(session, index)) {
        beginImage(session, container);
        isChanged = true;
      } else if (container.dueMs !== undefined && container.dueMs <= turn.nowMs) {
        STEPS[container.step].end?.(session, container);
        isChanged = true;
      }
    }
  }
}

/** KUBELET-20: a container that is not running takes a changed image at once. */
function takeInImage(session: Session, container: ContainerDraft): boolean {
  const image = specOf(session, container.name)?.image;
  if (image === undefined || image === container.image || isAlive(container)) return false;
  container.image = image;
  delete container.crashDelayMs;
  delete container.crashSetMs;
  forgetPull(container);
  if (RETRIED.has(container.step)) beginImage(session, container);
  return true;
}

/** KUBELET-8: the container is created and started. */
function start(session: Session, container: ContainerDraft): void {
  const { turn, timing } = session;
  tellOf(session, container, 'Normal', 'Created', 'Container created');
  tellOf(session, container, 'Normal', 'Started', 'Container started');
  if (container.ended) {
    container.last = container.ended;
    container.restarts += 1;
    delete container.ended;
  }
  container.runs += 1;
  container.startedMs = turn.nowMs;
  goTo(container, 'run', turn.nowMs);
  startProbes(session, container, turn.nowMs + delayOf(session, timing.appStartMs, container, 'answer'));
  container.started = container.kind !== 'init' && !probeOf(specOf(session, container.name), 'startup');
  container.ready = false;
}

/** What restart policy holds for a container. k8s: kubecontainer.ShouldContainerBeRestarted */
function isRestarted(session: Session, container: ContainerRecord): boolean {
  const policy = session.pod.spec.restartPolicy ?? 'Always';
  if (container.kind === 'sidecar') return true;
  if (policy === 'Never') return false;
  return (policy === 'Always' && container.kind === 'app') || container.ended?.exitCode !== 0;
}

/**
 * KUBELET-11, KUBELET-12: restarts an ended container at once, or after its back-off, or not at all.
 * k8s: kuberuntime doBackOff
 */
function decide(session: Session, container: ContainerDraft): void {
  const { turn, pod, record } = session;
  if (!isRestarted(session, container)) {
    goTo(container, 'ended', turn.nowMs);
    return;
  }
  const finishedMs = container.ended?.finishedMs ?? turn.nowMs;
  const { crashDelayMs } = container;
  if (crashDelayMs === undefined || isForgotten(container) || turn.nowMs - finishedMs >= crashDelayMs) {
    restart(session, container);
    return;
  }
  const { name, namespace } = pod.metadata;
  const who = `${name}_${namespace}(${record.uid})`;
  tellOf(
    session,
    container,
    'Warning',
    'BackOff',
    `Back-off restarting failed container ${container.name} in pod ${who}`,
  );
  goTo(container, 'back-off', turn.nowMs, finishedMs + crashDelayMs - turn.nowMs);
  container.waiting = 'CrashLoopBackOff';
  container.message = `back-off ${goDuration(crashDelayMs)} restarting failed container=${container.name} pod=${who}`;
}

/** A container that ran for long is given the first back-off again. k8s: flowcontrol.Backoff hasExpired */
const isForgotten = (container: ContainerRecord): boolean =>
  (container.ended?.finishedMs ?? 0) - (container.crashSetMs ?? 0) > 2 * CRASH_BACK_OFF_MAX_MS;

function restart(session: Session, container: ContainerDraft): void {
  const before = isForgotten(container) ? undefined : container.crashDelayMs;
  container.crashDelayMs = before === undefined ? CRASH_BACK_OFF_FIRST_MS : Math.min(CRASH_BACK_OFF_MAX_MS, before * 2);
  container.crashSetMs = session.turn.nowMs;
  beginImage(session, container);
}

/** When the first container of the pod goes on by itself; undefined when none will. */
export function nextContainerMs(session: Session): number | undefined {
  let next: number | undefined;
  for (const container of session.record.containers) {
    const own = container.dueMs;
    const run = isAlive(container) ? nextRunMs(session, container) : undefined;
    for (const atMs of [own, run]) if (atMs !== undefined && (next === undefined || atMs < next)) next = atMs;
  }
  return next;
}
