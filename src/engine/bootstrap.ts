// A cluster as it stands before the first act: namespaces, the API server's own Service, nodes and the default
// StorageClass, with every actor started.
import {
  type Draft,
  type KubeObject,
  keyOf,
  type Namespace,
  type Node,
  type Service,
  type StorageClass,
  type StringMap,
  type Taint,
} from '#kube';
import { actors } from './controllers/index.ts';
import { giveFirstReasons } from './found/first-reasons.ts';
import { newestTime } from './found/newest-time.ts';
import { takeInFound } from './found/take-in.ts';
import {
  type Actor,
  actNow,
  type Cluster,
  type ClusterConfig,
  done,
  newCluster,
  newWorld,
  startActors,
} from './kernel/index.ts';

/** A node to set up. */
export interface NodeDraft {
  readonly name: string;
  readonly zone?: string;
  /** A quantity; 4 when left out. */
  readonly cpu?: string | number;
  /** A quantity; 16Gi when left out. */
  readonly memory?: string | number;
  /** How many pods fit; 110 when left out. */
  readonly pods?: number;
  readonly labels?: StringMap;
  readonly taints?: readonly Taint[];
}

/** What a cluster begins with. Everything left out is as in the default cluster. */
export interface SimulationSetup {
  readonly seed?: number;
  readonly epochMs?: number;
  readonly gates?: Readonly<Record<string, boolean>>;
  readonly timing?: Readonly<Record<string, number>>;
  readonly kubelet?: ClusterConfig['kubelet'];
  readonly provisioner?: ClusterConfig['provisioner'];
  readonly nodes?: readonly NodeDraft[];
  /** Whether the StorageClass `standard` is there, and the default. */
  readonly hasDefaultClass?: boolean;
  /** Created before time 0, in this order, after the cluster's own. */
  readonly objects?: readonly Draft<KubeObject>[];
  /**
   * Objects of a living cluster, taken in as they are: uids, times and states. The newest of their times is virtual
   * time 0. With them there are no nodes but those that `nodes` names.
   */
  readonly found?: readonly KubeObject[];
  /** The text that `objects` was read from; whoever calls has parsed it. */
  readonly manifest?: string;
  /** Takes the place of the list of all actors. */
  readonly actors?: readonly Actor[];
}

/** Three nodes, one in each zone. */
export const DEFAULT_NODES: readonly NodeDraft[] = ['a', 'b', 'c'].map((letter) => ({
  name: `node-${letter}`,
  zone: `zone-${letter}`,
}));

const KUBELET_VERSION = 'v1.36.2';

/** A Node object that is up and ready. `index` numbers its pod network and its address. */
function newNode(draft: NodeDraft, index: number, now: string): Draft<Node> {
  const capacity = {
    cpu: String(draft.cpu ?? '4'),
    'ephemeral-storage': '100Gi',
    memory: String(draft.memory ?? '16Gi'),
    pods: String(draft.pods ?? 110),
  };
  const condition = (type: string, status: 'True' | 'False', reason: string, message: string) => ({
    type,
    status,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
    reason,
    message,
  });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: draft.name,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': draft.name,
        'kubernetes.io/os': 'linux',
        ...(draft.zone !== undefined && { 'topology.kubernetes.io/zone': draft.zone }),
        ...draft.labels,
      },
    },
    spec: {
      podCIDR: `10.244.${index}.0/24`,
      podCIDRs: [`10.244.${index}.0/24`],
      ...(draft.taints && draft.taints.length > 0 && { taints: draft.taints }),
    } as Node['spec'],
    status: {
      capacity,
      allocatable: capacity,
      conditions: [
        condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
        condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
      ],
      addresses: [
        { type: 'InternalIP', address: `192.168.${index >> 8}.${(index & 255) + 1}` },
        { type: 'Hostname', address: draft.name },
      ],
      nodeInfo: {
        architecture: 'amd64',
        containerRuntimeVersion: 'containerd://2.1.4',
        kubeletVersion: KUBELET_VERSION,
        operatingSystem: 'linux',
      },
    },
  };
}

const newNamespace = (name: string): Draft<Namespace> => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
});

/** The Service by which pods reach the API server. It has no selector, so no controller looks after it. */
const apiService: Draft<Service> = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
  spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }] },
};

/** The default StorageClass: volumes are made where the first pod that uses them lands, so zones never part them. */
const defaultClass: Draft<StorageClass> = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'sim.example/provisioner',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'WaitForFirstConsumer',
  allowVolumeExpansion: true,
};

/**
 * A cluster at virtual time 0, its own objects created and its actors started.
 * @param setup what differs from the default cluster
 * @throws when the API server refuses one of the objects: a setup is not a person's manifest
 */
export function newSimulation(setup: SimulationSetup = {}): Cluster {
  const { nodes, hasDefaultClass = true, objects = [], found = [], actors: given, manifest: _text, ...config } = setup;
  const moment = newestTime(found);
  const world = newWorld({ ...config, ...(moment && { epochMs: moment.newestMs }) });
  const all = given ?? actors;
  const cluster = newCluster(world, all);
  if (found.length > 0) takeInFound(cluster, found, moment?.isNowKnown === true);
  actNow(cluster, 'bootstrap', 'cluster', (turn) => {
    const own: Draft<KubeObject>[] = [
      ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map(newNamespace),
      apiService,
      ...(nodes ?? (found.length > 0 ? [] : DEFAULT_NODES)).map((node, index) => newNode(node, index, turn.now)),
      ...(hasDefaultClass ? [defaultClass] : []),
    ];
    const isFound = ({ kind, metadata }: Draft<KubeObject>): boolean =>
      turn.view.find(keyOf(kind, metadata.namespace, metadata.name)) !== undefined;
    for (const object of [...own.filter((one) => !isFound(one)), ...objects]) {
      const result = turn.create(object);
      // Among objects that were found there may be no room for one of a fresh cluster's own.
      if (!result.ok && !(found.length > 0 && own.includes(object))) throw new Error(result.error.message);
    }
    return done;
  });
  startActors(cluster);
  if (found.length > 0) giveFirstReasons(cluster, all);
  return cluster;
}
