// The kubelets of all nodes, as one actor with one queue key for each pod. A turn takes the pod's record, lets it go on
// to the present, reports what changed, and asks to be called when the next thing is due. A pod that is well asks for
// nothing. k8s: pkg/kubelet/kubelet.go (SyncPod, SyncTerminatingPod), pkg/kubelet/pod_workers.go
import {
  type Condition,
  conditionOf,
  formatTime,
  isTerminating,
  keyOf,
  type Node,
  type ObjectKey,
  type Pod,
} from '#kube';
import { isSame } from '#lib';
import { type Actor, act, done, type Outcome, type Turn, wait } from '../kernel/index.ts';
import { hostAddress } from './addresses.ts';
import { nextContainerMs } from './container-steps.ts';
import { FAULT_SEEN, faultKey, faultsOn, POD_FAULTS } from './fault-state.ts';
import { LEFT_PREFIX, leftKey, stopLeftOver } from './left-over.ts';
import { isNewNode, NODE_PREFIX, reportNode } from './node-report.ts';
import { type ContainerRecord, keepRecord, type PodRecord, recallRecord, recordKey } from './record.ts';
import { type ContainerDraft, nodeKeyOf, type Session } from './session.ts';
import { beginEviction, beginStop, goOn, nextVolumeMs } from './stages.ts';
import { statusOf, type Verdicts } from './status.ts';
import { KUBELET_TIMING, timingOf } from './timing.ts';
import { claimNamesOf, isSilent, releaseVolumes, volumeHold } from './volumes.ts';
import { whyOf } from './why.ts';

const LATENCY_MS = 20;

export const kubelet: Actor = {
  name: 'kubelet',
  latencyMs: LATENCY_MS,
  isOn: (config) => config.kubelet === 'auto',
  watches: {
    Pod: (change, enqueue) => {
      const before = change.before as Pod | undefined;
      const after = change.after as Pod | undefined;
      if (after === undefined) {
        // Only its kubelet knows whether the pod went with its word: nearly always, and then there is nothing left.
        if (before?.spec.nodeName !== undefined) enqueue(leftKey(before));
        return;
      }
      if (after.spec.nodeName !== undefined && concernsKubelet(before, after)) enqueue(change.key);
    },
    Node: ({ key, before, after }, enqueue) => {
      // A person who creates a Node adds a machine: its kubelet reports by and by.
      if (!before && after && isNewNode(after as Node)) enqueue(key, KUBELET_TIMING.reportMs);
    },
    PersistentVolumeClaim: (change, enqueue, view) => {
      if (change.after === undefined) return;
      const { namespace = '', name } = change.after.metadata;
      for (const pod of view.podsUsingClaim(namespace, name))
        if (pod.spec.nodeName !== undefined && pod.status.podIP === undefined)
          enqueue(keyOf('Pod', namespace, pod.metadata.name));
    },
  },
  reconcile: (turn, key) => {
    if (key.startsWith(NODE_PREFIX)) return reportNode(turn, key);
    if (key.startsWith(LEFT_PREFIX)) return stopLeftOver(turn, key);
    return syncPod(turn, key);
  },
};

const hasEnded = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

/** Whether a change of a pod is news to its kubelet: its own reports are not. */
function concernsKubelet(before: Pod | undefined, after: Pod): boolean {
  if (before === undefined || before.spec !== after.spec) return true;
  if (before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp) return true;
  if (before.status === after.status) return false;
  if (after.spec.readinessGates?.length) return true;
  // KUBELET-18: someone else took the pod's readiness away.
  const isReady = (pod: Pod, type: string) => conditionOf(pod.status, type)?.status === 'True';
  return isReady(before, 'Ready') && !isReady(after, 'Ready') && isReady(after, 'ContainersReady');
}

/** One turn with one pod. O(its containers and claims). */
function syncPod(turn: Turn, key: ObjectKey): Outcome {
  const pod = turn.view.find(key) as Pod | undefined;
  const nodeName = pod?.spec.nodeName;
  if (!pod || nodeName === undefined) return done;
  const node = turn.view.get('Node', '', nodeName);
  if (!node) return wait('KUBELET-18', nodeKeyOf(nodeName), { pod: pod.metadata.name, node: nodeName, isGone: 1 });
  if (isSilent(turn, nodeName)) {
    const isEnding = isTerminating(pod) ? 1 : 0;
    return wait('KUBELET-18', nodeKeyOf(nodeName), { pod: pod.metadata.name, node: nodeName, isEnding });
  }
  const kept = recallRecord(turn, pod.metadata.uid);
  if (!kept && hasEnded(pod)) return isTerminating(pod) ? confirm(turn, pod, key) : done;
  const session = newSession(turn, pod, key, node, kept ?? acceptPod(turn, pod, key, nodeName));
  if (!kept) forgetFaults(turn, key, pod.metadata.uid);
  return settle(session, kept);
}

function newSession(turn: Turn, pod: Pod, key: ObjectKey, node: Node, record: PodRecord): Session {
  const containers = record.containers.map((container): ContainerDraft => ({ ...container }));
  const struck = faultsOn(turn, key, record.uid);
  return { turn, pod, key, node, timing: timingOf(turn.config), record: { ...record, containers }, struck };
}

