// Fills up a cluster of which only some kinds were pasted, from what the pasted ones say of the others: namespaces, the
// nodes that pods are on, the volumes that claims have, the classes that they came from.
import {
  type KubeObject,
  type Loose,
  milliOfText,
  type Namespace,
  type Node,
  type NodeSelectorTerm,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type StatefulSet,
  type StorageClass,
  type StringMap,
  textAt,
  unitsOfText,
} from '#kube';
import type { NodeSetup } from '#share';
import { uidFor } from './found-objects.ts';

/** A cluster with everything that its objects need. */
export interface WholeCluster {
  readonly objects: readonly KubeObject[];
  /** Nodes to begin with, where nothing said of any. */
  readonly nodes: readonly NodeSetup[];
}

const ZONE = 'topology.kubernetes.io/zone';
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
const OLD_STORAGE_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
const SIMULATED = 'sim.example/provisioner';

/** Objects that are made up are as old as they can be: they are not what happened last. */
const LONG_AGO = '1970-01-01T00:00:00Z';

/**
 * Adds what was not pasted.
 * @param notes gets a sentence for each kind of thing that was made up
 */
export function completed(pasted: readonly KubeObject[], notes: string[]): WholeCluster {
  const objects = [...pasted];
  const of = <T extends KubeObject>(kind: string): T[] => objects.filter((object) => object.kind === kind) as T[];
  objects.push(...namespacesFor(objects));
  const volumes = volumesFor(
    of<PersistentVolumeClaim>('PersistentVolumeClaim'),
    of<PersistentVolume>('PersistentVolume'),
  );
  if (volumes.length > 0) notes.push(`Volumes were not pasted: ${volumes.length} are made up from their claims.`);
  objects.push(...volumes);
  const classes = classesFor(
    of<PersistentVolumeClaim>('PersistentVolumeClaim'),
    of<PersistentVolume>('PersistentVolume'),
    of<StatefulSet>('StatefulSet'),
    of<StorageClass>('StorageClass'),
  );
  if (classes.length > 0)
    notes.push(`StorageClasses were not pasted: ${names(classes)} ${classes.length === 1 ? 'is' : 'are'} made up.`);
  objects.push(...classes);
  const nodes = nodesFor(
    of<Pod>('Pod'),
    of<Node>('Node'),
    of<PersistentVolumeClaim>('PersistentVolumeClaim'),
    of<PersistentVolume>('PersistentVolume'),
  );
  if (nodes.length > 0)
    notes.push(
      `Nodes were not pasted: ${names(nodes)} ${nodes.length === 1 ? 'is' : 'are'} made up from the pods on them.`,
    );
  objects.push(...nodes);
  const needsNodes = of<Node>('Node').length === 0;
  if (needsNodes) notes.push('Nodes were not pasted, and no pod is on one: there are three as in a new cluster.');
  const counted = of<StatefulSet>('StatefulSet').reduce((sum, { status }) => sum + status.replicas, 0);
  if (counted > 0 && of<Pod>('Pod').length === 0)
    notes.push(`Pods were not pasted: the sets count ${counted} of them, and make them anew.`);
  const strangers = ownersElsewhere(pasted);
  if (strangers.length > 0)
    notes.push(
      `${strangers.join(', ')} ${strangers.length === 1 ? 'was' : 'were'} not pasted: what ${strangers.length === 1 ? 'it owns' : 'they own'} is kept, and not made anew.`,
    );
  return { objects, nodes: needsNodes ? DEFAULT_NODES : [] };
}

const names = (objects: readonly KubeObject[]): string => {
  const all = objects.map(({ metadata }) => metadata.name);
  return all.length > 4 ? `${all.slice(0, 3).join(', ')} and ${all.length - 3} more` : all.join(', ');
};

const DEFAULT_NODES: readonly NodeSetup[] = ['a', 'b', 'c'].map((letter) => ({
  name: `node-${letter}`,
  zone: `zone-${letter}`,
  cpu: '4',
  memory: '16Gi',
  pods: 110,
}));

const metadataFor = (kind: string, name: string): KubeObject['metadata'] => ({
  name,
  uid: uidFor(`${kind}/${name}`),
  resourceVersion: '1',
  creationTimestamp: LONG_AGO,
});

