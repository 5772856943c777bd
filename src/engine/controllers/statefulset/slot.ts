// What a set's controller wants to know of one pod, worked out once for each version of it: the words of the
// reconcile (finished, terminating, Running and Ready, available) as plain facts. Pure.
// k8s: isFailed, isTerminating, isRunningAndReady, isUnavailable … in stateful_set_utils.go, podutil.IsPodAvailable
import type { PersistentVolumeClaim, Pod, StatefulSet } from '#kube';
import { conditionOf, isTerminating, parseTime } from '#kube';
import { hasUnexpectedController, isClaimOwnerUpToDate, type PodIdentity } from './claims.ts';
import { endOf, isIdentityRight, isStorageRight, revisionOf, startOf } from './pod-identity.ts';

/** A pod of the set at its ordinal. */
export interface Slot {
  readonly ordinal: number;
  readonly pod: Pod;
  /** Whether the set asks for this ordinal; otherwise the pod is condemned. */
  readonly isInRange: boolean;
  readonly isTerminating: boolean;
  /** Phase Failed or Succeeded. */
  readonly isFinished: boolean;
  /** Condition Ready is True, whatever the phase. */
  readonly isReady: boolean;
  /** Phase Running too. */
  readonly isRunningAndReady: boolean;
  /** When a Ready pod has been so for minReadySeconds, in Unix milliseconds; without a minimum it always has. */
  readonly availableAtMs: number;
  readonly revision: string;
  /** Whether the owners of its claims are as the retention policy wants them (CLAIM-5). */
  readonly areOwnersRight: boolean;
  /** Name label, volumes or owners of claims are not as they should be (STS-8). */
  readonly needsRepair: boolean;
  /** The pod is Pending, and its claims want making or looking at (CLAIM-4). */
  readonly needsClaims: boolean;
}

/** The pod of a slot as the rules about claims see it. */
export const identityOf = (slot: Slot): PodIdentity => ({
  name: slot.pod.metadata.name,
  uid: slot.pod.metadata.uid,
  isInRange: slot.isInRange,
});

/** Whether an ordinal is one that the set asks for. k8s: podInOrdinalRange */
const isOrdinalInRange = (set: StatefulSet, ordinal: number): boolean =>
  ordinal >= startOf(set) && ordinal <= endOf(set);

function availableAt(set: StatefulSet, pod: Pod): number {
  const minReadyMs = (set.spec.minReadySeconds ?? 0) * 1000;
  const ready = conditionOf(pod.status, 'Ready');
  if (ready?.status !== 'True') return Number.POSITIVE_INFINITY;
  if (minReadyMs === 0) return Number.NEGATIVE_INFINITY;
  return (parseTime(ready.lastTransitionTime) ?? Number.POSITIVE_INFINITY) + minReadyMs;
}

/**
 * The facts of a pod.
 * @param claims for each claim template the claim of this ordinal, if there is one
 */
export function newSlot(
  set: StatefulSet,
  pod: Pod,
  ordinal: number,
  claims: readonly (PersistentVolumeClaim | undefined)[],
): Slot {
  const isInRange = isOrdinalInRange(set, ordinal);
  const identity: PodIdentity = { name: pod.metadata.name, uid: pod.metadata.uid, isInRange };
  const { phase } = pod.status;
  const isReady = conditionOf(pod.status, 'Ready')?.status === 'True';
  // CLAIM-5: a claim that is missing has no owner to put right.
  const areOwnersRight = claims.every((claim) => !claim || isClaimOwnerUpToDate(claim, set, identity));
  return {
    ordinal,
    pod,
    isInRange,
    isTerminating: isTerminating(pod),
    isFinished: phase === 'Failed' || phase === 'Succeeded',
    isReady,
    isRunningAndReady: isReady && phase === 'Running',
    availableAtMs: availableAt(set, pod),
    revision: revisionOf(pod),
    areOwnersRight,
    needsRepair: !isIdentityRight(pod) || !isStorageRight(set, pod, ordinal) || !areOwnersRight,
    needsClaims:
      phase === 'Pending' &&
      (!areOwnersRight ||
        claims.some((claim) => !claim || isTerminating(claim) || hasUnexpectedController(claim, set, identity))),
  };
}

/** Whether a pod counts as unavailable: not Ready for long enough, or on its way out. k8s: isUnavailable */
export const isUnavailable = (slot: Slot, atMs: number): boolean => slot.isTerminating || slot.availableAtMs > atMs;

/** What a pod that is not available has to do next, in the words of a caption. */
export function awaited(slot: Slot | undefined): string {
  if (!slot) return 'be created';
  if (slot.isTerminating) return 'terminate';
  return slot.isRunningAndReady ? 'be available' : 'be Running and Ready';
}
