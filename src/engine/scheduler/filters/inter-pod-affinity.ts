// Pods may demand each other's company, or refuse it, in a zone, on a node or in another domain.
import type { Node, Pod, PodAffinityTerm } from '#kube';
import { countedPlace } from '../matching-pods.ts';
import { placement } from '../node-totals.ts';
import {
  type Cycle,
  type Failure,
  type Filter,
  isNodeRelabelled,
  type NodeInfo,
  resolvable,
  unresolvable,
} from '../plugin.ts';
import {
  addAt,
  countAt,
  type DomainCounts,
  forEachMeant,
  matchesTerm,
  sumAt,
  type Term,
  termOf,
} from '../pod-affinity.ts';

const AFFINITY = "node(s) didn't match pod affinity rules";
const ANTI_AFFINITY = "node(s) didn't match pod anti-affinity rules";
const EXISTING = "node(s) didn't satisfy existing pods anti-affinity rules";
const NOT_NEAR = unresolvable(AFFINITY);
const TOO_NEAR = resolvable(ANTI_AFFINITY);
const UNWELCOME = resolvable(EXISTING);

const requiredTerms = (pod: Pod, kind: 'podAffinity' | 'podAntiAffinity'): readonly PodAffinityTerm[] =>
  pod.spec.affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];

const termsOf = (cycle: Cycle, pod: Pod, kind: 'podAffinity' | 'podAntiAffinity'): Term[] =>
  requiredTerms(pod, kind).map((term) => termOf(term, pod, cycle.view));

/** Where pods are that fulfil all affinity terms of the pod. */
function companyOf(cycle: Cycle, terms: readonly Term[]): DomainCounts {
  const counts: DomainCounts = new Map();
  const [first] = terms;
  if (first)
    forEachMeant(cycle, first, (other, node) => {
      if (terms.every((term) => matchesTerm(term, other)))
        for (const { topologyKey } of terms) addAt(counts, topologyKey, node, 1);
    });
  return counts;
}

/** Where pods are that one of the pod's anti-affinity terms means. */
function shunnedBy(cycle: Cycle, terms: readonly Term[]): DomainCounts {
  const counts: DomainCounts = new Map();
  for (const term of terms) forEachMeant(cycle, term, (_, node) => addAt(counts, term.topologyKey, node, 1));
  return counts;
}

/** Where pods are whose own anti-affinity means this pod. */
function shunning(cycle: Cycle): DomainCounts {
  const counts: DomainCounts = new Map();
  for (const other of cycle.view.derived(placement).withAffinity.values()) {
    if (requiredTerms(other, 'podAntiAffinity').length === 0) continue;
    const place = countedPlace(cycle, other);
    const node: Node | undefined = place === undefined ? undefined : cycle.view.get('Node', '', place);
    if (!node) continue;
    for (const term of termsOf(cycle, other, 'podAntiAffinity'))
      if (matchesTerm(term, cycle.pod)) addAt(counts, term.topologyKey, node, 1);
  }
  return counts;
}

/** True when a node is near enough to pods of the wanted kind. The first of its kind only needs the labels. */
function isNear(cycle: Cycle, terms: readonly Term[], company: DomainCounts, node: Node): boolean {
  if (terms.some(({ topologyKey }) => node.metadata.labels?.[topologyKey] === undefined)) return false;
  if (terms.every(({ topologyKey }) => countAt(company, topologyKey, node) > 0)) return true;
  return company.size === 0 && terms.every((term) => matchesTerm(term, cycle.pod));
}

export const interPodAffinity: Filter = {
  name: 'InterPodAffinity',
  rule: 'SCHED-13',
  texts: [AFFINITY, ANTI_AFFINITY, EXISTING],
  wokenBy: ['pod gone', 'pod placed'],
  isHelpedBy: isNodeRelabelled,
  prepare: (cycle) => {
    const wanted = termsOf(cycle, cycle.pod, 'podAffinity');
    const unwanted = termsOf(cycle, cycle.pod, 'podAntiAffinity');
    const others = shunning(cycle);
    if (wanted.length === 0 && unwanted.length === 0 && others.size === 0) return undefined;
    const company = companyOf(cycle, wanted);
    const shunned = shunnedBy(cycle, unwanted);
    const failureOf = ({ node }: NodeInfo): Failure | undefined => {
      if (wanted.length > 0 && !isNear(cycle, wanted, company, node)) return NOT_NEAR;
      if (unwanted.some(({ topologyKey }) => countAt(shunned, topologyKey, node) > 0)) return TOO_NEAR;
      return sumAt(others, node) > 0 ? UNWELCOME : undefined;
    };
    return { check: failureOf };
  },
};
