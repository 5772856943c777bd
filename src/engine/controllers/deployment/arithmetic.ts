// The numbers of a rollout: how many pods too many and too few there may be, and how a change of scale is shared out.
// k8s: pkg/controller/deployment/util/deployment_util.go
import { type Deployment, type ReplicaSet, resolveIntOrPercent } from '#kube';

export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

const isRolling = (deployment: Deployment): boolean => deployment.spec.strategy.type === 'RollingUpdate';

/** Both bounds in pods; they are never both 0. k8s: ResolveFenceposts */
function fencePosts(deployment: Deployment): { readonly surge: number; readonly unavailable: number } {
  const { maxSurge = '25%', maxUnavailable = '25%' } = deployment.spec.strategy.rollingUpdate ?? {};
  const surge = resolveIntOrPercent(maxSurge, deployment.spec.replicas, 'up') ?? 0;
  const unavailable = resolveIntOrPercent(maxUnavailable, deployment.spec.replicas, 'down') ?? 0;
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** Pods above `replicas` that a rollout may have. */
export const maxSurgeOf = (deployment: Deployment): number =>
  isRolling(deployment) ? fencePosts(deployment).surge : 0;

/** Pods below `replicas` that a rollout may lack. */
export const maxUnavailableOf = (deployment: Deployment): number =>
  !isRolling(deployment) || deployment.spec.replicas === 0
    ? 0
    : Math.min(fencePosts(deployment).unavailable, deployment.spec.replicas);

/** Pods that the sets ask for together. */
export const specReplicasOf = (sets: readonly ReplicaSet[]): number => sum(sets, (set) => set.spec.replicas);

/** The sum of one number of each set. */
export const sum = (sets: readonly ReplicaSet[], read: (set: ReplicaSet) => number | undefined): number =>
  sets.reduce((total, set) => total + (read(set) ?? 0), 0);

/**
 * The size of the new set in the next step (DEPLOY-2). k8s: NewRSNewReplicas
 * @param all every set of the Deployment, the new one included
 * @param size what the new set asks for now
 */
export function newSizeOf(deployment: Deployment, all: readonly ReplicaSet[], size: number): number {
  const { replicas } = deployment.spec;
  if (!isRolling(deployment)) return replicas;
  const room = replicas + maxSurgeOf(deployment) - specReplicasOf(all);
  return room <= 0 ? size : size + Math.min(room, replicas - size);
}

/** Rounds as Go's RoundToInt32: halves away from zero. */
const round = (value: number): number => (value < 0 ? -Math.round(-value) : Math.round(value));

/** A set's own share of a change of scale. k8s: getReplicaSetFraction */
function fractionOf(set: ReplicaSet, deployment: Deployment): number {
  if (deployment.spec.replicas === 0) return -set.spec.replicas;
  const noted = Number.parseInt(set.metadata.annotations?.[MAX_REPLICAS] ?? '', 10);
  const before = noted || (deployment.status.replicas ?? 0);
  if (before === 0) return 0;
  const after = deployment.spec.replicas + maxSurgeOf(deployment);
  return round((set.spec.replicas * after) / before) - set.spec.replicas;
}

/**
 * New sizes of the active sets after a change of scale in the middle of a rollout, in proportion to their sizes; what is
 * left over goes to the largest (DEPLOY-6). k8s: DeploymentController.scale
 * @param active sets that ask for pods
 * @returns the sets with their sizes, in the order in which they are written
 */
export function proportionalSizes(
  deployment: Deployment,
  active: readonly ReplicaSet[],
): readonly { readonly set: ReplicaSet; readonly size: number }[] {
  const { replicas } = deployment.spec;
  const allowed = replicas > 0 ? replicas + maxSurgeOf(deployment) : 0;
  const toAdd = allowed - specReplicasOf(active);
  const isNewerFirst = toAdd > 0;
  const byAge = (a: ReplicaSet, b: ReplicaSet) => (isNewerFirst ? -1 : 1) * compareCreation(a, b);
  const sets = [...active].sort((a, b) => b.spec.replicas - a.spec.replicas || byAge(a, b));
  let added = 0;
  const sizes = sets.map((set) => {
    if (toAdd === 0 || added === toAdd) return set.spec.replicas;
    const fraction = fractionOf(set, deployment);
    const share = toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
    added += share;
    return set.spec.replicas + share;
  });
  return sets.map((set, index) => {
    const size = sizes[index] ?? set.spec.replicas;
    return { set, size: index === 0 && toAdd !== 0 ? Math.max(0, size + toAdd - added) : size };
  });
}

/** Older first, by name among equals. k8s: controller.ReplicaSetsByCreationTimestamp */
export const compareCreation = (a: ReplicaSet, b: ReplicaSet): number =>
  a.metadata.creationTimestamp === b.metadata.creationTimestamp
    ? a.metadata.name < b.metadata.name
      ? -1
      : 1
    : a.metadata.creationTimestamp < b.metadata.creationTimestamp
      ? -1
      : 1;
