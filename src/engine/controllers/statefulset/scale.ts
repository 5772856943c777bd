// The second and third phase of a sync: pods that the set does not ask for any more. Their claims get the owner that the
// policy wants, and then they are deleted, highest ordinal first.
// k8s: fixPodClaim, processCondemned in stateful_set_control.go
import { deletePod, updateClaimOwners } from './pod-control.ts';
import { identityOf, isUnavailable, type Slot } from './slot.ts';
import { slowStart } from './slow-start.ts';
import {
  enough,
  type Failure,
  type Halt,
  isParallel,
  podArgs,
  podKey,
  podReason,
  type Sync,
  spanArgs,
} from './sync.ts';

/**
 * Phase B, CLAIM-5: the owners of the claims of condemned pods.
 * @returns where the sync ends, if the API server refused a write
 */
export function mindCondemnedClaims(sync: Sync): Halt | undefined {
  const { roster, set } = sync;
  for (const ordinal of roster.condemnedRepairs.toReversed()) {
    const slot = roster.slots.get(ordinal) as Slot;
    const message = updateClaimOwners(sync, ordinal, identityOf(slot));
    if (message !== undefined) return { error: { message, about: podKey(set, ordinal) } };
    sync.did.push(podReason('CLAIM-5', true, set, ordinal));
  }
  return undefined;
}

/**
 * Phase C: deletes condemned pods.
 * @returns where the sync ends; undefined when it goes on with the update
 */
export const mindCondemned = (sync: Sync): Halt | undefined =>
  sync.roster.condemned.length === 0 ? undefined : isParallel(sync.set) ? deleteAll(sync) : deleteHighest(sync);

/** STS-9, STS-10: one pod in a sync, the highest, when no other pod is unwell. */
function deleteHighest(sync: Sync): Halt {
  const { roster, set, atMs } = sync;
  const ordinal = roster.condemned.at(-1) as number;
  const slot = roster.slots.get(ordinal) as Slot;
  const below = roster.condemned.at(-2);
  const next = below === undefined ? {} : { step: 'deleting', next: podArgs(set, below).pod, nextOrdinal: below };
  if (slot.isTerminating) return { wait: podReason('STS-10', false, set, ordinal, { until: 'terminate', ...next }) };
  // Every pod in range is available here, so the first that is not is the lowest condemned one.
  const firstUnavailable = lowestUnavailable(sync);
  const isFirst = firstUnavailable === ordinal;
  if (!isFirst && (!slot.isRunningAndReady || isUnavailable(slot, atMs)))
    return {
      wait: podReason('STS-10', false, set, ordinal, {
        until: slot.isRunningAndReady ? 'be available' : 'be Running and Ready',
        ...(firstUnavailable !== undefined && { other: podArgs(set, firstUnavailable).pod }),
      }),
    };
  const error = deletePod(sync, ordinal);
  if (error) return { error };
  sync.did.push(podReason('STS-9', true, set, ordinal, { policy: 'OrderedReady' }));
  return enough;
}

function lowestUnavailable({ roster }: Sync): number | undefined {
  const [down, young] = [roster.condemnedDown[0], roster.condemnedYoung[0]];
  return down === undefined || (young !== undefined && young < down) ? young : down;
}

/** STS-9: all of them in one sync. */
function deleteAll(sync: Sync): Halt | undefined {
  const { roster, set } = sync;
  const ordinals = roster.condemnedLive.toReversed();
  const deleted: number[] = [];
  const error = slowStart<Failure>(
    ordinals.map((_, index) => index),
    (index) => {
      const ordinal = ordinals[index] as number;
      const refused = deletePod(sync, ordinal);
      if (!refused) deleted.push(ordinal);
      return refused;
    },
  );
  const [to, from] = [deleted[0], deleted.at(-1)];
  if (from !== undefined && to !== undefined)
    sync.did.push(
      from === to
        ? podReason('STS-9', true, set, from, { policy: 'Parallel' })
        : { rule: 'STS-9', acting: true, args: { policy: 'Parallel', ...spanArgs(set, from, to, deleted.length) } },
    );
  if (error) return { error };
  const leaving = roster.condemned.at(-1) as number;
  if (deleted.length === 0) sync.waits.push(podReason('STS-10', false, set, leaving, { until: 'terminate' }));
  return undefined;
}
