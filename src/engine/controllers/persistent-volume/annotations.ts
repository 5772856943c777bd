// Annotations by which the parties of volume binding talk to each other. k8s: component-helpers/storage/volume

export const annotation = {
  /** On a claim: binding was completed once. */
  bindCompleted: 'pv.kubernetes.io/bind-completed',
  /** On a claim or a volume: the controller chose the partner, not a person. */
  boundByController: 'pv.kubernetes.io/bound-by-controller',
  /** On a volume: who made it. */
  provisionedBy: 'pv.kubernetes.io/provisioned-by',
  /** On a claim: who is asked to make a volume; the older spelling is written as well. */
  storageProvisioner: 'volume.kubernetes.io/storage-provisioner',
  betaStorageProvisioner: 'volume.beta.kubernetes.io/storage-provisioner',
  /** On a claim: the node that the scheduler chose for the first pod that uses it. */
  selectedNode: 'volume.kubernetes.io/selected-node',
  betaClass: 'volume.beta.kubernetes.io/storage-class',
} as const;
