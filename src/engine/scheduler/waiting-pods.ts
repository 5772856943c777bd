// The pods without a node, kept by the store, and which changes are worth another try for them.
import { conditionOf, isTerminating, type KubeObject, keyOf, type ObjectKey, type Pod } from '#kube';
import type { Derived } from '../kernel/index.ts';

/** The name by which pods ask for this scheduler. */
export const SCHEDULER = 'default-scheduler';

/** True for a pod that this scheduler has to find a node for. */
export const isWaiting = (pod: Pod | undefined): pod is Pod =>
  pod !== undefined &&
  !pod.spec.nodeName &&
  !isTerminating(pod) &&
  pod.status.phase === 'Pending' &&
  (pod.spec.schedulerName ?? SCHEDULER) === SCHEDULER;

/** The pods that something holds for, kept by the store with every write of a pod. */
const podsWith = (holds: (pod: Pod | undefined) => boolean): Derived<Map<ObjectKey, Pod>> => ({
  kind: 'Pod',
  create: () => new Map(),
  change: (pods, before: KubeObject | undefined, after: KubeObject | undefined) => {
    const key = keyOf('Pod', (after ?? before)?.metadata.namespace, (after ?? before)?.metadata.name ?? '');
    if (holds(after as Pod | undefined)) pods.set(key, after as Pod);
    else pods.delete(key);
  },
});

/** What the scheduler said when it found no node for a pod; undefined for one that it has not refused. */
export function refusalOf(pod: Pod): string | undefined {
  const condition = conditionOf(pod.status, 'PodScheduled');
  return condition?.status === 'False' ? condition.message : undefined;
}

export const waitingPods = podsWith(isWaiting);

/** Those of the waiting pods that no node suited: few as a rule, while thousands may wait for their first turn. */
export const refusedPods = podsWith((pod) => isWaiting(pod) && refusalOf(pod) !== undefined);

/**
 * The order in which pods get their turn: the more important first, then the older, then by name with `web-2` before
 * `web-10`. k8s: PrioritySort
 */
export function comparePods(a: Pod, b: Pod): number {
  const priority = (b.spec.priority ?? 0) - (a.spec.priority ?? 0);
  if (priority !== 0) return priority;
  const [timeA, timeB] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (timeA !== timeB) return timeA < timeB ? -1 : 1;
  const [nameA, nameB] = [a.metadata.name, b.metadata.name];
  if (nameA.length !== nameB.length) return nameA.length - nameB.length;
  if (nameA !== nameB) return nameA < nameB ? -1 : 1;
  return (a.metadata.namespace ?? '') < (b.metadata.namespace ?? '') ? -1 : 1;
}
