// What the kubelet reports of a pod: phase, conditions and container statuses, made from its record.
// KUBELET-14. k8s: pkg/kubelet/kubelet_pods.go (getPhase), pkg/kubelet/status/generate.go
import {
  type Condition,
  type ContainerState,
  type ContainerStatus,
  conditionOf,
  fnv1a,
  formatTime,
  type Pod,
  type PodPhase,
  type PodStatus,
} from '#kube';
import { mix32 } from '#lib';
import { wholeName } from './images.ts';
import { type ContainerRecord, type Ending, isAlive, isInitialized, type PodRecord } from './record.ts';

/** Conditions that the kubelet writes, in its order. */
const OWN_CONDITIONS = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];

const HEX_WORDS = 8;

/** Sixty-four hexadecimal digits that follow from a text. */
function digest(text: string): string {
  const hash = fnv1a(text);
  let out = '';
  for (let i = 0; i < HEX_WORDS; i += 1) out += mix32(hash, i).toString(16).padStart(8, '0');
  return out;
}

const containerId = (record: PodRecord, container: ContainerRecord, run: number): string =>
  `containerd://${digest(`${record.uid}/${container.name}/${run}`)}`;

function imageId(image: string): string {
  const name = wholeName(image);
  return `${name.replace(/@.*$/, '').replace(/:[^:/]*$/, '')}@sha256:${digest(name)}`;
}

const terminated = (
  record: PodRecord,
  container: ContainerRecord,
  ending: Ending,
  run: number,
  epochMs: number,
): ContainerState => ({
  terminated: {
    exitCode: ending.exitCode,
    reason: ending.reason,
    startedAt: formatTime(epochMs + ending.startedMs),
    finishedAt: formatTime(epochMs + ending.finishedMs),
    containerID: containerId(record, container, run),
  } as NonNullable<ContainerState['terminated']>,
});

function stateOf(pod: Pod, record: PodRecord, container: ContainerRecord, epochMs: number): ContainerState {
  if (isAlive(container)) return { running: { startedAt: formatTime(epochMs + (container.startedMs ?? 0)) } };
  if (container.waiting !== undefined)
    return {
      waiting: { ...(container.message !== undefined && { message: container.message }), reason: container.waiting },
    };
  if (container.ended) return terminated(record, container, container.ended, container.runs, epochMs);
  return { waiting: { reason: pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating' } };
}

/** Statuses follow from immutable records: each is made once. */
const made = new WeakMap<ContainerRecord, ContainerStatus>();

function statusOfContainer(pod: Pod, record: PodRecord, container: ContainerRecord, epochMs: number): ContainerStatus {
  const known = made.get(container);
  if (known) return known;
  const isShownEnded = container.waiting === undefined;
  const last = container.ended && !isShownEnded ? container.ended : container.last;
  const lastRun = container.ended && !isShownEnded ? container.runs : container.runs - 1;
  const hasRun = container.runs > 0;
  // KUBELET-23: what was found of this run stays true of it: its ids, and fields that nothing here looks at.
  const found =
    container.found?.runs === container.runs ? (container.found.status as unknown as ContainerStatus) : undefined;
  const status: ContainerStatus = {
    ...found,
    ...(hasRun && { containerID: found?.containerID ?? containerId(record, container, container.runs) }),
    image: found?.image ?? (hasRun ? wholeName(container.image) : container.image),
    imageID: found?.imageID ?? (hasRun ? imageId(container.image) : ''),
    lastState:
      found?.lastState && isAlive(container)
        ? found.lastState
        : last
          ? terminated(record, container, last, lastRun, epochMs)
          : {},
    name: container.name,
    ready: container.kind === 'init' ? isInitialized(container) : container.ready,
    restartCount: container.restarts,
    started: container.started,
    state: stateOf(pod, record, container, epochMs),
  };
  made.set(container, status);
  return status;
}

/** Counts the app containers as upstream does: waiting ones that have run before count as stopped. */
export function phaseOf(pod: Pod, containers: readonly ContainerRecord[], isEnding: boolean): PodPhase {
  const policy = pod.spec.restartPolicy ?? 'Always';
  const apps = containers.filter(({ kind }) => kind === 'app');
  const initializing = containers.find((container) => container.kind !== 'app' && !isInitialized(container));
  const hasAnyAppRun = apps.some(({ runs }) => runs > 0);
  if (initializing && !hasAnyAppRun) {
    const isFailed = initializing.step === 'ended' && policy === 'Never';
    if (isFailed) return 'Failed';
    if (!isEnding) return 'Pending';
  }
  let waiting = 0;
  let running = 0;
  let stopped = 0;
  let succeeded = 0;
  for (const container of apps) {
    if (isAlive(container)) running += 1;
    else if (container.ended) {
      stopped += 1;
      if (container.ended.exitCode === 0 && container.waiting === undefined) succeeded += 1;
    } else waiting += 1;
  }
  if (isEnding && running === 0) return waiting === 0 && stopped === succeeded ? 'Succeeded' : 'Failed';
  if (waiting > 0) return 'Pending';
  if (running > 0) return 'Running';
  const isOver = apps.every(({ step }) => step === 'ended');
  if (!isOver || policy === 'Always') return 'Running';
  if (stopped === succeeded) return 'Succeeded';
  return policy === 'Never' ? 'Failed' : 'Running';
}

type Verdict = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

const isTrue = (type: string): Verdict => ({ type, status: 'True' });
const isFalse = (type: string, reason?: string, message?: string): Verdict => ({
  type,
  status: 'False',
  ...(reason !== undefined && { reason }),
  ...(message !== undefined && { message }),
});

const names = (containers: readonly ContainerRecord[]): string => `[${containers.map(({ name }) => name).join(' ')}]`;

function initializedOf(record: PodRecord, phase: PodPhase): Verdict {
  if (phase === 'Succeeded') return { type: 'Initialized', status: 'True', reason: 'PodCompleted' };
  if (record.containers.some(({ kind, runs }) => kind === 'app' && runs > 0)) return isTrue('Initialized');
  const open = record.containers.filter((container) => container.kind !== 'app' && !isInitialized(container));
  if (open.length === 0) return isTrue('Initialized');
  return isFalse('Initialized', 'ContainersNotInitialized', `containers with incomplete status: ${names(open)}`);
}

function containersReadyOf(record: PodRecord, phase: PodPhase): Verdict {
  if (phase === 'Succeeded') return isFalse('ContainersReady', 'PodCompleted');
  if (phase === 'Failed') return isFalse('ContainersReady', 'PodFailed');
  const open = record.containers.filter(({ kind, ready }) => kind !== 'init' && !ready);
  if (open.length === 0) return isTrue('ContainersReady');
  return isFalse('ContainersReady', 'ContainersNotReady', `containers with unready status: ${names(open)}`);
}

function readyOf(pod: Pod, containersReady: Verdict): Verdict {
  if (containersReady.status !== 'True') return { ...containersReady, type: 'Ready' };
  const open = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const condition = conditionOf(pod.status, conditionType);
    if (!condition) return `corresponding condition of pod readiness gate "${conditionType}" does not exist.`;
    if (condition.status === 'True') return [];
    return `the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`;
  });
  return open.length === 0 ? isTrue('Ready') : isFalse('Ready', 'ReadinessGatesNotReady', open.join(', '));
}

