// Everything one slot draws, each from its own subscription.

import { useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { ClaimFacts, PodFacts, SlotFacts } from '#scene';
import { asFacts, type FactsStore, selection } from '#state';
import { useFactsStore } from './graph-side.ts';
import { useFacts } from './use-facts.ts';

/**
 * Whether the controller works on an ordinal right now; drawn again only when that changes.
 *
 * @param setId - the set
 * @param ordinal - the ordinal
 */
export function useIsWorkedOn(setId: string, ordinal: number | undefined): boolean {
  const facts = useFactsStore();
  const subscribe = useCallback((listener: () => void) => facts.subscribe(setId, listener), [facts, setId]);
  return useSyncExternalStore(
    subscribe,
    () => ordinal !== undefined && asFacts('set', facts.getFacts(setId))?.workingOn.includes(ordinal) === true,
  );
}

/**
 * Whether one of a slot's parts is selected: the slot itself, its pod, or a claim.
 *
 * @param slot - the slot
 */
export function useIsSlotSelected(slot: SlotFacts | undefined): boolean {
  return useStore(
    selection,
    ({ selectedId }) =>
      selectedId !== undefined &&
      slot !== undefined &&
      (selectedId === slot.id || selectedId === slot.podId || slot.claimIds.includes(selectedId)),
  );
}

/**
 * The pod of a slot.
 *
 * @param slot - the slot
 */
export function usePodOf(slot: SlotFacts | undefined): PodFacts | undefined {
  return useFacts('pod', slot?.podId);
}

/**
 * The claims of a slot as they are now, without a subscription: for words that are drawn again anyway.
 *
 * @param facts - where they stand
 * @param slot - the slot
 */
export function readClaims(facts: FactsStore, slot: SlotFacts): readonly ClaimFacts[] {
  return slot.claimIds.flatMap((id) => asFacts('claim', facts.getFacts(id)) ?? []);
}

/** How the stretch of the rule between two slots looks. */
export type Stretch = 'none' | 'plain' | 'dashed' | 'rev-1' | 'rev-2' | 'rev-3';

/**
 * The look of the rule between two neighbours: a revision's where both have it, plain where it changes or where the
 * controller works, dashed outside replicas.
 *
 * @param left - a slot and its pod
 * @param right - the next, or undefined at the end of replicas
 */
export function stretchBetween(left: StretchEnd, right: StretchEnd | undefined): Stretch {
  const ends = right ? [left, right] : [left];
  if (ends.some(({ slot }) => !slot?.isInRange))
    return ends.every(({ slot }) => slot && !slot.isInRange) ? 'dashed' : 'none';
  if (ends.some(({ isWorkedOn, pod }) => isWorkedOn || !pod?.revision)) return 'plain';
  const look = left.pod?.revision?.look;
  return look !== undefined && ends.every(({ pod }) => pod?.revision?.name === left.pod?.revision?.name)
    ? `rev-${look}`
    : 'plain';
}

export interface StretchEnd {
  readonly slot: SlotFacts | undefined;
  readonly pod: PodFacts | undefined;
  readonly isWorkedOn: boolean;
}
