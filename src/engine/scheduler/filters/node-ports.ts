// A host port of a node can be taken once.
import { type Filter, isNodeNew, resolvable } from '../plugin.ts';
import { requestsOfPod } from '../pod-requests.ts';

const REASON = "node(s) didn't have free ports for the requested pod ports";
const FAILURE = resolvable(REASON);

export const nodePorts: Filter = {
  name: 'NodePorts',
  rule: 'SCHED-9',
  texts: [REASON],
  wokenBy: ['pod gone'],
  isHelpedBy: isNodeNew,
  prepare: ({ pod }) => {
    const { hostPorts } = requestsOfPod(pod);
    if (hostPorts.length === 0) return undefined;
    return { check: ({ totals }) => (hostPorts.some((port) => totals.hostPorts.has(port)) ? FAILURE : undefined) };
  },
};
