// POST to pods/binding: what the scheduler writes. k8s: pkg/registry/core/pod/storage BindingREST
import { type Condition, type KubeObject, kindByStoreKind, type ObjectKey, type Pod, partsOfKey } from '#kube';
import { must } from '#lib';
import type { ApiResult } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import { withTopologyLabels } from './admission/topology-labels.ts';
import { conflict, notFound } from './errors.ts';

const podKind = must(kindByStoreKind('Pod'), 'the kind Pod');

/** The conditions with one of that type set; the time moves only when the status does. k8s: UpdatePodCondition */
export function withPodCondition(
  conditions: readonly Condition[] | undefined,
  condition: Condition,
  now: string,
): readonly Condition[] {
  const before = conditions ?? [];
  const found = before.find(({ type }) => type === condition.type);
  const time = found && found.status === condition.status ? found.lastTransitionTime : now;
  const next = { ...condition, lastProbeTime: null, lastTransitionTime: time } as unknown as Condition;
  return found ? before.map((other) => (other === found ? next : other)) : [...before, next];
}

/**
 * Gives a pod its node (API-9).
 * @returns the pod, or NotFound, or Conflict for a pod that has a node or is being deleted
 */
export function bindPod(tx: Transaction, key: ObjectKey, nodeName: string): ApiResult<KubeObject> {
  const pod = tx.view.find(key) as Pod | undefined;
  const { name } = partsOfKey(key);
  if (!pod) return notFound(podKind, name);
  const refused = (why: string) => conflict({ ...podKind, plural: 'pods/binding' }, name, why);
  if (pod.metadata.deletionTimestamp !== undefined)
    return refused(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName) return refused(`pod ${name} is already assigned to node "${pod.spec.nodeName}"`);
  const placed = withTopologyLabels(pod, tx.view, nodeName);
  const bound: Pod = {
    ...placed,
    metadata: { ...placed.metadata, resourceVersion: tx.nextResourceVersion() },
    spec: { ...pod.spec, nodeName },
    status: {
      ...pod.status,
      conditions: withPodCondition(pod.status.conditions, { type: 'PodScheduled', status: 'True' }, tx.now),
    },
  };
  tx.put(key, bound);
  return { ok: true, object: bound, changed: true };
}
