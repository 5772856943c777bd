// Which volume suits a claim. Pure; the binding controller and the scheduler ask the same questions.
// k8s: component-helpers/storage/volume FindMatchingVolume, pv_controller checkVolumeSatisfyClaim
import {
  isTerminating,
  matchesSelector,
  type Node,
  type PersistentVolume,
  type PersistentVolumeClaim,
  unitsOfText,
} from '#kube';
import type { View } from '../../kernel/index.ts';
import { matchesNodeSelectorTerms } from '../../scheduler/node-selector.ts';
import { annotation } from './annotations.ts';
import { classOfClaim, classOfVolume } from './storage-class.ts';
import { claimPlace, volumeIndex } from './volume-index.ts';

/** Bytes that a claim asks for. */
export const requestedBytes = (claim: PersistentVolumeClaim): number =>
  unitsOfText(claim.spec.resources?.requests?.storage);

/** Bytes that a volume offers. */
const capacityBytes = (volume: PersistentVolume): number => unitsOfText(volume.spec.capacity?.storage);

const modeOf = (spec: { readonly volumeMode?: string }): string => spec.volumeMode ?? 'Filesystem';

/** True when the volume allows every access mode that the claim asks for: a label to match, not a permission. */
const hasAccessModes = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (claim.spec.accessModes ?? []).every((mode) => volume.spec.accessModes?.includes(mode) === true);

/** True when the volume names this claim; a claim reference without uid waits for any claim of that name. */
export function isVolumeBoundToClaim(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const ref = volume.spec.claimRef;
  if (ref === undefined || ref.name !== claim.metadata.name || ref.namespace !== claim.metadata.namespace) return false;
  return ref.uid === undefined || ref.uid === '' || ref.uid === claim.metadata.uid;
}

/** True when binding was completed from the claim's side. k8s: isPVCFullyBound */
export const isClaimBound = (claim: PersistentVolumeClaim): boolean =>
  claim.spec.volumeName !== undefined &&
  claim.spec.volumeName !== '' &&
  claim.metadata.annotations?.[annotation.bindCompleted] !== undefined;

/** True when pods may use the volume on this node. k8s: volume.CheckNodeAffinity */
export const isVolumeReachable = (volume: PersistentVolume, node: Node): boolean =>
  matchesNodeSelectorTerms(volume.spec.nodeAffinity?.required?.nodeSelectorTerms, node);

/** Size, mode and attributes: what even a volume that is reserved for the claim must fulfil. */
const isSufficient = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  capacityBytes(volume) >= requestedBytes(claim) &&
  modeOf(volume.spec) === modeOf(claim.spec) &&
  (volume.spec.volumeAttributesClassName ?? '') === (claim.spec.volumeAttributesClassName ?? '') &&
  !isTerminating(volume);

/**
 * Why a volume that a claim names cannot be bound to it, in the words of the controller's event; undefined when it can.
 * k8s: checkVolumeSatisfyClaim
 */
export function mismatchOf(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (isTerminating(volume)) return `the volume is marked for deletion "${volume.metadata.name}"`;
  if (capacityBytes(volume) < requestedBytes(claim)) return 'requested PV is too small';
  if (classOfVolume(volume) !== classOfClaim(claim)) return 'storageClassName does not match';
  if ((volume.spec.volumeAttributesClassName ?? '') !== (claim.spec.volumeAttributesClassName ?? ''))
    return 'volumeAttributesClassName does not match';
  if (modeOf(volume.spec) !== modeOf(claim.spec)) return 'incompatible volumeMode';
  if (!hasAccessModes(volume, claim)) return 'incompatible accessMode';
  return undefined;
}

/** Fewest access modes first, then the smallest, then by name: the order in which volumes are tried. */
function isBetter(a: PersistentVolume, b: PersistentVolume): boolean {
  const modes = (a.spec.accessModes?.length ?? 0) - (b.spec.accessModes?.length ?? 0);
  if (modes !== 0) return modes < 0;
  const size = capacityBytes(a) - capacityBytes(b);
  if (size !== 0) return size < 0;
  return a.metadata.name < b.metadata.name;
}

/**
 * The volume to bind to a claim (PV-1): one that is reserved for it, or else the smallest free one that suits.
 * @param node the scheduler's candidate, on which the volume must be reachable; undefined for the binding controller
 * @param options.isDelayed the class waits for a pod: only reserved volumes are taken without a node
 * @param options.taken names of volumes that other claims of the same pod got already
 */
export function findVolumeFor(
  view: View,
  claim: PersistentVolumeClaim,
  node: Node | undefined,
  options: { readonly isDelayed: boolean; readonly taken?: ReadonlySet<string> },
): PersistentVolume | undefined {
  const index = view.derived(volumeIndex);
  const reserved = index.byClaim.get(claimPlace(claim.metadata.namespace, claim.metadata.name));
  let best: PersistentVolume | undefined;
  if (reserved)
    for (const volume of reserved.values())
      if (isVolumeBoundToClaim(volume, claim) && isSufficient(volume, claim) && (!best || isBetter(volume, best)))
        best = volume;
  if (best) return node === undefined || isVolumeReachable(best, node) ? best : undefined;
  if (node === undefined && options.isDelayed) return undefined;
  for (const volume of index.free.get(classOfClaim(claim))?.values() ?? []) {
    if (options.taken?.has(volume.metadata.name)) continue;
    if (volume.status.phase !== 'Available' || !isSufficient(volume, claim) || !hasAccessModes(volume, claim)) continue;
    if (claim.spec.selector !== undefined && !matchesSelector(claim.spec.selector, volume.metadata.labels)) continue;
    if (node !== undefined && !isVolumeReachable(volume, node)) continue;
    if (!best || isBetter(volume, best)) best = volume;
  }
  return best;
}
