// The taint eviction controller: deletes pods from nodes with NoExecute taints when their tolerations end, and takes
// that back when the taint goes in time. k8s: pkg/controller/tainteviction/taint_eviction.go
import {
  type Condition,
  conditionOf,
  isTerminating,
  keyOf,
  type Node,
  type ObjectKey,
  observedGenerationOf,
  type Pod,
  partsOfKey,
  type Taint,
  type Toleration,
} from '#kube';
import { isSame } from '#lib';
import { type Actor, act, done, type Outcome, type Turn, wait } from '../../kernel/index.ts';
import { noExecuteTaints } from '../node-lifecycle/index.ts';

const NAME = 'taint-eviction-controller';
const LATENCY_MS = 10;
const BY_TAINT_MANAGER = 'DeletionByTaintManager';

/** A deletion that is due. */
type Planned = {
  readonly uid: string;
  /** From when the toleration counts: the first time that the taint was seen. */
  readonly sinceMs: number;
  readonly atMs: number;
};

const planKey = (pod: ObjectKey): string => `evict/${pod}`;

export const taintEvictionController: Actor = {
  name: NAME,
  latencyMs: LATENCY_MS,
  watches: {
    Node: (change, enqueue) => {
      const before = change.before ? noExecuteTaints(change.before as Node) : [];
      const after = change.after ? noExecuteTaints(change.after as Node) : [];
      if (change.after && before.length + after.length > 0 && !isSame(before, after)) enqueue(change.key);
    },
    Pod: (change, enqueue, view) => {
      const before = change.before as Pod | undefined;
      const after = change.after as Pod | undefined;
      const nodeName = (after ?? before)?.spec.nodeName;
      if (nodeName === undefined || before?.spec === after?.spec) return;
      const node = view.get('Node', '', nodeName);
      if (!node || noExecuteTaints(node).length > 0) enqueue(change.key);
    },
  },
  reconcile: (turn, key) => (partsOfKey(key).kind === 'Node' ? syncNode(turn, key) : syncPod(turn, key)),
};

const podKey = (pod: Pod): ObjectKey => keyOf('Pod', pod.metadata.namespace, pod.metadata.name);

/** The taints of a node have changed: plans, or cancels, the deletion of its pods. O(pods on the node). */
function syncNode(turn: Turn, key: ObjectKey): Outcome {
  const node = turn.view.find(key) as Node | undefined;
  if (!node) return done;
  const { name } = node.metadata;
  const taints = noExecuteTaints(node);
  const pods = turn.view.podsOnNode(name);
  if (taints.length === 0) {
    const cancelled = pods.filter((pod) => cancel(turn, podKey(pod), pod)).length;
    return cancelled > 0 ? act('EVICT-3', key, { node: name, pods: cancelled }) : done;
  }
  for (const pod of pods) plan(turn, pod, taints);
  const planned = pods.flatMap((pod) => turn.recall<Planned>(planKey(podKey(pod))) ?? []);
  if (planned.length === 0) return done;
  const seconds = Math.round((Math.min(...planned.map(({ atMs }) => atMs)) - turn.nowMs) / 1000);
  return wait('EVICT-1', key, { node: name, pods: planned.length, seconds });
}

/** A pod has come to a tainted node, its tolerations have changed, it is gone, or its time is over. */
function syncPod(turn: Turn, key: ObjectKey): Outcome {
  const pod = turn.view.find(key) as Pod | undefined;
  const planned = turn.recall<Planned>(planKey(key));
  if (!pod || (planned && planned.uid !== pod.metadata.uid)) {
    if (planned) cancel(turn, key, pod ?? goneAs(key, planned.uid));
    if (!pod) return done;
  } else if (planned && planned.atMs <= turn.nowMs) return evict(turn, key, pod);
  const node = turn.view.get('Node', '', pod.spec.nodeName ?? '');
  if (node) plan(turn, pod, noExecuteTaints(node));
  return done;
}

