// The actor that binds claims and volumes. It watches claims and volumes alone; what else matters to a claim (classes,
// pods, freed volumes) it sees at its next look at everything, every 15 seconds. That look is only taken when something
// happened that it could find, so a cluster at rest has no turns. k8s: pkg/controller/volume/persistentvolume
import {
  isTerminating,
  keyOf,
  type ObjectKey,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
} from '#kube';
import { type Actor, done, type Outcome, type Turn, type View } from '../../kernel/index.ts';
import { classOfClaim, isClassOpen, isDelayed } from './storage-class.ts';
import { isRefused, isSettled, syncClaim } from './sync-claim.ts';
import { syncVolume } from './sync-volume.ts';

const NAME = 'persistentvolume-controller';
const LATENCY_MS = 4;
const RESYNC_PERIOD_MS = 15_000;

/** Queue keys that are no objects: the look at everything, and the request for one at the next full period. */
const RESYNC = 'resync';
const RESYNC_LATER = 'resync later';

const claimKeyOf = (namespace: string | undefined, name: string): ObjectKey =>
  keyOf('PersistentVolumeClaim', namespace, name);

const isUnbound = (claim: PersistentVolumeClaim): boolean => claim.status.phase === 'Pending';

/** The claim that a volume names with its uid, while the claim is not bound to it. */
function unsettledClaimOf(view: View, volume: PersistentVolume): ObjectKey | undefined {
  const ref = volume.spec.claimRef;
  if (!ref?.uid || ref.name === undefined) return undefined;
  const claim = view.get('PersistentVolumeClaim', ref.namespace ?? '', ref.name);
  if (!claim || claim.metadata.uid !== ref.uid || isSettled(volume, claim)) return undefined;
  return claimKeyOf(ref.namespace, ref.name);
}

/** True when a volume needs no turn of its own: bound as it should be, free, or released. */
function isVolumeSettled(view: View, volume: PersistentVolume): boolean {
  const ref = volume.spec.claimRef;
  const { phase } = volume.status;
  if (!ref?.uid) return phase === 'Available';
  const claim = view.get('PersistentVolumeClaim', ref.namespace ?? '', ref.name ?? '');
  if (claim?.metadata.uid !== ref.uid) return phase === 'Released' || phase === 'Failed';
  return isSettled(volume, claim);
}

/** True when a claim of this class, or one that left its class open, still waits. */
const isClassAwaited = (view: View, name: string): boolean =>
  view
    .list('PersistentVolumeClaim')
    .some((claim) => isUnbound(claim) && (classOfClaim(claim) === name || isClassOpen(claim)));

/** True when a pod that was just refused uses a claim that waits for its first pod. */
const isAwaited = (view: View, pod: Pod): boolean =>
  (pod.spec.volumes ?? []).some(({ persistentVolumeClaim }) => {
    if (!persistentVolumeClaim) return false;
    const claim = view.get('PersistentVolumeClaim', pod.metadata.namespace ?? '', persistentVolumeClaim.claimName);
    return claim !== undefined && isUnbound(claim) && isDelayed(view, claim);
  });

/** True for a claim that takes itself for bound to a volume that a person has given away (PV-12). */
function isMisbound(view: View, { metadata, spec, status }: PersistentVolumeClaim): boolean {
  if (status.phase !== 'Bound' || spec.volumeName === undefined) return false;
  const volume = view.get('PersistentVolume', '', spec.volumeName);
  return volume !== undefined && volume.spec.claimRef?.uid !== metadata.uid;
}

/** Looks at every claim that is not bound, or not rightly so (PV-16). */
function resync(turn: Turn): Outcome {
  for (const claim of turn.view.list('PersistentVolumeClaim'))
    if (isUnbound(claim) || isMisbound(turn.view, claim))
      turn.wake(NAME, claimKeyOf(claim.metadata.namespace, claim.metadata.name), LATENCY_MS);
  return done;
}

export const persistentVolumeController: Actor = {
  name: NAME,
  latencyMs: LATENCY_MS,
  watches: {
    PersistentVolumeClaim: ({ key, before, after }, enqueue, view) => {
      if (!after) {
        const { volumeName } = (before as PersistentVolumeClaim).spec;
        if (volumeName) enqueue(keyOf('PersistentVolume', '', volumeName));
        return;
      }
      const claim = after as PersistentVolumeClaim;
      const volume = view.get('PersistentVolume', '', claim.spec.volumeName ?? '');
      if (!isSettled(volume, claim)) enqueue(key);
    },
    PersistentVolume: ({ key, before, after }, enqueue, view) => {
      if (!after) {
        const ref = (before as PersistentVolume).spec.claimRef;
        if (ref?.name !== undefined && view.get('PersistentVolumeClaim', ref.namespace ?? '', ref.name))
          enqueue(claimKeyOf(ref.namespace, ref.name));
        return;
      }
      const volume = after as PersistentVolume;
      const owner = (before as PersistentVolume | undefined)?.spec.claimRef?.uid;
      if (owner !== undefined && owner !== volume.spec.claimRef?.uid) enqueue(RESYNC_LATER);
      const claim = unsettledClaimOf(view, volume);
      if (claim !== undefined) enqueue(claim);
      else if (!isVolumeSettled(view, volume)) enqueue(key);
      else if (!volume.spec.claimRef?.uid && !isTerminating(volume)) enqueue(RESYNC_LATER);
    },
    StorageClass: ({ after }, enqueue, view) => {
      if (after && isClassAwaited(view, after.metadata.name)) enqueue(RESYNC_LATER);
    },
    Pod: ({ before, after }, enqueue, view) => {
      if (!after || !isRefused(after as Pod) || (before && isRefused(before as Pod))) return;
      if (isAwaited(view, after as Pod)) enqueue(RESYNC_LATER);
    },
  },
  start: (enqueue, view) => {
    for (const claim of view.list('PersistentVolumeClaim'))
      enqueue(claimKeyOf(claim.metadata.namespace, claim.metadata.name));
    for (const volume of view.list('PersistentVolume')) enqueue(keyOf('PersistentVolume', '', volume.metadata.name));
  },
  reconcile: (turn, key) => {
    if (key === RESYNC) return resync(turn);
    if (key === RESYNC_LATER) {
      turn.wake(NAME, RESYNC, RESYNC_PERIOD_MS - (turn.nowMs % RESYNC_PERIOD_MS));
      return done;
    }
    const object = turn.view.find(key);
    if (object?.kind === 'PersistentVolumeClaim') return syncClaim(turn, object as PersistentVolumeClaim);
    if (object?.kind === 'PersistentVolume') return syncVolume(turn, object as PersistentVolume);
    return done;
  },
};
