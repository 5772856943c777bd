// The writes of a sync, one pod at a time, with the events that tell of them in the API's own words.
// k8s: pkg/controller/statefulset/stateful_pod_control.go
import type { ObjectKey, PersistentVolumeClaim, Pod, StatefulSet } from '#kube';
import { claimNameOf, keyOf, podNameOf } from '#kube';
import type { Turn } from '../../kernel/index.ts';
import {
  claimTemplatesOf,
  hasStalePodRef,
  hasUnexpectedController,
  isClaimOwnerUpToDate,
  newClaim,
  ownersUnderPolicy,
  type PodIdentity,
  retentionOf,
} from './claims.ts';
import { newPodRevision } from './new-pod-revision.ts';
import { isIdentityRight, isStorageRight, newPod, withIdentity, withStorage } from './pod-identity.ts';
import { identityOf, type Slot } from './slot.ts';
import { type Failure, podKey, type Sync } from './sync.ts';

type Verb = 'Create' | 'Update' | 'Delete';
type Writer = Pick<Sync, 'turn' | 'set'>;

/** What was refused in making claims or pods, in one text. k8s: errors.NewAggregate */
const joined = (errors: readonly string[]): string => {
  const unique = [...new Set(errors)];
  return unique.length === 1 ? (unique[0] as string) : `[${unique.join(', ')}]`;
};

/** Tells of a pod that was written, or could not be. k8s: recordPodEvent */
function tellOfPod({ turn, set }: Writer, verb: Verb, podName: string, error?: string): void {
  const what = `${verb} Pod ${podName} in StatefulSet ${set.metadata.name}`;
  if (error === undefined)
    turn.event(set, { type: 'Normal', reason: `Successful${verb}`, message: `${what} successful` });
  else turn.event(set, { type: 'Warning', reason: `Failed${verb}`, message: `${what} failed error: ${error}` });
}

/** Tells of a claim that was made, or could not be. k8s: recordClaimEvent */
function tellOfClaim({ turn, set }: Writer, claim: string, podName: string, error?: string): void {
  const { name } = set.metadata;
  if (error === undefined)
    turn.event(set, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Create Claim ${claim} Pod ${podName} in StatefulSet ${name} success`,
    });
  else
    turn.event(set, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Create Claim ${claim} for Pod ${podName} in StatefulSet ${name} failed error: ${error}`,
    });
}

/** The claims of an ordinal with the names that they have or would have. */
function claimsAt(turn: Turn, set: StatefulSet, ordinal: number) {
  const namespace = set.metadata.namespace ?? 'default';
  return claimTemplatesOf(set.spec).map((template) => {
    const name = claimNameOf(template.metadata.name, set.metadata.name, ordinal);
    return { template, name, claim: turn.view.get('PersistentVolumeClaim', namespace, name) };
  });
}

/**
 * CLAIM-2, CLAIM-3, CLAIM-4: makes the claims of a pod that are not there. One that is there is taken as it is, unless
 * it is being deleted.
 * @returns how many were made, or why the pod cannot have its claims
 * k8s: createPersistentVolumeClaims
 */
function createClaims(writer: Writer, ordinal: number): { made: readonly string[]; error?: string } {
  const { turn, set } = writer;
  const podName = podNameOf(set.metadata.name, ordinal);
  const made: string[] = [];
  const errors: string[] = [];
  for (const { template, name, claim } of claimsAt(turn, set, ordinal)) {
    if (claim?.metadata.deletionTimestamp !== undefined) errors.push(`pvc ${name} is being deleted`);
    if (claim) continue;
    const created = turn.create<PersistentVolumeClaim>(newClaim(set, template, ordinal));
    if (created.ok) made.push(name);
    else errors.push(`failed to create PVC ${name}: ${created.error.message}`);
    tellOfClaim(writer, name, podName, created.ok ? undefined : created.error.message);
  }
  return errors.length > 0 ? { made, error: joined(errors) } : { made };
}

/**
 * CLAIM-5, CLAIM-6: gives the claims of a pod the owners that the retention policy wants, and says where somebody else
 * is in charge.
 * @returns what refused it
 * k8s: UpdatePodClaimForRetentionPolicy
 */
export function updateClaimOwners({ turn, set }: Writer, ordinal: number, pod: PodIdentity): string | undefined {
  for (const { name, claim } of claimsAt(turn, set, ordinal)) {
    if (!claim) continue;
    if (hasUnexpectedController(claim, set, pod))
      turn.event(set, {
        type: 'Warning',
        reason: 'ConflictingController',
        message: `PersistentVolumeClaim ${name} has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim`,
      });
    if (isClaimOwnerUpToDate(claim, set, pod)) continue;
    const { ownerReferences: _before, ...metadata } = claim.metadata;
    const owners = ownersUnderPolicy(claim, set, pod);
    const updated = turn.update<PersistentVolumeClaim>({
      ...claim,
      metadata: { ...metadata, ...(owners.length > 0 && { ownerReferences: owners }) },
    });
    if (!updated.ok) return `could not update claim ${name} for delete policy ownerRefs: ${updated.error.message}`;
  }
  return undefined;
}

