// What makes a pod the pod of an ordinal: name, labels, host name, volumes; and how a pod that lost some of it is made
// whole again. Pure. k8s: pkg/controller/statefulset/stateful_set_utils.go
import type { Draft, Pod, PodTemplateSpec, StatefulSet, StringMap, Volume } from '#kube';
import { claimNameOf, podNameOf } from '#kube';
import { claimTemplatesOf, controllerRefTo } from './claims.ts';

const POD_NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX_LABEL = 'apps.kubernetes.io/pod-index';
const REVISION_LABEL = 'controller-revision-hash';

/** The lowest ordinal of a set. k8s: getStartOrdinal */
export const startOf = (set: StatefulSet): number => set.spec.ordinals?.start ?? 0;

/** The highest ordinal of a set; one below the lowest when it has no replicas. k8s: getEndOrdinal */
export const endOf = (set: StatefulSet): number => startOf(set) + set.spec.replicas - 1;

/** The revision that a pod was made of; '' for a pod that no set made. k8s: getPodRevision */
export const revisionOf = (pod: Pod): string => pod.metadata.labels?.[REVISION_LABEL] ?? '';

/** Owner references are the same object in all pods of a set, so that ten thousand pods do not hold ten thousand. */
const refsOfSets = new WeakMap<StatefulSet['spec'], Pod['metadata']['ownerReferences']>();

function ownerRefs(set: StatefulSet): NonNullable<Pod['metadata']['ownerReferences']> {
  const known = refsOfSets.get(set.spec);
  if (known?.[0]?.uid === set.metadata.uid) return known;
  const refs = [controllerRefTo(set)];
  refsOfSets.set(set.spec, refs);
  return refs;
}

/** The volumes of a pod: its claims before the template's, which yield to a claim of the same name. k8s: updateStorage */
function volumesOf(
  set: StatefulSet,
  ordinal: number,
  others: readonly Volume[] | undefined,
): readonly Volume[] | undefined {
  const templates = claimTemplatesOf(set.spec);
  if (templates.length === 0) return others;
  const claims = templates.map((template): Volume => {
    const { name } = template.metadata;
    return { name, persistentVolumeClaim: { claimName: claimNameOf(name, set.metadata.name, ordinal) } };
  });
  const kept = (others ?? []).filter((volume) => !claims.some((claim) => claim.name === volume.name));
  return [...claims, ...kept];
}

/**
 * STS-1: a new pod for an ordinal, as it is handed to the API server. Containers are shared with the template.
 * @param template the template of the revision that the pod is made of
 * @param revision the full name of that revision
 * k8s: newStatefulSetPod, initIdentity
 */
export function newPod(set: StatefulSet, template: PodTemplateSpec, revision: string, ordinal: number): Draft<Pod> {
  const name = podNameOf(set.metadata.name, ordinal);
  const meta = template.metadata as { annotations?: StringMap; finalizers?: readonly string[] } | undefined;
  const { volumes: templateVolumes, hostname: _hostname, subdomain: _subdomain, ...spec } = template.spec;
  const volumes = volumesOf(set, ordinal, templateVolumes);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace ?? 'default',
      labels: {
        ...template.metadata?.labels,
        [POD_NAME_LABEL]: name,
        [POD_INDEX_LABEL]: String(ordinal),
        [REVISION_LABEL]: revision,
      },
      ...(meta?.annotations && { annotations: meta.annotations }),
      ...(meta?.finalizers && { finalizers: meta.finalizers }),
      ownerReferences: ownerRefs(set),
    },
    spec: {
      ...spec,
      ...(volumes && { volumes }),
      hostname: name,
      ...(set.spec.serviceName && { subdomain: set.spec.serviceName }),
    },
    status: { phase: 'Pending' },
  };
}

/** STS-8: whether a pod still says its own name; of the labels only this one is looked at. k8s: identityMatches */
export const isIdentityRight = (pod: Pod): boolean => pod.metadata.labels?.[POD_NAME_LABEL] === pod.metadata.name;

/** STS-8: whether each claim template stands among a pod's volumes with the right claim. k8s: storageMatches */
export function isStorageRight(set: StatefulSet, pod: Pod, ordinal: number): boolean {
  for (const { metadata } of claimTemplatesOf(set.spec)) {
    const volume = pod.spec.volumes?.find(({ name }) => name === metadata.name);
    if (volume?.persistentVolumeClaim?.claimName !== claimNameOf(metadata.name, set.metadata.name, ordinal))
      return false;
  }
  return true;
}

/** STS-8: the pod with its name and index labels restored. k8s: updateIdentity */
export const withIdentity = (pod: Pod, ordinal: number): Pod => ({
  ...pod,
  metadata: {
    ...pod.metadata,
    labels: { ...pod.metadata.labels, [POD_NAME_LABEL]: pod.metadata.name, [POD_INDEX_LABEL]: String(ordinal) },
  },
});

/** STS-8: the pod with its claims among its volumes. k8s: updateStorage */
export function withStorage(set: StatefulSet, pod: Pod, ordinal: number): Pod {
  const volumes = volumesOf(set, ordinal, pod.spec.volumes);
  return { ...pod, spec: { ...pod.spec, ...(volumes && { volumes }) } };
}
