// The rules of eviction by taints, in the words that the page shows.
import type { Rule } from '../../rules.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions';

export const evictionRules: readonly Rule[] = [
  {
    id: 'EVICT-1',
    title: 'Tolerated for a time',
    sentence: ({ node, pods, seconds }) =>
      `${pods === 1 ? '1 pod' : `${pods} pods`} on ${node} will be deleted in ${seconds} s unless its NoExecute taint goes`,
    aside: () => 'tolerationSeconds',
    docs: DOCS,
    upstream: 'tainteviction.processPodOnNode',
  },
  {
    id: 'EVICT-2',
    title: 'Deleted for a taint',
    sentence: ({ pod, node }) => `${pod} is deleted: it no longer tolerates the NoExecute taint of ${node}`,
    docs: DOCS,
    upstream: 'tainteviction.addConditionAndDeletePod',
  },
  {
    id: 'EVICT-3',
    title: 'Deletion cancelled',
    sentence: ({ pods, node }) =>
      `${node} has no NoExecute taint any more: the deletion of ${pods === 1 ? '1 pod' : `${pods} pods`} is cancelled`,
    docs: DOCS,
    upstream: 'tainteviction.cancelWorkWithEvent',
  },
  {
    id: 'EVICT-4',
    title: 'Tolerated not at all, or for ever',
    sentence: ({ pod, node }) => `${pod} is deleted at once: it does not tolerate the NoExecute taint of ${node}`,
    docs: DOCS,
    upstream: 'tainteviction.getMinTolerationTime',
  },
];
