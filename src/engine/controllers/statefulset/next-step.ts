// What a sync would do next if it were not held up: the second half of "waiting for web-2 to terminate before updating
// web-1". Pure.
import type { ReasonArgs } from '../../kernel/index.ts';
import { updateFrom } from './new-pod-revision.ts';
import { firstGap } from './ordinal-set.ts';
import { endOf } from './pod-identity.ts';
import { oldPodsDown } from './roster.ts';
import type { Slot } from './slot.ts';
import { podArgs, type Sync } from './sync.ts';

const stepArgs = ({ set }: Pick<Sync, 'set'>, step: string, ordinal: number): ReasonArgs => ({
  step,
  next: podArgs(set, ordinal).pod,
  nextOrdinal: ordinal,
});

/** The highest ordinal that a rolling update would delete next, other than this one. */
export function nextUpdate({ set, roster, revisions }: Sync, except: number): number | undefined {
  if (set.spec.updateStrategy.type !== 'RollingUpdate') return undefined;
  const [first, second] = oldPodsDown(roster, revisions.update.metadata.name, updateFrom(set), 2);
  return first === except ? second : first;
}

/**
 * The arguments `step` (creating, deleting, updating, replacing), `next` and `nextOrdinal`; none when nothing follows.
 * The order is that of the phases: pods that are missing, pods too many, pods of an old revision.
 */
export function nextStep(sync: Sync, held: Slot): ReasonArgs {
  const { set, roster } = sync;
  const gap = firstGap(roster.taken, held.ordinal + 1, endOf(set));
  if (gap !== undefined) return stepArgs(sync, 'creating', gap);
  const surplus = roster.condemnedLive.at(-1);
  if (surplus !== undefined) return stepArgs(sync, 'deleting', surplus);
  const old = nextUpdate(sync, held.ordinal);
  if (old !== undefined) return stepArgs(sync, 'updating', old);
  return held.isTerminating ? stepArgs(sync, 'replacing', held.ordinal) : {};
}
