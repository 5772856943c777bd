// The ReplicaSet controller: as many active pods as asked for, whatever their names. k8s: pkg/controller/replicaset
import {
  controllerOf,
  type Draft,
  isTerminating,
  type KubeObject,
  keyOf,
  matchesSelector,
  type ObjectKey,
  type Pod,
  partsOfKey,
  type ReplicaSet,
} from '#kube';
import {
  type Actor,
  type ApiError,
  act,
  done,
  type Enqueue,
  keyOfObject,
  type ObjectChange,
  type Outcome,
  type Turn,
  type View,
  wait,
} from '../../kernel/index.ts';
import { claimObjects, controllerRefTo } from './claim.ts';
import { hasEnded, isActive, type Muster, musterOf } from './crews.ts';
import { availableAtMs, countsOf, type Failure, statusAfter } from './status.ts';
import { chooseVictims } from './victims.ts';

/** Pods that one sync creates or deletes at most. */
const BURST = 500;

const keyFor = (set: { readonly namespace: string | undefined; readonly name: string }): ObjectKey =>
  keyOf('ReplicaSet', set.namespace, set.name);

const ownerKeyOf = (pod: KubeObject): ObjectKey | undefined => {
  const owner = controllerOf(pod);
  return owner?.kind === 'ReplicaSet' ? keyFor({ namespace: pod.metadata.namespace, name: owner.name }) : undefined;
};

/** A pod wakes its owner, the owner it had, and while nobody owns it every set that could adopt it. */
function watchPod({ before, after }: ObjectChange, enqueue: Enqueue, view: View): void {
  const keys = new Set([before && ownerKeyOf(before), after && ownerKeyOf(after)]);
  for (const key of keys) if (key !== undefined) enqueue(key);
  if (!after || controllerOf(after)) return;
  if (before && before.metadata.labels === after.metadata.labels && !controllerOf(before)) return;
  for (const set of view.list('ReplicaSet', after.metadata.namespace ?? ''))
    if (matchesSelector(set.spec.selector, after.metadata.labels)) enqueue(keyOfObject(set));
}

/** Pods that a set may own, found by one of its labels rather than among all pods of the namespace. */
function candidatesFor(view: View, set: ReplicaSet): readonly Pod[] {
  const namespace = set.metadata.namespace ?? '';
  const labels = set.spec.selector.matchLabels ?? {};
  const key = labels['pod-template-hash'] === undefined ? Object.keys(labels)[0] : 'pod-template-hash';
  const byLabel =
    key === undefined ? view.list('Pod', namespace) : view.podsWithLabel(namespace, key, labels[key] ?? '');
  const strays = view
    .ownedBy(set.metadata.uid)
    .filter((pod) => key !== undefined && pod.metadata.labels?.[key] !== labels[key]);
  return strays.length > 0 ? [...byLabel, ...(strays as Pod[])] : byLabel;
}

/** A pod of a set's template. Its spec is the template's own, shared by all. k8s: controller.GetPodFromTemplate */
const podFrom = (set: ReplicaSet): Draft<Pod> => {
  const { labels, annotations } = set.spec.template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: '',
      generateName: `${set.metadata.name}-`,
      ...(set.metadata.namespace !== undefined && { namespace: set.metadata.namespace }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ownerReferences: [controllerRefTo(set)],
    },
    spec: set.spec.template.spec,
    status: { phase: 'Pending' },
  };
};

interface Managed {
  readonly count: number;
  readonly first?: string;
  readonly failure?: Failure | undefined;
}

/** Rules RS-1 and RS-6. Stops at the first refusal, as the slow start does when its first batch fails. */
function createPods(turn: Turn, set: ReplicaSet, missing: number): Managed {
  const draft = podFrom(set);
  for (let count = 0; count < Math.min(missing, BURST); count += 1) {
    const result = turn.create(draft);
    if (!result.ok)
      return { count, failure: { reason: 'FailedCreate', message: failed(turn, set, 'create', result.error) } };
    turn.event(set, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${result.object.metadata.name}`,
    });
  }
  return { count: Math.min(missing, BURST) };
}

function failed(turn: Turn, set: ReplicaSet, verb: 'create' | 'delete', error: ApiError): string {
  const [reason, doing] = verb === 'create' ? ['FailedCreate', 'creating'] : ['FailedDelete', 'deleting'];
  turn.event(set, { type: 'Warning', reason, message: `Error ${doing}: ${error.message}` });
  return error.message;
}

/** Rule RS-2. */
function deletePods(turn: Turn, set: ReplicaSet, surplus: number): Managed {
  const nowMs = turn.config.epochMs + turn.nowMs;
  const active = candidatesFor(turn.view, set).filter((pod) => isActive(pod) && isOwnMatch(set, pod));
  const victims = chooseVictims(active, relatedPods(turn.view, set), Math.min(surplus, BURST), nowMs);
  let failure: Failure | undefined;
  for (const pod of victims) {
    const result = turn.delete(keyOfObject(pod), { uid: pod.metadata.uid });
    if (result.ok)
      turn.event(set, { type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}` });
    else if (result.error.reason !== 'NotFound')
      failure ??= { reason: 'FailedDelete', message: failed(turn, set, 'delete', result.error) };
  }
  const first = victims[0]?.metadata.name;
  return { count: victims.length, failure, ...(first !== undefined && { first }) };
}

