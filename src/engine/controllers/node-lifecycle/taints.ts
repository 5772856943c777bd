// Taints that the node controller puts on nodes, and the conditions they follow from.
import { type Condition, conditionOf, type Node, type Taint } from '#kube';
import type { ApiResult, Turn } from '../../kernel/index.ts';
import { nodeConditions } from '../../kubelet/index.ts';

export const NOT_READY = 'node.kubernetes.io/not-ready';
export const UNREACHABLE = 'node.kubernetes.io/unreachable';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
export const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/** Which condition in which state means which taint. k8s: nodeConditionToTaintKeyStatusMap */
const TAINT_BY_CONDITION: Readonly<Record<string, { readonly [status in Condition['status']]?: string }>> = {
  Ready: { False: NOT_READY, Unknown: UNREACHABLE },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
};

const OWN_KEYS = new Set([
  UNSCHEDULABLE,
  ...Object.values(TAINT_BY_CONDITION).flatMap((byStatus) => Object.values(byStatus)),
]);

/** The state of a node's Ready condition; undefined before its kubelet has posted any. */
export const readyStatusOf = (node: Node): Condition['status'] | undefined => conditionOf(node.status, 'Ready')?.status;

/** True for a node whose Ready condition is True. */
export const isNodeReady = (node: Node): boolean => readyStatusOf(node) === 'True';

/** Whether a node has a taint of that key and effect. */
export const hasTaint = (node: Node, key: string, effect: string): boolean =>
  node.spec.taints?.some((taint) => taint.key === key && taint.effect === effect) === true;

/** The NoExecute taints of a node. */
export const noExecuteTaints = (node: Node): readonly Taint[] =>
  (node.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute');

/** True for a taint that follows from a condition of the node or from its cordon. */
export const isOwnNoSchedule = ({ key, effect }: Taint): boolean => effect === 'NoSchedule' && OWN_KEYS.has(key);

/** Keys of the NoSchedule taints that a node should have. */
function wantedKeys(node: Node): readonly string[] {
  const keys = nodeConditions(node).flatMap(({ type, status }) => TAINT_BY_CONDITION[type]?.[status] ?? []);
  return node.spec.unschedulable ? [...keys, UNSCHEDULABLE] : keys;
}

/**
 * NODE-1: the NoSchedule taints that follow from a node's conditions and its cordon.
 * @returns the taints it should have; undefined when it has them
 */
export function withNoScheduleTaints(node: Node, now: string): readonly Taint[] | undefined {
  const before = node.spec.taints ?? [];
  const wanted = wantedKeys(node);
  const kept = before.filter((taint) => !isOwnNoSchedule(taint) || wanted.includes(taint.key));
  const added = wanted.filter((key) => !hasTaint(node, key, 'NoSchedule'));
  if (added.length === 0 && kept.length === before.length) return undefined;
  return [...kept, ...added.map((key) => ({ key, effect: 'NoSchedule', timeAdded: now }))];
}

/** Writes a node's taints. */
export function writeTaints(turn: Turn, node: Node, taints: readonly Taint[]): ApiResult<Node> {
  const { taints: _before, ...spec } = node.spec;
  return turn.update<Node>({ ...node, spec: { ...spec, ...(taints.length > 0 && { taints }) } });
}
