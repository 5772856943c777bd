// The volume that the simulated provisioner makes for a claim. k8s: sig-storage-lib-external-provisioner
import type { Draft, Node, NodeSelectorTerm, PersistentVolume, PersistentVolumeClaim, StorageClass } from '#kube';
import type { Turn } from '../../kernel/index.ts';
import { annotation } from '../persistent-volume/annotations.ts';
import { claimRefOf } from '../persistent-volume/bind-claim.ts';
import { classOfClaim, provisionerOf } from '../persistent-volume/storage-class.ts';

/** The provisioner that is at work in a simulated cluster. */
export const PROVISIONER = 'sim.example/provisioner';

/** PV-27: where it stands in the world's memory that another provisioner was at work in a cluster that was found. */
export const foundProvisionerKey = (name: string): string => `provisioner-found/${name}`;

/** PV-27: whether a provisioner makes and deletes volumes here: the simulated one, and those that were found at work. */
export const isAtWork = (turn: Pick<Turn, 'recall'>, name: string | undefined): boolean =>
  name === PROVISIONER || (name !== undefined && turn.recall(foundProvisionerKey(name)) !== undefined);

/** The name of its driver in volumes. */
const DRIVER = 'sim.example';

/** Parameter of a class that ties its volumes to a place: `zone` or `node`; without it every node reaches them. */
const TOPOLOGY_PARAMETER = 'topology';
const TOPOLOGY_LABELS: Readonly<Record<string, string>> = {
  zone: 'topology.kubernetes.io/zone',
  node: 'kubernetes.io/hostname',
};

/** The name of the volume for a claim: there is one for each claim that ever was. */
export const provisionedName = (claim: PersistentVolumeClaim): string => `pvc-${claim.metadata.uid}`;

/** Where pods can use a volume of this class that was made for a node (PV-22). */
function topologyOf(found: StorageClass, node: Node | undefined): NodeSelectorTerm | undefined {
  const key = TOPOLOGY_LABELS[found.parameters?.[TOPOLOGY_PARAMETER] ?? ''];
  const value = key === undefined ? undefined : node?.metadata.labels?.[key];
  if (key === undefined || value === undefined) return undefined;
  return { matchExpressions: [{ key, operator: 'In', values: [value] }] };
}

/**
 * The volume for a claim, bound to it from the start by its claim reference.
 * @param node where the class is to make it, when the class ties its volumes to a place
 */
export function newProvisionedVolume(
  claim: PersistentVolumeClaim,
  found: StorageClass,
  node: Node | undefined,
): Draft<PersistentVolume> {
  const name = provisionedName(claim);
  const term = topologyOf(found, node);
  const provisioner = provisionerOf(found);
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { [annotation.provisionedBy]: provisioner } },
    spec: {
      accessModes: claim.spec.accessModes ?? [],
      capacity: { storage: claim.spec.resources?.requests?.storage ?? '0' },
      claimRef: claimRefOf(claim),
      csi: { driver: provisioner === PROVISIONER ? DRIVER : provisioner, volumeHandle: name },
      ...(found.mountOptions && { mountOptions: found.mountOptions }),
      ...(term && { nodeAffinity: { required: { nodeSelectorTerms: [term] } } }),
      persistentVolumeReclaimPolicy: found.reclaimPolicy ?? 'Delete',
      storageClassName: classOfClaim(claim),
      volumeMode: claim.spec.volumeMode ?? 'Filesystem',
    },
    status: { phase: 'Pending' },
  };
}
