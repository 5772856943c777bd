// One attempt to find a node for a pod: filter, score, choose. Writes nothing. k8s: schedulePod
import type { Node, Pod } from '#kube';
import type { View } from '../kernel/index.ts';
import { filters } from './filters/index.ts';
import { NO_TOTALS, type NodeTotals, placement, totalsWithout } from './node-totals.ts';
import type { Cycle, Failure, Filter, NodeInfo } from './plugin.ts';
import { scores } from './scores/index.ts';

/** A node that does not suit, and the first filter that said so. */
export interface Refusal {
  readonly info: NodeInfo;
  readonly filter: Filter;
  readonly failure: Failure;
}

export type Attempt =
  | { readonly kind: 'found'; readonly node: Node; readonly suitable: number }
  /** The pod suits no node whatever the node. */
  | { readonly kind: 'rejected'; readonly filter: Filter; readonly message: string; readonly about: string | undefined }
  | { readonly kind: 'refused'; readonly cycle: Cycle; readonly refusals: readonly Refusal[] }
  | { readonly kind: 'no nodes' };

const NOBODY: ReadonlySet<string> = new Set();

/**
 * The cluster as one attempt sees it.
 * @param victims pods of one node that are thought away
 */
export function cycleOf(view: View, pod: Pod, victims: readonly Pod[] = []): Cycle {
  const { nodes } = view.derived(placement);
  const leaving = victims[0]?.spec.nodeName;
  const own = pod.status.nominatedNodeName;
  const infos = view.list('Node').map((node): NodeInfo => {
    const { name } = node.metadata;
    let totals: Readonly<NodeTotals> = nodes.get(name) ?? NO_TOTALS;
    if (name === leaving) totals = totalsWithout(totals, victims);
    if (name === own && !pod.spec.nodeName) totals = totalsWithout(totals, [pod]);
    return { node, totals };
  });
  infos.sort((a, b) => (a.node.metadata.name < b.node.metadata.name ? -1 : 1));
  const without = victims.length === 0 ? NOBODY : new Set(victims.map(({ metadata }) => metadata.uid));
  return { view, pod, nodes: infos, without };
}

/** A filter with what it found out about the pod. */
interface Asked {
  readonly filter: Filter;
  readonly check: (info: NodeInfo) => Failure | undefined;
}

/** Asks every filter about the pod; the first that rejects it outright ends the attempt. */
function ask(cycle: Cycle): readonly Asked[] | Extract<Attempt, { kind: 'rejected' }> {
  const asked: Asked[] = [];
  for (const filter of filters) {
    const prepared = filter.prepare(cycle);
    if (prepared?.rejection !== undefined)
      return { kind: 'rejected', filter, message: prepared.rejection, about: prepared.about };
    if (prepared?.check) asked.push({ filter, check: prepared.check });
  }
  return asked;
}

function refusalOf(asked: readonly Asked[], info: NodeInfo): Refusal | undefined {
  for (const { filter, check } of asked) {
    const failure = check(info);
    if (failure) return { info, filter, failure };
  }
  return undefined;
}

/** True when the pod would suit one node of a cycle. */
export function fits(cycle: Cycle, nodeName: string): boolean {
  const asked = ask(cycle);
  const info = cycle.nodes.find(({ node }) => node.metadata.name === nodeName);
  return !('kind' in asked) && info !== undefined && refusalOf(asked, info) === undefined;
}

/** The best node: most points, of equals the first by name (SCHED-2). */
function bestOf(cycle: Cycle, suitable: readonly NodeInfo[]): Node | undefined {
  if (suitable.length === 1) return suitable[0]?.node;
  const sums = suitable.map(() => 0);
  for (const score of scores)
    score.scoresOf(cycle, suitable)?.forEach((points, index) => {
      sums[index] = (sums[index] ?? 0) + points * score.weight;
    });
  let best = 0;
  for (let index = 1; index < sums.length; index += 1) if ((sums[index] ?? 0) > (sums[best] ?? 0)) best = index;
  return suitable[best]?.node;
}

/** Looks for a node. O(nodes), and O(pods that a term means) for pods with affinity or spread constraints. */
export function findNode(view: View, pod: Pod): Attempt {
  const cycle = cycleOf(view, pod);
  if (cycle.nodes.length === 0) return { kind: 'no nodes' };
  const asked = ask(cycle);
  if ('kind' in asked) return asked;
  const suitable: NodeInfo[] = [];
  const refusals: Refusal[] = [];
  for (const info of cycle.nodes) {
    const refusal = refusalOf(asked, info);
    if (refusal) refusals.push(refusal);
    else suitable.push(info);
  }
  const node = bestOf(cycle, suitable);
  return node ? { kind: 'found', node, suitable: suitable.length } : { kind: 'refused', cycle, refusals };
}
