// Where the keyboard is on the canvas: one slot, or the head of a set. It is not the selection: looking around selects nothing.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { indexOfOrdinal, type SetShape } from './line.ts';
import { slotId } from './shapes.ts';

export interface CursorState {
  /** The id of a slot or of a set. */
  readonly id: string | undefined;
  /** The canvas has the keyboard's focus, so the cursor shows. */
  readonly isShown: boolean;
}

export type CursorStore = StoreApi<CursorState>;

/** Makes the cursor of one view. */
export function newCursorStore(): CursorStore {
  return createStore<CursorState>(() => ({ id: undefined, isShown: false }));
}

export const CursorContext = createContext<CursorStore>(newCursorStore());

/**
 * Whether the cursor shows on this id.
 *
 * @param id - of a slot or a set
 */
export function useIsCursor(id: string): boolean {
  return useStore(useContext(CursorContext), (state) => state.isShown && state.id === id);
}

/** A place for the cursor. */
export interface CursorPlace {
  readonly shape: SetShape;
  /** The place among the ordinals, or undefined: the set's head. */
  readonly index: number | undefined;
}

/**
 * The id of a place.
 *
 * @param place - the place
 */
export function placeId({ shape, index }: CursorPlace): string {
  const ordinal = index === undefined ? undefined : shape.ordinals[index];
  return ordinal === undefined ? shape.id : slotId(shape, ordinal);
}

/**
 * The place of an id.
 *
 * @param shapes - the sets
 * @param id - of a slot or a set
 */
export function placeOf(shapes: readonly SetShape[], id: string | undefined): CursorPlace | undefined {
  if (id === undefined) return undefined;
  for (const shape of shapes) {
    if (shape.id === id) return { shape, index: undefined };
    const prefix = `Slot/${shape.namespace}/${shape.name}/`;
    if (!id.startsWith(prefix)) continue;
    const index = indexOfOrdinal(shape, Number(id.slice(prefix.length)));
    if (index !== undefined) return { shape, index };
  }
  return undefined;
}

/** Where the keys lead. */
export type Move = 'next' | 'previous' | 'up' | 'down' | 'first' | 'last' | 'page-up' | 'page-down';

const KEYS: Readonly<Record<string, Move>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  j: 'next',
  k: 'previous',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

/**
 * What a key means on the canvas.
 *
 * @param key - as the browser names it
 * @param isShifted - with Shift, arrows are the page's: they lead from act to act
 */
export function moveOf(key: string, isShifted = false): Move | undefined {
  if (isShifted && key.startsWith('Arrow')) return undefined;
  return KEYS[key.length === 1 ? key.toLowerCase() : key];
}

/**
 * Moves the cursor. A set's head stands above its slots; slots that stand in rows are left upwards and downwards by row.
 *
 * @param shapes - the sets, from top to bottom
 * @param from - where it is; undefined: nowhere yet
 * @param move - where it shall go
 * @param columns - how many slots stand in a row; undefined: all of them
 * @returns the new place, or undefined where there are no sets
 */
export function moveCursor(
  shapes: readonly SetShape[],
  from: CursorPlace | undefined,
  move: Move,
  columns: number | undefined,
): CursorPlace | undefined {
  const at = from ? shapes.findIndex(({ id }) => id === from.shape.id) : -1;
  const shape = shapes[at];
  if (!shape || !from) {
    const first = shapes[0];
    return first && { shape: first, index: first.ordinals.length > 0 ? 0 : undefined };
  }
  const { index } = from;
  const last = shape.ordinals.length - 1;
  const to = (wanted: number): CursorPlace => ({
    shape,
    index: last < 0 ? undefined : Math.min(last, Math.max(0, wanted)),
  });
  const head = (i: number): CursorPlace => ({ shape: shapes[i] ?? shape, index: undefined });
  const lastOf = (i: number): CursorPlace => {
    const other = shapes[i] ?? shape;
    return { shape: other, index: other.ordinals.length > 0 ? other.ordinals.length - 1 : undefined };
  };
  switch (move) {
    case 'first':
      return to(0);
    case 'last':
      return to(last);
    case 'page-up':
      return to((index ?? 0) - (columns ?? 1) * 10);
    case 'page-down':
      return to((index ?? 0) + (columns ?? 1) * 10);
    case 'next':
      if (index === undefined) return last < 0 ? head(at + 1) : to(0);
      return index < last || at === shapes.length - 1 ? to(index + 1) : head(at + 1);
    case 'previous':
      if (index === undefined) return at > 0 ? lastOf(at - 1) : from;
      return index > 0 ? to(index - 1) : head(at);
    case 'up':
      if (index === undefined) return at > 0 ? lastOf(at - 1) : from;
      return columns === undefined || index < columns ? head(at) : to(index - columns);
    case 'down':
      if (index === undefined) return last < 0 ? head(at + 1) : to(0);
      if (columns !== undefined && index < last) return to(index + columns);
      return at < shapes.length - 1 ? head(at + 1) : from;
  }
}