/** Active pods of all sets with the same controller, this one's included. k8s: getIndirectlyRelatedPods */
function relatedPods(view: View, set: ReplicaSet): readonly Pod[] {
  const controller = controllerOf(set);
  const sets = controller ? view.ownedBy(controller.uid) : [set];
  return sets.flatMap((other) => view.ownedBy(other.metadata.uid) as readonly Pod[]).filter(isActive);
}

/** What a sync finds before it creates or deletes anything. */
interface Found extends Muster {
  readonly adopted: number;
  readonly released: number;
  /** Until the next ready pod becomes available. */
  readonly againMs?: number | undefined;
}

/** What to say after a sync, and when to look again. */
function outcomeOf(
  set: ReplicaSet,
  managed: Managed & { readonly isCreating: boolean },
  { adopted, released, terminating, againMs, late }: Found,
): Outcome {
  const { name } = set.metadata;
  const { replicas } = set.spec;
  const key = keyOfObject(set);
  if (managed.failure) {
    const args = { set: name, error: managed.failure.message };
    return wait('RS-6', key, args, { failed: true });
  }
  const later = againMs === undefined ? {} : { againMs };
  if (managed.count > 0 && !managed.isCreating)
    return act(
      'RS-2',
      keyOf('Pod', set.metadata.namespace, managed.first ?? ''),
      { set: name, count: managed.count, pod: managed.first ?? '' },
      later,
    );
  if (managed.count > 0 && terminating > 0)
    return act('RS-4', key, { set: name, count: managed.count, terminating }, later);
  if (managed.count > 0) return act('RS-1', key, { set: name, count: managed.count, replicas }, later);
  if (adopted + released > 0) return act('RS-5', key, { set: name, adopted, released }, later);
  const available = set.status.availableReplicas ?? 0;
  if (available >= replicas) return { ...done, ...later };
  return wait('RS-3', late, { set: name, available, replicas }, later);
}

/** Until the next ready pod becomes available. */
function nextAvailableMs(turn: Turn, set: ReplicaSet, pods: readonly Pod[]): number | undefined {
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  if (minReadySeconds === 0) return undefined;
  const nowMs = turn.config.epochMs + turn.nowMs;
  let soonest: number | undefined;
  for (const pod of pods) {
    const fromMs = availableAtMs(pod, minReadySeconds);
    if (fromMs !== undefined && fromMs > nowMs && fromMs - nowMs < (soonest ?? Infinity)) soonest = fromMs - nowMs;
  }
  return soonest;
}

/** Looks at every pod that the set may own; takes in those that it should have and lets go of the others. */
function claimPods(turn: Turn, set: ReplicaSet): Found {
  const nowMs = turn.config.epochMs + turn.nowMs;
  const candidates = candidatesFor(turn.view, set);
  const { claimed, adopted, released } = claimObjects(turn, set, set.spec.selector, candidates.filter(isActive));
  const terminating = candidates.filter((pod) => isTerminating(pod) && !hasEnded(pod) && isOwnMatch(set, pod)).length;
  const late = claimed.find((pod) => (availableAtMs(pod, set.spec.minReadySeconds ?? 0) ?? Infinity) > nowMs);
  return {
    ...countsOf(set, claimed, terminating, nowMs),
    late: late && keyOfObject(late),
    adopted,
    released,
    againMs: nextAvailableMs(turn, set, claimed),
  };
}

/** One sync: claim, create or delete, report what was seen before. k8s: syncReplicaSet */
function reconcile(turn: Turn, key: string): Outcome {
  const { namespace, name } = partsOfKey(key);
  const set = turn.view.get('ReplicaSet', namespace, name);
  if (!set) return done;
  const muster = musterOf(turn.view, set);
  const found: Found = muster ? { ...muster, adopted: 0, released: 0 } : claimPods(turn, set);
  const missing = set.spec.replicas - found.active;
  let managed: Managed = { count: 0 };
  if (!isTerminating(set)) {
    if (missing > 0) managed = createPods(turn, set, missing);
    else if (missing < 0) managed = deletePods(turn, set, -missing);
  }
  const status = statusAfter(set, found, managed.failure, turn.now);
  if (status !== set.status) turn.updateStatus({ ...set, status });
  return outcomeOf({ ...set, status }, { ...managed, isCreating: missing > 0 }, found);
}

const isOwnMatch = (set: ReplicaSet, pod: Pod): boolean =>
  controllerOf(pod)?.uid === set.metadata.uid && matchesSelector(set.spec.selector, pod.metadata.labels);

export const replicaSetController: Actor = {
  name: 'replicaset-controller',
  latencyMs: 15,
  watches: {
    ReplicaSet: ({ key }, enqueue) => enqueue(key),
    Pod: watchPod,
  },
  reconcile,
};
