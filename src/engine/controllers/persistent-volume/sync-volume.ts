// One look at a volume: free, reserved, bound, or released and what becomes of it then. k8s: pv_controller syncVolume
import { isTerminating, keyOf, type PersistentVolume } from '#kube';
import { act, done, type Outcome, type ReasonArgs, type Turn, wait } from '../../kernel/index.ts';
import { annotation } from './annotations.ts';
import { unbindVolume, withVolumePhase } from './bind-claim.ts';

/** Sets the phase where it differs. Returns whether it did; undefined when the API server refused. */
function setPhase(
  turn: Turn,
  volume: PersistentVolume,
  phase: PersistentVolume['status']['phase'],
): boolean | undefined {
  const next = withVolumePhase(volume, phase);
  if (next === volume) return false;
  return turn.updateStatus(next).ok ? true : undefined;
}

function withPhase(turn: Turn, volume: PersistentVolume, phase: 'Available' | 'Bound', rule: string): Outcome {
  const changed = setPhase(turn, volume, phase);
  if (changed === undefined) return { failed: true };
  return changed ? act(rule, undefined, { volume: volume.metadata.name }) : done;
}

/** One look at a volume. */
export function syncVolume(turn: Turn, volume: PersistentVolume): Outcome {
  const ref = volume.spec.claimRef;
  // A reference without a uid reserves the volume: the claim's own turn will take it.
  if (!ref?.uid) return withPhase(turn, volume, 'Available', 'PV-11');
  const found = turn.view.get('PersistentVolumeClaim', ref.namespace ?? '', ref.name ?? '');
  const claim = found?.metadata.uid === ref.uid ? found : undefined;
  if (!claim) return release(turn, volume);
  const { volumeName } = claim.spec;
  if (!volumeName) {
    turn.wake('persistentvolume-controller', keyOf('PersistentVolumeClaim', ref.namespace, claim.metadata.name), 0);
    return done;
  }
  if (volumeName === volume.metadata.name) return withPhase(turn, volume, 'Bound', 'PV-1');
  const isOurs = volume.metadata.annotations?.[annotation.provisionedBy] !== undefined;
  return isOurs && volume.spec.persistentVolumeReclaimPolicy === 'Delete'
    ? release(turn, volume)
    : unbindVolume(turn, volume);
}

/** The claim is gone: Released, then what the reclaim policy says (PV-13). */
function release(turn: Turn, volume: PersistentVolume): Outcome {
  const { phase } = volume.status;
  const isNew = phase !== 'Released' && phase !== 'Failed';
  if (isNew && setPhase(turn, volume, 'Released') === undefined) return { failed: true };
  const policy = volume.spec.persistentVolumeReclaimPolicy ?? 'Retain';
  const args: ReasonArgs = { volume: volume.metadata.name, claim: volume.spec.claimRef?.name ?? '', policy };
  const say = (rule: string): Outcome => (isNew ? act(rule, undefined, args) : wait(rule, undefined, args));
  if (isTerminating(volume)) return say('PV-13');
  if (policy === 'Delete') return reclaimByDeletion(turn, volume, say, args);
  if (policy === 'Recycle') return recycle(turn, volume, args);
  return say('PV-13');
}

/** Directories of a node that Kubernetes dares to delete. k8s: hostpath deleter */
const DELETABLE_PATH = /^\/tmp\/.+/;

/**
 * A volume that a provisioner made is the provisioner's to delete; of the others only directories under /tmp can be
 * deleted (PV-14, PV-15, PV-23).
 */
function reclaimByDeletion(
  turn: Turn,
  volume: PersistentVolume,
  say: (rule: string) => Outcome,
  args: ReasonArgs,
): Outcome {
  if (volume.metadata.annotations?.[annotation.provisionedBy] !== undefined) return say('PV-14');
  const { name, uid } = volume.metadata;
  const path = (volume.spec.hostPath as { readonly path?: string } | undefined)?.path;
  if (path === undefined) {
    const message = `error getting deleter volume plugin for volume "${name}": no deletable volume plugin matched`;
    return fail(turn, volume, 'VolumeFailedDelete', message, args);
  }
  if (!DELETABLE_PATH.test(path)) {
    const message = `host_path deleter only supports /tmp/.+ but received provided ${path}`;
    return fail(turn, volume, 'VolumeFailedDelete', message, args);
  }
  return turn.delete(keyOf('PersistentVolume', '', name), { uid }).ok
    ? act('PV-23', undefined, args)
    : { failed: true };
}

/** The oldest policy: only volumes that are plain directories can be emptied and handed out again (PV-15). */
function recycle(turn: Turn, volume: PersistentVolume, args: ReasonArgs): Outcome {
  if (volume.spec.hostPath === undefined && volume.spec.nfs === undefined)
    return fail(turn, volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!', args);
  turn.event(volume, { type: 'Normal', reason: 'VolumeRecycled', message: 'Volume recycled' });
  return unbindVolume(turn, volume);
}

function fail(turn: Turn, volume: PersistentVolume, reason: string, message: string, args: ReasonArgs): Outcome {
  if (volume.status.phase === 'Failed') return wait('PV-15', undefined, { ...args, message });
  const current = turn.view.get('PersistentVolume', '', volume.metadata.name) ?? volume;
  const result = turn.updateStatus<PersistentVolume>({ ...current, status: { phase: 'Failed', message } });
  if (!result.ok) return { failed: true };
  turn.event(result.object, { type: 'Warning', reason, message });
  return act('PV-15', undefined, { ...args, message });
}