/** KUBELET-1: the record of a pod that a kubelet sees for the first time. */
function acceptPod(turn: Turn, pod: Pod, key: ObjectKey, node: string): PodRecord {
  const { nowMs } = turn;
  const begin = (kind: ContainerRecord['kind'], name: string, image: string): ContainerRecord => ({
    name,
    kind,
    image,
    step: 'idle',
    sinceMs: nowMs,
    runs: 0,
    restarts: 0,
    started: false,
    ready: false,
  });
  const inits = (pod.spec.initContainers ?? []).map(({ name, image, restartPolicy }) =>
    begin(restartPolicy === 'Always' ? 'sidecar' : 'init', name, image),
  );
  const apps = pod.spec.containers.map(({ name, image }) => begin('app', name, image));
  const claims = claimNamesOf(pod);
  return {
    uid: pod.metadata.uid,
    key,
    node,
    stage: 'volumes',
    sinceMs: nowMs,
    acceptedMs: nowMs,
    containers: [...inits, ...apps],
    conditions: [],
    ...(claims.length > 0 && { claims }),
  };
}

/** Lets the pod go on, reports it, and says when to come back. */
function settle(session: Session, kept: PodRecord | undefined): Outcome {
  const { record, turn, pod } = session;
  const isEnding = record.stage === 'stop' || record.stage === 'unmount' || record.stage === 'evict';
  if (isTerminating(pod)) {
    const isShortened =
      record.stage === 'stop' && 1000 * (pod.metadata.deletionGracePeriodSeconds ?? 0) !== record.graceMs;
    if (!isEnding || isShortened) beginStop(session);
  } else if (!isEnding && session.struck.has('pod-fail')) beginEviction(session);
  const isOver = goOn(session);
  if (isOver && isTerminating(pod)) return confirmEnd(session);
  const verdicts = record.stage === 'evict' && isOver ? evictionVerdicts(session) : {};
  const { why } = isOver ? { why: undefined } : whyOf(session);
  const failed = report(session, kept, verdicts, isOver);
  if (failed) return { failed: true, why };
  const dueMs = isOver ? undefined : nextMs(session);
  return { why, ...(dueMs !== undefined && { againMs: Math.max(0, dueMs - turn.nowMs) }) };
}

function nextMs(session: Session): number | undefined {
  const { record, turn, pod } = session;
  if (record.stage === 'volumes') return nextVolumeMs(session, volumeHold(turn, pod));
  return record.dueMs ?? nextContainerMs(session);
}

/** Writes the status where it differs, and keeps the record. @returns true when the API server refused */
function report(session: Session, kept: PodRecord | undefined, verdicts: Verdicts, isOver: boolean): boolean {
  const { turn, pod, node, record } = session;
  const containers = record.containers.map((container, index) => {
    const before = kept?.containers[index];
    return before && isSame(before, container) ? before : container;
  });
  const next: PodRecord = { ...record, containers };
  // KUBELET-23
  if (kept?.isFound && !isOver && isSame(kept, next)) return false;
  const address = hostAddress(node);
  const { epochMs } = turn.config;
  const isEnding = record.stage === 'unmount';
  const { status, own } = statusOf(pod, next, address, epochMs, turn.now, isEnding, verdicts);
  const result = turn.updateStatus({ ...pod, status });
  if (!result.ok) return true;
  if (isOver) {
    forget(session);
    return false;
  }
  const { isFound: _found, ...reported } = next;
  const after: PodRecord = { ...reported, conditions: own };
  if (!kept || !isSame(kept, after)) keepRecord(turn, after);
  return false;
}

/** KUBELET-17: what the status of an evicted pod says. */
function evictionVerdicts({ record, turn }: Session): Verdicts {
  const message = record.evictMessage ?? '';
  const condition = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'TerminationByKubelet',
    message,
    lastProbeTime: null,
    lastTransitionTime: formatTime(turn.config.epochMs + turn.nowMs),
  } as unknown as Condition;
  return { reason: 'Evicted', message, conditions: [condition] };
}

/** KUBELET-16: everything of the pod is gone from its node: the last delete removes the object. */
function confirmEnd(session: Session): Outcome {
  forget(session);
  return confirm(session.turn, session.pod, session.key);
}

function confirm(turn: Turn, pod: Pod, key: ObjectKey): Outcome {
  const result = turn.delete(key, { gracePeriodSeconds: 0, uid: pod.metadata.uid });
  if (!result.ok && result.error.reason !== 'NotFound') return { failed: true };
  return act('KUBELET-16', key, {
    pod: pod.metadata.name,
    node: pod.spec.nodeName ?? '',
    claims: claimNamesOf(pod).join(', '),
    isGone: 1,
  });
}

/** Drops what the node knows of a pod, and lets go of its volumes. */
function forget({ turn, pod, record, key }: Session): void {
  turn.remember(recordKey(record.uid), undefined);
  forgetFaults(turn, key, undefined);
  releaseVolumes(turn, pod.metadata.namespace ?? '', record, true);
}

/** FAULT-3: a fault of a pod ends with that pod. Drops those that struck another one of this name. */
function forgetFaults(turn: Turn, key: ObjectKey, uid: string | undefined): void {
  if (turn.recall(FAULT_SEEN) === undefined) return;
  for (const id of POD_FAULTS) {
    const place = faultKey(id, key);
    const struck = turn.recall<{ readonly uid: string }>(place);
    if (struck !== undefined && struck.uid !== uid) turn.remember(place, undefined);
  }
}
