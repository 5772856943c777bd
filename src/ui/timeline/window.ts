// Which part of history the timeline shows: all of it, or where somebody has zoomed to.
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { clock, moment, output, subscribeClockFrame } from '#state';
import { fitWindow, keepInSight, type TimeWindow } from './scale.ts';

export interface WindowState {
  /** Undefined: the whole history. */
  readonly zoomed: TimeWindow | undefined;
  /** The window goes along with the playhead. */
  readonly isFollowing: boolean;
}

/** The window of the page's timeline. */
export const timeWindow: StoreApi<WindowState> = createStore<WindowState>(() => ({
  zoomed: undefined,
  isFollowing: true,
}));

// Whoever acts stands at the end of what has happened, and what follows from the act is what is to be seen.
output.subscribe(() => timeWindow.setState({ isFollowing: true }));

/** How far history goes at the moment: looked at, or being looked at. */
export const endOfHistory = (): number => Math.max(moment.getState().reachedMs, clock.getState().atMs);

/**
 * The window in sight; drawn again only when it is another.
 *
 * @returns from when, and how much
 */
export function useTimeWindow(): TimeWindow {
  const { zoomed, isFollowing } = useStore(timeWindow);
  const fitSpanMs = useSyncExternalStore(subscribeClockFrame, () => fitWindow(endOfHistory()).spanMs);
  const follow = useCallback(() => {
    const state = timeWindow.getState();
    const { atMs, isPlaying, isScrubbing } = clock.getState();
    if (!state.zoomed || !isPlaying || isScrubbing) return;
    const next = keepInSight(state.zoomed, atMs);
    if (next !== state.zoomed) timeWindow.setState({ zoomed: next });
  }, []);
  useEffect(() => (isFollowing ? subscribeClockFrame(follow) : undefined), [isFollowing, follow]);
  return zoomed ?? { fromMs: 0, spanMs: fitSpanMs };
}

/**
 * Shows another part of history.
 *
 * @param change - from the window that is shown to the one wanted
 */
export function changeWindow(change: (window: TimeWindow) => TimeWindow): void {
  const shown = timeWindow.getState().zoomed ?? fitWindow(endOfHistory());
  timeWindow.setState({ zoomed: change(shown) });
}

/** Shows the whole history again. */
export function showAll(): void {
  timeWindow.setState({ zoomed: undefined });
}
