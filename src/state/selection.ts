// What is selected: one object or none. The canvas, the timeline and the inspector show the same one.
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface SelectionState {
  /** A fact id, or undefined: nothing. It may name an object that does not exist at the moment shown. */
  readonly selectedId: string | undefined;
}

/** The selection of the page. */
export const selection: StoreApi<SelectionState> = createStore<SelectionState>(() => ({ selectedId: undefined }));

/**
 * Selects an object, or nothing.
 *
 * @param id - the fact id of what is selected from now on
 */
export function select(id: string | undefined): void {
  selection.setState({ selectedId: id });
}
