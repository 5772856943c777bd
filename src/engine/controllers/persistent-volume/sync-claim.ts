// One look at a claim: bind it, ask for a volume, or say what it waits for. k8s: pv_controller syncClaim
import {
  conditionOf,
  keyOf,
  type ObjectKey,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type StorageClass,
} from '#kube';
import { defaultClassOf } from '../../api/kinds/storage.ts';
import { act, done, type EventDraft, type Outcome, type ReasonArgs, type Turn, wait } from '../../kernel/index.ts';
import { annotation } from './annotations.ts';
import { bindClaim, withAnnotations, withClaimPhase } from './bind-claim.ts';
import { classOfClaim, findClassOfClaim, isBuiltIn, isClassOpen, isDelayed, provisionerOf } from './storage-class.ts';
import { findVolumeFor, isVolumeBoundToClaim, mismatchOf } from './volume-matching.ts';

const volumeKeyOf = (name: string): ObjectKey => keyOf('PersistentVolume', '', name);

/**
 * Says something about a claim unless it was said before: the real controller repeats it every 15 s, which here would
 * only raise a count for ever.
 */
function tell(turn: Turn, claim: PersistentVolumeClaim, event: EventDraft): void {
  const isSaid = turn.view
    .eventsAbout(claim.metadata.uid)
    .some(({ reason, message, type }) => reason === event.reason && message === event.message && type === event.type);
  if (!isSaid) turn.event(claim, event);
}

/** Puts the claim into a phase without a volume, where it is not in it yet. */
function setPhase(turn: Turn, claim: PersistentVolumeClaim, phase: 'Pending' | 'Lost'): void {
  const next = withClaimPhase(claim, phase);
  if (next !== claim) turn.updateStatus(next);
}

/** Tells, leaves the claim Pending, and gives the reason why it waits. */
function keepPending(
  turn: Turn,
  claim: PersistentVolumeClaim,
  event: EventDraft | undefined,
  rule: string,
  about: ObjectKey | undefined,
  args: ReasonArgs = {},
): Outcome {
  if (event) tell(turn, claim, event);
  setPhase(turn, claim, 'Pending');
  return wait(rule, about, { claim: claim.metadata.name, ...args });
}

const warning = (reason: string, message: string): EventDraft => ({ type: 'Warning', reason, message });
const normal = (reason: string, message: string): EventDraft => ({ type: 'Normal', reason, message });

/** One look at a claim. */
export function syncClaim(turn: Turn, claim: PersistentVolumeClaim): Outcome {
  if (claim.metadata.annotations?.[annotation.bindCompleted] !== undefined) return syncBoundClaim(turn, claim);
  const { volumeName } = claim.spec;
  return volumeName ? syncNamedVolume(turn, claim, volumeName) : syncUnboundClaim(turn, claim);
}

function syncUnboundClaim(turn: Turn, claim: PersistentVolumeClaim): Outcome {
  const delayed = isDelayed(turn.view, claim);
  const volume = findVolumeFor(turn.view, claim, undefined, { isDelayed: delayed });
  if (volume) return bindClaim(turn, volume, claim);
  const standard = isClassOpen(claim) ? defaultClassOf(turn.view) : undefined;
  if (standard) return fillInClass(turn, claim, standard);
  if (delayed && claim.metadata.annotations?.[annotation.selectedNode] === undefined) return waitForPod(turn, claim);
  if (classOfClaim(claim) !== '') return askProvisioner(turn, claim);
  const message = 'no persistent volumes available for this claim and no storage class is set';
  return keepPending(turn, claim, normal('FailedBinding', message), 'PV-6', undefined);
}

/** A claim that left its class open gets the default one when there is one at last (PV-7). */
function fillInClass(turn: Turn, claim: PersistentVolumeClaim, standard: StorageClass): Outcome {
  const { name } = standard.metadata;
  const result = turn.update({ ...claim, spec: { ...claim.spec, storageClassName: name } });
  if (!result.ok) return { failed: true };
  return act('PV-7', keyOf('StorageClass', '', name), { claim: claim.metadata.name, class: name });
}

/** The class waits for the first pod, and no node was chosen for one yet (PV-3). */
function waitForPod(turn: Turn, claim: PersistentVolumeClaim): Outcome {
  const { namespace = '', name } = claim.metadata;
  // A pod that was created with its claim is about to be scheduled: only one that was refused is waited for by name.
  const pods = turn.view.podsUsingClaim(namespace, name).filter(isRefused);
  const first = pods[0];
  if (!first) {
    const message = 'waiting for first consumer to be created before binding';
    return keepPending(turn, claim, normal('WaitForFirstConsumer', message), 'PV-3', undefined);
  }
  const names = pods.map((pod) => pod.metadata.name).sort();
  const message = `waiting for ${names.length > 1 ? 'pods' : 'pod'} ${names.join(',')} to be scheduled`;
  const about = keyOf('Pod', namespace, first.metadata.name);
  return keepPending(turn, claim, normal('WaitForPodScheduled', message), 'PV-4', about, { pod: names.join(', ') });
}

