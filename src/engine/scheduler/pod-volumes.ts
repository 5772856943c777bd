// The claims a pod uses, and how they could be met on a node. k8s: scheduler volumebinding, FindPodVolumes
import {
  isTerminating,
  keyOf,
  type Node,
  type ObjectKey,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type StorageClass,
} from '#kube';
import { annotation } from '../controllers/persistent-volume/annotations.ts';
import { findClassOfClaim, isDelayed, NO_PROVISIONER } from '../controllers/persistent-volume/storage-class.ts';
import {
  findVolumeFor,
  isClaimBound,
  isVolumeReachable,
  requestedBytes,
} from '../controllers/persistent-volume/volume-matching.ts';
import type { View } from '../kernel/index.ts';

export interface PodClaims {
  readonly bound: readonly PersistentVolumeClaim[];
  /** Unbound, to be met on the node that is chosen; smallest first. */
  readonly delayed: readonly PersistentVolumeClaim[];
}

/** Why no node at all will do. */
export interface ClaimProblem {
  readonly message: string;
  readonly claim: ObjectKey;
}

export const NO_CLAIMS: PodClaims = { bound: [], delayed: [] };

/** What a pod with a claim that binds at once says while the claim is not bound. */
export const UNBOUND_IMMEDIATE = 'pod has unbound immediate PersistentVolumeClaims';

/** What is wrong with a claim that a pod uses, whatever its binding mode. */
function problemOf(claim: PersistentVolumeClaim | undefined, name: string): string | undefined {
  if (!claim) return `persistentvolumeclaim "${name}" not found`;
  if (claim.status.phase === 'Lost')
    return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName ?? ''}"`;
  return isTerminating(claim) ? `persistentvolumeclaim "${name}" is being deleted` : undefined;
}

/** The claims of a pod, or the first problem that keeps it from every node. */
export function claimsOfPod(view: View, pod: Pod): PodClaims | ClaimProblem {
  const namespace = pod.metadata.namespace ?? '';
  const bound: PersistentVolumeClaim[] = [];
  const delayed: PersistentVolumeClaim[] = [];
  let unbound: ObjectKey | undefined;
  for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
    if (!persistentVolumeClaim) continue;
    const name = persistentVolumeClaim.claimName;
    const key = keyOf('PersistentVolumeClaim', namespace, name);
    const claim = view.get('PersistentVolumeClaim', namespace, name);
    const message = problemOf(claim, name);
    if (message !== undefined || !claim) return { message: message ?? '', claim: key };
    if (isClaimBound(claim)) bound.push(claim);
    else if (isDelayed(view, claim) && !claim.spec.volumeName) delayed.push(claim);
    else unbound ??= key;
  }
  if (unbound !== undefined) return { message: UNBOUND_IMMEDIATE, claim: unbound };
  if (bound.length === 0 && delayed.length === 0) return NO_CLAIMS;
  delayed.sort((a, b) => requestedBytes(a) - requestedBytes(b) || (a.metadata.name < b.metadata.name ? -1 : 1));
  return { bound, delayed };
}

/** What has to be written so that a pod's claims are met on a node. */
export interface VolumePlan {
  readonly bind: readonly { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume }[];
  readonly provision: readonly PersistentVolumeClaim[];
}

export const volumeReason = {
  affinity: "node(s) didn't match PersistentVolume's node affinity",
  nothingToBind: "node(s) didn't find available persistent volumes to bind",
  missing: 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)',
} as const;

/** True when the class makes volumes that this node reaches. */
function isProvisionable(found: StorageClass | undefined, node: Node): boolean {
  if (!found || found.provisioner === NO_PROVISIONER) return false;
  const terms = found.allowedTopologies;
  if (!terms || terms.length === 0) return true;
  return terms.some(({ matchLabelExpressions }) =>
    (matchLabelExpressions ?? []).every(({ key, values }) => values.includes(node.metadata.labels?.[key] ?? '')),
  );
}

/** How the unbound claims would be met on a node, or undefined when they cannot be. */
export function planVolumes(view: View, claims: readonly PersistentVolumeClaim[], node: Node): VolumePlan | undefined {
  const bind: { claim: PersistentVolumeClaim; volume: PersistentVolume }[] = [];
  const provision: PersistentVolumeClaim[] = [];
  const taken = new Set<string>();
  for (const claim of claims) {
    const selected = claim.metadata.annotations?.[annotation.selectedNode];
    if (selected !== undefined && selected !== node.metadata.name) return undefined;
    const volume = selected === undefined ? findVolumeFor(view, claim, node, { isDelayed: true, taken }) : undefined;
    if (volume) {
      taken.add(volume.metadata.name);
      bind.push({ claim, volume });
    } else if (isProvisionable(findClassOfClaim(view, claim), node)) provision.push(claim);
    else return undefined;
  }
  return { bind, provision };
}

/** Why a pod's bound claims keep it from a node; undefined when they do not. */
export function boundClaimReason(view: View, claims: readonly PersistentVolumeClaim[], node: Node): string | undefined {
  for (const claim of claims) {
    const volume = view.get('PersistentVolume', '', claim.spec.volumeName ?? '');
    if (!volume) return volumeReason.missing;
    if (!isVolumeReachable(volume, node)) return volumeReason.affinity;
  }
  return undefined;
}
