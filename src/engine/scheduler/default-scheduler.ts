// The scheduler as an actor: one turn is one pod. A refused pod is tried again when something changes that the filters
// which refused it care about; an idle scheduler tries it at once. k8s: pkg/scheduler, backend/queue
import {
  isTerminating,
  type Node,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type StorageClass,
} from '#kube';
import { isSame } from '#lib';
import { annotation } from '../controllers/persistent-volume/annotations.ts';
import { isClaimBound } from '../controllers/persistent-volume/volume-matching.ts';
import { type Actor, type Enqueue, keyOfObject, type View } from '../kernel/index.ts';
import { filters } from './filters/index.ts';
import { placeOfPod } from './node-totals.ts';
import type { ClusterEvent } from './plugin.ts';
import { schedulePod } from './schedule-pod.ts';
import { comparePods, isWaiting, refusalOf, refusedPods, SCHEDULER, waitingPods } from './waiting-pods.ts';

const LATENCY_MS = 6;

/** Part of what is said of a pod when there is no node at all. */
const NO_NODES = 'no nodes available';

/** Texts of refusals that each kind of change may overcome. */
const textsWokenBy = (event: ClusterEvent): readonly string[] =>
  filters.filter(({ wokenBy }) => wokenBy.includes(event)).flatMap(({ texts }) => texts);

const TEXTS: Readonly<Record<ClusterEvent, readonly string[]>> = {
  'pod gone': textsWokenBy('pod gone'),
  'pod placed': textsWokenBy('pod placed'),
  claim: textsWokenBy('claim'),
  volume: textsWokenBy('volume'),
  'storage class': textsWokenBy('storage class'),
};

/** Queues the refused pods that a change may help, in the order in which they are due (SCHED-17). */
function wakeRefused(view: View, enqueue: Enqueue, event: ClusterEvent): void {
  const refused = view.derived(refusedPods);
  if (refused.size === 0) return;
  const texts = TEXTS[event];
  const helped = [...refused.values()].filter((pod) => texts.some((text) => refusalOf(pod)?.includes(text)));
  for (const pod of helped.sort(comparePods)) enqueue(keyOfObject(pod));
}

/** True when a filter looks at what changed of a node: its place in the cluster, its spec, its labels or its room. */
const isNodeNews = (before: Node | undefined, after: Node | undefined): boolean =>
  !before ||
  !after ||
  before.spec !== after.spec ||
  !isSame(before.metadata.labels, after.metadata.labels) ||
  !isSame(before.status.allocatable, after.status.allocatable);

/** Queues the refused pods of which a filter that refused them says that this change of a node may help (SCHED-17). */
function wakeForNode(view: View, enqueue: Enqueue, before: Node | undefined, after: Node | undefined): void {
  const refused = view.derived(refusedPods);
  if (refused.size === 0 || !isNodeNews(before, after)) return;
  const helped = [...refused.values()].filter((pod) => {
    const refusal = refusalOf(pod) ?? '';
    if (!before && refusal.includes(NO_NODES)) return true;
    return filters.some(
      (filter) => filter.texts.some((text) => refusal.includes(text)) && filter.isHelpedBy(pod, before, after),
    );
  });
  for (const pod of helped.sort(comparePods)) enqueue(keyOfObject(pod));
}

/** True when a claim changed in a way that pods which use it wait for. */
function isClaimNews(before: PersistentVolumeClaim | undefined, after: PersistentVolumeClaim): boolean {
  if (!before || before.metadata.uid !== after.metadata.uid) return true;
  const selected = (claim: PersistentVolumeClaim) => claim.metadata.annotations?.[annotation.selectedNode];
  return (
    isClaimBound(before) !== isClaimBound(after) ||
    (before.status.phase !== after.status.phase && after.status.phase === 'Lost') ||
    before.spec.storageClassName !== after.spec.storageClassName ||
    (selected(before) !== undefined && selected(after) !== selected(before))
  );
}

/** True when a volume became free, or can be reached from elsewhere. */
const isVolumeNews = (before: PersistentVolume | undefined, after: PersistentVolume): boolean =>
  (after.status.phase === 'Available' && before?.status.phase !== 'Available') ||
  (before !== undefined && !isSame(before.spec.nodeAffinity, after.spec.nodeAffinity));

/** True when a pod that waits is new to the queue, or was changed by someone who may have made it schedulable. */
const isPodNews = (before: Pod | undefined, after: Pod): boolean =>
  !isWaiting(before) ||
  before.metadata.uid !== after.metadata.uid ||
  before.spec !== after.spec ||
  before.metadata.labels !== after.metadata.labels;

function onPodChange(view: View, enqueue: Enqueue, before: Pod | undefined, after: Pod | undefined): void {
  if (isWaiting(after) && isPodNews(before, after)) enqueue(keyOfObject(after));
  // A pod that is deleted before it had a node waits for nothing any more.
  const hasNode = Boolean(after?.spec.nodeName);
  if (isWaiting(before) && !hasNode && !isWaiting(after)) enqueue(keyOfObject(before));
  const from = before && placeOfPod(before);
  const to = after && placeOfPod(after);
  if (from !== undefined && from !== to) wakeRefused(view, enqueue, 'pod gone');
  if (after && to !== undefined && after.spec.nodeName)
    if (
      !before?.spec.nodeName ||
      before.metadata.labels !== after.metadata.labels ||
      isTerminating(before) !== isTerminating(after)
    )
      wakeRefused(view, enqueue, 'pod placed');
}

export const defaultScheduler: Actor = {
  name: SCHEDULER,
  latencyMs: LATENCY_MS,
  watches: {
    Pod: ({ before, after }, enqueue, view) =>
      onPodChange(view, enqueue, before as Pod | undefined, after as Pod | undefined),
    Node: ({ before, after }, enqueue, view) =>
      wakeForNode(view, enqueue, before as Node | undefined, after as Node | undefined),
    PersistentVolumeClaim: ({ before, after }, enqueue, view) => {
      if (after && !isClaimNews(before as PersistentVolumeClaim | undefined, after as PersistentVolumeClaim)) return;
      const { namespace = '', name } = (after ?? before)?.metadata ?? { name: '' };
      // SCHED-4: a claim that is gone ends the wait of a pod that has its node in mind; it helps nobody else.
      for (const pod of view.podsUsingClaim(namespace, name))
        if (isWaiting(pod) && (after || pod.status.nominatedNodeName !== undefined)) enqueue(keyOfObject(pod));
    },
    PersistentVolume: ({ before, after }, enqueue, view) => {
      if (after && isVolumeNews(before as PersistentVolume | undefined, after as PersistentVolume))
        wakeRefused(view, enqueue, 'volume');
    },
    StorageClass: ({ before, after }, enqueue, view) => {
      const [old, now] = [before as StorageClass | undefined, after as StorageClass | undefined];
      if (now && !(old && isSame(old.allowedTopologies, now.allowedTopologies)))
        wakeRefused(view, enqueue, 'storage class');
      // SCHED-4: whoever waits for a volume of a class that is gone does not wait for ever.
      if (!now)
        for (const pod of [...view.derived(waitingPods).values()].sort(comparePods))
          if (pod.status.nominatedNodeName !== undefined) enqueue(keyOfObject(pod));
    },
  },
  start: (enqueue, view) => {
    for (const pod of [...view.derived(waitingPods).values()].sort(comparePods)) enqueue(keyOfObject(pod));
  },
  reconcile: schedulePod,
};
