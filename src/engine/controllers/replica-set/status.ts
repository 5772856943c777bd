// What a ReplicaSet reports. k8s: replicaset.calculateStatus, updateReplicaSetStatus
import { type Condition, conditionOf, isPodReady, matchesLabels, type Pod, parseTime, type ReplicaSet } from '#kube';
import { isSame } from '#lib';
import type { PodCounts } from './crews.ts';

const FAILURE = 'ReplicaFailure';

/** When a ready pod counts as available, in Unix milliseconds; undefined for a pod that is not ready. */
export function availableAtMs(pod: Pod, minReadySeconds: number): number | undefined {
  if (!isPodReady(pod)) return undefined;
  if (minReadySeconds === 0) return 0;
  const since = parseTime(conditionOf(pod.status, 'Ready')?.lastTransitionTime);
  return since === undefined ? undefined : since + minReadySeconds * 1000;
}

/** A condition that is new or changed now, as apps/v1 conditions are stamped. */
export const newCondition = (
  type: string,
  status: Condition['status'],
  reason: string,
  message: string,
  now: string,
): Condition => ({ type, status, lastUpdateTime: now, lastTransitionTime: now, reason, message });

/**
 * The conditions with this one set: it moves to the end unless status and reason are as before.
 * k8s: SetCondition, SetDeploymentCondition
 */
export function withCondition(conditions: readonly Condition[], condition: Condition): readonly Condition[] {
  const before = conditions.find(({ type }) => type === condition.type);
  if (before?.status === condition.status && before.reason === condition.reason) return conditions;
  const next =
    before?.status === condition.status && before.lastTransitionTime !== undefined
      ? { ...condition, lastTransitionTime: before.lastTransitionTime }
      : condition;
  return [...withoutCondition(conditions, condition.type), next];
}

/** The conditions without one type. */
export const withoutCondition = (conditions: readonly Condition[], type: string): readonly Condition[] =>
  conditions.filter((condition) => condition.type !== type);

/** A counter that Go leaves out of JSON when it is 0. */
export const unlessZero = <K extends string>(name: K, count: number): Partial<Record<K, number>> =>
  count === 0 ? {} : ({ [name]: count } as Record<K, number>);

/** The first error of creating or deleting pods. */
export interface Failure {
  readonly reason: 'FailedCreate' | 'FailedDelete';
  readonly message: string;
}

function conditionsOf(set: ReplicaSet, failure: Failure | undefined, now: string): readonly Condition[] {
  const before = set.status.conditions ?? [];
  const known = before.find(({ type }) => type === FAILURE);
  if (failure && !known)
    return withCondition(before, newCondition(FAILURE, 'True', failure.reason, failure.message, now));
  return !failure && known ? withoutCondition(before, FAILURE) : before;
}

/**
 * Counts pods one by one.
 * @param active the set's active pods
 * @param terminating how many are on their way out
 * @param nowMs Unix milliseconds: which pods count as available
 */
export function countsOf(set: ReplicaSet, active: readonly Pod[], terminating: number, nowMs: number): PodCounts {
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  const wanted = set.spec.template.metadata?.labels;
  let [labelled, ready, available] = [0, 0, 0];
  for (const pod of active) {
    if (matchesLabels(wanted, pod.metadata.labels)) labelled += 1;
    const fromMs = availableAtMs(pod, minReadySeconds);
    if (isPodReady(pod)) ready += 1;
    if (fromMs !== undefined && fromMs <= nowMs) available += 1;
  }
  return { active: active.length, labelled, ready, available, terminating };
}

/**
 * The status after a sync; the very same object where nothing differs.
 * @param seen the pods as the sync found them
 * @param failure what went wrong since
 * @param now the moment as objects carry it
 */
export function statusAfter(
  set: ReplicaSet,
  seen: PodCounts,
  failure: Failure | undefined,
  now: string,
): ReplicaSet['status'] {
  const conditions = conditionsOf(set, failure, now);
  const status: ReplicaSet['status'] = {
    ...unlessZero('availableReplicas', seen.available),
    ...(conditions.length > 0 && { conditions }),
    ...unlessZero('fullyLabeledReplicas', seen.labelled),
    observedGeneration: set.metadata.generation ?? 1,
    ...unlessZero('readyReplicas', seen.ready),
    replicas: seen.active,
    terminatingReplicas: seen.terminating,
  };
  return isSame(status, set.status) ? set.status : status;
}
