// How zones look where cells are told apart by them: three patterns without a hue, in turn.
import { useMemo, useSyncExternalStore } from 'react';
import { asFacts, type FactsStore } from '#state';
import { useFactsStore } from './graph-side.ts';

type Look = 1 | 2 | 3;

/** A zone by its label, empty without one, and its pattern. */
export interface ZoneLook {
  readonly zone: string;
  readonly look: Look;
}

/**
 * The zones of a cluster in the order of their names.
 *
 * @param facts - of the moment shown
 */
export function zoneLooksOf(facts: Pick<FactsStore, 'getIds' | 'getFacts'>): readonly ZoneLook[] {
  const zones = new Set(facts.getIds('node').map((id) => asFacts('node', facts.getFacts(id))?.zone ?? ''));
  return [...zones].sort().map((zone, i) => ({ zone, look: ((i % 3) + 1) as Look }));
}

/**
 * The zones of the cluster shown; the same list until nodes come or go.
 */
export function useZoneLooks(): readonly ZoneLook[] {
  const facts = useFactsStore();
  const read = useMemo(() => {
    let ids: readonly string[] | undefined;
    let last: readonly ZoneLook[] = [];
    return () => {
      const now = facts.getIds('node');
      if (now !== ids) last = zoneLooksOf(facts);
      ids = now;
      return last;
    };
  }, [facts]);
  return useSyncExternalStore((listener) => facts.subscribeIds('node', listener), read);
}
