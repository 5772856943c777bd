// The pod garbage collector: removes by force the pods that no kubelet can remove any more. It works every twenty
// seconds; turns are queued only while there is something to do. k8s: pkg/controller/podgc/gc_controller.go
import {
  type Condition,
  isTerminating,
  keyOf,
  type Node,
  type ObjectKey,
  observedGenerationOf,
  type Pod,
  partsOfKey,
} from '#kube';
import { type Actor, act, done, type Outcome, type Turn, type View, wait } from '../../kernel/index.ts';
import { isNodeReady, OUT_OF_SERVICE } from '../node-lifecycle/index.ts';

const LATENCY_MS = 20;
const PERIOD_MS = 20_000;
/** How long pods of a missing node are left alone. */
const QUARANTINE_MS = 40_000;

export const podGarbageCollector: Actor = {
  name: 'pod-garbage-collector',
  latencyMs: LATENCY_MS,
  watches: {
    Node: (change, enqueue, view) => {
      const after = change.after as Node | undefined;
      if (!after || isOutOfService(after))
        if (view.podsOnNode(partsOfKey(change.key).name).length > 0) enqueue(change.key);
    },
    Pod: (change, enqueue, view) => {
      const before = change.before as Pod | undefined;
      const after = change.after as Pod | undefined;
      if (!after) return;
      const isNewlyBound = after.spec.nodeName !== undefined && before?.spec.nodeName === undefined;
      const isNewlyDeleted = isTerminating(after) && !(before && isTerminating(before));
      if (!isNewlyBound && !isNewlyDeleted) return;
      if (after.spec.nodeName === undefined) enqueue(change.key);
      else if (isConcerned(view, after)) enqueue(keyOf('Node', '', after.spec.nodeName));
    },
  },
  reconcile: (turn, key) => (partsOfKey(key).kind === 'Pod' ? collectUnscheduled(turn, key) : collectOnNode(turn, key)),
};

const isOutOfService = (node: Node): boolean =>
  !isNodeReady(node) && node.spec.taints?.some(({ key }) => key === OUT_OF_SERVICE) === true;

function isConcerned(view: View, pod: Pod): boolean {
  const node = view.get('Node', '', pod.spec.nodeName ?? '');
  return !node || isOutOfService(node);
}

/** How long it is to the next round of the collector; 0 during one. */
const msToRound = (turn: Turn): number => (PERIOD_MS - (turn.nowMs % PERIOD_MS)) % PERIOD_MS;

const quarantineKey = (node: string): string => `pod-gc/${node}`;

function collectOnNode(turn: Turn, key: ObjectKey): Outcome {
  const { name } = partsOfKey(key);
  const node = turn.view.get('Node', '', name);
  const pods = turn.view.podsOnNode(name);
  if (!node && pods.length > 0) return collectOrphans(turn, key, name, pods);
  if (turn.recall(quarantineKey(name)) !== undefined) turn.remember(quarantineKey(name), undefined);
  return node && isOutOfService(node) ? collectTerminating(turn, key, name, pods.filter(isTerminating)) : done;
}

/** NODE-7: pods of a node that no longer exists, after a quarantine in which it may come back. */
function collectOrphans(turn: Turn, key: ObjectKey, name: string, pods: readonly Pod[]): Outcome {
  const args = { node: name, seconds: QUARANTINE_MS / 1000 };
  const sinceMs = turn.recall<number>(quarantineKey(name));
  const endMs = sinceMs === undefined ? undefined : sinceMs + QUARANTINE_MS;
  if (msToRound(turn) > 0 || (endMs !== undefined && endMs > turn.nowMs)) {
    const againMs = endMs === undefined ? msToRound(turn) : endMs - turn.nowMs;
    return wait('NODE-7', key, args, { againMs });
  }
  if (endMs === undefined) {
    turn.remember(quarantineKey(name), turn.nowMs);
    return wait('NODE-7', key, args, { againMs: QUARANTINE_MS });
  }
  const message = 'PodGC: node no longer exists';
  for (const pod of pods) failAndRemove(turn, pod, { reason: 'DeletionByPodGC', message });
  turn.remember(quarantineKey(name), undefined);
  return act('NODE-7', key, { ...args, isOver: 1 });
}

/** NODE-8: pods that are being deleted on a node that a person has declared out of service. */
function collectTerminating(turn: Turn, key: ObjectKey, name: string, pods: readonly Pod[]): Outcome {
  if (pods.length === 0) return done;
  if (msToRound(turn) > 0) return wait('NODE-8', key, { node: name }, { againMs: msToRound(turn) });
  for (const pod of pods) failAndRemove(turn, pod);
  return act('NODE-8', key, { node: name });
}

/** NODE-9: a pod that is being deleted and never had a node. */
function collectUnscheduled(turn: Turn, key: ObjectKey): Outcome {
  const pod = turn.view.find(key) as Pod | undefined;
  if (!pod || !isTerminating(pod) || pod.spec.nodeName !== undefined) return done;
  if (pod.status.phase === 'Failed') return done;
  if (msToRound(turn) > 0) return { againMs: msToRound(turn) };
  failAndRemove(turn, pod);
  return act('NODE-9', key, { pod: pod.metadata.name });
}

/** Marks a pod Failed and removes it without a grace period. k8s: markFailedAndDeletePodWithCondition */
function failAndRemove(turn: Turn, pod: Pod, target?: { readonly reason: string; readonly message: string }): void {
  const key = keyOf('Pod', pod.metadata.namespace, pod.metadata.name);
  if (pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed') {
    const others = (pod.status.conditions ?? []).filter(({ type }) => type !== 'DisruptionTarget' || !target);
    const added = target && {
      type: 'DisruptionTarget',
      ...observedGenerationOf(pod),
      status: 'True',
      ...target,
      lastProbeTime: null,
      lastTransitionTime: turn.now,
    };
    const conditions = (added ? [...others, added] : others) as readonly Condition[];
    turn.updateStatus<Pod>({
      ...pod,
      status: { ...pod.status, ...observedGenerationOf(pod), phase: 'Failed', conditions },
    });
  }
  turn.delete(key, { gracePeriodSeconds: 0 });
}
