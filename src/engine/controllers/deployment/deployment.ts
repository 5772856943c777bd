// The Deployment controller: it owns no pods, only ReplicaSets, and moves replicas from the old ones to the new one.
// k8s: pkg/controller/deployment
import {
  conditionOf,
  controllerOf,
  type Deployment,
  isEmptySelector,
  isTerminating,
  keyOf,
  matchesSelector,
  type ObjectKey,
  type Pod,
  partsOfKey,
  type ReplicaSet,
} from '#kube';
import {
  type Actor,
  act,
  done,
  type Enqueue,
  keyOfObject,
  type ObjectChange,
  type Outcome,
  type Turn,
  type View,
  wait,
} from '../../kernel/index.ts';
import { claimObjects } from '../replica-set/claim.ts';
import { newCondition, withCondition } from '../replica-set/status.ts';
import {
  compareCreation,
  DESIRED_REPLICAS,
  maxSurgeOf,
  maxUnavailableOf,
  newSizeOf,
  proportionalSizes,
  specReplicasOf,
  sum,
} from './arithmetic.ts';
import {
  allOf,
  deleteOldSets,
  findSets,
  hasProgressDeadline,
  type Sets,
  type Sync,
  scaleSet,
  syncNewSet,
  writeStatus,
} from './replica-sets.ts';
import { deadlineInMs, hasTimedOut, isComplete, syncCounts, syncRolloutStatus } from './status.ts';

const ownerKeyOf = (set: ReplicaSet | undefined): ObjectKey | undefined => {
  const owner = set && controllerOf(set);
  return owner?.kind === 'Deployment' ? keyOf('Deployment', set?.metadata.namespace, owner.name) : undefined;
};

/** A set wakes its owner, the one it had, and while nobody owns it every Deployment that could adopt it. */
function watchSet({ before, after }: ObjectChange, enqueue: Enqueue, view: View): void {
  const keys = new Set([ownerKeyOf(before as ReplicaSet | undefined), ownerKeyOf(after as ReplicaSet | undefined)]);
  for (const key of keys) if (key !== undefined) enqueue(key);
  if (!after || controllerOf(after)) return;
  for (const deployment of view.list('Deployment', after.metadata.namespace ?? ''))
    if (matchesSelector(deployment.spec.selector, after.metadata.labels)) enqueue(keyOfObject(deployment));
}

/** The end of a pod matters to Recreate alone, which waits for the last one. */
function watchPod({ before, after }: ObjectChange, enqueue: Enqueue, view: View): void {
  if (after || !before) return;
  const owner = controllerOf(before);
  if (owner?.kind !== 'ReplicaSet') return;
  const set = view.get('ReplicaSet', before.metadata.namespace ?? '', owner.name);
  const key = ownerKeyOf(set);
  const deployment = key === undefined ? undefined : (view.find(key) as Deployment | undefined);
  if (key !== undefined && deployment?.spec.strategy.type === 'Recreate') enqueue(key);
}

const activeOf = (sets: readonly ReplicaSet[]): readonly ReplicaSet[] => sets.filter((set) => set.spec.replicas > 0);

/** Rule DEPLOY-6 holds when an active set was sized for another number of replicas. k8s: isScalingEvent */
const isScaling = (deployment: Deployment, sets: Sets): boolean =>
  activeOf(allOf(sets)).some((set) => {
    const desired = set.metadata.annotations?.[DESIRED_REPLICAS];
    return desired !== undefined && desired !== String(deployment.spec.replicas);
  });

/** The only active set, or the newest one where none is active. k8s: FindActiveOrLatest */
function activeOrLatest({ current, old }: Sets): ReplicaSet | undefined {
  const active = activeOf(current ? [...old, current] : old);
  if (active.length > 1) return undefined;
  return active[0] ?? current ?? [...old].sort(compareCreation).at(-1);
}

/** k8s: DeploymentController.scale */
function scale(sync: Sync, sets: Sets): void {
  const { deployment } = sync;
  const { replicas } = deployment.spec;
  const only = activeOrLatest(sets);
  if (only) {
    if (only.spec.replicas !== replicas) scaleSet(sync, only, replicas);
    return;
  }
  const { current } = sets;
  const isSaturated =
    current !== undefined &&
    current.spec.replicas === replicas &&
    current.metadata.annotations?.[DESIRED_REPLICAS] === String(replicas) &&
    (current.status.availableReplicas ?? 0) === replicas;
  if (isSaturated) for (const set of activeOf(sets.old)) scaleSet(sync, set, 0);
  else if (deployment.spec.strategy.type === 'RollingUpdate')
    for (const { set, size } of proportionalSizes(deployment, activeOf(allOf(sets)))) scaleSet(sync, set, size);
}

