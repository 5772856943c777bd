// The life of a pod on its node, stage by stage: a table of what each stage waits for, how long it takes, what it does
// at its end, and what comes next. The containers of a pod have a table of their own: container-steps.ts.
import type { Pod } from '#kube';
import { hostAddress, takeAddress } from './addresses.ts';
import { goOnContainers } from './container-steps.ts';
import { isUnhealthy } from './fault-state.ts';
import { type ContainerRecord, isAlive, type StageId } from './record.ts';
import { enter, type Session, tell } from './session.ts';
import { beginStopping, graceMsOf } from './stopping.ts';
import {
  claimNamesOf,
  claimVolumes,
  tellAttached,
  tellMultiAttach,
  type VolumeHold,
  volumeHold,
  volumesToAttach,
} from './volumes.ts';

export interface Stage {
  /** The rule of SPEC.md that the stage follows. */
  readonly rule: string;
  /** How long the stage takes at least. */
  readonly afterMs?: (session: Session) => number;
  /** What goes on during the stage; true when it may end. Absent: time alone ends it. */
  readonly when?: (session: Session) => boolean;
  /** What happens at its end, and the stage that follows; undefined at the end of the pod. */
  readonly next: (session: Session) => StageId | undefined;
}

const SANDBOX_RETRY_MS = 10_000;
/** A kubelet says every two minutes and three seconds that volumes are missing. k8s: podAttachAndMountTimeout */
const MOUNT_TIMEOUT_MS = 123_000;
/** How often a kubelet looks whether a volume has been detached elsewhere. */
const VOLUME_CHECK_MS = 5000;

export const STAGES: Readonly<Record<StageId, Stage>> = {
  volumes: {
    rule: 'KUBELET-2',
    when: areVolumesFree,
    next: ({ turn, pod, record }) => {
      const attaching = volumesToAttach(turn, pod);
      claimVolumes(turn, pod);
      delete record.warned;
      delete record.warnMs;
      if (attaching.length === 0) return 'sandbox';
      record.attaching = attaching;
      return 'attach';
    },
  },
  attach: {
    rule: 'KUBELET-3',
    afterMs: ({ timing }) => timing.attachMs,
    next: ({ turn, pod, record }) => {
      tellAttached(turn, pod, record.attaching ?? []);
      delete record.attaching;
      return 'sandbox';
    },
  },
  sandbox: {
    rule: 'KUBELET-5',
    afterMs: ({ timing, pod }) => timing.sandboxMs + (claimNamesOf(pod).length > 0 ? timing.mountMs : 0),
    when: makeSandbox,
    next: () => 'run',
  },
  run: {
    rule: 'KUBELET-8',
    when: (session) => {
      goOnContainers(session);
      return isOver(session.record.containers);
    },
    next: () => 'stop',
  },
  stop: { rule: 'KUBELET-15', when: areContainersStopped, next: () => 'unmount' },
  unmount: { rule: 'KUBELET-16', afterMs: ({ timing }) => timing.unmountMs, next: () => undefined },
  evict: { rule: 'KUBELET-17', when: areContainersStopped, next: () => undefined },
};

/**
 * Lets the pod go on to the present, through as many stages as are over.
 * @returns true when its last stage is over
 */
export function goOn(session: Session): boolean {
  const { record, turn } = session;
  for (;;) {
    const stage = STAGES[record.stage];
    const isDue = record.dueMs === undefined || record.dueMs <= turn.nowMs;
    if (!isDue || stage.when?.(session) === false) return false;
    const next = stage.next(session);
    if (next === undefined) return true;
    enter(record, next, turn.nowMs, STAGES[next].afterMs?.(session));
  }
}

/** KUBELET-22: no container of the pod is started again: the init container failed for good, or all others have ended. */
const isOver = (containers: readonly ContainerRecord[]): boolean =>
  containers.some(({ kind, step, ended }) => kind === 'init' && step === 'ended' && ended?.exitCode !== 0) ||
  containers.every(({ kind, step }) => kind !== 'app' || step === 'ended');

/** KUBELET-2, KUBELET-4: claims must be bound, and volumes free. Says so when they are not. */
function areVolumesFree(session: Session): boolean {
  const { turn, pod, record } = session;
  const hold = volumeHold(turn, pod);
  if (!hold) return true;
  if (hold.why === 'attached') tellMultiAttach(session, hold);
  record.warnMs ??= turn.nowMs + MOUNT_TIMEOUT_MS;
  if (record.warnMs <= turn.nowMs) {
    record.warnMs = turn.nowMs + MOUNT_TIMEOUT_MS;
    tell(session, 'Warning', 'FailedMount', mountFailure(pod));
  }
  return false;
}

