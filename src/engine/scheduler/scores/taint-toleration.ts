// Nodes with fewer PreferNoSchedule taints that the pod does not tolerate are better.
import { normalized, type Score } from '../plugin.ts';
import { isTolerated } from '../tolerations.ts';

export const taintTolerationScore: Score = {
  name: 'TaintToleration',
  weight: 3,
  scoresOf: ({ pod }, nodes) => {
    const counts = nodes.map(
      ({ node }) =>
        node.spec.taints?.filter((taint) => taint.effect === 'PreferNoSchedule' && !isTolerated(pod, taint)).length ??
        0,
    );
    return counts.some((count) => count > 0) ? normalized(counts, true) : undefined;
  },
};
