// What the scheduler does about claims once a node is chosen: it reserves volumes that are there, and says on the
// claims where new ones are to be made; the pod gets its node when all are bound. k8s: volumebinding BindPodVolumes
import { type Json, keyOf, type ObjectKey, type PersistentVolumeClaim, type Pod } from '#kube';
import { annotation } from '../controllers/persistent-volume/annotations.ts';
import { withAnnotations, withClaimRef } from '../controllers/persistent-volume/bind-claim.ts';
import { findClassOfClaim, provisionerOf } from '../controllers/persistent-volume/storage-class.ts';
import { claimPlace, volumeIndex } from '../controllers/persistent-volume/volume-index.ts';
import { isClaimBound } from '../controllers/persistent-volume/volume-matching.ts';
import { PROVISIONER } from '../controllers/provisioner/provisioned-volume.ts';
import type { Turn, View } from '../kernel/index.ts';
import { PROVISIONER_FAULT } from '../kubelet/index.ts';
import type { VolumePlan } from './pod-volumes.ts';

/** How long a pod waits for its volumes before the attempt counts as failed. k8s: DefaultBindTimeoutSeconds */
const BIND_TIMEOUT_MS = 600_000;

/** A pod that has a node in mind and waits for its volumes. */
export interface Binding {
  readonly [name: string]: Json;
  readonly uid: string;
  readonly nodeName: string;
  /** When it gives up; -1 where volumes are sure to come, so that no alarm is set in vain. */
  readonly untilMs: number;
}

/**
 * The moment when waiting for claims is given up. The simulated provisioner delivers, so only volumes that others are to
 * make, or that it cannot make, need one.
 */
export function deadlineOf(turn: Turn, claims: readonly PersistentVolumeClaim[]): number {
  const isAtWork = turn.config.provisioner === 'auto' && turn.recall(PROVISIONER_FAULT) === undefined;
  const isSure = claims.every((claim) => {
    const found = findClassOfClaim(turn.view, claim);
    return isAtWork && found !== undefined && provisionerOf(found) === PROVISIONER;
  });
  return isSure ? -1 : turn.nowMs + BIND_TIMEOUT_MS;
}

/** A binding that was sure of its volumes, with a deadline where it is not any more: their class is gone, say. */
export function withDeadline(turn: Turn, pod: Pod, binding: Binding): Binding {
  if (binding.untilMs >= 0) return binding;
  const claims = unboundClaimsOf(turn.view, pod).filter((claim) => typeof claim !== 'string');
  const waiting = claims.filter((claim) => !isAwaitingVolume(turn.view, claim));
  return { ...binding, untilMs: deadlineOf(turn, waiting) };
}

/** The part of an outcome that sets the alarm for a binding. */
export const alarmOf = (turn: Turn, { untilMs }: Binding): { readonly againMs?: number } =>
  untilMs < 0 ? {} : { againMs: untilMs - turn.nowMs };

const placeOf = (key: ObjectKey): string => `scheduler/binding ${key}`;

/** The binding under way for a pod; one of an earlier pod of that name does not count. */
export function recallBinding(turn: Turn, key: ObjectKey, pod: Pod): Binding | undefined {
  const binding = turn.recall<Binding>(placeOf(key));
  return binding?.uid === pod.metadata.uid ? binding : undefined;
}

/** Notes that a pod waits for its volumes. */
export const rememberBinding = (turn: Turn, key: ObjectKey, binding: Binding): void =>
  turn.remember(placeOf(key), binding);

/** Forgets it, once the pod is bound or the attempt failed. */
export const forgetBinding = (turn: Turn, key: ObjectKey): void => turn.remember(placeOf(key), undefined);

/** Writes a plan. Returns false when the API server refused a part of it. */
export function writePlan(turn: Turn, plan: VolumePlan, nodeName: string): boolean {
  for (const { volume, claim } of plan.bind) if (!turn.update(withClaimRef(volume, claim)).ok) return false;
  for (const claim of plan.provision)
    if (!turn.update(withAnnotations(claim, { [annotation.selectedNode]: nodeName })).ok) return false;
  return true;
}

/** The claims of a pod that are not bound yet. */
export function unboundClaimsOf(view: View, pod: Pod): readonly (PersistentVolumeClaim | string)[] {
  const unbound: (PersistentVolumeClaim | string)[] = [];
  for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
    if (!persistentVolumeClaim) continue;
    const { claimName } = persistentVolumeClaim;
    const claim = view.get('PersistentVolumeClaim', pod.metadata.namespace ?? '', claimName);
    if (!claim) unbound.push(claimName);
    else if (!isClaimBound(claim)) unbound.push(claim);
  }
  return unbound;
}

/** Why waiting for volumes is in vain, in the words of the event; undefined while it is not. */
export function failureOfBinding(turn: Turn, pod: Pod, binding: Binding): string | undefined {
  for (const claim of unboundClaimsOf(turn.view, pod)) {
    if (typeof claim === 'string')
      return `failed to get pvc "${pod.metadata.namespace}/${claim}" while checking bindings`;
    const selected = claim.metadata.annotations?.[annotation.selectedNode];
    const isReserved = selected === binding.nodeName || isAwaitingVolume(turn.view, claim);
    if (!isReserved) return `provisioning failed for PVC "${claim.metadata.name}"`;
  }
  return binding.untilMs >= 0 && turn.nowMs >= binding.untilMs ? 'context deadline exceeded' : undefined;
}

/** True when a volume that is there was reserved for the claim and the claim is about to be bound to it. */
function isAwaitingVolume(view: View, claim: PersistentVolumeClaim): boolean {
  const { namespace, name, uid } = claim.metadata;
  const volumes = view.derived(volumeIndex).byClaim.get(claimPlace(namespace, name))?.values() ?? [];
  for (const volume of volumes) if (volume.spec.claimRef?.uid === uid) return true;
  return false;
}

/** The key of a claim of the pod, for the reason that says what is waited for. */
export const keyOfClaim = (pod: Pod, claim: PersistentVolumeClaim | string): ObjectKey =>
  keyOf('PersistentVolumeClaim', pod.metadata.namespace, typeof claim === 'string' ? claim : claim.metadata.name);
