// Short messages that appear and go: a branch was made, a link was copied, a file could not be read.
import { createStore, type StoreApi } from 'zustand/vanilla';

/** A message with at most one thing to do about it. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'problem';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Longer than anybody needs to read two lines; the page also lets a reader close one. */
const SHOWN_MS = 9_000;

/** More at once would cover the picture. */
const NOTICES_MAX = 3;

/** The messages that stand on the page, oldest first. */
export const notices: StoreApi<{ readonly list: readonly Notice[] }> = createStore(() => ({ list: [] }));

let lastId = 0;

/**
 * Shows a message for a while.
 *
 * @param notice - what to say
 * @returns its id, to take it back
 */
export function notify(notice: Omit<Notice, 'id'>): number {
  lastId += 1;
  const id = lastId;
  notices.setState(({ list }) => ({ list: [...list, { ...notice, id }].slice(-NOTICES_MAX) }));
  setTimeout(() => dismiss(id), SHOWN_MS);
  return id;
}

/**
 * Takes a message away.
 *
 * @param id - as `notify` gave it; one that is gone already is no fault
 */
export function dismiss(id: number): void {
  notices.setState(({ list }) => ({ list: list.filter((notice) => notice.id !== id) }));
}
