// What a StorageClass means for claims and volumes: which class a claim asks for, who makes its volumes, and whether
// binding waits for a pod. k8s: component-helpers/storage/volume
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '#kube';
import type { View } from '../../kernel/index.ts';
import { annotation } from './annotations.ts';

/** Provisioner of classes whose volumes are made by hand. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** In-tree provisioners that a CSI driver took over, and its name. k8s: csi-translation-lib */
const MIGRATED: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
};

/** The class a claim asks for; '' asks for a volume without a class. k8s: GetPersistentVolumeClaimClass */
export const classOfClaim = (claim: PersistentVolumeClaim): string =>
  claim.metadata.annotations?.[annotation.betaClass] ?? claim.spec.storageClassName ?? '';

/** The class a volume belongs to; '' for none. k8s: GetPersistentVolumeClass */
export const classOfVolume = (volume: PersistentVolume): string =>
  volume.metadata.annotations?.[annotation.betaClass] ?? volume.spec.storageClassName ?? '';

/** True when the claim leaves its class open, so that a default may be filled in. */
export const isClassOpen = (claim: PersistentVolumeClaim): boolean =>
  claim.spec.storageClassName === undefined && claim.metadata.annotations?.[annotation.betaClass] === undefined;

/** The StorageClass a claim asks for, when it exists. */
export const findClassOfClaim = (view: View, claim: PersistentVolumeClaim): StorageClass | undefined => {
  const name = classOfClaim(claim);
  return name === '' ? undefined : view.get('StorageClass', '', name);
};

/** True when the claim's volume is chosen only once a pod that uses it has a node. k8s: IsDelayBindingMode */
export const isDelayed = (view: View, claim: PersistentVolumeClaim): boolean =>
  findClassOfClaim(view, claim)?.volumeBindingMode === 'WaitForFirstConsumer';

/** The name of the provisioner that serves a class: CSI drivers took over the ones that were built in. */
export const provisionerOf = ({ provisioner }: StorageClass): string => driverOf(provisioner);

/** The driver that took over from a provisioner that was built in; any other is its own. */
export const driverOf = (provisioner: string): string => MIGRATED[provisioner] ?? provisioner;

/** True when nothing outside Kubernetes makes volumes of this class. */
export const isBuiltIn = (provisioner: string): boolean => provisioner.startsWith('kubernetes.io/');
