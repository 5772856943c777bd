// The rules of storage in the words that the page shows: binding, protection, and the simulated provisioner.
import type { Rule } from '../../rules.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/storage';
const VOLUMES = `${DOCS}/persistent-volumes/`;
const CLASSES = `${DOCS}/storage-classes/`;
const CONTROLLER = 'pkg/controller/volume/persistentvolume/pv_controller.go';

/** A provisioned volume is named after its claim's uid: a part of it tells it apart. */
const short = (name: string | number | undefined): string =>
  `${name ?? ''}`.replace(/^(pvc-[0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, '$1…');

export const persistentVolumeRules: readonly Rule[] = [
  {
    id: 'PV-1',
    title: 'A volume is bound to a claim',
    sentence: ({ claim, volume }) =>
      claim === undefined ? `${short(volume)} is bound` : `binding ${short(volume)} to ${claim}`,
    aside: () => 'the smallest volume that suits',
    docs: `${VOLUMES}#binding`,
    upstream: `findBestMatchForClaim, bind in ${CONTROLLER}`,
  },
  {
    id: 'PV-2',
    title: 'The claim is bound',
    sentence: ({ claim, volume }) => `${claim} is bound to ${short(volume)}`,
    docs: `${VOLUMES}#binding`,
    upstream: `bindClaimToVolume in ${CONTROLLER}`,
  },
  {
    id: 'PV-3',
    title: 'Waiting for the first consumer',
    sentence: ({ claim }) => `${claim} waits for a pod that uses it before it is bound`,
    aside: () => 'WaitForFirstConsumer',
    docs: `${CLASSES}#volume-binding-mode`,
    upstream: `emitEventForUnboundDelayBindingClaim in ${CONTROLLER}`,
  },
  {
    id: 'PV-4',
    title: 'Waiting for a pod to be scheduled',
    sentence: ({ claim, pod }) => `${claim} waits for ${pod} to be scheduled before it is bound`,
    aside: () => 'WaitForFirstConsumer',
    docs: `${CLASSES}#volume-binding-mode`,
    upstream: `emitEventForUnboundDelayBindingClaim in ${CONTROLLER}`,
  },
  {
    id: 'PV-5',
    title: 'Waiting for the provisioner',
    sentence: ({ claim, provisioner }) => `${claim} waits for ${provisioner} to create a volume`,
    docs: `${DOCS}/dynamic-provisioning/`,
    upstream: `provisionClaimOperationExternal in ${CONTROLLER}`,
  },
  {
    id: 'PV-6',
    title: 'No volume and no class',
    sentence: ({ claim }) => `${claim} has no StorageClass, and no volume without a class suits it`,
    docs: `${VOLUMES}#class-1`,
    upstream: `syncUnboundClaim in ${CONTROLLER}`,
  },
  {
    id: 'PV-7',
    title: 'The default class is filled in',
    sentence: ({ claim, class: name }) => `${claim} gets the default StorageClass ${name}`,
    docs: `${VOLUMES}#retroactive-default-storageclass-assignment`,
    upstream: `assignDefaultStorageClass in ${CONTROLLER}`,
  },
  {
    id: 'PV-8',
    title: 'The class does not exist',
    sentence: ({ claim, class: name }) => `${claim} asks for the StorageClass ${name}, which does not exist`,
    docs: CLASSES,
    upstream: `provisionClaim in ${CONTROLLER}`,
  },
  {
    id: 'PV-9',
    title: 'The class makes no volumes',
    sentence: ({ claim, class: name }) =>
      `${claim} waits for somebody to create a volume: the StorageClass ${name} makes none`,
    docs: `${CLASSES}#local`,
    upstream: `findProvisionablePlugin in ${CONTROLLER}`,
  },
  {
    id: 'PV-10',
    title: 'The claim names its volume',
    sentence: ({ claim, volume, why }) => `${claim} waits for the volume ${short(volume)}, which ${why}`,
    docs: `${VOLUMES}#reserving-a-persistentvolume`,
    upstream: `checkVolumeSatisfyClaim in ${CONTROLLER}`,
  },
  {
    id: 'PV-11',
    title: 'The volume is available',
    sentence: ({ volume }) => `${short(volume)} is free for a claim`,
    docs: `${VOLUMES}#phase`,
    upstream: `syncVolume in ${CONTROLLER}`,
  },
  {
    id: 'PV-12',
    title: 'The claim lost its volume',
    sentence: ({ claim, what }) => `${claim} has lost ${what}: its data is gone for good`,
    docs: `${VOLUMES}#binding`,
    upstream: `syncBoundClaim in ${CONTROLLER}`,
  },
  {
    id: 'PV-13',
    title: 'A released volume is retained',
    sentence: ({ volume, claim }) => `${short(volume)} keeps the data of ${claim} and is given to nobody`,
    aside: () => 'reclaim policy Retain',
    docs: `${VOLUMES}#retain`,
    upstream: `reclaimVolume in ${CONTROLLER}`,
  },
  {
    id: 'PV-14',
    title: 'A released volume is to be deleted',
    sentence: ({ volume }) => `${short(volume)} waits for its provisioner to delete it`,
    aside: () => 'reclaim policy Delete',
    docs: `${VOLUMES}#delete`,
    upstream: `deleteVolumeOperation in ${CONTROLLER}`,
  },
  {
    id: 'PV-15',
    title: 'A released volume cannot be reclaimed',
    sentence: ({ volume, message }) => `${short(volume)} cannot be reclaimed: ${message}`,
    docs: `${VOLUMES}#reclaiming`,
    upstream: `reclaimVolume in ${CONTROLLER}`,
  },
  {
    id: 'PV-16',
    title: 'Claims are looked at every 15 seconds',
    sentence: () => 'classes, pods and freed volumes are noticed at the next look at all claims, every 15 seconds',
    upstream: `resync in pkg/controller/volume/persistentvolume/pv_controller_base.go`,
  },
  {
    id: 'PV-17',
    title: 'A claim in use is protected',
    sentence: ({ claim, pod }) => `${claim} is kept until ${pod} is gone`,
    aside: () => 'finalizer kubernetes.io/pvc-protection',
    docs: `${VOLUMES}#storage-object-in-use-protection`,
    upstream: 'pkg/controller/volume/pvcprotection',
  },
  {
    id: 'PV-18',
    title: 'A claim that nobody uses may go',
    sentence: ({ claim }) => `no pod on a node uses ${claim} any more: it may go`,
    docs: `${VOLUMES}#storage-object-in-use-protection`,
    upstream: 'pkg/controller/volume/pvcprotection',
  },
  {
    id: 'PV-19',
    title: 'A bound volume is protected',
    sentence: ({ claim, volume }) => `${short(volume)} is kept until ${claim} is gone`,
    aside: () => 'finalizer kubernetes.io/pv-protection',
    docs: `${VOLUMES}#storage-object-in-use-protection`,
    upstream: 'pkg/controller/volume/pvprotection',
  },
  {
    id: 'PV-20',
    title: 'A volume that is not bound may go',
    sentence: ({ volume }) => `${short(volume)} is bound to no claim: it may go`,
    docs: `${VOLUMES}#storage-object-in-use-protection`,
    upstream: 'pkg/controller/volume/pvprotection',
  },
  {
    id: 'PV-21',
    title: 'A volume is being made',
    sentence: ({ claim }) => `making a volume for ${claim}`,
    aside: ({ class: name }) => `StorageClass ${name}`,
    docs: `${DOCS}/dynamic-provisioning/`,
    upstream: 'sig-storage-lib-external-provisioner',
  },
  {
    id: 'PV-22',
    title: 'A volume was made',
    sentence: ({ claim, volume }) => `created ${short(volume)} for ${claim}`,
    docs: `${DOCS}/dynamic-provisioning/`,
    upstream: 'sig-storage-lib-external-provisioner',
  },
  {
    id: 'PV-23',
    title: 'A released volume was deleted',
    sentence: ({ volume }) => `deleted ${short(volume)} and its data`,
    aside: () => 'reclaim policy Delete',
    docs: `${VOLUMES}#delete`,
    upstream: 'sig-storage-lib-external-provisioner',
  },
  {
    id: 'PV-24',
    title: 'A volume grows',
    sentence: ({ claim, from, to }) => `making the volume of ${claim} larger: from ${from} to ${to}`,
    docs: `${VOLUMES}#expanding-persistent-volumes-claims`,
    upstream: 'external-resizer',
  },
  {
    id: 'PV-25',
    title: 'The file system grows on the node',
    sentence: ({ claim, to }) => `the node that mounts ${claim} makes its file system ${to} large`,
    docs: `${VOLUMES}#resizing-a-volume-containing-a-file-system`,
    upstream: 'NodeExpandVolume in pkg/volume/util/operationexecutor',
  },
  {
    id: 'PV-26',
    title: 'Waiting for a resizer',
    sentence: ({ claim, from, to }) => `waiting for an outside controller to enlarge ${claim} from ${from} to ${to}`,
    docs: `${VOLUMES}#expanding-persistent-volumes-claims`,
    upstream: 'syncHandler in pkg/controller/volume/expand',
  },
];
