// What the kubelet reports of its node. Heartbeats are not ticks: only a change of the node's health is written
// (KUBELET-21). k8s: pkg/kubelet/kubelet_node_status.go, pkg/kubelet/nodestatus/setters.go
import { type Condition, conditionOf, type Node, partsOfKey } from '#kube';
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

function withReport(node: Node, reports: readonly Report[], now: string): readonly Condition[] {
  const kept = node.status.conditions.map((condition) => {
    const report = reports.find(({ type }) => type === condition.type);
    if (!report) return condition;
    const isSame =
      condition.status === report.status && condition.reason === report.reason && condition.message === report.message;
    if (isSame) return condition;
    const lastTransitionTime = condition.status === report.status ? (condition.lastTransitionTime ?? now) : now;
    return { ...report, lastHeartbeatTime: now, lastTransitionTime };
  });
  const missing = reports.filter(({ type }) => !node.status.conditions.some((condition) => condition.type === type));
  return [...kept, ...missing.map((report) => ({ ...report, lastHeartbeatTime: now, lastTransitionTime: now }))];
}

/** KUBELET-21: writes the health of a node where it has changed, and goes on with its pods. */
export function reportNode(turn: Turn, key: string): Outcome {
  const { name } = partsOfKey(key);
  const node = turn.view.get('Node', '', name);
  if (!node || isSilent(turn, name)) return done;
  const ready = isUnhealthy(turn, name) ? NOT_READY : READY;
  const conditions = withReport(node, [...MEANS.filter(({ type }) => conditionOf(node.status, type)), ready], turn.now);
  const isChanged = conditions.some((condition, index) => condition !== node.status.conditions[index]);
  wakeNode(turn, name, 0);
  if (!isChanged) return done;
  const result = turn.updateStatus({ ...node, status: { ...node.status, conditions } });
  if (!result.ok) return { failed: true };
  if (conditionOf(node.status, 'Ready')?.status !== ready.status) {
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
