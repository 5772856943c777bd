// The facts of what is selected, of whatever kind.
import { useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Facts } from '#scene';
import { asFacts, facts, selection } from '#state';

/**
 * The facts of one object.
 *
 * @param id - a fact id; undefined subscribes to nothing
 * @returns undefined where there is no such object at the moment shown
 */
function useAnyFacts(id: string | undefined): Facts | undefined {
  const subscribe = useCallback(
    (listener: () => void) => (id === undefined ? () => undefined : facts.subscribe(id, listener)),
    [id],
  );
  return useSyncExternalStore(subscribe, () => (id === undefined ? undefined : facts.getFacts(id)));
}

/** What is selected and what to show of it. */
export interface Selected {
  readonly id: string;
  /** The object itself; a slot with a pod in it gives way to the pod. */
  readonly object: Facts | undefined;
  readonly slot: Extract<Facts, { type: 'slot' }> | undefined;
}

/**
 * What is selected. A slot stands for the pod in it, as long as there is one.
 *
 * @returns undefined where nothing is selected
 */
export function useSelected(): Selected | undefined {
  const selectedId = useStore(selection, (state) => state.selectedId);
  const chosen = useAnyFacts(selectedId);
  const chosenSlot = asFacts('slot', chosen);
  const podInSlot = useAnyFacts(chosenSlot?.podId);
  const slotOfPod = asFacts('slot', useAnyFacts(slotIdOf(chosen)));
  if (selectedId === undefined) return undefined;
  const slot = chosenSlot ?? slotOfPod;
  return podInSlot ? { id: podInSlot.id, object: podInSlot, slot } : { id: selectedId, object: chosen, slot };
}

/** The slot that a pod of a set stands in. */
function slotIdOf(object: Facts | undefined): string | undefined {
  if (object?.type !== 'pod' || object.setId === undefined || object.ordinal === undefined) return undefined;
  return `Slot${object.setId.slice(object.setId.indexOf('/'))}/${object.ordinal}`;
}

/**
 * The name in a fact id.
 *
 * @param id - such as `Pod/default/web-0` or `Slot/default/web/3`
 * @returns the name that people use for it
 */
export function nameOfId(id: string): string {
  const parts = id.split('/');
  return parts[0] === 'Slot' ? `${parts[2] ?? ''}-${parts[3] ?? ''}` : (parts.at(-1) ?? id);
}