/** What a step of a rollout did, as the reason shows it. */
interface Step {
  readonly set: ReplicaSet;
  readonly to: number;
}

/** Rule DEPLOY-2. k8s: reconcileNewReplicaSet */
function growNewSet(sync: Sync, sets: Sets, current: ReplicaSet): Step | undefined {
  const { replicas } = sync.deployment.spec;
  const size =
    current.spec.replicas > replicas ? replicas : newSizeOf(sync.deployment, allOf(sets), current.spec.replicas);
  if (current.spec.replicas === replicas || size === current.spec.replicas) return undefined;
  scaleSet(sync, current, size);
  return { set: current, to: size };
}

/** Rule DEPLOY-3: unhealthy pods of old sets first, then as many available ones as can be spared. k8s: reconcileOldReplicaSets */
function shrinkOldSets(sync: Sync, sets: Sets, current: ReplicaSet): Step | undefined {
  const { deployment } = sync;
  const all = allOf(sets);
  const minAvailable = deployment.spec.replicas - maxUnavailableOf(deployment);
  const notYet = current.spec.replicas - (current.status.availableReplicas ?? 0);
  let removable = specReplicasOf(all) - minAvailable - notYet;
  if (removable <= 0) return undefined;
  let first: Step | undefined;
  const shrink = (set: ReplicaSet, by: number): ReplicaSet => {
    if (by <= 0) return set;
    first ??= { set, to: set.spec.replicas - by };
    return scaleSet(sync, set, set.spec.replicas - by);
  };
  const healthier = activeOf(sets.old).map((set) => {
    const by = Math.min(removable, set.spec.replicas - (set.status.availableReplicas ?? 0));
    removable -= Math.max(0, by);
    return shrink(set, by);
  });
  let spare = sum(all, (set) => set.status.availableReplicas) - minAvailable;
  for (const set of healthier) {
    const by = Math.min(set.spec.replicas, spare);
    spare -= Math.max(0, by);
    shrink(set, by);
  }
  return first;
}

const stepOutcome = (sync: Sync, rule: string, { set, to }: Step): Outcome =>
  act(rule, keyOfObject(set), {
    set: set.metadata.name,
    from: set.spec.replicas,
    to,
    surge: maxSurgeOf(sync.deployment),
    unavailable: maxUnavailableOf(sync.deployment),
  });

/** k8s: rolloutRolling */
function rollOut(sync: Sync, owned: readonly ReplicaSet[]): Outcome {
  const sets = syncNewSet(sync, owned, true);
  const { current } = sets;
  if (!current) return done;
  const grown = growNewSet(sync, sets, current);
  const shrunk = grown ? undefined : shrinkOldSets(sync, sets, current);
  const cleaned =
    !grown && !shrunk && isComplete(sync.deployment, sync.deployment.status) ? deleteOldSets(sync, sets.old) : 0;
  syncRolloutStatus(sync, sets);
  if (sync.began) return beganOutcome(sync, sync.began, current);
  if (grown) return stepOutcome(sync, 'DEPLOY-2', grown);
  if (shrunk) return stepOutcome(sync, 'DEPLOY-3', shrunk);
  return restOutcome(sync, current, cleaned);
}

const beganOutcome = (sync: Sync, began: 'created' | 'returned', current: ReplicaSet): Outcome =>
  act(began === 'created' ? 'DEPLOY-1' : 'DEPLOY-9', keyOfObject(current), {
    name: sync.deployment.metadata.name,
    set: current.metadata.name,
  });

/** What there is to say when a sync moved no replicas. */
function restOutcome(sync: Sync, current: ReplicaSet, cleaned: number): Outcome {
  const { deployment } = sync;
  const { name } = deployment.metadata;
  if (cleaned > 0) return act('DEPLOY-10', keyOfObject(deployment), { name, count: cleaned });
  if (hasTimedOut(deployment))
    return wait('DEPLOY-8', keyOfObject(current), { name, seconds: deployment.spec.progressDeadlineSeconds ?? 0 });
  if (isComplete(deployment, deployment.status)) return done;
  const available = current.status.availableReplicas ?? 0;
  return wait('DEPLOY-4', keyOfObject(current), {
    set: current.metadata.name,
    available,
    replicas: deployment.spec.replicas,
  });
}

