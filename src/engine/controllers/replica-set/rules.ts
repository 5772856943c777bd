// What the ReplicaSet controller says about what it does and waits for.
import type { Rule } from '../../rules.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/';

const pods = (count: string | number | undefined): string => (count === 1 ? '1 pod' : `${count} pods`);

export const replicaSetRules: readonly Rule[] = [
  {
    id: 'RS-1',
    title: 'Missing pods are created at once',
    sentence: ({ set, count, replicas }) => `creating ${pods(count)} for ReplicaSet ${set}, which asks for ${replicas}`,
    aside: () => 'random names, in no order',
    docs: DOCS,
    upstream: 'replicaset.manageReplicas',
  },
  {
    id: 'RS-2',
    title: 'Surplus pods are deleted, the least useful first',
    sentence: ({ set, count, pod }) => `deleting ${pods(count)} of ReplicaSet ${set}, ${pod} first`,
    aside: () => 'unassigned, pending, not ready, crowded, young',
    docs: `${DOCS}#scaling-a-replicaset`,
    upstream: 'controller.ActivePodsWithRanks',
  },
  {
    id: 'RS-3',
    title: 'A ReplicaSet waits for its pods',
    sentence: ({ set, available, replicas }) => `${available} of ${replicas} pods of ReplicaSet ${set} are available`,
    docs: DOCS,
    upstream: 'replicaset.calculateStatus',
  },
  {
    id: 'RS-4',
    title: 'A terminating pod is replaced before it is gone',
    sentence: ({ set, count, terminating }) =>
      `creating ${pods(count)} for ReplicaSet ${set} beside ${terminating} still terminating`,
    aside: () => 'a StatefulSet would wait for the name',
    docs: DOCS,
    upstream: 'controller.FilterActivePods',
  },
  {
    id: 'RS-5',
    title: 'Pods are adopted and released by label',
    sentence: ({ set, adopted, released }) =>
      `ReplicaSet ${set} adopts ${pods(adopted)} and releases ${pods(released)} by its selector`,
    docs: `${DOCS}#isolating-pods-from-a-replicaset`,
    upstream: 'controller.PodControllerRefManager',
  },
  {
    id: 'RS-6',
    title: 'A refused pod is tried again',
    sentence: ({ set, error }) => `ReplicaSet ${set} cannot create its pods: ${error}`,
    docs: DOCS,
    upstream: 'replicaset.slowStartBatch',
  },
];
