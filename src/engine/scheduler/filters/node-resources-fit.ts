// A node must have room for what the pod requests, and for one pod more.
import { type Allocatable, allocatableOf } from '../allocatable.ts';
import { NO_TOTALS } from '../node-totals.ts';
import type { Failure, Filter, NodeInfo } from '../plugin.ts';
import { type PodRequests, requestsOfPod } from '../pod-requests.ts';

function failureOf(requests: PodRequests, { node, totals }: NodeInfo): Failure | undefined {
  const offered = allocatableOf(node);
  const reasons: string[] = [];
  // What the empty node could not hold either, no preemption makes room for.
  let isResolvable = true;
  if (totals.pods + 1 > offered.pods) reasons.push('Too many pods');
  const need = (name: string, asked: number, used: number, offer: number): void => {
    if (asked === 0 || asked <= offer - used) return;
    reasons.push(`Insufficient ${name}`);
    if (asked > offer) isResolvable = false;
  };
  need('cpu', requests.milliCpu, totals.milliCpu, offered.milliCpu);
  need('memory', requests.memoryBytes, totals.memoryBytes, offered.memoryBytes);
  need('ephemeral-storage', requests.ephemeralBytes, totals.ephemeralBytes, offered.ephemeralBytes);
  for (const [name, asked] of requests.others)
    need(name, asked, totals.others.get(name) ?? 0, offered.others.get(name) ?? 0);
  return reasons.length > 0 ? { reasons, isResolvable } : undefined;
}

/** True when a node has room for more pods, or more of what a pod asks for. k8s: haveAnyRequestedResourcesIncreased */
const offersMore = (requests: PodRequests, before: Allocatable, after: Allocatable): boolean =>
  after.pods > before.pods ||
  (requests.milliCpu > 0 && after.milliCpu > before.milliCpu) ||
  (requests.memoryBytes > 0 && after.memoryBytes > before.memoryBytes) ||
  (requests.ephemeralBytes > 0 && after.ephemeralBytes > before.ephemeralBytes) ||
  [...requests.others.keys()].some((name) => (after.others.get(name) ?? 0) > (before.others.get(name) ?? 0));

export const nodeResourcesFit: Filter = {
  name: 'NodeResourcesFit',
  rule: 'SCHED-5',
  texts: ['Too many pods', 'Insufficient '],
  wokenBy: ['pod gone'],
  isHelpedBy: (pod, before, after) => {
    const requests = requestsOfPod(pod);
    if (!after || failureOf(requests, { node: after, totals: NO_TOTALS })) return false;
    return !before || offersMore(requests, allocatableOf(before), allocatableOf(after));
  },
  prepare: ({ pod }) => {
    const requests = requestsOfPod(pod);
    return { check: (info) => failureOf(requests, info) };
  },
};