/** True for a pod that the scheduler found no node for so far. */
export const isRefused = (pod: Pod): boolean =>
  !pod.spec.nodeName && conditionOf(pod.status, 'PodScheduled')?.status === 'False';

/** Asks whoever provisions for the class, by annotation; the volume comes from outside (PV-5). */
function askProvisioner(turn: Turn, claim: PersistentVolumeClaim): Outcome {
  const { name } = claim.metadata;
  const found = findClassOfClaim(turn.view, claim);
  if (!found) {
    const wanted = classOfClaim(claim);
    const event = warning('ProvisioningFailed', `storageclass.storage.k8s.io "${wanted}" not found`);
    return keepPending(turn, claim, event, 'PV-8', keyOf('StorageClass', '', wanted), { class: wanted });
  }
  const provisioner = provisionerOf(found);
  const about = keyOf('StorageClass', '', found.metadata.name);
  if (isBuiltIn(provisioner)) {
    const event = warning('ProvisioningFailed', `no volume plugin matched name: ${provisioner}`);
    return keepPending(turn, claim, event, 'PV-9', about, { class: found.metadata.name, provisioner });
  }
  const asked = withAnnotations(claim, {
    [annotation.betaStorageProvisioner]: provisioner,
    [annotation.storageProvisioner]: provisioner,
  });
  if (asked !== claim) {
    const result = turn.update(asked);
    if (!result.ok) return { failed: true };
  }
  tell(
    turn,
    claim,
    normal(
      'ExternalProvisioning',
      `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
    ),
  );
  return wait('PV-5', about, { claim: name, provisioner });
}

/** A claim that names its volume (PV-10). */
function syncNamedVolume(turn: Turn, claim: PersistentVolumeClaim, name: string): Outcome {
  const volume = turn.view.get('PersistentVolume', '', name);
  const about = volumeKeyOf(name);
  if (!volume) return keepPending(turn, claim, undefined, 'PV-10', about, { volume: name, why: 'does not exist yet' });
  if (volume.spec.claimRef === undefined) {
    const why = mismatchOf(volume, claim);
    if (why === undefined) return bindClaim(turn, volume, claim);
    const event = warning('VolumeMismatch', `Cannot bind to requested volume "${name}": ${why}`);
    return keepPending(turn, claim, event, 'PV-10', about, { volume: name, why: `does not suit it: ${why}` });
  }
  if (isVolumeBoundToClaim(volume, claim)) return bindClaim(turn, volume, claim);
  const event = warning('FailedBinding', `volume "${name}" already bound to a different claim.`);
  return keepPending(turn, claim, event, 'PV-10', about, { volume: name, why: 'is bound to a different claim' });
}

/** A claim that was bound once: keep it so, or call it Lost for good (PV-12). */
function syncBoundClaim(turn: Turn, claim: PersistentVolumeClaim): Outcome {
  const { volumeName } = claim.spec;
  if (!volumeName) {
    const message = 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!';
    return lose(turn, claim, warning('ClaimLost', message), 'its volume name');
  }
  const volume: PersistentVolume | undefined = turn.view.get('PersistentVolume', '', volumeName);
  if (!volume) {
    const message = 'Bound claim has lost its PersistentVolume. Data on the volume is lost!';
    return lose(turn, claim, warning('ClaimLost', message), `volume ${volumeName}`);
  }
  const ref = volume.spec.claimRef;
  if (ref !== undefined && ref.uid !== claim.metadata.uid) {
    const message = 'Two claims are bound to the same volume, this one is bound incorrectly';
    return lose(turn, claim, warning('ClaimMisbound', message), `volume ${volumeName} to another claim`);
  }
  return isSettled(volume, claim) ? done : bindClaim(turn, volume, claim);
}

function lose(turn: Turn, claim: PersistentVolumeClaim, event: EventDraft, what: string): Outcome {
  const args = { claim: claim.metadata.name, what };
  if (claim.status.phase === 'Lost') return wait('PV-12', undefined, args);
  turn.updateStatus(withClaimPhase(claim, 'Lost'));
  turn.event(claim, event);
  return act('PV-12', undefined, args);
}

/** True when claim and volume agree that they are bound, so that there is nothing left to write. */
export const isSettled = (volume: PersistentVolume | undefined, claim: PersistentVolumeClaim): boolean =>
  volume !== undefined &&
  claim.status.phase === 'Bound' &&
  claim.metadata.annotations?.[annotation.bindCompleted] !== undefined &&
  claim.spec.volumeName === volume.metadata.name &&
  volume.spec.claimRef?.uid === claim.metadata.uid &&
  volume.status.phase === 'Bound';
