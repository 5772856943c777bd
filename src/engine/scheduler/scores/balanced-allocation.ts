// Nodes whose cpu and memory would be used to the same degree are better. k8s: balancedResourceScorer
import { allocatableOf } from '../allocatable.ts';
import { type NodeInfo, SCORE_MAX, type Score } from '../plugin.ts';
import { type PodRequests, requestsOfPod } from '../pod-requests.ts';

const usedPart = (used: number, offered: number): number => (offered === 0 ? 1 : Math.min(1, used / offered));

function balance(requests: PodRequests, { node, totals }: NodeInfo): number {
  const offered = allocatableOf(node);
  const cpu = usedPart(totals.milliCpu + requests.milliCpu, offered.milliCpu);
  const memory = usedPart(totals.memoryBytes + requests.memoryBytes, offered.memoryBytes);
  return Math.floor((1 - Math.abs(cpu - memory) / 2) * SCORE_MAX);
}

export const balancedAllocationScore: Score = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  scoresOf: ({ pod }, nodes) => {
    const requests = requestsOfPod(pod);
    if (requests.milliCpu === 0 && requests.memoryBytes === 0) return undefined;
    return nodes.map((info) => balance(requests, info));
  },
};
