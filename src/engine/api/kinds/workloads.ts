// StatefulSets, Deployments, ReplicaSets and disruption budgets: generations, first status, gated fields.
import {
  type Deployment,
  dropDisabledStatefulSetFields,
  type Loose,
  type PodDisruptionBudget,
  type ReplicaSet,
  type StatefulSet,
  semanticEqual,
  validateStatefulSetStatus,
} from '#kube';
import type { Transaction } from '../../kernel/turn.ts';
import type { Strategy } from '../strategy.ts';

/** Rule API-8: fields whose gate is off are dropped without a word, unless the stored object has them already. */
const withoutGated = (set: StatefulSet, stored: StatefulSet | undefined, tx: Transaction): StatefulSet =>
  dropDisabledStatefulSetFields(
    set as unknown as Loose,
    stored as unknown as Loose | undefined,
    tx.world.config.gates,
  ) as unknown as StatefulSet;

/** Counters that add up need no closer look: a set of a thousand pods writes its status thousands of times. */
function isSound({ replicas, readyReplicas = 0, availableReplicas, ...status }: StatefulSet['status']): boolean {
  const { currentReplicas = 0, updatedReplicas = 0 } = status;
  return (
    Math.min(currentReplicas, updatedReplicas, readyReplicas, availableReplicas) >= 0 &&
    Math.max(currentReplicas, updatedReplicas, readyReplicas) <= replicas &&
    availableReplicas <= readyReplicas
  );
}

export const statefulSetStrategy: Strategy<StatefulSet> = {
  kind: 'StatefulSet',
  hasGeneration: true,
  newStatus: () => ({ availableReplicas: 0, replicas: 0 }),
  validateStatus: (set, stored) =>
    isSound(set.status) ? [] : validateStatefulSetStatus(set as unknown as Loose, stored as unknown as Loose),
  prepareForCreate: (set, tx) => withoutGated(set, undefined, tx),
  prepareForUpdate: (set, stored, tx) => withoutGated(set, stored, tx),
};

export const deploymentStrategy: Strategy<Deployment> = {
  kind: 'Deployment',
  hasGeneration: true,
  newStatus: () => ({}),
  // Annotations travel to the ReplicaSets, so they count as something asked for.
  isNewGeneration: (next, stored) =>
    !semanticEqual(next.spec, stored.spec) || !semanticEqual(next.metadata.annotations, stored.metadata.annotations),
  // The controller writes the revision together with the status.
  statusMetadata: (given, stored) =>
    semanticEqual(given.annotations, stored.annotations) || given.annotations === undefined
      ? stored
      : { ...stored, annotations: given.annotations },
};

export const replicaSetStrategy: Strategy<ReplicaSet> = {
  kind: 'ReplicaSet',
  hasGeneration: true,
  newStatus: () => ({ replicas: 0 }),
};

export const disruptionBudgetStrategy: Strategy<PodDisruptionBudget> = {
  kind: 'PodDisruptionBudget',
  hasGeneration: true,
  newStatus: () => ({ currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 }),
};
