// POST to pods/eviction: a deletion that asks the disruption budgets first. k8s: pkg/registry/core/pod/storage/eviction.go
import {
  conditionOf,
  isPodReady,
  isTerminating,
  type KubeObject,
  kindByStoreKind,
  matchesSelector,
  type ObjectKey,
  type Pod,
  type PodDisruptionBudget,
  partsOfKey,
} from '#kube';
import { must } from '#lib';
import type { ApiResult, DeleteOptions } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import { withPodCondition } from './bind.ts';
import { deleteObject } from './delete.ts';
import { forbidden, notFound, type Refusal, refuse, tooManyRequests } from './errors.ts';
import { updateObjectStatus } from './update.ts';

const podKind = must(kindByStoreKind('Pod'), 'the kind Pod');
const budgetKind = must(kindByStoreKind('PodDisruptionBudget'), 'the kind PodDisruptionBudget');

const VIOLATES = "Cannot evict pod as it would violate the pod's disruption budget.";
const DISRUPTED_PODS_MAX = 2000;

/** Pods whose deletion disrupts nothing that runs. k8s: canIgnorePDB */
const isBeyondBudgets = (pod: Pod): boolean => pod.status.phase !== 'Running' || isTerminating(pod);

/** Rule API-17: a pod that is not ready may go while its budget is met without it, or always if the budget says so. */
function isExempt(pod: Pod, { spec, status }: PodDisruptionBudget): boolean {
  if (isPodReady(pod)) return false;
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

/** Rule API-17: takes one disruption out of a budget, or says why there is none. k8s: checkAndDecrement */
function spend(tx: Transaction, pod: Pod, budget: PodDisruptionBudget): Refusal | undefined {
  const { status, metadata } = budget;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0))
    return tooManyRequests(VIOLATES, `The disruption budget ${metadata.name} is still being processed by the server.`);
  if (status.disruptionsAllowed < 0) return forbidden(budgetKind, metadata.name, 'pdb disruptions allowed is negative');
  if (Object.keys(status.disruptedPods ?? {}).length > DISRUPTED_PODS_MAX)
    return forbidden(
      budgetKind,
      metadata.name,
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
    );
  if (status.disruptionsAllowed === 0) return tooManyRequests(VIOLATES, causeOf(budget));
  const disruptionsAllowed = status.disruptionsAllowed - 1;
  const spent: PodDisruptionBudget = {
    ...budget,
    status: {
      ...status,
      disruptionsAllowed,
      disruptedPods: { ...status.disruptedPods, [pod.metadata.name]: tx.now },
      ...(disruptionsAllowed === 0 && { conditions: exhausted(budget, tx.now) }),
    },
  };
  const written = updateObjectStatus(tx, spent);
  return written.ok ? undefined : written;
}

function causeOf({ metadata, status }: PodDisruptionBudget): string {
  const condition = conditionOf(status, 'DisruptionAllowed');
  return condition?.status === 'False' && condition.reason === 'SyncFailed'
    ? `The disruption budget ${metadata.name} does not allow evicting pods currently because it failed sync: ${condition.message ?? ''}`
    : `The disruption budget ${metadata.name} needs ${status.desiredHealthy} healthy pods and has ${status.currentHealthy} currently`;
}

/** k8s: pdbhelper.UpdateDisruptionAllowedCondition */
function exhausted({ metadata, status }: PodDisruptionBudget, now: string) {
  const before = conditionOf(status, 'DisruptionAllowed');
  const since = before?.status === 'False' ? (before.lastTransitionTime ?? now) : now;
  return [
    ...(status.conditions ?? []).filter(({ type }) => type !== 'DisruptionAllowed'),
    {
      type: 'DisruptionAllowed',
      status: 'False' as const,
      reason: 'InsufficientPods',
      message: '',
      lastTransitionTime: since,
      ...(metadata.generation !== undefined && { observedGeneration: metadata.generation }),
    },
  ];
}

/** Marks the pod as one that is disrupted, and deletes it. k8s: addConditionAndDeletePod */
function markAndDelete(tx: Transaction, key: ObjectKey, pod: Pod, options: DeleteOptions): ApiResult<KubeObject> {
  const condition = {
    type: 'DisruptionTarget',
    status: 'True' as const,
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  };
  const conditions = withPodCondition(pod.status.conditions, condition, tx.now);
  const marked = updateObjectStatus<Pod>(tx, { ...pod, status: { ...pod.status, conditions } });
  return marked.ok ? deleteObject(tx, key, options) : marked;
}

/**
 * Evicts a pod (API-17): a deletion that a disruption budget can refuse.
 * @param key the pod's key
 * @param options as of the deletion that it comes to
 * @returns the pod, or NotFound, TooManyRequests, or 500 where several budgets match
 */
export function evictPod(tx: Transaction, key: ObjectKey, options: DeleteOptions = {}): ApiResult<KubeObject> {
  const { namespace, name } = partsOfKey(key);
  const pod = tx.view.get('Pod', namespace, name);
  if (!pod) return notFound(podKind, name);
  if (isBeyondBudgets(pod)) return markAndDelete(tx, key, pod, options);
  const budgets = tx.view
    .list('PodDisruptionBudget', namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, pod.metadata.labels));
  const [budget] = budgets;
  if (budgets.length > 1)
    return refuse(
      500,
      'InternalError',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  if (budget && !isExempt(pod, budget)) {
    const refusal = spend(tx, pod, budget);
    if (refusal) return refusal;
  }
  return markAndDelete(tx, key, pod, options);
}
