// Which pods are the set's: it takes matching pods that nobody owns and lets go of its own that do not match any more.
// k8s: PodControllerRefManager.ClaimPods
import type { OwnerReference, Pod, StatefulSet } from '#kube';
import { controllerOf, matchesSelector, podNameOf } from '#kube';
import { isSame } from '#lib';
import type { Enqueue, ObjectChange, Reason, Turn, View } from '../../kernel/index.ts';
import { podBooks } from './books.ts';
import { controllerRefTo } from './claims.ts';
import type { Roster } from './roster.ts';
import { podReason, setKeyOf } from './sync.ts';

const withOwners = (pod: Pod, ownerReferences: readonly OwnerReference[]): Pod => {
  const { ownerReferences: _before, ...metadata } = pod.metadata;
  return { ...pod, metadata: { ...metadata, ...(ownerReferences.length > 0 && { ownerReferences }) } };
};

/** A write to a pod that has gone meanwhile is no failure. */
const failureOf = (result: ReturnType<Turn['update']>): string | undefined =>
  result.ok || result.error.reason === 'NotFound' ? undefined : result.error.message;

/**
 * STS-20, STS-21: adopts and releases. A set that is being deleted does neither.
 * @param did receives what was done
 * @returns the first refusal; the other pods are looked after all the same
 */
export function claimPods(turn: Turn, set: StatefulSet, roster: Roster, did: Reason[]): string | undefined {
  if (set.metadata.deletionTimestamp !== undefined) return undefined;
  const { namespace, uid, name } = set.metadata;
  let refused: string | undefined;
  const release = (pod: Pod): boolean => {
    const owners = (pod.metadata.ownerReferences ?? []).filter((ref) => ref.uid !== uid);
    const error = failureOf(turn.update(withOwners(pod, owners)));
    refused ??= error;
    return error === undefined;
  };
  const podAt = (ordinal: number) => turn.view.get('Pod', namespace ?? '', podNameOf(name, ordinal));
  for (const ordinal of roster.adoptable) {
    const pod = podAt(ordinal);
    if (!pod) continue;
    const error = failureOf(
      turn.update(withOwners(pod, [...(pod.metadata.ownerReferences ?? []), controllerRefTo(set)])),
    );
    if (error === undefined) did.push(podReason('STS-20', true, set, ordinal));
    refused ??= error;
  }
  for (const ordinal of roster.misfits) {
    const pod = podAt(ordinal);
    if (pod && release(pod)) did.push(podReason('STS-21', true, set, ordinal));
  }
  for (const key of [...(turn.view.derived(podBooks).misnamed.get(uid) ?? [])]) {
    const pod = turn.view.find(key) as Pod | undefined;
    if (pod && release(pod))
      did.push({ rule: 'STS-21', acting: true, about: key, args: { set: name, pod: pod.metadata.name } });
  }
  return refused;
}

/** The set that an owner reference means: kind, name and uid must agree. k8s: resolveControllerRef */
function setOfRef(view: View, namespace: string, ref: OwnerReference | undefined): StatefulSet | undefined {
  if (ref?.kind !== 'StatefulSet') return undefined;
  const set = view.get('StatefulSet', namespace, ref.name);
  return set?.metadata.uid === ref.uid ? set : undefined;
}

/**
 * STS-25: wakes the sets that a changed pod concerns: the owner before and after; for a pod without an owner that is
 * new, or whose labels or owner changed, every set whose selector matches.
 * k8s: addPod, updatePod, deletePod in stateful_set.go
 */
export function wakeSetsOfPod({ before, after }: ObjectChange, enqueue: Enqueue, view: View): void {
  const pod = (after ?? before) as Pod;
  const namespace = pod.metadata.namespace ?? '';
  const ownerBefore = before && controllerOf(before);
  const ownerAfter = after && controllerOf(after);
  const wakeOwner = (ref: OwnerReference | undefined): void => {
    const set = setOfRef(view, namespace, ref);
    if (set) enqueue(setKeyOf(set));
  };
  const isOwnerChanged = !isSame(ownerBefore, ownerAfter);
  if (isOwnerChanged || !after) wakeOwner(ownerBefore);
  if (!after) return;
  if (ownerAfter) {
    wakeOwner(ownerAfter);
    return;
  }
  if (before && !isOwnerChanged && isSame(before.metadata.labels, after.metadata.labels)) return;
  for (const set of view.list('StatefulSet', namespace))
    if (matchesSelector(set.spec.selector, pod.metadata.labels)) enqueue(setKeyOf(set));
}