/** A pod whose object is gone, as far as an event has to name it. */
const goneAs = (key: ObjectKey, uid: string): Pod => {
  const { namespace, name } = partsOfKey(key);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid, resourceVersion: '', creationTimestamp: '' },
    spec: { containers: [] },
    status: { phase: 'Unknown' },
  };
};

/** k8s: v1helper.ToleratesTaint */
function isTolerating({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return (operator === undefined || operator === '' || operator === 'Equal') && (value ?? '') === (taint.value ?? '');
}

/**
 * EVICT-1, EVICT-4: how long a pod may stay beside these taints.
 * @returns milliseconds; 0: not at all; undefined: for ever
 */
export function toleratedMs(tolerations: readonly Toleration[], taints: readonly Taint[]): number | undefined {
  let least: number | undefined;
  for (const taint of taints) {
    const used = tolerations.find((toleration) => isTolerating(toleration, taint));
    if (!used) return 0;
    if (used.tolerationSeconds === undefined) continue;
    least = Math.min(least ?? Number.POSITIVE_INFINITY, Math.max(0, used.tolerationSeconds * 1000));
  }
  return least;
}

/** True once this controller has deleted the pod: it is not deleted again. */
const isEvicted = (pod: Pod): boolean =>
  isTerminating(pod) && conditionOf(pod.status, 'DisruptionTarget')?.reason === BY_TAINT_MANAGER;

/** Plans the deletion of a pod, or leaves an earlier plan as it is. k8s: processPodOnNode */
function plan(turn: Turn, pod: Pod, taints: readonly Taint[]): void {
  const key = podKey(pod);
  if (taints.length === 0) {
    cancel(turn, key, pod);
    return;
  }
  const tolerated = toleratedMs(pod.spec.tolerations ?? [], taints);
  if (tolerated === undefined) {
    cancel(turn, key, pod);
    return;
  }
  const before = turn.recall<Planned>(planKey(key));
  let sinceMs = turn.nowMs;
  if (tolerated > 0) {
    if (isEvicted(pod)) return;
    if (before) {
      sinceMs = before.sinceMs;
      if (sinceMs < turn.nowMs) return;
      cancel(turn, key, pod);
    }
  } else cancel(turn, key, pod);
  turn.remember(planKey(key), { uid: pod.metadata.uid, sinceMs, atMs: turn.nowMs + tolerated } satisfies Planned);
  turn.wake(NAME, key, tolerated);
}

/** EVICT-3: drops a plan, and says so. @returns whether there was one */
function cancel(turn: Turn, key: ObjectKey, pod: Pod): boolean {
  if (turn.recall(planKey(key)) === undefined) return false;
  turn.remember(planKey(key), undefined);
  tell(turn, pod, `Cancelling deletion of Pod ${pod.metadata.namespace}/${pod.metadata.name}`);
  return true;
}

const tell = (turn: Turn, pod: Pod, message: string): void =>
  turn.event(pod, { type: 'Normal', reason: 'TaintManagerEviction', message });

/** EVICT-2: the toleration is over: the pod is deleted, with a condition that says why. */
function evict(turn: Turn, key: ObjectKey, pod: Pod): Outcome {
  const { name, namespace } = pod.metadata;
  const nodeName = pod.spec.nodeName ?? '';
  turn.remember(planKey(key), undefined);
  tell(turn, pod, `Marking for deletion Pod ${namespace}/${name}`);
  const target = {
    type: 'DisruptionTarget',
    ...observedGenerationOf(pod),
    status: 'True',
    reason: BY_TAINT_MANAGER,
    message: 'Taint manager: deleting due to NoExecute taint',
    lastProbeTime: null,
    lastTransitionTime: turn.now,
  } as unknown as Condition;
  const others = (pod.status.conditions ?? []).filter(({ type }) => type !== 'DisruptionTarget');
  turn.updateStatus<Pod>({ ...pod, status: { ...pod.status, conditions: [...others, target] } });
  const result = turn.delete(key, { uid: pod.metadata.uid });
  if (!result.ok) return done;
  return act('EVICT-2', keyOf('Node', '', nodeName), { pod: name, node: nodeName });
}
