// Whose facts a view draws. There is one cluster on the page, and two where branches are compared: both are drawn by the
// same components, each from a store of its own.
import { createContext, useCallback, useContext } from 'react';
import { type FactsStore, facts } from '#state';

/** What a view is given besides its props. */
export interface GraphSide {
  readonly facts: FactsStore;
  /** In front of the ids of its elements, so that two views on one page share none. */
  readonly idPrefix: string;
  /** Its thoughts are announced. */
  readonly isSpoken: boolean;
}

export const GraphSideContext = createContext<GraphSide>({ facts, idPrefix: '', isSpoken: true });

/** The facts of the cluster that this component draws. */
export function useFactsStore(): FactsStore {
  return useContext(GraphSideContext).facts;
}

/** A fact id as the id of an element. */
const rowDomId = (id: string): string => `row-${id.replace(/[^\w-]/g, '_')}`;

/**
 * Gives the ids under which elements of this view stand for facts.
 *
 * @returns from a fact id to the id of an element
 */
export function useRowDomId(): (id: string) => string {
  const { idPrefix } = useContext(GraphSideContext);
  return useCallback((id) => idPrefix + rowDomId(id), [idPrefix]);
}
