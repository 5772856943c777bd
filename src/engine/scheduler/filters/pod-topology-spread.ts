// A pod may demand that its like are spread evenly over zones, nodes or other domains.
import type { Node } from '#kube';
import { isSame } from '#lib';
import { type Cycle, type Failure, type Filter, type NodeInfo, resolvable, unresolvable } from '../plugin.ts';
import { type Constraint, constraintsOf, countsByDomain, hasTopologies, selfCount } from '../topology-spread.ts';

const REASON = "node(s) didn't match pod topology spread constraints";
const SKEWED = resolvable(REASON);
const WITHOUT_LABEL = unresolvable(`${REASON} (missing required label)`);

/** A constraint with the pods of each domain and the fewest that any domain has. */
interface Spread {
  readonly constraint: Constraint;
  readonly counts: ReadonlyMap<string, number>;
  readonly fewest: number;
  readonly self: 0 | 1;
}

function spreadsOf(cycle: Cycle, constraints: readonly Constraint[]): Spread[] {
  return constraints.map((constraint) => {
    const counts = countsByDomain(cycle, constraint, constraints);
    // With too few domains the missing ones count as empty.
    const fewest = counts.size < constraint.minDomains ? 0 : Math.min(...counts.values());
    return { constraint, counts, fewest, self: selfCount(constraint, cycle.pod) };
  });
}

function failureOf(spreads: readonly Spread[], { node }: NodeInfo): Failure | undefined {
  for (const { constraint, counts, fewest, self } of spreads) {
    const domain = node.metadata.labels?.[constraint.topologyKey];
    if (domain === undefined) return WITHOUT_LABEL;
    if ((counts.get(domain) ?? 0) + self - fewest > constraint.maxSkew) return SKEWED;
  }
  return undefined;
}

export const podTopologySpread: Filter = {
  name: 'PodTopologySpread',
  rule: 'SCHED-12',
  texts: [REASON],
  wokenBy: ['pod gone', 'pod placed'],
  isHelpedBy: (pod, before, after) => {
    const constraints = constraintsOf(pod, 'DoNotSchedule');
    const had = before !== undefined && hasTopologies(constraints, before);
    const has = after !== undefined && hasTopologies(constraints, after);
    if (!had || !has) return had !== has;
    const domainsOf = (node: Node) => constraints.map(({ topologyKey }) => node.metadata.labels?.[topologyKey]);
    return !isSame(domainsOf(before), domainsOf(after));
  },
  prepare: (cycle) => {
    const constraints = constraintsOf(cycle.pod, 'DoNotSchedule');
    if (constraints.length === 0) return undefined;
    const spreads = spreadsOf(cycle, constraints);
    return { check: (info) => failureOf(spreads, info) };
  },
};
