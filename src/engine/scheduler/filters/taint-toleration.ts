// A node with a taint takes only pods that tolerate it.
import type { Node, Pod } from '#kube';
import { type Filter, unresolvable } from '../plugin.ts';
import { isHard, isTolerated } from '../tolerations.ts';

const REASON = 'node(s) had untolerated taint(s)';
const FAILURE = unresolvable(REASON);

const isKeptAway = (pod: Pod, node: Node): boolean =>
  node.spec.taints?.some((taint) => isHard(taint) && !isTolerated(pod, taint)) === true;

export const taintToleration: Filter = {
  name: 'TaintToleration',
  rule: 'SCHED-7',
  texts: [REASON],
  wokenBy: [],
  isHelpedBy: (pod, before, after) =>
    after !== undefined && !isKeptAway(pod, after) && (before === undefined || isKeptAway(pod, before)),
  prepare: ({ pod }) => ({ check: ({ node }) => (isKeptAway(pod, node) ? FAILURE : undefined) }),
};
