// A running container: its probes flip, it crashes, an init container is done. Everything that will happen to it
// follows from its record and the faults that are set, so nothing has to be asked again and again.
import { faultKey, isImageStruck, type PodFault, programKey } from './fault-state.ts';
import {
  failureText,
  firstRunMs,
  type NextProbe,
  nextProbe,
  type ProbeKind,
  probeOf,
  scriptOf,
  timesOf,
  withAnswer,
} from './probes.ts';
import type { ContainerRecord } from './record.ts';
import { type ContainerDraft, goTo, type Session, specOf, tellOf } from './session.ts';
import { beginStopping, graceMsOf } from './stopping.ts';

const EXIT_CODE_CRASH = 1;

/** What happens next to a running container. */
type NextRun =
  | { readonly atMs: number; readonly what: 'crash' }
  | { readonly atMs: number; readonly what: 'complete' }
  | { readonly atMs: number; readonly what: 'probe'; readonly kind: ProbeKind; readonly answer: NextProbe['answer'] };

const READINESS: readonly ProbeKind[] = ['readiness'];
const AFTER_STARTUP: readonly ProbeKind[] = ['readiness', 'liveness'];
const STARTUP: readonly ProbeKind[] = ['startup'];

/** PROBE-2, PROBE-5: the probes that are asked; while a pod is being stopped only readiness is. */
function kindsOf(session: Session, container: ContainerRecord): readonly ProbeKind[] {
  if (container.step === 'stop' || session.record.stage !== 'run') return READINESS;
  return container.started ? AFTER_STARTUP : STARTUP;
}

/** When a container crashes by itself: only a fault makes it. */
function crashMs(session: Session, container: ContainerRecord): number | undefined {
  const { turn, record, timing } = session;
  if (record.stage !== 'run' || container.step !== 'run') return undefined;
  const startedMs = container.startedMs ?? turn.nowMs;
  if (isImageStruck(turn, 'image-crashes', container.image)) return startedMs + timing.crashAfterMs;
  if (strikesOne(session, 'pod-crash-loop', container))
    return startedMs + (faultOf(session, 'pod-crash-loop')?.afterMs ?? timing.crashAfterMs);
  const isOnce =
    container.kind === 'app' &&
    session.struck.has('pod-crash') &&
    faultOf(session, 'pod-crash')?.containers?.includes(container.name) !== false;
  return isOnce ? turn.nowMs : undefined;
}

const faultOf = ({ turn, key }: Session, id: string): PodFault | undefined => turn.recall<PodFault>(faultKey(id, key));

/** Whether a fault of the pod that is about one container strikes this one: the first, or those that the fault names. */
function strikesOne(session: Session, id: string, container: ContainerRecord): boolean {
  if (!session.struck.has(id)) return false;
  const { containers } = faultOf(session, id) ?? {};
  if (containers) return containers.includes(container.name);
  return container.kind === 'app' && session.pod.spec.containers[0]?.name === container.name;
}

function nextRun(session: Session, container: ContainerRecord): NextRun | undefined {
  const { timing } = session;
  let next: NextRun | undefined;
  const consider = (candidate: NextRun): void => {
    if (next === undefined || candidate.atMs < next.atMs) next = candidate;
  };
  const crash = crashMs(session, container);
  if (crash !== undefined) consider({ atMs: crash, what: 'crash' });
  if (container.kind === 'init' && container.step === 'run')
    consider({ atMs: (container.startedMs ?? 0) + timing.initRunMs, what: 'complete' });
  const spec = specOf(session, container.name);
  for (const kind of kindsOf(session, container)) {
    const run = container[kind];
    const probe = probeOf(spec, kind);
    if (!run || !probe) continue;
    const times = timesOf(probe);
    const hasStartup = kind !== 'startup' && container.startup !== undefined;
    const found = nextProbe(run, times, firstRunMs(container, times, timing.probeFirstMs, hasStartup));
    if (found) consider({ what: 'probe', kind, ...found });
  }
  return next;
}

/** When the next thing happens to a running container; undefined when nothing will. */
export const nextRunMs = (session: Session, container: ContainerRecord): number | undefined =>
  nextRun(session, container)?.atMs;

/**
 * Lets a running container go on to the present.
 * @returns whether anything changed
 */
export function goOnRunning(session: Session, container: ContainerDraft): boolean {
  const { turn } = session;
  if (takeInFaults(session, container)) return true;
  const next = nextRun(session, container);
  if (next === undefined || next.atMs > turn.nowMs) return false;
  if (next.what === 'complete') endRun(session, container, 0);
  else if (next.what === 'probe') takeInAnswer(session, container, next.kind, next.answer);
  else {
    const { key } = session;
    const once = session.struck.has('pod-crash') ? faultOf(session, 'pod-crash') : undefined;
    if (session.struck.delete('pod-crash')) turn.remember(faultKey('pod-crash', key), undefined);
    endRun(session, container, once?.exitCode ?? faultOf(session, 'pod-crash-loop')?.exitCode ?? EXIT_CODE_CRASH);
  }
  return true;
}

