// A cordoned node takes no new pods.
import { type Filter, unresolvable } from '../plugin.ts';
import { isTolerated } from '../tolerations.ts';

const REASON = 'node(s) were unschedulable';
const FAILURE = unresolvable(REASON);
const TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

export const nodeUnschedulable: Filter = {
  name: 'NodeUnschedulable',
  rule: 'SCHED-6',
  texts: [REASON],
  wokenBy: [],
  isHelpedBy: (_pod, before, after) =>
    after !== undefined && !after.spec.unschedulable && (before === undefined || Boolean(before.spec.unschedulable)),
  prepare: ({ pod }) =>
    isTolerated(pod, TAINT) ? undefined : { check: ({ node }) => (node.spec.unschedulable ? FAILURE : undefined) },
};
