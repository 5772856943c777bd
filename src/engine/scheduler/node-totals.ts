// What the pods on each node ask for together, kept by the store with every write of a pod, so that placing a pod costs
// O(nodes) whatever the number of pods. A pod counts on the node it is bound to, or on the one it is nominated for.
import { controllerOf, isTerminating, type KubeObject, type Pod } from '#kube';
import type { Derived } from '../kernel/index.ts';
import { requestsOfPod } from './pod-requests.ts';

export interface NodeTotals {
  pods: number;
  milliCpu: number;
  memoryBytes: number;
  ephemeralBytes: number;
  scoredMilliCpu: number;
  scoredMemoryBytes: number;
  /** Extended resources by name; empty entries are removed. */
  readonly others: Map<string, number>;
  /** How many pods use a host port, by `protocol/port`. */
  readonly hostPorts: Map<string, number>;
  /** How many pods that are not on their way out each controller has here, by its uid. */
  readonly byController: Map<string, number>;
  /** How many pods have each priority. */
  readonly byPriority: Map<number, number>;
}

export interface Placement {
  readonly nodes: Map<string, NodeTotals>;
  /** Pods with a place and inter-pod (anti-)affinity, by `namespace/name`: they may forbid or attract others. */
  readonly withAffinity: Map<string, Pod>;
}

const newTotals = (): NodeTotals => ({
  pods: 0,
  milliCpu: 0,
  memoryBytes: 0,
  ephemeralBytes: 0,
  scoredMilliCpu: 0,
  scoredMemoryBytes: 0,
  others: new Map(),
  hostPorts: new Map(),
  byController: new Map(),
  byPriority: new Map(),
});

/** Totals of a node without pods. To be read, never written. */
export const NO_TOTALS: Readonly<NodeTotals> = newTotals();

/** The node on which a pod takes room; undefined for a pod without a node, or one that is over. */
export function placeOfPod(pod: Pod): string | undefined {
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return undefined;
  return pod.spec.nodeName || pod.status.nominatedNodeName || undefined;
}

function addTo<K>(map: Map<K, number>, key: K, amount: number): void {
  const next = (map.get(key) ?? 0) + amount;
  if (next === 0) map.delete(key);
  else map.set(key, next);
}

/** Adds a pod to totals, or takes it away (`sign` -1). */
function addPod(totals: NodeTotals, pod: Pod, sign: 1 | -1): void {
  const requests = requestsOfPod(pod);
  totals.pods += sign;
  totals.milliCpu += sign * requests.milliCpu;
  totals.memoryBytes += sign * requests.memoryBytes;
  totals.ephemeralBytes += sign * requests.ephemeralBytes;
  totals.scoredMilliCpu += sign * requests.scoredMilliCpu;
  totals.scoredMemoryBytes += sign * requests.scoredMemoryBytes;
  for (const [name, amount] of requests.others) addTo(totals.others, name, sign * amount);
  for (const port of requests.hostPorts) addTo(totals.hostPorts, port, sign);
  addTo(totals.byPriority, pod.spec.priority ?? 0, sign);
  const controller = isTerminating(pod) ? undefined : controllerOf(pod);
  if (controller) addTo(totals.byController, controller.uid, sign);
}

/** Totals with a pod taken away; the given ones stay as they are. */
export function totalsWithout(totals: NodeTotals, pods: readonly Pod[]): NodeTotals {
  const copy = {
    ...totals,
    others: new Map(totals.others),
    hostPorts: new Map(totals.hostPorts),
    byController: new Map(totals.byController),
    byPriority: new Map(totals.byPriority),
  };
  for (const pod of pods) addPod(copy, pod, -1);
  return copy;
}

const nameOf = (pod: Pod): string => `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
const hasAffinity = ({ spec: { affinity } }: Pod): boolean =>
  affinity?.podAffinity !== undefined || affinity?.podAntiAffinity !== undefined;

/** True when a change of a pod leaves its part of the totals as it is. */
const isSameShare = (before: Pod, after: Pod): boolean =>
  placeOfPod(before) === placeOfPod(after) &&
  before.spec.containers === after.spec.containers &&
  before.spec.priority === after.spec.priority &&
  before.metadata.labels === after.metadata.labels &&
  before.metadata.ownerReferences === after.metadata.ownerReferences &&
  isTerminating(before) === isTerminating(after);

function take(placement: Placement, pod: Pod, sign: 1 | -1): void {
  const place = placeOfPod(pod);
  if (place === undefined) return;
  let totals = placement.nodes.get(place);
  if (!totals) {
    totals = newTotals();
    placement.nodes.set(place, totals);
  }
  addPod(totals, pod, sign);
  if (totals.pods === 0) placement.nodes.delete(place);
  if (!hasAffinity(pod)) return;
  if (sign === 1) placement.withAffinity.set(nameOf(pod), pod);
  else placement.withAffinity.delete(nameOf(pod));
}

/** Kept by the store with every write of a pod. */
export const placement: Derived<Placement> = {
  kind: 'Pod',
  create: () => ({ nodes: new Map(), withAffinity: new Map() }),
  change: (sum, before: KubeObject | undefined, after: KubeObject | undefined) => {
    if (before && after && isSameShare(before as Pod, after as Pod)) {
      if (sum.withAffinity.has(nameOf(before as Pod))) sum.withAffinity.set(nameOf(after as Pod), after as Pod);
      return;
    }
    if (before) take(sum, before as Pod, -1);
    if (after) take(sum, after as Pod, 1);
  },
};