/** The conditions of a pod now; one whose status is as before keeps its time. */
function conditionsOf(pod: Pod, record: PodRecord, phase: PodPhase, now: string): readonly Condition[] {
  const containersReady = containersReadyOf(record, phase);
  const hasSandbox = record.ip !== undefined && record.stage !== 'unmount';
  const verdicts: readonly Verdict[] = [
    hasSandbox ? isTrue('PodReadyToStartContainers') : isFalse('PodReadyToStartContainers'),
    initializedOf(record, phase),
    readyOf(pod, containersReady),
    containersReady,
    isTrue('PodScheduled'),
  ];
  const before = record.conditions.length > 0 ? record.conditions : (pod.status.conditions ?? []);
  return verdicts.map((verdict) => {
    const known = before.find(({ type }) => type === verdict.type);
    const isKept = known?.status === verdict.status;
    if (isKept && known.reason === verdict.reason && known.message === verdict.message) return known;
    const lastTransitionTime = isKept ? (known.lastTransitionTime ?? now) : now;
    return { ...verdict, lastProbeTime: null, lastTransitionTime } as unknown as Condition;
  });
}

/** What a status says beyond its containers, for a pod that its node evicts. */
export interface Verdicts {
  readonly reason?: string;
  readonly message?: string;
  readonly conditions?: readonly Condition[];
}

/**
 * The status that the kubelet reports. Conditions that are not its own stay as they are in the API.
 * @param record the pod's record as it will be kept; its `conditions` are the last reported ones
 * @param hostIP the address of the node
 * @param now the present as objects carry it
 * @param isEnding the containers are not started again
 */
export function statusOf(
  pod: Pod,
  record: PodRecord,
  hostIP: string,
  epochMs: number,
  now: string,
  isEnding: boolean,
  verdicts: Verdicts = {},
): { readonly status: PodStatus; readonly own: readonly Condition[] } {
  const phase = verdicts.reason === undefined ? phaseOf(pod, record.containers, isEnding) : 'Failed';
  const own = conditionsOf(pod, record, phase, now);
  const others = (pod.status.conditions ?? []).filter(
    ({ type }) => !OWN_CONDITIONS.includes(type) && !verdicts.conditions?.some((added) => added.type === type),
  );
  const status = (container: ContainerRecord) => statusOfContainer(pod, record, container, epochMs);
  const inits = record.containers.filter(({ kind }) => kind !== 'app').map(status);
  const { reason: _reason, message: _message, initContainerStatuses: _inits, ...kept } = pod.status;
  return {
    own,
    status: {
      ...kept,
      phase,
      conditions: [...others, ...(verdicts.conditions ?? []), ...own],
      ...(verdicts.reason !== undefined && { reason: verdicts.reason }),
      ...(verdicts.message !== undefined && { message: verdicts.message }),
      containerStatuses: record.containers.filter(({ kind }) => kind === 'app').map(status),
      ...(inits.length > 0 && { initContainerStatuses: inits }),
      hostIP,
      ...(record.ip !== undefined && { podIP: record.ip, podIPs: [{ ip: record.ip }] }),
      startTime: formatTime(epochMs + record.acceptedMs),
    },
  };
}
