// The last phase of a sync: the rolling update. One pod at a time, from the highest ordinal down to the partition; each
// must be back and available before the next one goes, under both pod management policies.
// k8s: updateStatefulSet (its last part) and updateStatefulSetAfterInvariantEstablished in stateful_set_control.go
import { type IntOrString, isGateOn, resolveIntOrPercent } from '#kube';
import type { ReasonArgs } from '../../kernel/index.ts';
import { currentBelow, updateFrom } from './new-pod-revision.ts';
import { nextUpdate } from './next-step.ts';
import { lastGap } from './ordinal-set.ts';
import { deletePod } from './pod-control.ts';
import { endOf, startOf } from './pod-identity.ts';
import { highestOldPod, oldPodsDown, unavailableCount } from './roster.ts';
import { awaited } from './slot.ts';
import { type Halt, isParallel, podArgs, podReason, type Sync, spanArgs } from './sync.ts';

/** STS-16: how many pods may be unavailable; a percentage is of `replicas`, rounded down, and never less than one. k8s: getStatefulSetMaxUnavailable */
export const maxUnavailableOf = (maxUnavailable: IntOrString | undefined, replicas: number): number =>
  Math.max(1, resolveIntOrPercent(maxUnavailable ?? 1, replicas, 'down') ?? 1);

/**
 * Phase D: deletes what is to be made again of the update revision.
 * @returns where the sync ends; undefined when nothing is left to update
 */
export function mindUpdate(sync: Sync): Halt | undefined {
  const { set, turn } = sync;
  if (set.spec.updateStrategy.type !== 'RollingUpdate') return undefined;
  return isGateOn(turn.config.gates, 'MaxUnavailableStatefulSet') ? updateSome(sync) : updateOne(sync);
}

/** The highest ordinal that is to be updated, and the highest that is not available. */
function fronts(sync: Sync): { old: number | undefined; unavailable: number | undefined } {
  const { roster, set, revisions } = sync;
  const from = updateFrom(set);
  const old = highestOf(highestOldPod(roster, revisions.update.metadata.name, from), newButOld(sync));
  const atLeast = (ordinal: number | undefined) => (ordinal !== undefined && ordinal >= from ? ordinal : undefined);
  const gap = lastGap(roster.taken, from, endOf(set));
  return { old, unavailable: highestOf(gap, atLeast(roster.down.at(-1)), atLeast(roster.young.at(-1))) };
}

/**
 * A pod that this very sync made, or would have made, of the current revision although it is to be updated: only
 * where no rollingUpdate block says so (STS-18). It goes again at once.
 */
function newButOld({ roster, set, revisions }: Sync): number | undefined {
  if (set.spec.updateStrategy.rollingUpdate || revisions.current === revisions.update) return undefined;
  return lastGap(roster.taken, updateFrom(set), Math.min(endOf(set), currentBelow(set) - 1));
}

const highestOf = (...ordinals: readonly (number | undefined)[]): number | undefined =>
  ordinals.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);

/** STS-11, STS-12: deletes the highest old pod, unless a pod above it is not available. Its own health is not asked for. */
function updateOne(sync: Sync): Halt | undefined {
  const { old, unavailable } = fronts(sync);
  if (old !== undefined && (unavailable === undefined || old >= unavailable)) return deleteOld(sync, [old]);
  if (unavailable === undefined) return undefined;
  return hold(sync, unavailable);
}

/** STS-16: deletes as many old pods at once as may be unavailable besides those that are. */
function updateSome(sync: Sync): Halt | undefined {
  const { roster, set, revisions } = sync;
  const { replicas, updateStrategy } = set.spec;
  const allowed = maxUnavailableOf(updateStrategy.rollingUpdate?.maxUnavailable, replicas);
  const spare = allowed - unavailableCount(roster);
  if (spare > 0) {
    const old = oldPodsDown(roster, revisions.update.metadata.name, updateFrom(set), spare);
    return old.length > 0 ? deleteOld(sync, old) : undefined;
  }
  const { unavailable } = fronts(sync);
  const held =
    unavailable ?? lastGap(roster.taken, startOf(set), endOf(set)) ?? roster.down.at(-1) ?? roster.young.at(-1);
  return held === undefined ? undefined : hold(sync, held, { maxUnavailable: allowed });
}

function deleteOld(sync: Sync, ordinals: readonly number[]): Halt {
  const { set, revisions } = sync;
  const revision: ReasonArgs = {
    revision: revisions.update.revision,
    policy: isParallel(set) ? 'Parallel' : 'OrderedReady',
  };
  const deleted: number[] = [];
  const tell = (): void => {
    const [to, from] = [deleted[0], deleted.at(-1)];
    if (to === undefined || from === undefined) return;
    sync.did.push(
      from === to
        ? podReason('STS-11', true, set, to, revision)
        : { rule: 'STS-16', acting: true, args: { ...spanArgs(set, from, to, deleted.length), ...revision } },
    );
  };
  for (const ordinal of ordinals) {
    const error = deletePod(sync, ordinal);
    if (error) {
      tell();
      return { error };
    }
    deleted.push(ordinal);
    sync.updateDeletions += 1;
  }
  tell();
  return {};
}

/** STS-12, STS-26: what an update waits for; with nothing left to update, what the set itself waits for. */
function hold(sync: Sync, ordinal: number, more: ReasonArgs = {}): Halt {
  const { set, roster } = sync;
  const next = nextUpdate(sync, ordinal);
  if (next === undefined) return {};
  const args = {
    until: awaited(roster.slots.get(ordinal)),
    step: 'updating',
    next: podArgs(set, next).pod,
    nextOrdinal: next,
    policy: isParallel(set) ? 'Parallel' : 'OrderedReady',
    ...more,
  };
  return { wait: podReason('STS-12', false, set, ordinal, args) };
}
