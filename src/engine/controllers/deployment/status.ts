// What a Deployment reports, and whether its rollout goes on. k8s: deployment sync.go calculateStatus, progress.go
import { type Condition, conditionOf, type Deployment, parseTime, type ReplicaSet } from '#kube';
import { newCondition, unlessZero, withCondition, withoutCondition } from '../replica-set/status.ts';
import { maxUnavailableOf, specReplicasOf, sum } from './arithmetic.ts';
import { allOf, hasProgressDeadline, type Sets, type Sync, writeStatus } from './replica-sets.ts';

type Status = Deployment['status'];

const progressing = (status: Status): Condition | undefined => conditionOf(status, 'Progressing');

/** Counts and the Available condition. */
function countedStatus({ deployment, turn }: Sync, sets: Sets): Status {
  const all = allOf(sets);
  const available = sum(all, (set) => set.status.availableReplicas);
  const isAvailable = available >= deployment.spec.replicas - maxUnavailableOf(deployment);
  const condition = isAvailable
    ? newCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', turn.now)
    : newCondition(
        'Available',
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
        turn.now,
      );
  const { collisionCount, conditions = [] } = deployment.status;
  return {
    ...unlessZero('availableReplicas', available),
    ...(collisionCount !== undefined && { collisionCount }),
    conditions: withCondition(conditions, condition),
    observedGeneration: deployment.metadata.generation ?? 1,
    ...unlessZero(
      'readyReplicas',
      sum(all, (set) => set.status.readyReplicas),
    ),
    ...unlessZero(
      'replicas',
      sum(all, (set) => set.status.replicas),
    ),
    terminatingReplicas: sum(all, (set) => set.status.terminatingReplicas),
    ...unlessZero('unavailableReplicas', Math.max(0, specReplicasOf(all) - available)),
    ...unlessZero('updatedReplicas', sets.current?.status.replicas ?? 0),
  };
}

/** Every replica is updated and available, and nothing old is left. k8s: DeploymentComplete */
export const isComplete = ({ spec, metadata }: Deployment, status: Status): boolean =>
  (status.updatedReplicas ?? 0) === spec.replicas &&
  (status.replicas ?? 0) === spec.replicas &&
  (status.availableReplicas ?? 0) === spec.replicas &&
  (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);

/** k8s: deploymentutil.DeploymentProgressing */
function isProgressing(before: Status, after: Status): boolean {
  const grows = (read: (status: Status) => number | undefined): boolean => (read(after) ?? 0) > (read(before) ?? 0);
  const old = (status: Status): number => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    grows((status) => status.updatedReplicas) ||
    old(after) < old(before) ||
    grows((status) => status.readyReplicas) ||
    grows((status) => status.availableReplicas)
  );
}

const nowOf = ({ turn }: Sync): number => turn.config.epochMs + turn.nowMs;

const deadlineMs = ({ deployment }: Sync, condition: Condition): number =>
  (parseTime(condition.lastUpdateTime) ?? 0) + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000;

/** Rule DEPLOY-8. k8s: DeploymentTimedOut */
function isTimedOut(sync: Sync, status: Status): boolean {
  const condition = progressing(status);
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return false;
  return condition.reason === 'ProgressDeadlineExceeded' || deadlineMs(sync, condition) < nowOf(sync);
}

/** The Progressing condition of a rollout. k8s: syncRolloutStatus */
function withProgress(sync: Sync, sets: Sets, status: Status): Status {
  const { deployment, turn } = sync;
  const conditions = status.conditions ?? [];
  if (!hasProgressDeadline(deployment)) return { ...status, conditions: withoutCondition(conditions, 'Progressing') };
  const before = progressing(deployment.status);
  const isSettled =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && before?.reason === 'NewReplicaSetAvailable';
  if (isSettled) return status;
  const what = sets.current ? `ReplicaSet "${sets.current.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const set = (value: 'True' | 'False', reason: string, words: string): Condition =>
    newCondition('Progressing', value, reason, `${what} ${words}`, turn.now);
  if (isComplete(deployment, status))
    return {
      ...status,
      conditions: withCondition(conditions, set('True', 'NewReplicaSetAvailable', 'has successfully progressed.')),
    };
  if (isProgressing(deployment.status, status)) {
    const next = set('True', 'ReplicaSetUpdated', 'is progressing.');
    const since = before?.status === 'True' ? before.lastTransitionTime : undefined;
    const kept = since === undefined ? next : { ...next, lastTransitionTime: since };
    return { ...status, conditions: [...withoutCondition(conditions, 'Progressing'), kept] };
  }
  if (!isTimedOut(sync, status)) return status;
  return {
    ...status,
    conditions: withCondition(conditions, set('False', 'ProgressDeadlineExceeded', 'has timed out progressing.')),
  };
}

/** The failure that a set reports becomes the Deployment's; the new set's before those of old ones. */
function withFailure(sets: Sets, status: Status): Status {
  const conditions = status.conditions ?? [];
  const failureOf = (set: ReplicaSet | undefined) => set && conditionOf(set.status, 'ReplicaFailure');
  const failure = failureOf(sets.current) ?? sets.old.map(failureOf).find((found) => found !== undefined);
  if (!failure) return { ...status, conditions: withoutCondition(conditions, 'ReplicaFailure') };
  const lastUpdateTime = failure.lastUpdateTime ?? failure.lastTransitionTime ?? '';
  return { ...status, conditions: withCondition(conditions, { ...failure, lastUpdateTime }) };
}

/** Writes the status of a rollout. k8s: syncRolloutStatus */
export const syncRolloutStatus = (sync: Sync, sets: Sets): void =>
  writeStatus(sync, withFailure(sets, withProgress(sync, sets, countedStatus(sync, sets))));

/** Writes the status where no rollout is judged: while scaling, paused, or being deleted. k8s: syncDeploymentStatus */
export const syncCounts = (sync: Sync, sets: Sets): void => writeStatus(sync, countedStatus(sync, sets));

/** Whether the rollout ran into its deadline. */
export const hasTimedOut = ({ status }: Deployment): boolean =>
  progressing(status)?.reason === 'ProgressDeadlineExceeded';

/** Until the deadline is to be looked at, for a rollout that is under way. k8s: requeueStuckDeployment */
export function deadlineInMs(sync: Sync): number | undefined {
  const { deployment } = sync;
  const condition = progressing(deployment.status);
  if (!hasProgressDeadline(deployment) || !condition || isComplete(deployment, deployment.status)) return undefined;
  if (condition.reason === 'ProgressDeadlineExceeded' || condition.reason === 'NewReplicaSetAvailable')
    return undefined;
  return Math.max(0, deadlineMs(sync, condition) - nowOf(sync)) + 1000;
}
