// A pod as the page draws it: its state of design.md, its words, its countdowns.
import type { Moment, ReasonRecord, View } from '#engine';
import {
  type ContainerStatus,
  type ControllerRevision,
  conditionOf,
  controllerOf,
  isPodReady,
  isTerminating,
  keyOf,
  type Node,
  ordinalOf,
  type Pod,
  parseTime,
  podDisplay,
  type StatefulSet,
} from '#kube';
import { reasonBy, thoughtOf } from './thought.ts';
import type { PodFacts, PodState, RevisionLabel } from './types.ts';

/** What projections read: the moment, a view of its store, and what virtual time 0 is in Unix milliseconds. */
export interface SceneInput {
  readonly moment: Moment;
  readonly view: View;
  readonly epochMs: number;
}

/** A time of an object in virtual milliseconds. */
const virtualMs = (input: SceneInput, time: string): number => (parseTime(time) ?? input.epochMs) - input.epochMs;

/**
 * The label of a revision of a set. The number is the ControllerRevision's; the look goes by order of creation, so that
 * a roll-back, which renumbers a revision, does not change its colour.
 */
export function revisionLabel(input: SceneInput, namespace: string, name: string): RevisionLabel | undefined {
  const revision = input.view.get('ControllerRevision', namespace, name);
  if (!revision) return undefined;
  const owner = controllerOf(revision)?.uid;
  const siblings = input.view
    .list('ControllerRevision', namespace)
    .filter((other: ControllerRevision) => controllerOf(other)?.uid === owner);
  const look = ((Math.max(0, siblings.indexOf(revision)) % 3) + 1) as 1 | 2 | 3;
  return { name, number: revision.revision, hash: name.slice(name.lastIndexOf('-') + 1), look };
}

const PULL_FAILURES = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
]);

const statusesOf = (pod: Pod): readonly ContainerStatus[] => [
  ...(pod.status.initContainerStatuses ?? []),
  ...(pod.status.containerStatuses ?? []),
];

/** True when the pod's node does not report any more: its state is only the last known. */
function isOnSilentNode(node: Node | undefined): boolean {
  return conditionOf(node?.status, 'Ready')?.status === 'Unknown';
}

/** The state of design.md that a pod is in. `availableAtMs` is when minReadySeconds is over. */
function stateOf(input: SceneInput, pod: Pod, availableAtMs: number | undefined): PodState {
  const { phase } = pod.status;
  if (isTerminating(pod) && phase !== 'Succeeded' && phase !== 'Failed') return 'terminating';
  if (phase === 'Succeeded') return 'completed';
  if (phase === 'Failed') return 'crash-loop';
  const node = pod.spec.nodeName === undefined ? undefined : input.view.get('Node', '', pod.spec.nodeName);
  if (isOnSilentNode(node)) return 'unknown';
  const waiting = statusesOf(pod).map((status) => status.state.waiting?.reason);
  if (waiting.some((reason) => reason !== undefined && PULL_FAILURES.has(reason))) return 'pull-failed';
  if (statusesOf(pod).some(isCrashing)) return 'crash-loop';
  if (phase === 'Pending') {
    if (pod.spec.nodeName === undefined)
      return conditionOf(pod.status, 'PodScheduled')?.status === 'False' ? 'unschedulable' : 'pending';
    return pod.spec.initContainers?.length && pod.status.podIP !== undefined ? 'init' : 'creating';
  }
  if (!isPodReady(pod)) return 'not-ready';
  return availableAtMs !== undefined && availableAtMs > input.moment.counters.nowMs ? 'ready-not-available' : 'ready';
}

const isCrashing = (status: ContainerStatus): boolean =>
  status.state.waiting?.reason === 'CrashLoopBackOff' ||
  (status.state.terminated !== undefined && status.state.terminated.exitCode !== 0);

/** The words of design.md for each state. */
const WORDS: Readonly<Record<PodState, string>> = {
  pending: 'Pending',
  unschedulable: 'Pending',
  creating: 'Creating',
  init: 'Init',
  'not-ready': 'Not ready',
  'ready-not-available': 'Ready',
  ready: 'Ready',
  terminating: 'Terminating',
  'crash-loop': 'CrashLoop',
  'pull-failed': 'Pull failed',
  completed: 'Completed',
  unknown: 'Unknown',
};

function wordOf(state: PodState, pod: Pod, kubectlStatus: string): string {
  if (state === 'init') return kubectlStatus.startsWith('Init:') ? `Init ${kubectlStatus.slice(5)}` : 'Init';
  if (state === 'crash-loop' && pod.status.phase === 'Failed') return pod.status.reason ?? 'Failed';
  if (state === 'crash-loop' && kubectlStatus === 'Error') return 'Error';
  return WORDS[state];
}

