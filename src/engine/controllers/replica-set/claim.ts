// Who belongs to a controller: matching objects without an owner are adopted, owned ones that do not match any more are
// let go. k8s: pkg/controller/controller_ref_manager.go
import { controllerOf, type KubeObject, type LabelSelector, matchesSelector, type OwnerReference } from '#kube';
import type { Turn } from '../../kernel/index.ts';

/** The owner reference by which a controller's object owns another. k8s: metav1.NewControllerRef */
export const controllerRefTo = (owner: KubeObject): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
});

/** What a claim found and did. */
export interface Claim<T> {
  /** The objects that belong to the owner now, in the order of the candidates. */
  readonly claimed: readonly T[];
  readonly adopted: number;
  readonly released: number;
}

/**
 * Claims objects for an owner.
 * @param candidates live objects that the owner may own
 * @param selector the owner's selector
 */
export function claimObjects<T extends KubeObject>(
  turn: Turn,
  owner: KubeObject,
  selector: LabelSelector,
  candidates: readonly T[],
): Claim<T> {
  const isOwnerLive = owner.metadata.deletionTimestamp === undefined;
  const claimed: T[] = [];
  let adopted = 0;
  let released = 0;
  for (const object of candidates) {
    const controller = controllerOf(object);
    const isMatch = matchesSelector(selector, object.metadata.labels);
    if (controller !== undefined) {
      if (controller.uid !== owner.metadata.uid) continue;
      if (isMatch) claimed.push(object);
      else if (isOwnerLive && turn.update(withoutOwner(object, owner)).ok) released += 1;
    } else if (isMatch && isOwnerLive && object.metadata.deletionTimestamp === undefined) {
      const result = turn.update(withOwner(object, owner));
      if (!result.ok) continue;
      claimed.push(result.object);
      adopted += 1;
    }
  }
  return { claimed, adopted, released };
}

const withOwner = <T extends KubeObject>(object: T, owner: KubeObject): T => ({
  ...object,
  metadata: {
    ...object.metadata,
    ownerReferences: [...(object.metadata.ownerReferences ?? []), controllerRefTo(owner)],
  },
});

function withoutOwner<T extends KubeObject>(object: T, owner: KubeObject): T {
  const { ownerReferences = [], ...metadata } = object.metadata;
  const kept = ownerReferences.filter((ref) => ref.uid !== owner.metadata.uid);
  return { ...object, metadata: kept.length > 0 ? { ...metadata, ownerReferences: kept } : metadata };
}