/** Namespaces that objects are in. */
function namespacesFor(objects: readonly KubeObject[]): readonly Namespace[] {
  const there = new Set(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name));
  const wanted = new Set(objects.map(({ metadata }) => metadata.namespace).filter((name) => name !== undefined));
  return [...wanted]
    .filter((name) => !there.has(name))
    .map(
      (name): Namespace => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { ...metadataFor('Namespace', name), labels: { 'kubernetes.io/metadata.name': name } },
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      }),
    );
}

/** Volumes of bound claims, where none was pasted. One that is missing among others is really gone. */
function volumesFor(
  claims: readonly PersistentVolumeClaim[],
  volumes: readonly PersistentVolume[],
): readonly PersistentVolume[] {
  if (volumes.length > 0) return [];
  return claims
    .filter(({ spec, status }) => status.phase === 'Bound' && spec.volumeName !== undefined)
    .map(({ metadata, spec, status }): PersistentVolume => {
      const provisioner = provisionerIn(metadata.annotations);
      return {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: {
          ...metadataFor('PersistentVolume', spec.volumeName ?? ''),
          finalizers: ['kubernetes.io/pv-protection'],
          annotations: {
            'pv.kubernetes.io/bound-by-controller': 'yes',
            ...(provisioner !== undefined && { [PROVISIONED_BY]: provisioner }),
          },
        },
        spec: {
          accessModes: status.accessModes ?? spec.accessModes ?? [],
          capacity: status.capacity ?? { storage: String(spec.resources?.requests?.storage ?? '1Gi') },
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            name: metadata.name,
            ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
            uid: metadata.uid,
          },
          csi: { driver: provisioner ?? 'unknown', volumeHandle: spec.volumeName ?? '' },
          persistentVolumeReclaimPolicy: provisioner === undefined ? 'Retain' : 'Delete',
          ...(spec.storageClassName !== undefined && { storageClassName: spec.storageClassName }),
          volumeMode: spec.volumeMode ?? 'Filesystem',
        },
        status: { phase: 'Bound' },
      };
    });
}

const provisionerIn = (annotations: StringMap | undefined): string | undefined =>
  annotations?.[STORAGE_PROVISIONER] ?? annotations?.[OLD_STORAGE_PROVISIONER];

/**
 * Classes that have made volumes, where none was pasted; and the one that is the default, where a claim has a class that
 * its template does not name. A class that nothing was ever made of is taken to be missing.
 */
function classesFor(
  claims: readonly PersistentVolumeClaim[],
  volumes: readonly PersistentVolume[],
  sets: readonly StatefulSet[],
  classes: readonly StorageClass[],
): readonly StorageClass[] {
  if (classes.length > 0) return [];
  const provisioners = new Map<string, string>();
  for (const { metadata, spec } of claims) {
    const provisioner = provisionerIn(metadata.annotations);
    if (spec.storageClassName && provisioner) provisioners.set(spec.storageClassName, provisioner);
  }
  for (const { metadata, spec } of volumes) {
    const provisioner = metadata.annotations?.[PROVISIONED_BY];
    if (spec.storageClassName && provisioner) provisioners.set(spec.storageClassName, provisioner);
  }
  const isOpen = claims.some(({ spec, status }) => status.phase === 'Pending' && spec.storageClassName === undefined);
  const byDefault = isOpen
    ? undefined
    : (defaultClassOf(claims, sets) ?? (provisioners.size === 0 ? 'standard' : undefined));
  if (byDefault !== undefined && !provisioners.has(byDefault)) provisioners.set(byDefault, SIMULATED);
  return [...provisioners].map(
    ([name, provisioner]): StorageClass => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: {
        ...metadataFor('StorageClass', name),
        ...(name === byDefault && { annotations: { [DEFAULT_CLASS]: 'true' } }),
      },
      provisioner,
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    }),
  );
}

/** The class of claims whose template names none. */
function defaultClassOf(claims: readonly PersistentVolumeClaim[], sets: readonly StatefulSet[]): string | undefined {
  for (const { metadata, spec } of sets)
    for (const template of spec.volumeClaimTemplates ?? []) {
      if (template.spec.storageClassName !== undefined) continue;
      const prefix = `${template.metadata.name}-${metadata.name}-`;
      const claim = claims.find(
        (one) => one.metadata.namespace === metadata.namespace && one.metadata.name.startsWith(prefix),
      );
      if (claim?.spec.storageClassName) return claim.spec.storageClassName;
    }
  return undefined;
}

