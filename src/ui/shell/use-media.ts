// How much room the page has. The layout follows it; nothing else does.
import { useSyncExternalStore } from 'react';

/** `wide`: everything beside each other; `desk`: the inspector lies over the canvas; `tablet`: the editor takes its turn; `phone`. */
export type Room = 'wide' | 'desk' | 'tablet' | 'phone';

const QUERIES: readonly (readonly [Room, string])[] = [
  ['wide', '(min-width: 1200px)'],
  ['desk', '(min-width: 900px)'],
  ['tablet', '(min-width: 640px)'],
];

/**
 * The room that the page has now.
 *
 * @returns one of four; drawn again only when it is another
 */
export function useRoom(): Room {
  return useSyncExternalStore(subscribe, getRoom);
}

const getRoom = (): Room => QUERIES.find(([, query]) => matchMedia(query).matches)?.[0] ?? 'phone';

function subscribe(listener: () => void): () => void {
  const lists = QUERIES.map(([, query]) => matchMedia(query));
  for (const list of lists) list.addEventListener('change', listener);
  return () => {
    for (const list of lists) list.removeEventListener('change', listener);
  };
}
