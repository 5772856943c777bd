// What is going on in the whole cluster: the one thing that matters most now.
import { conditionOf, type StatefulSet } from '#kube';
import { reasonOfSet } from './accounts/index.ts';
import { idOf, isNodeSilent, type WhyInput } from './input.ts';
import type { WhyTrap } from './types.ts';
import { count } from './words.ts';

/** The object that the answer about the whole begins with, and what is to be said of the rest. */
export interface Leading {
  readonly id?: string;
  readonly sentence: string;
  /** The trap that leads, where nothing else is going on. */
  readonly trap?: WhyTrap;
}

/** Sets that wait come first, then those that are worked on; pods that are held back on purpose are no news. */
function rankOf(input: WhyInput, set: StatefulSet): number {
  const reason = reasonOfSet(input, set);
  if (set.metadata.deletionTimestamp !== undefined) return 2;
  if (!reason || reason.rule === 'STS-13' || reason.rule === 'STS-14') return 0;
  return reason.acting ? 1 : 3;
}

/** What matters most in the cluster. O(sets + nodes). */
export function leadingOf(input: WhyInput, traps: readonly WhyTrap[]): Leading {
  const sets = input.view.list('StatefulSet');
  const ranked = sets.map((set) => ({ set, rank: rankOf(input, set) })).sort((a, b) => b.rank - a.rank);
  const [first] = ranked;
  const busy = ranked.filter(({ rank }) => rank > 0).length;
  if (first && first.rank > 0)
    return {
      id: idOf(first.set),
      sentence: busy > 1 ? `${count(busy - 1, 'more set is', 'more sets are')} not done either.` : '',
    };
  const node = input.view
    .list('Node')
    .find((one) => isNodeSilent(input, one.metadata.name) || conditionOf(one.status, 'Ready')?.status !== 'True');
  if (node) return { id: idOf(node), sentence: '' };
  const [trap] = traps;
  if (trap && input.view.find(trap.about)) return { id: trap.about, sentence: trap.sentence, trap };
  return { sentence: calm(sets) };
}

function calm(sets: readonly StatefulSet[]): string {
  if (sets.length === 0) return 'There is no StatefulSet. Apply a manifest, and its pods appear.';
  const ready = sets.reduce((sum, { status }) => sum + (status.readyReplicas ?? 0), 0);
  const wanted = sets.reduce((sum, { spec }) => sum + spec.replicas, 0);
  const [only] = sets;
  const of = sets.length === 1 && only ? only.metadata.name : count(sets.length, 'set');
  // Before its controller has looked at it, nothing is known of a set but its numbers.
  const isAsAsked = ready >= wanted;
  return `${isAsAsked ? 'All is as the specs ask' : 'No controller has looked at this yet'}: ${ready} of ${count(wanted, 'pod')} of ${of} ${wanted === 1 ? 'is' : 'are'} Ready.`;
}
