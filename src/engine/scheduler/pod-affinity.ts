// Terms of inter-pod affinity: which pods a term means, counted by the value of a node label.
// k8s: scheduler interpodaffinity, framework AffinityTerm
import { type LabelSelector, matchesSelector, type Node, type Pod, type PodAffinityTerm } from '#kube';
import type { View } from '../kernel/index.ts';
import { countedPlace, podsMatching } from './matching-pods.ts';
import type { Cycle } from './plugin.ts';

/** Fields of a term that are seldom written. */
interface FullTerm extends PodAffinityTerm {
  readonly namespaceSelector?: LabelSelector;
}

export interface Term {
  readonly topologyKey: string;
  readonly selector: LabelSelector | undefined;
  readonly isInNamespace: (namespace: string) => boolean;
  readonly namespacesIn: (view: View) => readonly string[];
}

/** A term of a pod, with its namespaces worked out. Its selector has the pod's own labels since the pod came (POD-6). */
export function termOf(given: PodAffinityTerm, pod: Pod, view: View): Term {
  const term = given as FullTerm;
  const own = pod.metadata.namespace ?? '';
  const named = new Set(term.namespaces ?? []);
  const { namespaceSelector } = term;
  if (named.size === 0 && namespaceSelector === undefined) named.add(own);
  const isInNamespace = (namespace: string): boolean =>
    named.has(namespace) ||
    (namespaceSelector !== undefined &&
      matchesSelector(namespaceSelector, view.get('Namespace', '', namespace)?.metadata.labels));
  return {
    topologyKey: term.topologyKey,
    selector: term.labelSelector,
    isInNamespace,
    namespacesIn: () =>
      namespaceSelector === undefined
        ? [...named]
        : view
            .list('Namespace')
            .map(({ metadata }) => metadata.name)
            .filter(isInNamespace),
  };
}

/** True when a term means a pod. */
export const matchesTerm = ({ selector, isInNamespace }: Term, pod: Pod): boolean =>
  matchesSelector(selector, pod.metadata.labels) && isInNamespace(pod.metadata.namespace ?? '');

/** Numbers by node label and its value: one for each domain. */
export type DomainCounts = Map<string, Map<string, number>>;

/** Adds to the domain that a node belongs to under a label; a node without the label belongs to none. */
export function addAt(counts: DomainCounts, key: string, node: Node, amount: number): void {
  const value = node.metadata.labels?.[key];
  if (value === undefined) return;
  const domains = counts.get(key);
  if (domains) domains.set(value, (domains.get(value) ?? 0) + amount);
  else counts.set(key, new Map([[value, amount]]));
}

/** The number of the domain that a node belongs to under a label. */
export function countAt(counts: DomainCounts, key: string, node: Node): number {
  const value = node.metadata.labels?.[key];
  return value === undefined ? 0 : (counts.get(key)?.get(value) ?? 0);
}

/** The sum over all labels of the domains that a node belongs to. */
export function sumAt(counts: DomainCounts, node: Node): number {
  let sum = 0;
  for (const key of counts.keys()) sum += countAt(counts, key, node);
  return sum;
}

/** Calls back for each pod with a node that a term means. */
export function forEachMeant(cycle: Cycle, term: Term, call: (other: Pod, node: Node) => void): void {
  for (const namespace of term.namespacesIn(cycle.view))
    for (const other of podsMatching(cycle.view, namespace, term.selector)) {
      const place = countedPlace(cycle, other);
      const node = place === undefined ? undefined : cycle.view.get('Node', '', place);
      if (node) call(other, node);
    }
}
