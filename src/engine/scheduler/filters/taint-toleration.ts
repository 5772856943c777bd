// A node with a taint takes only pods that tolerate it.
import { type Filter, unresolvable } from '../plugin.ts';
import { isHard, isTolerated } from '../tolerations.ts';

const REASON = 'node(s) had untolerated taint(s)';
const FAILURE = unresolvable(REASON);

export const taintToleration: Filter = {
  name: 'TaintToleration',
  rule: 'SCHED-7',
  texts: [REASON],
  wokenBy: ['node'],
  prepare: ({ pod }) => ({
    check: ({ node }) =>
      node.spec.taints?.some((taint) => isHard(taint) && !isTolerated(pod, taint)) ? FAILURE : undefined,
  }),
};
