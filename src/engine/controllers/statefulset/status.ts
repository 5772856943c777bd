// A set's status: counts of its pods as the sync found them, the two revisions, and the moment at which a rollout is
// complete. k8s: computeReplicaStatus, completeRollingUpdate, inconsistentStatus
import type { StatefulSet, StatefulSetStatus } from '#kube';
import { livePodsOf } from './roster.ts';
import type { Sync } from './sync.ts';

/** A counter as the API writes it: 0 is left out. */
const counter = <K extends string>(key: K, value: number): { [P in K]?: number } =>
  (value === 0 ? {} : { [key]: value }) as { [P in K]?: number };

/**
 * STS-19: the status that a sync writes.
 * @returns the status, and whether this is the sync that completes a rollout (STS-15)
 */
export function newStatus({ set, roster, revisions, updateDeletions }: Sync): {
  status: StatefulSetStatus;
  isCompleted: boolean;
} {
  const { current, update, collisionCount } = revisions;
  const replicas = roster.slots.size;
  const updated = livePodsOf(roster, update.metadata.name);
  // STS-15: availability and minReadySeconds play no part in this.
  const isComplete =
    set.spec.updateStrategy.type === 'RollingUpdate' &&
    updated === roster.ready &&
    roster.ready === replicas &&
    replicas === set.spec.replicas;
  // The pods that were deleted may be of neither revision, and the server refuses a count below zero.
  const left = Math.max(0, livePodsOf(roster, current.metadata.name) - updateDeletions);
  const currentReplicas = isComplete ? updated : left;
  const { generation } = set.metadata;
  return {
    status: {
      ...(generation !== undefined && { observedGeneration: generation }),
      replicas,
      ...counter('readyReplicas', roster.ready),
      ...counter('currentReplicas', currentReplicas),
      ...counter('updatedReplicas', updated),
      currentRevision: (isComplete ? update : current).metadata.name,
      updateRevision: update.metadata.name,
      collisionCount,
      availableReplicas: roster.ready - roster.readyYoung,
    },
    isCompleted: isComplete && current.metadata.name !== update.metadata.name,
  };
}

/** Whether a status is worth writing; a collision count alone is not. k8s: inconsistentStatus */
export function isStatusNews(set: StatefulSet, status: StatefulSetStatus): boolean {
  const before: Partial<StatefulSetStatus> = set.status ?? {};
  return (
    (status.observedGeneration ?? 0) > (before.observedGeneration ?? 0) ||
    status.replicas !== (before.replicas ?? 0) ||
    (status.readyReplicas ?? 0) !== (before.readyReplicas ?? 0) ||
    (status.currentReplicas ?? 0) !== (before.currentReplicas ?? 0) ||
    (status.updatedReplicas ?? 0) !== (before.updatedReplicas ?? 0) ||
    status.availableReplicas !== (before.availableReplicas ?? 0) ||
    status.currentRevision !== before.currentRevision ||
    status.updateRevision !== before.updateRevision
  );
}
