// Writes that bind a volume and a claim to each other: the volume first, the claim once the volume is seen to be
// saved. So each half is a turn of its own and can be watched. k8s: pv_controller bind, unbindVolume
import { type KubeObject, keyOf, type ObjectReference, type PersistentVolume, type PersistentVolumeClaim } from '#kube';
import { isSame } from '#lib';
import { type ApiResult, act, type Outcome, type Turn } from '../../kernel/index.ts';
import { annotation } from './annotations.ts';
import { isVolumeBoundToClaim } from './volume-matching.ts';

/** The object with annotations added; the same object when it has them all. */
export function withAnnotations<T extends KubeObject>(object: T, added: Readonly<Record<string, string>>): T {
  const { annotations } = object.metadata;
  if (annotations && Object.entries(added).every(([key, value]) => annotations[key] === value)) return object;
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, ...added } } };
}

/** The object without an annotation; an empty map of annotations goes as well. */
function withoutAnnotation<T extends KubeObject>(object: T, key: string): T {
  const { annotations, ...metadata } = object.metadata;
  if (annotations?.[key] === undefined) return object;
  const { [key]: _removed, ...rest } = annotations;
  return { ...object, metadata: { ...metadata, ...(Object.keys(rest).length > 0 && { annotations: rest }) } };
}

const NOT_SAVED: Outcome = { failed: true };

/** Saves an object and then its status; the steps that change nothing write nothing. */
function save<T extends KubeObject>(turn: Turn, before: T, after: T, status: (saved: T) => T): ApiResult<T> {
  let saved = before;
  if (after !== before) {
    const result = turn.update(after);
    if (!result.ok) return result;
    saved = result.object;
  }
  const next = status(saved);
  if (next === saved) return { ok: true, object: saved, changed: saved !== before };
  const result = turn.updateStatus(next);
  return result.ok ? { ...result, changed: result.changed || saved !== before } : result;
}

/** The volume with another phase; the same object when it has it. */
export const withVolumePhase = (
  volume: PersistentVolume,
  phase: PersistentVolume['status']['phase'],
): PersistentVolume => (volume.status.phase === phase ? volume : { ...volume, status: { phase } });

/** The claim with the phase and, where a volume is given, what the volume offers. */
export function withClaimPhase(
  claim: PersistentVolumeClaim,
  phase: PersistentVolumeClaim['status']['phase'],
  volume?: PersistentVolume,
): PersistentVolumeClaim {
  const { accessModes: _modes, capacity: _capacity, ...rest } = claim.status;
  const status = {
    ...rest,
    phase,
    ...(volume?.spec.accessModes && { accessModes: volume.spec.accessModes }),
    ...(volume?.spec.capacity && { capacity: volume.spec.capacity as Readonly<Record<string, string>> }),
  };
  return isSame(status, claim.status) ? claim : { ...claim, status };
}

/** The reference that a bound volume holds on its claim. */
export const claimRefOf = (claim: PersistentVolumeClaim): ObjectReference => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  namespace: claim.metadata.namespace ?? '',
  name: claim.metadata.name,
  uid: claim.metadata.uid,
  resourceVersion: claim.metadata.resourceVersion,
});

/** The volume as bound to the claim. `bound-by-controller` says that nobody had reserved it. */
export function withClaimRef(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume {
  const ref = volume.spec.claimRef;
  const isReserved = isVolumeBoundToClaim(volume, claim);
  if (isReserved && ref?.uid === claim.metadata.uid) return volume;
  const bound = { ...volume, spec: { ...volume.spec, claimRef: claimRefOf(claim) } };
  return isReserved ? bound : withAnnotations(bound, { [annotation.boundByController]: 'yes' });
}

const argsOf = (volume: PersistentVolume, claim: PersistentVolumeClaim) => ({
  claim: claim.metadata.name,
  volume: volume.metadata.name,
});

/**
 * Does the next half of a binding (PV-1): the volume's side while that is not saved, then the claim's.
 * @returns what was done; a failed outcome when the API server refused
 */
export function bindClaim(turn: Turn, volume: PersistentVolume, claim: PersistentVolumeClaim): Outcome {
  const half = save(turn, volume, withClaimRef(volume, claim), (saved) => withVolumePhase(saved, 'Bound'));
  if (!half.ok) return NOT_SAVED;
  if (half.changed) return act('PV-1', keyOf('PersistentVolume', '', volume.metadata.name), argsOf(volume, claim));
  const isChosen = claim.spec.volumeName !== volume.metadata.name;
  const named = isChosen ? { ...claim, spec: { ...claim.spec, volumeName: volume.metadata.name } } : claim;
  const bound = withAnnotations(named, {
    [annotation.bindCompleted]: 'yes',
    ...(isChosen && { [annotation.boundByController]: 'yes' }),
  });
  const whole = save(turn, claim, bound, (saved) => withClaimPhase(saved, 'Bound', volume));
  if (!whole.ok) return NOT_SAVED;
  return act('PV-2', keyOf('PersistentVolume', '', volume.metadata.name), argsOf(volume, claim));
}

/**
 * Takes a binding back from the volume's side: a volume the controller chose becomes free, one that a person reserved
 * stays reserved by name.
 */
export function unbindVolume(turn: Turn, volume: PersistentVolume): Outcome {
  const { claimRef, ...spec } = volume.spec;
  const isOurs = volume.metadata.annotations?.[annotation.boundByController] !== undefined;
  const { uid: _uid, ...reserved } = claimRef ?? {};
  const free: PersistentVolume = isOurs
    ? withoutAnnotation({ ...volume, spec }, annotation.boundByController)
    : { ...volume, spec: { ...spec, ...(claimRef && { claimRef: reserved }) } };
  const result = save(turn, volume, free, (saved) => withVolumePhase(saved, 'Available'));
  return result.ok ? act('PV-11', undefined, { volume: volume.metadata.name }) : NOT_SAVED;
}
