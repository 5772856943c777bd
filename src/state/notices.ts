// Short messages that appear and go: a branch was made, a link was copied, a file could not be read.
import { createStore, type StoreApi } from 'zustand/vanilla';

/** A message with at most one thing to do about it. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'problem';
  readonly text: string;
  /** A new message takes the place of an older one about the same. */
  readonly topic?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Longer than anybody needs to read two lines; the page also lets a reader close one. */
const SHOWN_MS = 9_000;

/** One line with nothing to do about it. */
const SHORT_MS = 5_000;

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
  const isOlder = ({ topic }: Notice) => topic !== undefined && topic === notice.topic;
  notices.setState(({ list }) => ({
    list: [...list.filter((old) => !isOlder(old)), { ...notice, id }].slice(-NOTICES_MAX),
  }));
  setTimeout(() => dismiss(id), notice.action ? SHOWN_MS : SHORT_MS);
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
