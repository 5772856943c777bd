// Topology spread constraints: counting pods by the value of a node label. k8s: scheduler podtopologyspread common.go
import {
  isTerminating,
  type LabelSelector,
  matchesSelector,
  type Node,
  type Pod,
  type TopologySpreadConstraint,
} from '#kube';
import { suitsNode } from './filters/node-affinity.ts';
import { countedPlace, podsMatching } from './matching-pods.ts';
import type { Cycle } from './plugin.ts';
import { isHard, isTolerated } from './tolerations.ts';

/** Fields of a constraint that are seldom written. */
interface FullConstraint extends TopologySpreadConstraint {
  readonly nodeAffinityPolicy?: string;
  readonly nodeTaintsPolicy?: string;
}

/** A constraint of a pod. Its selector was completed by the pod's own labels when the pod came (POD-6). */
export interface Constraint {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly selector: LabelSelector | undefined;
  readonly isNodeAffinityHonored: boolean;
  readonly areTaintsHonored: boolean;
}

const HOSTNAME = 'kubernetes.io/hostname';

/** The pod's constraints of one kind: `DoNotSchedule` or `ScheduleAnyway`. */
export function constraintsOf(pod: Pod, whenUnsatisfiable: string): Constraint[] {
  return ((pod.spec.topologySpreadConstraints ?? []) as readonly FullConstraint[])
    .filter((constraint) => constraint.whenUnsatisfiable === whenUnsatisfiable)
    .map((constraint) => ({
      topologyKey: constraint.topologyKey,
      maxSkew: constraint.maxSkew,
      minDomains: constraint.minDomains ?? 1,
      selector: constraint.labelSelector,
      isNodeAffinityHonored: constraint.nodeAffinityPolicy !== 'Ignore',
      areTaintsHonored: constraint.nodeTaintsPolicy === 'Honor',
    }));
}

/** True when pods on a node count for a constraint. k8s: matchNodeInclusionPolicies */
export const isIncluded = (constraint: Constraint, pod: Pod, node: Node): boolean =>
  (!constraint.isNodeAffinityHonored || suitsNode(pod, node)) &&
  !(constraint.areTaintsHonored && node.spec.taints?.some((taint) => isHard(taint) && !isTolerated(pod, taint)));

/** True when a node has every label the constraints count by. */
export const hasTopologies = (constraints: readonly Constraint[], node: Node): boolean =>
  constraints.every(({ topologyKey }) => node.metadata.labels?.[topologyKey] !== undefined);

/** How many pods of the namespace a constraint counts on each node, without those on their way out. */
export function countsByNode(cycle: Cycle, selector: LabelSelector | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const other of podsMatching(cycle.view, cycle.pod.metadata.namespace ?? '', selector)) {
    const place = isTerminating(other) ? undefined : countedPlace(cycle, other);
    if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}

/** The same counts summed up by the value of the constraint's label, over the nodes that count. */
export function countsByDomain(
  cycle: Cycle,
  constraint: Constraint,
  constraints: readonly Constraint[],
): Map<string, number> {
  const byNode = countsByNode(cycle, constraint.selector);
  const byDomain = new Map<string, number>();
  for (const { node } of cycle.nodes) {
    if (!hasTopologies(constraints, node) || !isIncluded(constraint, cycle.pod, node)) continue;
    const domain = node.metadata.labels?.[constraint.topologyKey] as string;
    byDomain.set(domain, (byDomain.get(domain) ?? 0) + (byNode.get(node.metadata.name) ?? 0));
  }
  return byDomain;
}

/** 1 when the pod itself would be counted by the constraint, 0 otherwise. */
export const selfCount = ({ selector }: Constraint, pod: Pod): 0 | 1 =>
  matchesSelector(selector, pod.metadata.labels) ? 1 : 0;

/** True for the label that tells every node from every other. */
export const isHostname = (topologyKey: string): boolean => topologyKey === HOSTNAME;

export const topologyKey = { hostname: HOSTNAME, zone: 'topology.kubernetes.io/zone' } as const;