/**
 * KCTL-23: a program that a probe's script calls and that is not there. A probe that names its program itself, without a
 * shell, does not fail: the kubelet throws away the result of a command that cannot be begun.
 */
function missingProgram(session: Session, container: ContainerRecord, kind: ProbeKind): string | undefined {
  const script = scriptOf(probeOf(specOf(session, container.name), kind));
  return script
    ?.match(/[\w.+-]+/g)
    ?.find(
      (word) => session.turn.recall(programKey(session.pod.metadata.uid, container.name, word)) === container.restarts,
    );
}

/** Whether a process answers a probe well, as far as faults go. */
function isAnswering(session: Session, container: ContainerRecord, kind: ProbeKind): boolean {
  const { struck } = session;
  if (struck.has('pod-hang') || missingProgram(session, container, kind) !== undefined) return false;
  if (kind !== 'readiness' || !struck.has('pod-not-ready')) return true;
  return faultOf(session, 'pod-not-ready')?.containers?.includes(container.name) === false;
}

/** A pod without any readiness probe stops being ready as if its first container had one. */
function isReadyWithoutProbe(session: Session, container: ContainerRecord): boolean {
  if (!strikesOne(session, 'pod-not-ready', container)) return true;
  if (faultOf(session, 'pod-not-ready')?.containers) return false;
  return session.pod.spec.containers.some((spec) => spec.readinessProbe !== undefined);
}

/** Takes in what faults and the spec say by now: answers turn bad or good, an image is another one. */
function takeInFaults(session: Session, container: ContainerDraft): boolean {
  const { turn, record } = session;
  let isChanged = false;
  for (const kind of kindsOf(session, container)) {
    const run = container[kind];
    if (!run) continue;
    const after = withAnswer(run, isAnswering(session, container, kind), turn.nowMs);
    if (after === run) continue;
    container[kind] = after;
    isChanged = true;
  }
  const ready = readyOf(session, container);
  if (ready !== container.ready) {
    container.ready = ready;
    isChanged = true;
  }
  const image = specOf(session, container.name)?.image;
  if (image !== undefined && image !== container.image && container.step === 'run' && record.stage === 'run') {
    // KUBELET-20
    beginStopping(
      session,
      container,
      graceMsOf(session),
      `Container ${container.name} definition changed, will be restarted`,
    );
    return true;
  }
  return isChanged;
}

function readyOf(session: Session, container: ContainerRecord): boolean {
  if (container.kind === 'init' || !container.started) return false;
  return container.readiness ? container.readiness.result === 'success' : isReadyWithoutProbe(session, container);
}

/** PROBE-1 to PROBE-4: what an attempt of a probe brings about. */
function takeInAnswer(session: Session, container: ContainerDraft, kind: ProbeKind, answer: NextProbe['answer']): void {
  const { turn, record } = session;
  const run = container[kind];
  const probe = probeOf(specOf(session, container.name), kind);
  if (!run || !probe) return;
  if (answer === 'success') {
    container[kind] = { ...run, result: 'success', fails: 0, starting: false };
    if (kind === 'startup') {
      container.started = true;
      container.startupMs = turn.nowMs;
    }
    container.ready = readyOf(session, container);
    return;
  }
  const isHanging = session.struck.has('pod-hang');
  const missing = missingProgram(session, container, kind);
  const text =
    missing === undefined ? failureText(probe, record.ip ?? '', isHanging) : `sh: 1: ${missing}: not found\n`;
  const title = `${kind[0]?.toUpperCase()}${kind.slice(1)}`;
  tellOf(session, container, 'Warning', 'Unhealthy', `${title} probe failed: ${text}`);
  const fails = run.fails + 1;
  const isFlipped = fails >= timesOf(probe).failureThreshold;
  container[kind] = { ...run, fails, ...(isFlipped && { result: 'failure' as const }) };
  if (!isFlipped) return;
  if (kind === 'readiness') {
    container.ready = false;
    return;
  }
  const graceMs =
    probe.terminationGracePeriodSeconds === undefined ? graceMsOf(session) : 1000 * probe.terminationGracePeriodSeconds;
  beginStopping(session, container, graceMs, `Container ${container.name} failed ${kind} probe, will be restarted`);
}

/** The process of a container has ended. */
export function endRun(session: Session, container: ContainerDraft, exitCode: number): void {
  const { turn, timing, record, key } = session;
  container.ended = {
    exitCode,
    reason: exitCode === 0 ? 'Completed' : 'Error',
    startedMs: container.startedMs ?? turn.nowMs,
    finishedMs: turn.nowMs,
  };
  container.ready = false;
  container.started = false;
  delete container.stopExitCode;
  // A new process does not hang.
  if (container.kind === 'app' && session.struck.delete('pod-hang'))
    turn.remember(faultKey('pod-hang', key), undefined);
  const isDone = record.stage !== 'run' || (container.kind === 'init' && exitCode === 0);
  if (isDone) goTo(container, 'ended', turn.nowMs);
  else goTo(container, 'exited', turn.nowMs, timing.exitNoticeMs);
}
