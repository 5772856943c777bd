// The rules of the scheduler in the words that the page shows.
import type { ReasonArgs } from '../kernel/index.ts';
import type { Rule } from '../rules.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/scheduling-eviction';
const ASSIGN = `${DOCS}/assign-pod-node/`;
const PLUGINS = 'pkg/scheduler/framework/plugins';

/** What every node, or the pod as a whole, says. */
const told = ({ message }: ReasonArgs): string => `${message ?? ''}`;

export const schedulerRules: readonly Rule[] = [
  {
    id: 'SCHED-1',
    title: 'A pod gets a node',
    sentence: ({ pod, node, nodes, suitable }) => {
      if (suitable === undefined) return `assigned ${pod} to ${node}: its volumes are bound`;
      return nodes === suitable
        ? `assigned ${pod} to ${node}, the best of ${nodes} nodes`
        : `assigned ${pod} to ${node}: ${suitable} of ${nodes} nodes suit it`;
    },
    docs: `${DOCS}/kube-scheduler/`,
    upstream: 'pkg/scheduler/schedule_one.go',
  },
  {
    id: 'SCHED-2',
    title: 'The best node wins',
    sentence: () => 'of the nodes that suit a pod, the one with the most points gets it, of equals the first by name',
    docs: `${DOCS}/kube-scheduler/#kube-scheduler-implementation`,
    upstream: 'selectHost in pkg/scheduler/schedule_one.go',
  },
  {
    id: 'SCHED-3',
    title: 'A node is chosen, its volumes are not bound yet',
    sentence: ({ pod, node, claim }) => `${pod} is meant for ${node} and waits for ${claim} to be bound`,
    aside: () => 'WaitForFirstConsumer',
    docs: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode',
    upstream: `BindPodVolumes in ${PLUGINS}/volumebinding`,
  },
  {
    id: 'SCHED-4',
    title: 'Volumes could not be bound',
    sentence: ({ pod, node, why }) => `${pod} gives up ${node}: ${why}`,
    upstream: `checkBindings in ${PLUGINS}/volumebinding`,
  },
  {
    id: 'SCHED-5',
    title: 'No room',
    sentence: (args) => `no node has room for ${args.pod}: ${told(args)}`,
    docs: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#my-pods-are-pending-with-event-message-failedscheduling',
    upstream: `${PLUGINS}/noderesources/fit.go`,
  },
  {
    id: 'SCHED-6',
    title: 'Nodes are cordoned',
    sentence: ({ pod }) => `no node takes ${pod}: all are cordoned`,
    docs: 'https://kubernetes.io/docs/concepts/architecture/nodes/#manual-node-administration',
    upstream: `${PLUGINS}/nodeunschedulable`,
  },
  {
    id: 'SCHED-7',
    title: 'Taints keep the pod away',
    sentence: ({ pod }) => `no node takes ${pod}: it does not tolerate their taints`,
    docs: `${DOCS}/taint-and-toleration/`,
    upstream: `${PLUGINS}/tainttoleration`,
  },
  {
    id: 'SCHED-8',
    title: 'No node has the labels the pod asks for',
    sentence: ({ pod }) => `no node has the labels that ${pod} asks for`,
    aside: () => 'node selector or node affinity',
    docs: `${ASSIGN}#nodeselector`,
    upstream: `${PLUGINS}/nodeaffinity`,
  },
  {
    id: 'SCHED-9',
    title: 'The host port is taken',
    sentence: ({ pod }) => `every node has given away a host port that ${pod} asks for`,
    upstream: `${PLUGINS}/nodeports`,
  },
  {
    id: 'SCHED-10',
    title: 'Another pod uses the claim',
    sentence: ({ pod }) => `${pod} waits for a claim that only one pod at a time may use`,
    aside: () => 'ReadWriteOncePod',
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
    upstream: `${PLUGINS}/volumerestrictions`,
  },
  {
    id: 'SCHED-11',
    title: 'Volumes keep the pod from the nodes',
    sentence: (args) => `${args.pod} cannot be placed because of its volumes: ${told(args)}`,
    docs: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#node-affinity',
    upstream: `${PLUGINS}/volumebinding`,
  },
  {
    id: 'SCHED-12',
    title: 'The spread would be uneven',
    sentence: ({ pod }) => `every node would spread pods like ${pod} too unevenly`,
    aside: () => 'topology spread constraints',
    docs: `${DOCS}/topology-spread-constraints/`,
    upstream: `${PLUGINS}/podtopologyspread`,
  },
  {
    id: 'SCHED-13',
    title: 'Wrong company',
    sentence: (args) => `no node has the right company for ${args.pod}: ${told(args)}`,
    aside: () => 'pod affinity and anti-affinity',
    docs: `${ASSIGN}#inter-pod-affinity-and-anti-affinity`,
    upstream: `${PLUGINS}/interpodaffinity`,
  },
  {
    id: 'SCHED-14',
    title: 'No node suits',
    sentence: (args) => `no node suits ${args.pod}: ${told(args)}`,
    docs: `${DOCS}/kube-scheduler/`,
    upstream: 'pkg/scheduler/schedule_one.go',
  },
  {
    id: 'SCHED-15',
    title: 'Scheduling gates are closed',
    sentence: ({ pod, gates }) => `${pod} is not scheduled before its gates are removed: ${gates}`,
    docs: `${DOCS}/pod-scheduling-readiness/`,
    upstream: `${PLUGINS}/schedulinggates`,
  },
  {
    id: 'SCHED-16',
    title: 'Less important pods make room',
    sentence: ({ pod, node, victims }) => `${victims} must leave ${node} to make room for ${pod}`,
    aside: () => 'preemption by priority',
    docs: `${DOCS}/pod-priority-preemption/`,
    upstream: `${PLUGINS}/defaultpreemption`,
  },
  {
    id: 'SCHED-17',
    title: 'Another try when something changes',
    sentence: () => 'a refused pod is tried again when something changes that could let it in',
    upstream: 'pkg/scheduler/backend/queue',
  },
];
