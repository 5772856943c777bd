// Claims, volumes and classes: finalizers that protect data in use, and the class of a claim that names none.
import {
  compareQuantityTexts,
  type KindInfo,
  type KubeObject,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type StorageClass,
} from '#kube';
import type { View } from '../../kernel/store.ts';
import { forbidden, type Refusal } from '../errors.ts';
import type { Strategy } from '../strategy.ts';

const CLAIM_PROTECTION = 'kubernetes.io/pvc-protection';
const VOLUME_PROTECTION = 'kubernetes.io/pv-protection';
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';
const DEFAULT_CLASS_ANNOTATIONS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

/** Rule API-11: what protects data in use is there from the beginning. k8s: StorageObjectInUseProtection */
const withFinalizer = <T extends KubeObject>(object: T, finalizer: string): T =>
  object.metadata.finalizers?.includes(finalizer)
    ? object
    : { ...object, metadata: { ...object.metadata, finalizers: [...(object.metadata.finalizers ?? []), finalizer] } };

const isDefaultClass = (storageClass: StorageClass): boolean =>
  DEFAULT_CLASS_ANNOTATIONS.some((key) => storageClass.metadata.annotations?.[key] === 'true');

/**
 * Rule API-12: the default StorageClass, the newest where there are several, by name among equals.
 * k8s: storage/util GetDefaultClass
 */
export function defaultClassOf(view: View): StorageClass | undefined {
  let found: StorageClass | undefined;
  for (const storageClass of view.list('StorageClass')) {
    if (!isDefaultClass(storageClass)) continue;
    const [a, b] = [storageClass.metadata, found?.metadata];
    if (!b || a.creationTimestamp > b.creationTimestamp) found = storageClass;
    else if (a.creationTimestamp === b.creationTimestamp && a.name < b.name) found = storageClass;
  }
  return found;
}

/** Rule API-12: a claim that says nothing of its class gets the default one. k8s: DefaultStorageClass admission */
function withDefaultClass(claim: PersistentVolumeClaim, view: View): PersistentVolumeClaim {
  if (claim.spec.storageClassName !== undefined || claim.metadata.annotations?.[CLASS_ANNOTATION] !== undefined)
    return claim;
  const found = defaultClassOf(view);
  return found ? { ...claim, spec: { ...claim.spec, storageClassName: found.metadata.name } } : claim;
}

const requestOf = (claim: PersistentVolumeClaim): string | number => claim.spec.resources?.requests?.storage ?? 0;

/** Rule API-13: only a bound claim whose class allows it can grow. k8s: PersistentVolumeClaimResize admission */
function admitResize(
  claim: PersistentVolumeClaim,
  stored: PersistentVolumeClaim,
  view: View,
  info: KindInfo,
): Refusal | undefined {
  if (compareQuantityTexts(requestOf(claim), requestOf(stored)) <= 0) return undefined;
  const { name } = stored.metadata;
  if (stored.status.phase !== 'Bound')
    return forbidden(info, name, 'Only bound persistent volume claims can be expanded');
  const storageClass = view.get('StorageClass', '', claim.spec.storageClassName ?? '');
  return storageClass?.allowVolumeExpansion === true
    ? undefined
    : forbidden(
        info,
        name,
        'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
      );
}

export const claimStrategy: Strategy<PersistentVolumeClaim> = {
  kind: 'PersistentVolumeClaim',
  newStatus: () => ({ phase: 'Pending' }),
  prepareForCreate: (claim, tx) => withFinalizer(withDefaultClass(claim, tx.view), CLAIM_PROTECTION),
  admitUpdate: (claim, stored, tx, info) =>
    claim.spec === stored.spec ? undefined : admitResize(claim, stored, tx.view, info),
};

/** Rule API-20. k8s: persistentvolumeStatusStrategy.PrepareForUpdate */
export const volumeStrategy: Strategy<PersistentVolume> = {
  kind: 'PersistentVolume',
  newStatus: (_volume, tx) => ({ phase: 'Pending', lastPhaseTransitionTime: tx.now }),
  prepareStatus: (volume, stored, tx) => {
    const { phase, lastPhaseTransitionTime: before } = stored.status;
    const { lastPhaseTransitionTime: given, ...status } = volume.status;
    const isMoved = status.phase !== phase && (given === undefined || given === before);
    const time = isMoved ? tx.now : (given ?? before);
    return { ...volume, status: { ...status, ...(time !== undefined && { lastPhaseTransitionTime: time }) } };
  },
  prepareForCreate: (volume) => withFinalizer(volume, VOLUME_PROTECTION),
};