/** Nodes that pods are on, where none was pasted, with room for them and the labels that they and their volumes ask for. */
function nodesFor(
  pods: readonly Pod[],
  nodes: readonly Node[],
  claims: readonly PersistentVolumeClaim[],
  volumes: readonly PersistentVolume[],
): readonly Node[] {
  if (nodes.length > 0) return [];
  const byNode = new Map<string, Pod[]>();
  for (const pod of pods) {
    const { nodeName } = pod.spec;
    if (nodeName !== undefined) byNode.set(nodeName, [...(byNode.get(nodeName) ?? []), pod]);
  }
  return [...byNode].map(([name, own], index) => madeUpNode(name, index, own, zoneOf(own, claims, volumes)));
}

/** The zone that the volumes of a node's pods are in. */
function zoneOf(
  pods: readonly Pod[],
  claims: readonly PersistentVolumeClaim[],
  volumes: readonly PersistentVolume[],
): string | undefined {
  for (const { metadata, spec } of pods)
    for (const { persistentVolumeClaim } of spec.volumes ?? []) {
      const claim = claims.find(
        (one) =>
          one.metadata.namespace === metadata.namespace && one.metadata.name === persistentVolumeClaim?.claimName,
      );
      const volume = claim && volumes.find((one) => one.metadata.name === claim.spec.volumeName);
      const zone = zoneIn(volume?.spec.nodeAffinity?.required?.nodeSelectorTerms);
      if (zone !== undefined) return zone;
    }
  return undefined;
}

const zoneIn = (terms: readonly NodeSelectorTerm[] | undefined): string | undefined =>
  terms?.flatMap(({ matchExpressions = [] }) => matchExpressions).find(({ key }) => key === ZONE)?.values?.[0];

const sumOf = (pods: readonly Pod[], resource: string, read: (text: string | number | undefined) => number): number =>
  pods
    .flatMap(({ spec }) => spec.containers)
    .reduce((sum, { resources }) => sum + read(resources?.requests?.[resource]), 0);

function madeUpNode(name: string, index: number, pods: readonly Pod[], zone: string | undefined): Node {
  const cpu = Math.max(4, Math.ceil(sumOf(pods, 'cpu', milliOfText) / 1000) + 2);
  const memory = Math.max(16, Math.ceil(sumOf(pods, 'memory', unitsOfText) / 2 ** 30) + 4);
  const capacity = { cpu: String(cpu), 'ephemeral-storage': '100Gi', memory: `${memory}Gi`, pods: '110' };
  const hostIP = pods.map(({ status }) => textAt(status as unknown as Loose, 'hostIP')).find((ip) => ip !== '');
  const asked = Object.assign({}, ...pods.map(({ spec }) => spec.nodeSelector ?? {})) as StringMap;
  const condition = (type: string, status: 'True' | 'False', reason: string) => ({
    type,
    status,
    reason,
    lastTransitionTime: LONG_AGO,
  });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      ...metadataFor('Node', name),
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...(zone !== undefined && { [ZONE]: zone }),
        ...asked,
      },
    },
    spec: {},
    status: {
      capacity,
      allocatable: capacity,
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
        condition('Ready', 'True', 'KubeletReady'),
      ],
      addresses: [
        { type: 'InternalIP', address: hostIP ?? `192.168.${index >> 8}.${(index & 255) + 1}` },
        { type: 'Hostname', address: name },
      ],
    },
  };
}

/** Controllers that own pasted objects and were not pasted themselves, by kind and name. */
function ownersElsewhere(objects: readonly KubeObject[]): readonly string[] {
  const there = new Set(objects.map(({ metadata }) => metadata.uid));
  const missing = new Set<string>();
  for (const object of objects)
    for (const { uid, kind, name } of object.metadata.ownerReferences ?? [])
      if (!there.has(uid)) missing.add(`${kind} ${name}`);
  const all = [...missing];
  return all.length > 4 ? [...all.slice(0, 3), `${all.length - 3} more owners`] : all;
}
