// Emptier nodes are better. k8s: noderesources leastResourceScorer
import { allocatableOf } from '../allocatable.ts';
import { type NodeInfo, SCORE_MAX, type Score } from '../plugin.ts';
import { type PodRequests, requestsOfPod } from '../pod-requests.ts';

const freePart = (used: number, offered: number): number =>
  offered === 0 || used > offered ? 0 : Math.floor(((offered - used) * SCORE_MAX) / offered);

function leastAllocated(requests: PodRequests, { node, totals }: NodeInfo): number {
  const offered = allocatableOf(node);
  const cpu = freePart(totals.scoredMilliCpu + requests.scoredMilliCpu, offered.milliCpu);
  const memory = freePart(totals.scoredMemoryBytes + requests.scoredMemoryBytes, offered.memoryBytes);
  return Math.floor((cpu + memory) / 2);
}

export const nodeResourcesFitScore: Score = {
  name: 'NodeResourcesFit',
  weight: 1,
  scoresOf: ({ pod }, nodes) => {
    const requests = requestsOfPod(pod);
    return nodes.map((info) => leastAllocated(requests, info));
  },
};