function mountFailure(pod: Pod): string {
  const missing = (pod.spec.volumes ?? []).filter((volume) => volume.persistentVolumeClaim).map(({ name }) => name);
  return `Unable to attach or mount volumes: unmounted volumes=[${missing.join(' ')}], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition`;
}

/** When a pod that waits for its volumes is looked at again, whatever happens. */
export function nextVolumeMs(session: Session, hold: VolumeHold | undefined): number | undefined {
  const { record, turn } = session;
  if (hold?.why !== 'attached') return record.warnMs;
  const checkMs = Math.min(hold.freeMs ?? Number.POSITIVE_INFINITY, turn.nowMs + VOLUME_CHECK_MS);
  return Math.min(record.warnMs ?? checkMs, checkMs);
}

const NETWORK_DOWN =
  'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

/** KUBELET-5, KUBELET-6: the sandbox gets an address, unless the node's network is down or its range used up. */
function makeSandbox(session: Session): boolean {
  const { turn, record, node, pod } = session;
  if (pod.spec.hostNetwork === true) {
    record.ip = hostAddress(node);
    return true;
  }
  if (isUnhealthy(turn, record.node)) {
    tell(session, 'Warning', 'NetworkNotReady', NETWORK_DOWN);
    record.dueMs = turn.nowMs + SANDBOX_RETRY_MS;
    return false;
  }
  const ip = takeAddress(turn, node);
  if (ip === undefined) {
    const message =
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: no IP addresses available in range set';
    tell(session, 'Warning', 'FailedCreatePodSandBox', message);
    record.dueMs = turn.nowMs + SANDBOX_RETRY_MS;
    return false;
  }
  record.ip = ip;
  return true;
}

/** KUBELET-15: begins to stop a pod that is being deleted, or takes in that its grace period was shortened. */
export function beginStop(session: Session): void {
  const { record, turn, pod } = session;
  const graceMs = 1000 * (pod.metadata.deletionGracePeriodSeconds ?? 0);
  if (record.stage === 'stop') {
    const deadlineMs = turn.nowMs + Math.max(graceMs, 2000);
    for (const container of record.containers)
      if (container.step === 'stop' && (container.dueMs ?? 0) > deadlineMs) {
        container.dueMs = deadlineMs;
        container.stopExitCode = 137;
      }
    record.deadlineMs = Math.min(record.deadlineMs ?? deadlineMs, deadlineMs);
    record.graceMs = graceMs;
    return;
  }
  enter(record, 'stop', turn.nowMs);
  record.deadlineMs = turn.nowMs + graceMs;
  record.graceMs = graceMs;
  for (const container of record.containers) {
    if (container.kind !== 'sidecar' && container.step === 'run')
      beginStopping(session, container, graceMs, `Stopping container ${container.name}`);
    else if (!isAlive(container)) delete container.dueMs;
  }
}

/** KUBELET-10, KUBELET-15: sidecars are stopped after the others, in reverse order. @returns true when all have stopped */
function areContainersStopped(session: Session): boolean {
  const { record, turn } = session;
  for (;;) {
    goOnContainers(session);
    const alive = record.containers.filter(isAlive);
    if (alive.length === 0) return true;
    const last = alive[alive.length - 1];
    if (last === undefined || alive.some(({ step, kind }) => step === 'stop' || kind !== 'sidecar')) return false;
    const leftMs = Math.max(0, (record.deadlineMs ?? turn.nowMs) - turn.nowMs);
    beginStopping(session, last, leftMs, `Stopping container ${last.name}`);
  }
}

/** KUBELET-17: the node evicts a pod to win back memory: its containers are killed, it fails. */
export function beginEviction(session: Session): void {
  const { record, turn, pod, timing } = session;
  const name = pod.spec.containers[0]?.name ?? '';
  const message = `The node was low on resource: memory. Threshold quantity: 100Mi, available: 80Mi. Container ${name} was using 260Mi, request is 0, has larger consumption of memory. `;
  tell(session, 'Warning', 'Evicted', message);
  enter(record, 'evict', turn.nowMs);
  record.evictMessage = message;
  record.deadlineMs = turn.nowMs;
  for (const container of record.containers) {
    if (!isAlive(container)) {
      delete container.dueMs;
      continue;
    }
    beginStopping(session, container, graceMsOf(session), `Stopping container ${container.name}`);
    container.stopExitCode = 137;
    container.dueMs = turn.nowMs + timing.evictMs;
  }
}
