// The claims of a set's pods: their names, how they are made, and who owns them under the retention policy (STS's
// persistentVolumeClaimRetentionPolicy). Pure questions only; writing is in pod-control.ts.
// k8s: pkg/controller/statefulset/stateful_set_utils.go
import type { ClaimTemplate, Draft, OwnerReference, PersistentVolumeClaim, StatefulSet, StatefulSetSpec } from '#kube';
import { claimNameOf } from '#kube';

/** What the questions about owners need of a pod. A pod that is not created yet has no uid. */
export interface PodIdentity {
  readonly name: string;
  readonly uid: string | undefined;
  /** Whether its ordinal is one of those that `replicas` and `ordinals.start` ask for. */
  readonly isInRange: boolean;
}

const API_OF_SETS = 'apps/v1';
const API_OF_PODS = 'v1';
const NO_REFS: readonly OwnerReference[] = [];
const NO_TEMPLATES: readonly ClaimTemplate[] = [];

/**
 * The claim templates of a set. Of several with one name the last counts (CLAIM-1), since the controller keeps them by
 * name. k8s: getPersistentVolumeClaims
 */
export function claimTemplatesOf(spec: StatefulSetSpec): readonly ClaimTemplate[] {
  const templates = spec.volumeClaimTemplates;
  if (templates === undefined || templates.length === 0) return NO_TEMPLATES;
  if (templates.length === 1) return templates;
  const byName = new Map<string, ClaimTemplate>();
  for (const template of templates) byName.set(template.metadata.name, template);
  return byName.size === templates.length ? templates : [...byName.values()];
}

/**
 * CLAIM-1: the claim that a template stands for at an ordinal, as it is handed to the API server. The selector's labels
 * win over the template's. k8s: getPersistentVolumeClaims
 */
export function newClaim(set: StatefulSet, template: ClaimTemplate, ordinal: number): Draft<PersistentVolumeClaim> {
  const labels = { ...template.metadata.labels, ...set.spec.selector.matchLabels };
  const { labels: _labels, ...kept } = template.metadata;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...kept,
      name: claimNameOf(template.metadata.name, set.metadata.name, ordinal),
      namespace: set.metadata.namespace ?? 'default',
      ...(Object.keys(labels).length > 0 && { labels }),
    },
    spec: template.spec,
    status: { phase: 'Pending' },
  };
}

type Retention = 'Retain' | 'Delete';

/** The retention policy of a set; Retain where nothing is said. k8s: getPersistentVolumeClaimRetentionPolicy */
export const retentionOf = (spec: StatefulSetSpec): { whenDeleted: Retention; whenScaled: Retention } => ({
  whenDeleted: spec.persistentVolumeClaimRetentionPolicy?.whenDeleted ?? 'Retain',
  whenScaled: spec.persistentVolumeClaimRetentionPolicy?.whenScaled ?? 'Retain',
});

const keepsAll = (spec: StatefulSetSpec): boolean => {
  const policy = spec.persistentVolumeClaimRetentionPolicy;
  return policy === undefined || (policy.whenDeleted !== 'Delete' && policy.whenScaled !== 'Delete');
};

const namesSet = (ref: OwnerReference, set: StatefulSet): boolean =>
  ref.kind === 'StatefulSet' && ref.apiVersion === API_OF_SETS && ref.name === set.metadata.name;

const namesPod = (ref: OwnerReference, pod: PodIdentity): boolean =>
  ref.kind === 'Pod' && ref.apiVersion === API_OF_PODS && ref.name === pod.name;

const hasRefTo = (refs: readonly OwnerReference[], uid: string | undefined): boolean =>
  uid !== undefined && refs.some((ref) => ref.uid === uid);

/**
 * CLAIM-8: whether a reference to a pod of this name has another uid: the claim still belongs to a predecessor. Before
 * the pod exists, any reference to its name is such a one. k8s: hasStaleOwnerRef
 */
