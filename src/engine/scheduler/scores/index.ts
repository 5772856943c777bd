// The scores that choose among the nodes that passed the filters, each with its weight.
import type { Score } from '../plugin.ts';
import { balancedAllocationScore } from './balanced-allocation.ts';
import { interPodAffinityScore } from './inter-pod-affinity.ts';
import { nodeAffinityScore } from './node-affinity.ts';
import { nodeResourcesFitScore } from './node-resources-fit.ts';
import { podTopologySpreadScore } from './pod-topology-spread.ts';
import { taintTolerationScore } from './taint-toleration.ts';

export const scores: readonly Score[] = [
  taintTolerationScore,
  nodeAffinityScore,
  podTopologySpreadScore,
  interPodAffinityScore,
  nodeResourcesFitScore,
  balancedAllocationScore,
];