/** When a container that waits in a back-off is tried again; its message tells the length, its last end the start. */
function retryAt(input: SceneInput, pod: Pod): number | undefined {
  for (const status of statusesOf(pod)) {
    const { waiting } = status.state;
    if (waiting?.reason !== 'CrashLoopBackOff') continue;
    const length = /back-off (?:(\d+)m)?(?:(\d+)s)?/.exec(waiting.message ?? '');
    const finishedAt = status.lastState?.terminated?.finishedAt;
    if (!length || finishedAt === undefined) continue;
    const seconds = Number(length[1] ?? 0) * 60 + Number(length[2] ?? 0);
    return virtualMs(input, finishedAt) + seconds * 1000;
  }
  return undefined;
}

/** When an image is pulled again, as the kubelet's reason tells. */
const retryOfPull = (reason: ReasonRecord | undefined): number | undefined => {
  const seconds = reason?.args?.seconds;
  return reason && typeof seconds === 'number' ? reason.sinceMs + 1000 * seconds : undefined;
};

/** When the present state began, as far as the object tells. */
function sinceOf(input: SceneInput, pod: Pod, state: PodState): number {
  const created = virtualMs(input, pod.metadata.creationTimestamp);
  if (state === 'terminating' && pod.metadata.deletionTimestamp !== undefined)
    return virtualMs(input, pod.metadata.deletionTimestamp) - 1000 * (pod.metadata.deletionGracePeriodSeconds ?? 0);
  const ready = conditionOf(pod.status, 'Ready')?.lastTransitionTime;
  if (ready !== undefined && state !== 'creating' && state !== 'pending') return virtualMs(input, ready);
  const scheduled = conditionOf(pod.status, 'PodScheduled')?.lastTransitionTime;
  return scheduled === undefined ? created : virtualMs(input, scheduled);
}

/** The last part of an image reference: what fits on a card. */
const shortImage = (image: string): string => image.slice(image.lastIndexOf('/') + 1).replace(/@sha256:.*/, '');

/** How often a pod of that name was made, as the API server counted. */
function incarnationOf(moment: Moment, podKey: string): number {
  const births = moment.memory.get(`births/${podKey}`);
  return typeof births === 'number' ? births : 1;
}

/** The facts of a pod. O(containers). */
export function podFacts(input: SceneInput, pod: Pod): PodFacts {
  const { metadata, spec, status } = pod;
  const namespace = metadata.namespace ?? '';
  const id = keyOf('Pod', namespace, metadata.name);
  const owner = controllerOf(pod);
  const set: StatefulSet | undefined =
    owner?.kind === 'StatefulSet' ? input.view.get('StatefulSet', namespace, owner.name) : undefined;
  const ordinal = set ? ordinalOf(metadata.name) : undefined;
  const revisionName = metadata.labels?.['controller-revision-hash'];
  const revision = set && revisionName ? revisionLabel(input, namespace, revisionName) : undefined;
  const minReadyMs = 1000 * (set?.spec.minReadySeconds ?? 0);
  const ready = conditionOf(status, 'Ready');
  const availableAtMs =
    ready?.status === 'True' && ready.lastTransitionTime !== undefined && minReadyMs > 0
      ? virtualMs(input, ready.lastTransitionTime) + minReadyMs
      : undefined;
  const state = stateOf(input, pod, availableAtMs);
  const display = podDisplay(pod);
  const reason = reasonBy(input.moment, spec.nodeName === undefined ? ['default-scheduler'] : ['kubelet'], id);
  const retryAtMs =
    state === 'crash-loop' ? retryAt(input, pod) : state === 'pull-failed' ? retryOfPull(reason) : undefined;
  const exitCode = statusesOf(pod)
    .map((container) => (container.state.terminated ?? container.lastState?.terminated)?.exitCode)
    .find((code) => code !== undefined);
  const graceMs = 1000 * (metadata.deletionGracePeriodSeconds ?? 0);
  return {
    type: 'pod',
    id,
    name: metadata.name,
    namespace,
    uid: metadata.uid,
    isUpdated: set !== undefined && revisionName === set.status.updateRevision,
    state,
    word: wordOf(state, pod, display.status),
    readyText: display.ready,
    kubectlStatus: display.status,
    image: shortImage(spec.containers[0]?.image ?? ''),
    restarts: display.restarts,
    incarnation: incarnationOf(input.moment, id),
    createdMs: virtualMs(input, metadata.creationTimestamp),
    sinceMs: sinceOf(input, pod, state),
    readyCondition: ready?.status === 'True',
    ...(set && { setId: keyOf('StatefulSet', namespace, set.metadata.name) }),
    ...(ordinal !== undefined && ordinal >= 0 && { ordinal }),
    ...(revision && { revision }),
    ...(spec.nodeName !== undefined && { nodeName: spec.nodeName }),
    ...(status.podIP !== undefined && { ip: status.podIP }),
    ...(state === 'terminating' &&
      metadata.deletionTimestamp !== undefined && {
        graceEndsMs: virtualMs(input, metadata.deletionTimestamp),
        graceMs,
      }),
    ...(availableAtMs !== undefined && { availableAtMs }),
    ...(retryAtMs !== undefined && { retryAtMs }),
    ...(exitCode !== undefined && (state === 'crash-loop' || state === 'completed') && { exitCode }),
    ...(reason && { thought: thoughtOf(reason) }),
  };
}
