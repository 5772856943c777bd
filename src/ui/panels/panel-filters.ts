// What the tables of the tabs are held to. It outlives the tab: who comes back finds the rows that were left.
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** What one table is held to. */
export interface PanelFilter {
  readonly typed: string;
  /** Only rows of what is selected. */
  readonly isHeld: boolean;
  readonly isNewestFirst: boolean;
}

const NONE: PanelFilter = { typed: '', isHeld: false, isNewestFirst: true };

const filters = createStore<Readonly<Record<'events' | 'dns', PanelFilter>>>(() => ({ events: NONE, dns: NONE }));

/**
 * The filter of a table, and what changes it.
 *
 * @param name - the table
 */
export function usePanelFilter(
  name: 'events' | 'dns',
): readonly [filter: PanelFilter, change: (patch: Partial<PanelFilter>) => void] {
  const filter = useStore(filters, (state) => state[name]);
  return [filter, (patch) => filters.setState((state) => ({ [name]: { ...state[name], ...patch } }))];
}