/** Whether pods of old sets are left that have not ended. k8s: oldPodsRunning */
const hasOldPods = (view: View, { old }: Sets): boolean =>
  sum(old, (set) => set.status.replicas) > 0 ||
  old.some((set) =>
    (view.ownedBy(set.metadata.uid) as readonly Pod[]).some(
      ({ status }) => status.phase !== 'Failed' && status.phase !== 'Succeeded',
    ),
  );

/** Rule DEPLOY-5. k8s: rolloutRecreate */
function recreate(sync: Sync, owned: readonly ReplicaSet[]): Outcome {
  let sets = syncNewSet(sync, owned, false);
  const { name } = sync.deployment.metadata;
  const active = activeOf(sets.old);
  for (const set of active) scaleSet(sync, set, 0);
  if (active[0] || hasOldPods(sync.turn.view, sets)) {
    syncRolloutStatus(sync, sets);
    if (active[0]) return stepOutcome(sync, 'DEPLOY-3', { set: active[0], to: 0 });
    return wait('DEPLOY-5', sets.old[0] && keyOfObject(sets.old[0]), { name });
  }
  if (!sets.current) sets = syncNewSet(sync, owned, true);
  const { current } = sets;
  if (!current) return done;
  const { replicas } = sync.deployment.spec;
  const isGrown = current.spec.replicas !== replicas;
  if (isGrown) scaleSet(sync, current, replicas);
  const cleaned = isComplete(sync.deployment, sync.deployment.status) ? deleteOldSets(sync, sets.old) : 0;
  syncRolloutStatus(sync, sets);
  if (sync.began) return beganOutcome(sync, sync.began, current);
  return isGrown ? stepOutcome(sync, 'DEPLOY-2', { set: current, to: replicas }) : restOutcome(sync, current, cleaned);
}

/** Rule DEPLOY-7: the time that a Deployment is paused does not count against its deadline. k8s: checkPausedConditions */
function syncPaused(sync: Sync): void {
  const { deployment, turn } = sync;
  const condition = conditionOf(deployment.status, 'Progressing');
  if (!hasProgressDeadline(deployment) || condition?.reason === 'ProgressDeadlineExceeded') return;
  const isNoted = condition?.reason === 'DeploymentPaused';
  const isPaused = deployment.spec.paused === true;
  if (isPaused === isNoted) return;
  const next = isPaused
    ? newCondition('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', turn.now)
    : newCondition('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed', turn.now);
  writeStatus(sync, { ...deployment.status, conditions: withCondition(deployment.status.conditions ?? [], next) });
}

/** One sync. k8s: syncDeployment */
function sync(state: Sync, key: ObjectKey): Outcome {
  const { turn } = state;
  const { metadata, spec } = state.deployment;
  if (isEmptySelector(spec.selector)) return done;
  const claim = claimObjects(
    turn,
    state.deployment,
    spec.selector,
    turn.view.list('ReplicaSet', metadata.namespace ?? ''),
  );
  if (isTerminating(state.deployment)) {
    syncCounts(state, findSets(state.deployment, claim.claimed));
    return done;
  }
  syncPaused(state);
  const sets = syncNewSet(state, claim.claimed, false);
  if (spec.paused || isScaling(state.deployment, sets)) {
    scale(state, sets);
    if (spec.paused) deleteOldSets(state, sets.old);
    syncCounts(state, sets);
    if (spec.paused) return wait('DEPLOY-7', key, { name: metadata.name });
    return act('DEPLOY-6', key, { name: metadata.name, replicas: spec.replicas });
  }
  const owned = allOf(sets);
  return spec.strategy.type === 'Recreate' ? recreate(state, owned) : rollOut(state, owned);
}

function reconcile(turn: Turn, key: string): Outcome {
  const { namespace, name } = partsOfKey(key);
  const deployment = turn.view.get('Deployment', namespace, name);
  if (!deployment) return done;
  const state: Sync = { turn, deployment };
  const outcome = sync(state, key);
  if (state.error) return wait('DEPLOY-11', key, { name, error: state.error.message }, { failed: true });
  const againMs = deadlineInMs(state);
  return againMs === undefined ? outcome : { ...outcome, againMs };
}

export const deploymentController: Actor = {
  name: 'deployment-controller',
  latencyMs: 15,
  watches: {
    Deployment: ({ key }, enqueue) => enqueue(key),
    ReplicaSet: watchSet,
    Pod: watchPod,
  },
  reconcile,
};
