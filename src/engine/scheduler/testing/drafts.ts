// Objects for the tests of storage, scheduling, endpoints and DNS, with what matters to a test as arguments.
import type {
  Draft,
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  Pod,
  PodSpec,
  Service,
  StorageClass,
  StringMap,
} from '#kube';

interface PodOptions {
  readonly spec?: Partial<PodSpec>;
  readonly labels?: StringMap;
  readonly requests?: Readonly<Record<string, string>>;
  /** Names of claims, each mounted as a volume. */
  readonly claims?: readonly string[];
}

/** A pod with one container. */
export const newPod = (name: string, { spec, labels, requests, claims = [] }: PodOptions = {}): Draft<Pod> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', ...(labels && { labels }) },
  spec: {
    containers: [{ name: 'main', image: 'nginx:1.27', resources: requests ? { requests } : {} }],
    volumes: claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } })),
    ...spec,
  },
  status: { phase: 'Pending' },
});

/** A claim of 1Gi, ReadWriteOnce. */
export const newClaim = (
  name: string,
  spec: Partial<PersistentVolumeClaimSpec> = {},
  annotations?: StringMap,
): Draft<PersistentVolumeClaim> => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'default', ...(annotations && { annotations }) },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  status: { phase: 'Pending' },
});

/** A volume without a class of 1Gi, ReadWriteOnce, Retain. */
export const newVolume = (name: string, spec: Partial<PersistentVolume['spec']> = {}): Draft<PersistentVolume> => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name },
  spec: {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: '',
    ...(spec.hostPath === undefined && { csi: { driver: 'disk.example', volumeHandle: name } }),
    ...spec,
  },
  status: { phase: 'Pending' },
});

/** A class of the simulated provisioner that binds at once. */
export const newClass = (name: string, more: Partial<Omit<StorageClass, 'metadata'>> = {}): Draft<StorageClass> => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name },
  provisioner: 'sim.example/provisioner',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
  ...more,
});

/** Node affinity of a volume that only one host reaches. */
export const onHost = (...hosts: readonly string[]): NonNullable<PersistentVolume['spec']['nodeAffinity']> => ({
  required: {
    nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: hosts }] }],
  },
});

/** The headless Service `nginx` for pods with label app=nginx. */
export const newService = (
  name = 'nginx',
  spec: Partial<Service['spec']> = {},
  labels?: StringMap,
): Draft<Service> => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default', ...(labels && { labels }) },
  spec: { clusterIP: 'None', selector: { app: 'nginx' }, ports: [{ name: 'web', port: 80 }], ...spec },
});

/** A pod as a StatefulSet makes it: with a host name and the Service as its sub-domain. */
export const newMember = (
  name: string,
  more: Partial<PodSpec> = {},
  labels: StringMap = { app: 'nginx' },
): Draft<Pod> => newPod(name, { labels, spec: { hostname: name, subdomain: 'nginx', ...more } });
