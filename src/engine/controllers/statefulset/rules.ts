// The rules of the StatefulSet controller in the words that the page shows.
import type { ReasonArgs } from '../../kernel/index.ts';
import type { Rule } from '../../rules.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/';
const CONTROL = 'pkg/controller/statefulset/stateful_set_control.go';
const PODS = 'pkg/controller/statefulset/stateful_pod_control.go';
const UTILS = 'pkg/controller/statefulset/stateful_set_utils.go';
const HISTORY = 'pkg/controller/history/controller_history.go';

const is = (args: ReasonArgs, key: string): boolean => args[key] !== undefined;

/** `web-2` or `web-2 to web-4`: lowest first. */
const pods = (args: ReasonArgs): string => (is(args, 'pod') ? `${args.pod}` : `${args.fromPod} to ${args.toPod}`);

/** ` before updating web-1`, where something follows. */
function before(args: ReasonArgs): string {
  if (args.step === 'replacing') return ' before creating it again';
  return is(args, 'next') ? ` before ${args.step} ${args.next}` : '';
}

/** The order that holds an OrderedReady set to this wait. */
const order = (args: ReasonArgs): string =>
  args.step === 'deleting' || args.step === 'updating'
    ? 'OrderedReady, reverse ordinal order'
    : 'OrderedReady, ordinal order';

