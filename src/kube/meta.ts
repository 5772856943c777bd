// Names and small questions that every part of the simulator asks of an object. Pure, and cheap enough for hot paths.
import type { Condition, KubeObject, OwnerReference, Pod } from './types.ts';

/** `Kind/namespace/name`; the namespace is empty for cluster-scoped kinds. The one key of an object in a store. */
export type ObjectKey = string;

/** The key of an object by its parts. Kinds that Ordinal does not simulate use `Kind.group` as their kind. */
export const keyOf = (kind: string, namespace: string | undefined, name: string): ObjectKey =>
  `${kind}/${namespace ?? ''}/${name}`;

/** The parts of a key. */
export function partsOfKey(key: ObjectKey): { kind: string; namespace: string; name: string } {
  const first = key.indexOf('/');
  const second = key.indexOf('/', first + 1);
  return { kind: key.slice(0, first), namespace: key.slice(first + 1, second), name: key.slice(second + 1) };
}

/** The owner reference that says `controller: true`, if there is one. k8s: metav1.GetControllerOf */
export const controllerOf = (object: KubeObject): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find((ref) => ref.controller === true);

/** True once a deletion was accepted: the object only waits for its grace period or its finalizers. */
export const isTerminating = (object: KubeObject): boolean => object.metadata.deletionTimestamp !== undefined;

/** The condition of that type in a status. */
export const conditionOf = (
  status: { readonly conditions?: readonly Condition[] } | undefined,
  type: string,
): Condition | undefined => status?.conditions?.find((condition) => condition.type === type);

/** What a condition of a pod says of the generation that it was found for. k8s: CalculatePodConditionObservedGeneration */
export const observedGenerationOf = ({ metadata }: Pod): { readonly observedGeneration?: number } =>
  metadata.generation === undefined ? {} : { observedGeneration: metadata.generation };

/** Phase Running and condition Ready True. k8s: isRunningAndReady */
export const isRunningAndReady = (pod: Pod): boolean => pod.status.phase === 'Running' && isPodReady(pod);

/** Condition Ready is True, whatever the phase. k8s: podutil.IsPodReady */
export const isPodReady = (pod: Pod): boolean => conditionOf(pod.status, 'Ready')?.status === 'True';
