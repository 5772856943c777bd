// The rules of nodes that fail and of what the controllers do about it, in the words that the page shows.
import type { Rule } from '../../rules.ts';

const NODES = 'https://kubernetes.io/docs/concepts/architecture/nodes/';
const TAINTS = 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/';
const SHUTDOWN = 'https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown';

export const nodeRules: readonly Rule[] = [
  {
    id: 'NODE-1',
    title: 'Taints by condition',
    sentence: ({ node, taints, isCordoned }) => {
      if (!taints) return `${node} takes new pods again: its NoSchedule taints are removed`;
      return isCordoned
        ? `${node} is cordoned and takes no new pods`
        : `${node} is tainted as its conditions say: ${taints}`;
    },
    docs: `${TAINTS}#taint-nodes-by-condition`,
    upstream: 'nodelifecycle.doNoScheduleTaintingPass',
  },
  {
    id: 'NODE-2',
    title: 'Grace period of a silent node',
    sentence: ({ node, seconds }) =>
      `waiting for ${node} to answer: after ${seconds} s of silence it counts as unreachable`,
    aside: () => 'node-monitor-grace-period',
    docs: `${NODES}#condition`,
    upstream: 'nodelifecycle.tryUpdateNodeHealth',
  },
  {
    id: 'NODE-3',
    title: 'Unknown',
    sentence: ({ node, seconds }) =>
      `${node} has not answered for ${seconds} s: its Ready condition becomes Unknown, and its pods count as not ready`,
    docs: `${NODES}#condition`,
    upstream: 'nodelifecycle.monitorNodeHealth',
  },
  {
    id: 'NODE-4',
    title: 'NoExecute',
    sentence: ({ node, status }) =>
      status === 'False'
        ? `${node} is not ready: it is tainted NoExecute, so pods have to go when their toleration ends`
        : `${node} is unreachable: it is tainted NoExecute, so pods have to go when their toleration ends`,
    aside: () => 'one node in 10 s for each zone',
    docs: `${TAINTS}#taint-based-evictions`,
    upstream: 'nodelifecycle.doNoExecuteTaintingPass',
  },
  {
    id: 'NODE-5',
    title: 'No eviction when too much fails',
    sentence: ({ node }) =>
      node
        ? `no pod is evicted from ${node}: too many nodes are not ready, so the fault is looked for elsewhere`
        : 'all nodes are not ready: no pod is evicted, and NoExecute taints are removed',
    docs: `${NODES}#rate-limits-on-eviction`,
    upstream: 'nodelifecycle.handleDisruption',
  },
  {
    id: 'NODE-6',
    title: 'Back in time',
    sentence: ({ node }) => `${node} is ready again: its NoExecute taints are removed`,
    docs: `${TAINTS}#taint-based-evictions`,
    upstream: 'nodelifecycle.markNodeAsReachable',
  },
  {
    id: 'NODE-7',
    title: 'Pods of a node that is gone',
    sentence: ({ node, seconds, isOver }) =>
      isOver
        ? `${node} no longer exists: its pods fail and are removed by force`
        : `${node} no longer exists: its pods are removed by force unless it comes back within ${seconds} s`,
    docs: NODES,
    upstream: 'podgc.gcOrphaned',
  },
  {
    id: 'NODE-8',
    title: 'Out of service',
    sentence: ({ node }) => `${node} is tainted out-of-service: its pods that are being deleted are removed by force`,
    docs: SHUTDOWN,
    upstream: 'podgc.gcTerminating',
  },
  {
    id: 'NODE-9',
    title: 'Deleted before it had a node',
    sentence: ({ pod }) => `${pod} is being deleted and has no node: it fails, and is removed when nothing holds it`,
    upstream: 'podgc.gcUnscheduledTerminating',
  },
  {
    id: 'NODE-10',
    title: 'Nodes that come and go',
    sentence: ({ node, isNew }) =>
      isNew ? `${node} is a new node of the cluster` : `${node} is no node of the cluster any more`,
    upstream: 'nodelifecycle.monitorNodeHealth',
  },
];