/** CLAIM-4: what a Pending pod lacks of its claims. k8s: createMissingPersistentVolumeClaims */
export function tendClaims(sync: Sync, slot: Slot): { made: readonly string[]; error?: Failure } {
  const about = podKey(sync.set, slot.ordinal);
  const { made, error } = createClaims(sync, slot.ordinal);
  if (error !== undefined) return { made, error: { message: error, about } };
  const refused = updateClaimOwners(sync, slot.ordinal, identityOf(slot));
  if (refused === undefined) return { made };
  tellOfPod(sync, 'Update', slot.pod.metadata.name, refused);
  return { made, error: { message: refused, about } };
}

/** CLAIM-7: the claim of a missing pod that a predecessor still owns and that is on its way out. k8s: PodClaimIsStale */
export function staleClaimOf({ turn, set }: Writer, ordinal: number): ObjectKey | undefined {
  if (retentionOf(set.spec).whenScaled === 'Retain') return undefined;
  const pod: PodIdentity = { name: podNameOf(set.metadata.name, ordinal), uid: undefined, isInRange: true };
  const stale = claimsAt(turn, set, ordinal).find(({ claim }) => claim && hasStalePodRef(claim, pod));
  return stale && keyOf('PersistentVolumeClaim', set.metadata.namespace, stale.name);
}

/**
 * STS-1, STS-18, CLAIM-1: makes the claims of a pod and then the pod, of the revision that its ordinal gets.
 * @returns what refused it
 * k8s: CreateStatefulPod
 */
export function createPod(sync: Sync, ordinal: number): Failure | undefined {
  const { turn, set } = sync;
  const about = podKey(set, ordinal);
  const name = podNameOf(set.metadata.name, ordinal);
  const claims = createClaims(sync, ordinal);
  if (claims.error !== undefined) {
    tellOfPod(sync, 'Create', name, claims.error);
    return { message: claims.error, about };
  }
  const { template, revision } = newPodRevision(sync, ordinal);
  const created = turn.create<Pod>(newPod(set, template, revision.metadata.name, ordinal));
  if (!created.ok && created.error.reason === 'AlreadyExists')
    return { message: created.error.message, about, isNameTaken: true };
  const uid = created.ok ? created.object.metadata.uid : undefined;
  const refused = updateClaimOwners(sync, ordinal, { name, uid, isInRange: true });
  if (refused !== undefined) {
    tellOfPod(sync, 'Update', name, refused);
    return { message: refused, about };
  }
  tellOfPod(sync, 'Create', name, created.ok ? undefined : created.error.message);
  return created.ok ? undefined : { message: created.error.message, about };
}

/** CLAIM-5: whether the claims of a pod have the owners that the policy wants, as they are now. k8s: ClaimsMatchRetentionPolicy */
const areOwnersRight = ({ turn, set }: Writer, ordinal: number, pod: PodIdentity): boolean =>
  claimsAt(turn, set, ordinal).every(({ claim }) => !claim || isClaimOwnerUpToDate(claim, set, pod));

/** STS-8: whether a pod wants restoring, as it and its claims are now. */
export const needsRepairNow = (sync: Sync, slot: Slot): boolean =>
  slot.needsRepair &&
  (!isIdentityRight(slot.pod) ||
    !isStorageRight(sync.set, slot.pod, slot.ordinal) ||
    !areOwnersRight(sync, slot.ordinal, identityOf(slot)));

/**
 * STS-8: restores what a pod has lost of its identity, its volumes and its claims' owners.
 * @returns what refused it
 * k8s: UpdateStatefulPod
 */
export function repairPod(sync: Sync, slot: Slot): Failure | undefined {
  const { set } = sync;
  const { ordinal } = slot;
  const about = podKey(set, ordinal);
  const { name } = slot.pod.metadata;
  const failed = (message: string): Failure => {
    tellOfPod(sync, 'Update', name, message);
    return { message, about };
  };
  let { pod } = slot;
  if (!isIdentityRight(pod)) pod = withIdentity(pod, ordinal);
  if (!isStorageRight(set, pod, ordinal)) {
    pod = withStorage(set, pod, ordinal);
    const { error } = createClaims(sync, ordinal);
    if (error !== undefined) return failed(error);
  }
  if (!areOwnersRight(sync, ordinal, identityOf(slot))) {
    const refused = updateClaimOwners(sync, ordinal, identityOf(slot));
    if (refused !== undefined) return failed(refused);
  }
  const updated = sync.turn.update(pod);
  if (!updated.ok) return failed(updated.error.message);
  tellOfPod(sync, 'Update', name);
  return undefined;
}

/**
 * Deletes a pod of the set. One that is gone already counts as deleted.
 * @returns what refused it
 * k8s: DeleteStatefulPod
 */
export function deletePod(sync: Sync, ordinal: number): Failure | undefined {
  const about = podKey(sync.set, ordinal);
  const deleted = sync.turn.delete(about);
  const error = deleted.ok || deleted.error.reason === 'NotFound' ? undefined : deleted.error.message;
  tellOfPod(sync, 'Delete', podNameOf(sync.set.metadata.name, ordinal), error);
  return error === undefined ? undefined : { message: error, about };
}
