// The way of a component to the facts: one subscription for each object it draws.
import { useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { asFacts, clock, type FactsOf, type FactsType, selection, subscribeClockFrame } from '#state';
import { useFactsStore } from './graph-side.ts';

const nothing = () => {};

/**
 * The facts of one object; the component is drawn again when they change.
 *
 * @param type - the kind expected
 * @param id - the fact id; undefined subscribes to nothing
 * @returns undefined where no such object is at this moment
 */
export function useFacts<T extends FactsType>(type: T, id: string | undefined): FactsOf<T> | undefined {
  const facts = useFactsStore();
  const subscribe = useCallback(
    (listener: () => void) => (id === undefined ? nothing : facts.subscribe(id, listener)),
    [id, facts],
  );
  return useSyncExternalStore(subscribe, () => (id === undefined ? undefined : asFacts(type, facts.getFacts(id))));
}

/**
 * The ids of all objects of one kind, in natural order.
 *
 * @param type - the kind
 * @returns the same array until one comes or goes
 */
export function useFactIds(type: FactsType): readonly string[] {
  const facts = useFactsStore();
  const subscribe = useCallback((listener: () => void) => facts.subscribeIds(type, listener), [type, facts]);
  return useSyncExternalStore(subscribe, () => facts.getIds(type));
}

/**
 * The moment shown, rounded down to a step, so that what shows seconds is drawn once a second and no more.
 *
 * @param stepMs - how fine; undefined subscribes to nothing
 * @returns virtual milliseconds, or 0 without a step
 */
export function useMomentMs(stepMs: number | undefined): number {
  const subscribe = useCallback(
    (listener: () => void) => (stepMs === undefined ? nothing : subscribeClockFrame(listener)),
    [stepMs],
  );
  return useSyncExternalStore(subscribe, () =>
    stepMs === undefined ? 0 : Math.floor(clock.getState().atMs / stepMs) * stepMs,
  );
}

/**
 * Whether this object is the selected one; drawn again only when that changes.
 *
 * @param id - a fact id
 * @returns true where it is selected
 */
export function useIsSelected(id: string | undefined): boolean {
  return useStore(selection, ({ selectedId }) => id !== undefined && selectedId === id);
}
