// What the kubelet reports of its node. Heartbeats are not ticks: only a change of the node's health is written
// (KUBELET-21). k8s: pkg/kubelet/kubelet_node_status.go, pkg/kubelet/nodestatus/setters.go
import { type Condition, conditionOf, fnv1a, type Node, partsOfKey } from '#kube';
import { act, done, type Outcome, type Turn } from '../kernel/index.ts';
import { isUnhealthy } from './fault-state.ts';
import { wakeNode } from './left-over.ts';
import { isSilent } from './volumes.ts';

export const NODE_PREFIX = 'Node/';

const NETWORK_DOWN =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

type Report = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** Conditions about the node's means: a kubelet that answers finds them sufficient. */
const MEANS: readonly Report[] = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
];

const READY: Report = {
  type: 'Ready',
  status: 'True',
  reason: 'KubeletReady',
  message: 'kubelet is posting ready status',
};
const NOT_READY: Report = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: NETWORK_DOWN };

/** What a machine has that a person adds by creating a Node: as much as the nodes of a default cluster. */
const CAPACITY = { cpu: '4', 'ephemeral-storage': '100Gi', memory: '16Gi', pods: '110' };
const NODE_INFO = {
  architecture: 'amd64',
  containerRuntimeVersion: 'containerd://2.1.4',
  kubeletVersion: 'v1.36.2',
  operatingSystem: 'linux',
};

/** The conditions of a node; none on one whose kubelet has not reported yet. */
export const nodeConditions = (node: Node): readonly Condition[] =>
  (node.status as Node['status'] | undefined)?.conditions ?? [];

/** True for a node whose kubelet has never reported. */
export const isNewNode = (node: Node): boolean => nodeConditions(node).every(({ type }) => type !== 'Ready');

function withReport(node: Node, reports: readonly Report[], now: string): readonly Condition[] {
  const before = nodeConditions(node);
  const kept = before.map((condition) => {
    const report = reports.find(({ type }) => type === condition.type);
    if (!report) return condition;
    const isSame =
      condition.status === report.status && condition.reason === report.reason && condition.message === report.message;
    if (isSame) return condition;
    const lastTransitionTime = condition.status === report.status ? (condition.lastTransitionTime ?? now) : now;
    return { ...report, lastHeartbeatTime: now, lastTransitionTime };
  });
  const missing = reports.filter(({ type }) => !before.some((condition) => condition.type === type));
  return [...kept, ...missing.map((report) => ({ ...report, lastHeartbeatTime: now, lastTransitionTime: now }))];
}

/** KUBELET-21: writes the health of a node where it has changed, and goes on with its pods. */
export function reportNode(turn: Turn, key: string): Outcome {
  const { name } = partsOfKey(key);
  const node = turn.view.get('Node', '', name);
  if (!node || isSilent(turn, name)) return done;
  const ready = isUnhealthy(turn, name) ? NOT_READY : READY;
  const isNew = isNewNode(node);
  const means = isNew ? MEANS : MEANS.filter(({ type }) => conditionOf(node.status, type));
  const conditions = withReport(node, [...means, ready], turn.now);
  const before = nodeConditions(node);
  wakeNode(turn, name, 0);
  if (conditions.every((condition, index) => condition === before[index])) return done;
  const result = turn.updateStatus<Node>({ ...node, status: { ...statusOf(node, isNew), conditions } });
  if (!result.ok) return { failed: true };
  if (before.find(({ type }) => type === 'Ready')?.status !== ready.status) {
    const word = ready === READY ? 'NodeReady' : 'NodeNotReady';
    turn.event(node, {
      type: 'Normal',
      reason: word,
      message: `Node ${name} status is now: ${word}`,
      source: 'kubelet',
      host: name,
    });
  }
  return act('KUBELET-21', key, { node: name, isReady: ready === READY ? 1 : 0 });
}

/** An address for a machine, always the same for the same name, beside those of a default cluster's nodes. */
function addressOf(name: string): string {
  const hash = fnv1a(name);
  return `192.168.${128 + (hash % 127)}.${1 + (Math.floor(hash / 256) % 254)}`;
}

/** The status of a node before its conditions; a new one gets what its machine has, unless a person said it. */
function statusOf(node: Node, isNew: boolean): Omit<Node['status'], 'conditions'> {
  if (!isNew) return node.status;
  const given = node.status as Partial<Node['status']> | undefined;
  const capacity = { ...CAPACITY, ...given?.capacity };
  return {
    capacity,
    allocatable: { ...capacity, ...given?.allocatable },
    addresses: given?.addresses ?? [
      { type: 'InternalIP', address: addressOf(node.metadata.name) },
      { type: 'Hostname', address: node.metadata.name },
    ],
    nodeInfo: { ...NODE_INFO, ...given?.nodeInfo },
  };
}