export const statefulSetRules: readonly Rule[] = [
  {
    id: 'STS-1',
    title: 'A pod for each ordinal',
    sentence: () => 'every ordinal has one pod, with a name, a host name and claims of its own',
    docs: `${DOCS}#pod-identity`,
    upstream: `newStatefulSetPod in ${UTILS}`,
  },
  {
    id: 'STS-2',
    title: 'Pods are created in order',
    sentence: (args) => {
      const what = `creating ${args.pod}${is(args, 'revision') ? ` at rev ${args.revision}` : ''}`;
      return is(args, 'predecessor')
        ? `${what}: ${args.predecessor} is Running and Ready`
        : `${what}, the first ordinal`;
    },
    aside: () => 'OrderedReady, one at a time',
    docs: `${DOCS}#deployment-and-scaling-guarantees`,
    upstream: `processReplica in ${CONTROL}`,
  },
  {
    id: 'STS-3',
    title: 'Waiting for a pod to be Running and Ready',
    sentence: (args) => `waiting for ${args.pod} to be Running and Ready${before(args)}`,
    aside: order,
    docs: `${DOCS}#orderedready-pod-management`,
    upstream: `processReplica in ${CONTROL}`,
  },
  {
    id: 'STS-4',
    title: 'Waiting for a pod to terminate',
    sentence: (args) => `waiting for ${args.pod} to terminate${before(args)}`,
    aside: order,
    docs: `${DOCS}#deployment-and-scaling-guarantees`,
    upstream: `processReplica in ${CONTROL}`,
  },
  {
    id: 'STS-5',
    title: 'Waiting for minReadySeconds',
    sentence: (args) =>
      `waiting for ${args.pod} to be available, ${args.minReadySeconds} s after it became Ready${before(args)}`,
    aside: () => 'minReadySeconds',
    docs: `${DOCS}#minimum-ready-seconds`,
    upstream: `processReplica in ${CONTROL}`,
  },
  {
    id: 'STS-6',
    title: 'A finished pod is replaced',
    sentence: (args) => `deleting ${args.pod}: it ${args.phase}, and is created again under the same name`,
    docs: `${DOCS}#deployment-and-scaling-guarantees`,
    upstream: `processReplica in ${CONTROL}`,
  },
  {
    id: 'STS-7',
    title: 'Parallel creates all pods at once',
    sentence: (args) =>
      args.count === 1 ? `creating ${pods(args)}` : `creating ${args.count} pods at once, ${pods(args)}`,
    aside: () => 'Parallel, no waiting',
    docs: `${DOCS}#parallel-pod-management`,
    upstream: `runForAll in ${CONTROL}`,
  },
  {
    id: 'STS-8',
    title: 'Identity is restored',
    sentence: (args) =>
      `updating ${args.pod} in place: its name label, volumes or claims are not as the set wants them`,
    docs: `${DOCS}#pod-identity`,
    upstream: `UpdateStatefulPod in ${PODS}`,
  },
  {
    id: 'STS-9',
    title: 'Scaling down',
    sentence: (args) =>
      is(args, 'pod')
        ? `scaling down: deleting ${args.pod}, the highest ordinal first`
        : `scaling down: deleting ${args.count} pods at once, ${pods(args)}`,
    aside: (args) => (args.policy === 'Parallel' ? 'Parallel, no waiting' : 'OrderedReady, one at a time'),
    docs: `${DOCS}#deployment-and-scaling-guarantees`,
    upstream: `processCondemned in ${CONTROL}`,
  },
  {
    id: 'STS-10',
    title: 'Waiting while scaling down',
    sentence: (args) =>
      `waiting for ${args.pod} to ${args.until}${before(args)}${is(args, 'other') ? `: ${args.other} is not available either` : ''}`,
    aside: () => 'scaling down, reverse ordinal order',
    docs: `${DOCS}#deployment-and-scaling-guarantees`,
    upstream: `processCondemned in ${CONTROL}`,
  },
  {
    id: 'STS-11',
    title: 'A pod is deleted to be updated',
    sentence: (args) => `updating ${args.pod}: deleting it, so that it comes back at rev ${args.revision}`,
    aside: (args) => `${args.policy}, highest ordinal first`,
    docs: `${DOCS}#rolling-updates`,
    upstream: `updateStatefulSet in ${CONTROL}`,
  },
  {
    id: 'STS-12',
    title: 'Waiting to update the next pod',
    sentence: (args) => `waiting for ${args.pod} to ${args.until}${before(args)}`,
    aside: (args) =>
      is(args, 'maxUnavailable')
        ? `maxUnavailable ${args.maxUnavailable}`
        : `${args.policy}, one at a time in reverse ordinal order`,
    docs: `${DOCS}#rolling-updates`,
    upstream: `updateStatefulSet in ${CONTROL}`,
  },
  {
    id: 'STS-13',
    title: 'Pods below the partition',
    sentence: (args) => `partition ${args.partition} keeps ${pods(args)} from rev ${args.revision}`,
    docs: `${DOCS}#partitions`,
    upstream: `updateStatefulSet in ${CONTROL}`,
  },
  {
    id: 'STS-14',
    title: 'OnDelete updates no pod by itself',
    sentence: (args) => `${args.pod} comes back at rev ${args.revision} when somebody deletes it`,
    aside: () => 'OnDelete',
    docs: `${DOCS}#update-strategies`,
    upstream: `updateStatefulSet in ${CONTROL}`,
  },
  {
    id: 'STS-15',
    title: 'The rollout is complete',
    sentence: (args) =>
      args.replicas === 0
        ? `rev ${args.revision} is the current revision: there are no pods to update`
        : args.replicas === 1
          ? `the only pod is at rev ${args.revision}, which is the current revision now`
          : `all ${args.replicas} pods are at rev ${args.revision}, which is the current revision now`,
    docs: `${DOCS}#rolling-updates`,
    upstream: `completeRollingUpdate in ${UTILS}`,
  },
  {
    id: 'STS-16',
    title: 'maxUnavailable',
    sentence: (args) =>
      `updating ${args.count} pods at once, ${pods(args)}: deleting them to come back at rev ${args.revision}`,
    aside: () => 'maxUnavailable',
    docs: `${DOCS}#maximum-unavailable-pods`,
    upstream: `updateStatefulSetAfterInvariantEstablished in ${CONTROL}`,
  },
  {
    id: 'STS-17',
    title: 'A set that is being deleted',
    sentence: (args) => `${args.set} is being deleted: its pods are counted, nothing else is done for them`,
    docs: `${DOCS}#deployment-and-scaling-guarantees`,
    upstream: `updateStatefulSet in ${CONTROL}`,
  },
  {
    id: 'STS-18',
    title: 'The revision of a new pod',
    sentence: () => 'a new pod below the partition gets the current revision, every other pod the update revision',
    docs: `${DOCS}#partitions`,
    upstream: `newVersionedStatefulSetPod in ${UTILS}`,
  },
  {
    id: 'STS-19',
    title: 'Status counts pods as the sync found them',
    sentence: () => 'the status counts the pods as they were when the sync began',
    docs: `${DOCS}#deployment-and-scaling-guarantees`,
    upstream: `computeReplicaStatus in ${CONTROL}`,
  },
  {
    id: 'STS-20',
    title: 'Matching pods are adopted',
    sentence: (args) => `adopting ${args.pod}: it has the name and the labels, and no owner`,
    docs: `${DOCS}#pod-selector`,
    upstream: 'ClaimPods in pkg/controller/controller_ref_manager.go',
  },
  {
    id: 'STS-21',
    title: 'Pods that do not match are released',
    sentence: (args) => `releasing ${args.pod}: it is not a pod that ${args.set} selects any more`,
    docs: `${DOCS}#pod-selector`,
    upstream: 'ClaimPods in pkg/controller/controller_ref_manager.go',
  },
  {
    id: 'STS-22',
    title: 'The name of a pod is taken',
    sentence: (args) => `cannot create ${args.pod}: a pod of that name exists and is not one of ${args.set}`,
    docs: `${DOCS}#pod-identity`,
    upstream: `CreateStatefulPod in ${PODS}`,
  },
  {
    id: 'STS-23',
    title: 'A refused write is tried again',
    sentence: (args) =>
      `trying again${is(args, 'pod') ? ` for ${args.pod}` : ''} after a pause that doubles: ${args.message}`,
    docs: `${DOCS}#deployment-and-scaling-guarantees`,
    upstream: 'processNextWorkItem in pkg/controller/statefulset/stateful_set.go',
  },
  {
    id: 'STS-24',
    title: 'Batches that double',
    sentence: () => 'many pods are created in batches of 1, 2, 4 and so on; an error ends the batch it is in',
    docs: `${DOCS}#parallel-pod-management`,
    upstream: `slowStartBatch in ${CONTROL}`,
  },
  {
    id: 'STS-25',
    title: 'What wakes the controller',
    sentence: () => 'the controller looks at a set when the set or one of its pods changes',
    docs: `${DOCS}#deployment-and-scaling-guarantees`,
    upstream: 'pkg/controller/statefulset/stateful_set.go',
  },
  {
    id: 'STS-26',
    title: 'Nothing waits for these pods',
    sentence: (args) =>
      is(args, 'pod')
        ? `waiting for ${args.pod} to ${args.until}`
        : `waiting for ${args.count} pods to ${args.until}, between ${args.fromPod} and ${args.toPod}`,
    docs: `${DOCS}#parallel-pod-management`,
    upstream: `updateStatefulSet in ${CONTROL}`,
  },
  {
    id: 'REV-1',
    title: 'A revision is a template',
    sentence: () => 'a ControllerRevision holds the pod template, and its name ends in a hash of it',
    docs: `${DOCS}#revision-history`,
    upstream: `NewControllerRevision in ${HISTORY}`,
  },
  {
    id: 'REV-2',
    title: 'A new template is a new revision',
    sentence: (args) => `recording the template as rev ${args.revision}, ${args.name}`,
    docs: `${DOCS}#revision-history`,
    upstream: `getStatefulSetRevisions in ${CONTROL}`,
  },
  {
    id: 'REV-3',
    title: 'An old template comes back',
    sentence: (args) => `the template is that of ${args.name} again, which becomes rev ${args.revision}`,
    docs: `${DOCS}#revision-history`,
    upstream: `getStatefulSetRevisions in ${CONTROL}`,
  },
  {
    id: 'REV-4',
    title: 'The same template in other words',
    sentence: () => 'a template that means the same once defaults are filled in is no new revision',
    docs: `${DOCS}#revision-history`,
    upstream: `getStatefulSetRevisions in ${CONTROL}`,
  },
  {
    id: 'REV-5',
    title: 'Hash collisions',
    sentence: () => 'a name that is taken by another template is avoided by counting collisions into the hash',
    docs: `${DOCS}#revision-history`,
    upstream: `CreateControllerRevision in ${HISTORY}`,
  },
  {
    id: 'REV-6',
    title: 'The current revision',
    sentence: () => 'the current revision is the one that the status names, or the update revision when it is gone',
    docs: `${DOCS}#revision-history`,
    upstream: `getStatefulSetRevisions in ${CONTROL}`,
  },
  {
    id: 'REV-7',
    title: 'Old revisions are deleted',
    sentence: () => 'of the revisions that no pod uses, the newest revisionHistoryLimit are kept',
    docs: `${DOCS}#revision-history`,
    upstream: `truncateHistory in ${CONTROL}`,
  },
  {
    id: 'REV-8',
    title: 'Revisions without an owner are adopted',
    sentence: () => 'a revision with matching labels and no owner becomes one of the set',
    docs: `${DOCS}#revision-history`,
    upstream: `AdoptOrphanRevisions in ${CONTROL}`,
  },
  {
    id: 'CLAIM-1',
    title: 'A claim for each template and ordinal',
    sentence: () => 'each claim template gives each pod a claim of its own, which is created before the pod',
    docs: `${DOCS}#stable-storage`,
    upstream: `getPersistentVolumeClaims in ${UTILS}`,
  },
  {
    id: 'CLAIM-2',
    title: 'A claim that exists is used',
    sentence: () => 'a claim that has the right name is used as it is, whatever its size or class',
    docs: `${DOCS}#stable-storage`,
    upstream: `createPersistentVolumeClaims in ${PODS}`,
  },
  {
    id: 'CLAIM-3',
    title: 'A claim that is being deleted',
    sentence: () => 'a pod is not created while one of its claims is being deleted',
    docs: `${DOCS}#stable-storage`,
    upstream: `createPersistentVolumeClaims in ${PODS}`,
  },
  {
    id: 'CLAIM-4',
    title: 'A Pending pod gets its missing claims',
    sentence: (args) => `creating claim ${args.claim} again: ${args.pod} is Pending without it`,
    docs: `${DOCS}#stable-storage`,
    upstream: `createMissingPersistentVolumeClaims in ${PODS}`,
  },
  {
    id: 'CLAIM-5',
    title: 'The owner of a claim says when it goes',
    sentence: (args) => `setting the owner of the claims of ${args.pod}, as persistentVolumeClaimRetentionPolicy says`,
    docs: `${DOCS}#persistentvolumeclaim-retention`,
    upstream: `UpdatePodClaimForRetentionPolicy in ${PODS}`,
  },
  {
    id: 'CLAIM-6',
    title: 'A claim with another controller',
    sentence: () => 'a claim that somebody else controls is left to them',
    docs: `${DOCS}#persistentvolumeclaim-retention`,
    upstream: `hasUnexpectedController in ${UTILS}`,
  },
  {
    id: 'CLAIM-7',
    title: 'Waiting for the claim of a predecessor',
    sentence: (args) =>
      `waiting for ${args.claim} to be deleted: it belongs to the ${args.pod} before, which was scaled away`,
    docs: `${DOCS}#persistentvolumeclaim-retention`,
    upstream: `PodClaimIsStale in ${PODS}`,
  },
  {
    id: 'CLAIM-8',
    title: 'References with another uid',
    sentence: () => 'a claim whose owner reference has the name but not the uid is not touched',
    docs: `${DOCS}#persistentvolumeclaim-retention`,
    upstream: `hasStaleOwnerRef in ${UTILS}`,
  },
];
