// What the owner references of an object say about it. k8s: garbagecollector.classifyReferences
import { type KubeObject, keyOf, kindByApi, type ObjectKey, type OwnerReference } from '#kube';
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from '../../api/index.ts';
import type { View } from '../../kernel/index.ts';

export const hasFinalizer = (object: KubeObject, name: string): boolean =>
  object.metadata.finalizers?.includes(name) === true;

/** True for an owner that is held until the dependents that block it are gone. */
export const isDeletingDependents = (object: KubeObject): boolean =>
  object.metadata.deletionTimestamp !== undefined && hasFinalizer(object, FOREGROUND_FINALIZER);

/** True for an owner that is held until its dependents are set free. */
export const isOrphaning = (object: KubeObject): boolean =>
  object.metadata.deletionTimestamp !== undefined && hasFinalizer(object, ORPHAN_FINALIZER);

/**
 * The key of the object that a reference names, looked for in the dependent's own namespace (GC-6).
 * @returns undefined for a kind that the server does not know: such a reference is left alone
 */
export function ownerKeyOf(ref: OwnerReference, dependent: KubeObject): ObjectKey | undefined {
  const info = kindByApi(ref.apiVersion, ref.kind);
  return info && keyOf(info.storeKind, info.namespaced ? dependent.metadata.namespace : '', ref.name);
}

/** The owner that a reference names, if it still is the very same object. */
export function ownerOf(view: View, ref: OwnerReference, dependent: KubeObject): KubeObject | undefined {
  const key = ownerKeyOf(ref, dependent);
  const owner = key === undefined ? undefined : view.find(key);
  return owner?.metadata.uid === ref.uid ? owner : undefined;
}

/** The references of an object, sorted by what became of their owners. */
export interface OwnerStates {
  /** The owner is there, and not being deleted in the foreground. */
  readonly solid: readonly OwnerReference[];
  /** The owner is gone, or another object has its name now. */
  readonly dangling: readonly OwnerReference[];
  /** The owner waits for its dependents to be gone. */
  readonly waiting: readonly OwnerReference[];
}

/** GC-8: where it stands in the world's memory that an owner is in the cluster although its object is not here. */
export const elsewhereKey = (uid: string): string => `owner-elsewhere/${uid}`;

/**
 * Sorts the owner references of an object.
 * @param isElsewhere whether an owner that is not here is known to be in the cluster (GC-8)
 */
export function ownerStatesOf(
  view: View,
  dependent: KubeObject,
  isElsewhere: (uid: string) => boolean = () => false,
): OwnerStates {
  const solid: OwnerReference[] = [];
  const dangling: OwnerReference[] = [];
  const waiting: OwnerReference[] = [];
  for (const ref of dependent.metadata.ownerReferences ?? []) {
    const owner = ownerOf(view, ref, dependent);
    if (owner) (isDeletingDependents(owner) ? waiting : solid).push(ref);
    else (ownerKeyOf(ref, dependent) === undefined || isElsewhere(ref.uid) ? solid : dangling).push(ref);
  }
  return { solid, dangling, waiting };
}
