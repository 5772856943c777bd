// Nodes that the pod prefers by their labels are better, by the weight of each preference.
import { matchesNodeSelectorTerm } from '../node-selector.ts';
import { normalized, type Score } from '../plugin.ts';

export const nodeAffinityScore: Score = {
  name: 'NodeAffinity',
  weight: 2,
  scoresOf: ({ pod }, nodes) => {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    if (preferred.length === 0) return undefined;
    const sums = nodes.map(({ node }) => {
      let sum = 0;
      for (const { weight, preference } of preferred) if (matchesNodeSelectorTerm(preference, node)) sum += weight;
      return sum;
    });
    return normalized(sums, false);
  },
};
