// Nodes and zones with fewer pods of the same kind are better: by the pod's own soft constraints or, where it has none,
// by the scheduler's, which spread the pods of a Service or a controller. k8s: podtopologyspread scoring.go
import { controllerOf, matchesLabels, type Pod, type StringMap } from '#kube';
import { type Cycle, type NodeInfo, SCORE_MAX, type Score } from '../plugin.ts';
import {
  type Constraint,
  constraintsOf,
  countsByNode,
  hasTopologies,
  isHostname,
  isIncluded,
  topologyKey,
} from '../topology-spread.ts';

/** What is spread, how strictly, and how many of its kind a node has. */
interface SoftSpread {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly countOn: (info: NodeInfo) => number;
  readonly isCounted: (info: NodeInfo) => boolean;
}

/** The pod's own constraints; nodes without one of their labels get no points. */
function ownSpreads(cycle: Cycle): SoftSpread[] {
  const constraints = constraintsOf(cycle.pod, 'ScheduleAnyway');
  return constraints.map((constraint: Constraint) => {
    const counts = countsByNode(cycle, constraint.selector);
    return {
      topologyKey: constraint.topologyKey,
      maxSkew: constraint.maxSkew,
      countOn: ({ node }) => counts.get(node.metadata.name) ?? 0,
      isCounted: ({ node }) => hasTopologies(constraints, node) && isIncluded(constraint, cycle.pod, node),
    };
  });
}

/** How many pods of the same controller, or behind the same Services, are on a node. */
function kinCounter(cycle: Cycle): ((info: NodeInfo) => number) | undefined {
  const controller = controllerOf(cycle.pod);
  if (controller) return ({ totals }) => totals.byController.get(controller.uid) ?? 0;
  const selector = servicesSelector(cycle, cycle.pod);
  if (!selector) return undefined;
  const counts = countsByNode(cycle, { matchLabels: selector });
  return ({ node }) => counts.get(node.metadata.name) ?? 0;
}

/** The selectors of the Services in front of a pod, taken together. k8s: helper.DefaultSelector */
function servicesSelector({ view }: Cycle, pod: Pod): StringMap | undefined {
  const selectors = view
    .list('Service', pod.metadata.namespace ?? '')
    .map(({ spec }) => spec.selector ?? {})
    .filter((selector) => Object.keys(selector).length > 0 && matchesLabels(selector, pod.metadata.labels));
  return selectors.length > 0 ? Object.assign({}, ...selectors) : undefined;
}

/** k8s: systemDefaultConstraints */
function defaultSpreads(cycle: Cycle): SoftSpread[] {
  const countOn = kinCounter(cycle);
  if (!countOn) return [];
  const isCounted = ({ node }: NodeInfo): boolean => isIncluded(DEFAULT_CONSTRAINT, cycle.pod, node);
  return [
    { topologyKey: topologyKey.hostname, maxSkew: 3, countOn, isCounted },
    { topologyKey: topologyKey.zone, maxSkew: 5, countOn, isCounted },
  ];
}

const DEFAULT_CONSTRAINT: Constraint = {
  topologyKey: topologyKey.hostname,
  maxSkew: 1,
  minDomains: 1,
  selector: undefined,
  isNodeAffinityHonored: true,
  areTaintsHonored: false,
};

/** For each node: the pods in its domain, weighed so that labels with few values are not drowned by ones with many. */
function rawScores(cycle: Cycle, spread: SoftSpread, nodes: readonly NodeInfo[]): number[] {
  const domainOf = ({ node }: NodeInfo): string | undefined => node.metadata.labels?.[spread.topologyKey];
  if (isHostname(spread.topologyKey)) {
    const weight = Math.log(nodes.length + 2);
    return nodes.map((info) => (domainOf(info) === undefined ? 0 : spread.countOn(info) * weight + spread.maxSkew - 1));
  }
  const counts = new Map<string, number>(nodes.map((info) => [domainOf(info) ?? '', 0]));
  for (const info of cycle.nodes) {
    const value = domainOf(info) ?? '';
    const count = counts.get(value);
    if (count !== undefined && spread.isCounted(info)) counts.set(value, count + spread.countOn(info));
  }
  const weight = Math.log(counts.size + 2);
  return nodes.map((info) => {
    const value = domainOf(info);
    return value === undefined ? 0 : (counts.get(value) ?? 0) * weight + spread.maxSkew - 1;
  });
}

/** Fewest pods get the most points. */
function reversed(sums: readonly number[], isIgnored: readonly boolean[]): number[] {
  const counted = sums.filter((_, index) => !isIgnored[index]);
  const max = Math.max(0, ...counted);
  const min = Math.min(...counted);
  return sums.map((sum, index) => {
    if (isIgnored[index]) return 0;
    return max === 0 ? SCORE_MAX : Math.floor((SCORE_MAX * (max + min - sum)) / max);
  });
}

export const podTopologySpreadScore: Score = {
  name: 'PodTopologySpread',
  weight: 2,
  scoresOf: (cycle, nodes) => {
    const isOwn = (cycle.pod.spec.topologySpreadConstraints?.length ?? 0) > 0;
    const spreads = isOwn ? ownSpreads(cycle) : defaultSpreads(cycle);
    if (spreads.length === 0) return undefined;
    const isIgnored = nodes.map(
      ({ node }) => isOwn && spreads.some((spread) => node.metadata.labels?.[spread.topologyKey] === undefined),
    );
    const scored = nodes.filter((_, index) => !isIgnored[index]);
    const sums = new Map<NodeInfo, number>();
    for (const spread of spreads)
      rawScores(cycle, spread, scored).forEach((score, index) => {
        const info = scored[index] as NodeInfo;
        sums.set(info, (sums.get(info) ?? 0) + score);
      });
    return reversed(
      nodes.map((info) => Math.round(sums.get(info) ?? 0)),
      isIgnored,
    );
  },
};