export const hasStalePodRef = (claim: PersistentVolumeClaim, pod: PodIdentity): boolean =>
  (claim.metadata.ownerReferences ?? NO_REFS).some((ref) => namesPod(ref, pod) && ref.uid !== pod.uid);

const hasStaleSetRef = (refs: readonly OwnerReference[], set: StatefulSet): boolean =>
  refs.some((ref) => namesSet(ref, set) && ref.uid !== set.metadata.uid);

/**
 * CLAIM-6: whether somebody else is the controller of a claim that a policy would have the set manage. References of
 * ours with another uid count as somebody else. k8s: hasUnexpectedController
 */
export function hasUnexpectedController(claim: PersistentVolumeClaim, set: StatefulSet, pod: PodIdentity): boolean {
  if (keepsAll(set.spec)) return false;
  return (claim.metadata.ownerReferences ?? NO_REFS).some((ref) => {
    if (namesSet(ref, set)) return ref.uid !== set.metadata.uid;
    if (namesPod(ref, pod)) return ref.uid !== pod.uid;
    return ref.controller === true;
  });
}

/** CLAIM-5: which of the two references a claim shall have under the policy. */
function wantedOwner(spec: StatefulSetSpec, pod: PodIdentity): 'set' | 'pod' | 'none' {
  const { whenDeleted, whenScaled } = retentionOf(spec);
  if (whenScaled === 'Delete' && !pod.isInRange) return 'pod';
  return whenDeleted === 'Delete' ? 'set' : 'none';
}

/**
 * CLAIM-5, CLAIM-6, CLAIM-8: whether the owners of a claim are as the policy wants them, or must not be touched.
 * k8s: isClaimOwnerUpToDate
 */
export function isClaimOwnerUpToDate(claim: PersistentVolumeClaim, set: StatefulSet, pod: PodIdentity): boolean {
  const refs = claim.metadata.ownerReferences ?? NO_REFS;
  const wanted = wantedOwner(set.spec, pod);
  if (refs.length === 0) return wanted === 'none';
  if (hasStaleSetRef(refs, set) || hasStalePodRef(claim, pod)) return true;
  const setUid = set.metadata.uid;
  const isOurs = (ref: OwnerReference): boolean => ref.uid === setUid || (pod.uid !== undefined && ref.uid === pod.uid);
  if (hasUnexpectedController(claim, set, pod)) return !refs.some(isOurs);
  if (refs.some((ref) => isOurs(ref) && ref.controller !== true)) return false;
  return hasRefTo(refs, setUid) === (wanted === 'set') && hasRefTo(refs, pod.uid) === (wanted === 'pod');
}

/** The owners that a claim gets: ours taken out, and the wanted one appended unless somebody else is in charge. k8s: updateClaimOwnerRefForSetAndPod */
export function ownersUnderPolicy(
  claim: PersistentVolumeClaim,
  set: StatefulSet,
  pod: PodIdentity,
): readonly OwnerReference[] {
  const others = (claim.metadata.ownerReferences ?? NO_REFS).filter(
    (ref) => !namesSet(ref, set) && !namesPod(ref, pod),
  );
  if (hasUnexpectedController(claim, set, pod)) return others;
  const wanted = wantedOwner(set.spec, pod);
  if (wanted === 'set') return [...others, controllerRefTo(set)];
  if (wanted === 'pod' && pod.uid !== undefined)
    return [...others, newControllerRef(API_OF_PODS, 'Pod', pod.name, pod.uid)];
  return others;
}

const newControllerRef = (apiVersion: string, kind: string, name: string, uid: string): OwnerReference => ({
  apiVersion,
  kind,
  name,
  uid,
  controller: true,
  blockOwnerDeletion: true,
});

/** The reference by which a set controls its pods, revisions and claims. k8s: metav1.NewControllerRef */
export const controllerRefTo = (set: StatefulSet): OwnerReference =>
  newControllerRef(API_OF_SETS, 'StatefulSet', set.metadata.name, set.metadata.uid);
