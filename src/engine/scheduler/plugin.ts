// What a filter and a score are. A new one is one file and one line in its list.
import type { Node, Pod } from '#kube';
import { isSame } from '#lib';
import type { View } from '../kernel/index.ts';
import type { NodeTotals } from './node-totals.ts';

/** A node with what its pods ask for, without the pod that is being placed. */
export interface NodeInfo {
  readonly node: Node;
  readonly totals: Readonly<NodeTotals>;
}

/** One attempt to place one pod. */
export interface Cycle {
  readonly view: View;
  readonly pod: Pod;
  /** All nodes, by name. */
  readonly nodes: readonly NodeInfo[];
  /** Uids of pods to be thought away: the victims that a preemption would have. */
  readonly without: ReadonlySet<string>;
}

/** Why a node does not suit. */
export interface Failure {
  /** In the exact words of the event; usually one. */
  readonly reasons: readonly string[];
  /** True when the removal of less important pods could help. */
  readonly isResolvable: boolean;
}

export const unresolvable = (...reasons: readonly string[]): Failure => ({ reasons, isResolvable: false });
export const resolvable = (...reasons: readonly string[]): Failure => ({ reasons, isResolvable: true });

/** Changes in the cluster that may let a refused pod in, beside those of nodes. */
export type ClusterEvent = 'pod gone' | 'pod placed' | 'claim' | 'volume' | 'storage class';

/** What a filter found out before it looks at nodes. */
export interface Prepared {
  /** The pod suits no node at all: what the event says instead of counting nodes. */
  readonly rejection?: string;
  /** The object that a rejection is about. */
  readonly about?: string;
  readonly check?: (info: NodeInfo) => Failure | undefined;
}

export interface Filter {
  /** The plugin's name in Kubernetes. */
  readonly name: string;
  /** The rule that a waiting pod cites when this filter alone keeps it from all nodes. */
  readonly rule: string;
  /** Parts of the filter's messages, by which a refused pod's condition tells which filters refused it. */
  readonly texts: readonly string[];
  readonly wokenBy: readonly ClusterEvent[];
  /**
   * Whether a new node (`before` is undefined), a changed one or one that is gone (`after` is undefined) may let in a pod
   * that this filter refused. k8s: EventsToRegister and QueueingHintFn for nodes
   */
  readonly isHelpedBy: (pod: Pod, before: Node | undefined, after: Node | undefined) => boolean;
  /** Undefined when the filter has nothing to say about this pod. k8s: PreFilter with Skip */
  readonly prepare: (cycle: Cycle) => Prepared | undefined;
}

/** True for a node that is new. */
export const isNodeNew = (_pod: Pod, before: Node | undefined, after: Node | undefined): boolean =>
  after !== undefined && before === undefined;

/** True for a node that is new or has other labels. */
export const isNodeRelabelled = (_pod: Pod, before: Node | undefined, after: Node | undefined): boolean =>
  after !== undefined && !isSame(before?.metadata.labels, after.metadata.labels);

/** The best of a score. k8s: MaxNodeScore */
export const SCORE_MAX = 100;

export interface Score {
  /** The plugin's name in Kubernetes. */
  readonly name: string;
  readonly weight: number;
  /** From 0 to 100 for each node that passed the filters; undefined when the pod gives nothing to tell them apart. */
  readonly scoresOf: (cycle: Cycle, nodes: readonly NodeInfo[]) => readonly number[] | undefined;
}

/**
 * Scores stretched so that the best gets 100; reversed, the highest gets 0. k8s: helper.DefaultNormalizeScore
 */
export function normalized(scores: readonly number[], isReversed: boolean): number[] {
  const max = Math.max(0, ...scores);
  if (max === 0) return scores.map(() => (isReversed ? SCORE_MAX : 0));
  return scores.map((score) => {
    const part = Math.floor((SCORE_MAX * score) / max);
    return isReversed ? SCORE_MAX - part : part;
  });
}
