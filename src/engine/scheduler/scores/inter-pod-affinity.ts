// Nodes near the pods that the pod prefers, or that prefer it, are better. k8s: interpodaffinity scoring.go
import type { Node, Pod, PodAffinity } from '#kube';
import { countedPlace } from '../matching-pods.ts';
import { placement } from '../node-totals.ts';
import { type Cycle, type NodeInfo, SCORE_MAX, type Score } from '../plugin.ts';
import { addAt, type DomainCounts, forEachMeant, matchesTerm, sumAt, termOf } from '../pod-affinity.ts';

/** What a required term of a pod that is there already is worth. k8s: hardPodAffinityWeight */
const REQUIRED_WEIGHT = 1;

/** Counts the pods that this pod prefers, or prefers to avoid. */
function addOwn(cycle: Cycle, counts: DomainCounts, affinity: PodAffinity | undefined, sign: 1 | -1): void {
  for (const { weight, podAffinityTerm } of affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
    const term = termOf(podAffinityTerm, cycle.pod, cycle.view);
    forEachMeant(cycle, term, (_, node) => addAt(counts, term.topologyKey, node, sign * weight));
  }
}

/** Counts a pod that is there already, as far as its own terms mean this pod. */
function addOther(cycle: Cycle, counts: DomainCounts, other: Pod, node: Node): void {
  const { podAffinity, podAntiAffinity } = other.spec.affinity ?? {};
  const add = (given: Parameters<typeof termOf>[0], amount: number): void => {
    const term = termOf(given, other, cycle.view);
    if (matchesTerm(term, cycle.pod)) addAt(counts, term.topologyKey, node, amount);
  };
  for (const term of podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) add(term, REQUIRED_WEIGHT);
  for (const { weight, podAffinityTerm } of podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
    add(podAffinityTerm, weight);
  for (const { weight, podAffinityTerm } of podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
    add(podAffinityTerm, -weight);
}

function countsOf(cycle: Cycle): DomainCounts {
  const counts: DomainCounts = new Map();
  addOwn(cycle, counts, cycle.pod.spec.affinity?.podAffinity, 1);
  addOwn(cycle, counts, cycle.pod.spec.affinity?.podAntiAffinity, -1);
  for (const other of cycle.view.derived(placement).withAffinity.values()) {
    const place = countedPlace(cycle, other);
    const node = place === undefined ? undefined : cycle.view.get('Node', '', place);
    if (node) addOther(cycle, counts, other, node);
  }
  return counts;
}

export const interPodAffinityScore: Score = {
  name: 'InterPodAffinity',
  weight: 2,
  scoresOf: (cycle, nodes: readonly NodeInfo[]) => {
    const counts = countsOf(cycle);
    if (counts.size === 0) return undefined;
    const sums = nodes.map(({ node }) => sumAt(counts, node));
    const max = Math.max(0, ...sums);
    const min = Math.min(0, ...sums);
    return sums.map((sum) => (max === min ? 0 : Math.floor((SCORE_MAX * (sum - min)) / (max - min))));
  },
};
