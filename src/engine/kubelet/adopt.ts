// KUBELET-23: nodes take over the pods that they were found with: what runs goes on running, and what holds a pod up
// holds it still. What cannot be seen in a pod's status is assumed as a fault, so that a person can take it back.
import {
  type ContainerStatus,
  conditionOf,
  isTerminating,
  type Json,
  keyOf,
  type Node,
  type ObjectKey,
  type Pod,
  parseTime,
} from '#kube';
import type { Turn } from '../kernel/index.ts';
import { addressesSeen } from './addresses.ts';
import { type FoundContainer, type FoundPod, foundContainer } from './adopt-container.ts';
import { FAULT_SEEN, faultKey, imageTarget } from './fault-state.ts';
import { imageSeen } from './images.ts';
import { type ContainerRecord, isAlive, keepRecord, type PodRecord } from './record.ts';
import { timingOf } from './timing.ts';
import { claimNamesOf, claimVolumes, volumeHold } from './volumes.ts';

/** A pod that has waited for longer than this for its containers to begin is held by something. */
const CREATION_MS = 120_000;
/** A process that has not ended so long after SIGTERM does not heed it. */
const HEED_MS = 5000;

/** Sets everything up that nodes know beside the objects, for pods and nodes that were found as they are. */
export function adoptNodes(turn: Turn, isNowKnown: boolean): void {
  for (const node of turn.view.list('Node')) {
    adoptNode(turn, node);
    addressesSeen(turn, node);
  }
  for (const pod of turn.view.list('Pod')) if (pod.spec.nodeName !== undefined) adoptPod(turn, pod, isNowKnown);
}

/** A node that was not heard of goes on like that, and so does one that said it is not ready. */
function adoptNode(turn: Turn, node: Node): void {
  const ready = conditionOf(node.status, 'Ready');
  if (ready === undefined || ready.status === 'True') return;
  const sinceMs = Math.min(0, (parseTime(ready.lastTransitionTime) ?? turn.config.epochMs) - turn.config.epochMs);
  assume(turn, ready.status === 'Unknown' ? 'node-down' : 'node-unready', keyOf('Node', '', node.metadata.name), {
    sinceMs,
  });
}

function assume(turn: Turn, id: string, target: ObjectKey, value: Json): void {
  turn.remember(faultKey(id, target), value);
  turn.remember(FAULT_SEEN, true);
}

function adoptPod(turn: Turn, pod: Pod, isNowKnown: boolean): void {
  const { status, metadata, spec } = pod;
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return;
  const { epochMs } = turn.config;
  const found: FoundPod = {
    epochMs,
    timing: timingOf(turn.config),
    restartPolicy: spec.restartPolicy ?? 'Always',
    isNowKnown,
  };
  const containers = containersOf(found, pod);
  const records = containers.map(({ record }) => record);
  const hasBegun = status.podIP !== undefined || records.some(({ step }) => step !== 'idle');
  if (!hasBegun && !isTerminating(pod) && !isHeld(turn, pod, isNowKnown)) return;
  const startMs = Math.min(0, (parseTime(status.startTime) ?? epochMs) - epochMs);
  const claims = claimNamesOf(pod);
  const key = keyOf('Pod', metadata.namespace, metadata.name);
  const record: PodRecord = {
    uid: metadata.uid,
    key,
    node: spec.nodeName ?? '',
    stage: 'run',
    sinceMs: startMs,
    acceptedMs: startMs,
    ...(status.podIP !== undefined && { ip: status.podIP }),
    containers: hasBegun ? records : records.map((one) => heldUp(one, pod)),
    conditions: status.conditions ?? [],
    isFound: true,
    ...(claims.length > 0 && { claims }),
  };
  keepRecord(turn, isTerminating(pod) ? stopping(record, pod, epochMs) : record);
  if (hasBegun) claimVolumes(turn, pod);
  for (const { image, runs } of records) if (runs > 0) imageSeen(turn, record.node, image);
  assumeFaults(turn, key, metadata.uid, containers);
}

/** Init containers first, each with its status. */
function containersOf(found: FoundPod, { spec, status }: Pod): readonly FoundContainer[] {
  const statusIn = (list: readonly ContainerStatus[] | undefined, name: string) =>
    list?.find((one) => one.name === name);
  const inits = (spec.initContainers ?? []).map((one) =>
    foundContainer(
      found,
      one.restartPolicy === 'Always' ? 'sidecar' : 'init',
      one,
      statusIn(status.initContainerStatuses, one.name),
    ),
  );
  const apps = spec.containers.map((one) =>
    foundContainer(found, 'app', one, statusIn(status.containerStatuses, one.name)),
  );
  return [...inits, ...apps];
}

/** Whether something that is not among the objects keeps a pod's containers from beginning. */
function isHeld(turn: Turn, pod: Pod, isNowKnown: boolean): boolean {
  if (volumeHold(turn, pod) !== undefined) return false;
  const since = conditionOf(pod.status, 'PodScheduled')?.lastTransitionTime ?? pod.status.startTime;
  const ageMs = turn.config.epochMs - (parseTime(since) ?? turn.config.epochMs);
  return !isNowKnown || ageMs > CREATION_MS;
}

/** A container that does not begin, with what its status says of it. */
function heldUp(record: ContainerRecord, pod: Pod): ContainerRecord {
  const waiting = pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating';
  return { ...record, step: 'refused', waiting };
}

/** A pod that was found while it was being stopped: its grace period goes on. */
function stopping(record: PodRecord, { metadata }: Pod, epochMs: number): PodRecord {
  const graceMs = 1000 * (metadata.deletionGracePeriodSeconds ?? 0);
  const deadlineMs = Math.max(0, (parseTime(metadata.deletionTimestamp) ?? epochMs) - epochMs);
  const hasHeeded = graceMs - deadlineMs < HEED_MS;
  const containers = record.containers.map((container): ContainerRecord => {
    if (!isAlive(container) || container.kind === 'sidecar') return container;
    return {
      ...container,
      step: 'stop',
      sinceMs: deadlineMs - graceMs,
      dueMs: hasHeeded ? Math.min(deadlineMs, HEED_MS) : deadlineMs,
      stopExitCode: hasHeeded ? 0 : 137,
    };
  });
  return { ...record, stage: 'stop', sinceMs: deadlineMs - graceMs, deadlineMs, graceMs, containers };
}

/** What must be so that the pod stays as it was found. */
function assumeFaults(turn: Turn, key: ObjectKey, uid: string, found: readonly FoundContainer[]): void {
  const unready = found.filter(({ isUnready }) => isUnready).map(({ record }) => record.name);
  const crashing = found.filter(({ crash }) => crash);
  if (unready.length > 0) assume(turn, 'pod-not-ready', key, { uid, sinceMs: 0, containers: unready });
  const [first] = crashing;
  if (first?.crash)
    assume(turn, 'pod-crash-loop', key, {
      uid,
      sinceMs: 0,
      containers: crashing.map(({ record }) => record.name),
      ...first.crash,
    });
  for (const { record, isImageGone } of found)
    if (isImageGone) assume(turn, 'image-pull-fails', imageTarget(record.image), { sinceMs: 0 });
}
