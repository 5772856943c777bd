// What there is to say of a set when a sync got to its end: all is well, or pods are held back on purpose, or pods that
// nobody waits for are not Ready yet. Pure.
import type { Reason } from '../../kernel/index.ts';
import { updateFrom } from './new-pod-revision.ts';
import { firstGap, lastGap } from './ordinal-set.ts';
import { endOf, startOf } from './pod-identity.ts';
import { highestOldPod, unavailableCount } from './roster.ts';
import { awaited } from './slot.ts';
import { podReason, type Sync, setKeyOf, spanArgs } from './sync.ts';

/** The reason that stands while nothing is to be done; undefined when every pod is as the set asks. */
export function restingReason(sync: Sync): Reason | undefined {
  return unavailable(sync) ?? heldBack(sync);
}

/** STS-26: pods that are not available although nothing waits for them. */
function unavailable(sync: Sync): Reason | undefined {
  const { set, roster } = sync;
  const count = unavailableCount(roster);
  if (count === 0) return undefined;
  const [start, end] = [startOf(set), endOf(set)];
  const { taken, down, young } = roster;
  const from = Math.min(firstGap(taken, start, end) ?? end, down[0] ?? end, young[0] ?? end);
  const to = Math.max(lastGap(taken, start, end) ?? start, down.at(-1) ?? start, young.at(-1) ?? start);
  if (count === 1) return podReason('STS-26', false, set, from, { count, until: awaited(roster.slots.get(from)) });
  const until = count === young.length ? 'be available' : 'be Running and Ready';
  return { rule: 'STS-26', acting: false, about: setKeyOf(set), args: { ...spanArgs(set, from, to, count), until } };
}

/** STS-13, STS-14: pods of an old revision that the strategy leaves alone. */
function heldBack({ set, roster, revisions }: Sync): Reason | undefined {
  const old = highestOldPod(roster, revisions.update.metadata.name, startOf(set));
  if (old === undefined) return undefined;
  const revision = revisions.update.revision;
  if (set.spec.updateStrategy.type === 'OnDelete') return podReason('STS-14', false, set, old, { revision });
  const start = startOf(set);
  const args = { revision, partition: updateFrom(set) - start };
  return old === start
    ? podReason('STS-13', false, set, old, args)
    : {
        rule: 'STS-13',
        acting: false,
        about: setKeyOf(set),
        args: { ...spanArgs(set, start, old, old - start + 1), ...args },
      };
}
