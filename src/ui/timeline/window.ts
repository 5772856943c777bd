// Which part of history the timeline shows: all of it with what is foreseen, or where somebody has zoomed to.
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { clock, history, moment, output, subscribeClockFrame } from '#state';
import { type Fold, foldsOf, toPicture } from './folds.ts';
import { forecast, foreseenEndMs } from './forecast.ts';
import { fitWindow, keepInSight, type TimeWindow, zoomWindow } from './scale.ts';

export interface WindowState {
  /** Undefined: the whole history. */
  readonly zoomed: TimeWindow | undefined;
  /** The window goes along with the playhead. */
  readonly isFollowing: boolean;
  /** Idle time is left out. */
  readonly isFolding: boolean;
}

/** The window of the page's timeline. */
export const timeWindow: StoreApi<WindowState> = createStore<WindowState>(() => ({
  zoomed: undefined,
  isFollowing: true,
  isFolding: true,
}));

// Whoever acts stands at the end of what has happened, and what follows from the act is what is to be seen.
output.subscribe(() => timeWindow.setState({ isFollowing: true }));

/** A forecast without an end would leave no room for what has happened. */
const FORESEEN_MS_MAX = 600_000;

/** How far history goes at the moment: looked at, or being looked at. */
export const endOfHistory = (): number => Math.max(moment.getState().reachedMs, clock.getState().atMs);

/** How far the picture goes when it shows everything: history, and as much of the forecast again. */
function endOfPicture(): number {
  const seenMs = endOfHistory();
  const foreseenMs = foreseenEndMs(forecast.getState(), seenMs) ?? 0;
  return Math.max(seenMs, Math.min(foreseenMs, 2 * seenMs + FORESEEN_MS_MAX));
}

let lastFolds: { key: readonly unknown[]; folds: readonly Fold[] } = { key: [], folds: [] };

/** The folds of the whole picture; the same array until there are others. */
function currentFolds(): readonly Fold[] {
  const { tickTimesMs, acts } = history.getState();
  const { isFolding } = timeWindow.getState();
  // A picture that grows by a tick need not be folded anew; one that grows by a window must.
  const endMs = isFolding ? fitWindow(endOfPicture()).spanMs : 0;
  const key = [tickTimesMs, acts, isFolding, endMs];
  if (key.every((part, i) => part === lastFolds.key[i])) return lastFolds.folds;
  const momentsMs = [...tickTimesMs, ...acts.map(({ atMs }) => atMs)].sort((a, b) => a - b);
  const folds = isFolding ? foldsOf(momentsMs, endMs) : [];
  const isSame =
    folds.length === lastFolds.folds.length &&
    folds.every((fold, i) => {
      const before = lastFolds.folds[i];
      return fold.fromMs === before?.fromMs && fold.toMs === before.toMs && fold.keptMs === before.keptMs;
    });
  lastFolds = { key, folds: isSame ? lastFolds.folds : folds };
  return lastFolds.folds;
}

const fittedSpanMs = (): number => fitWindow(toPicture(currentFolds(), endOfPicture())).spanMs;

/**
 * The window in sight with its folds; drawn again only when they are others.
 *
 * @returns from when, and how much, in the time of the picture
 */
export function useTimeWindow(): TimeWindow & { readonly folds: readonly Fold[] } {
  const { zoomed, isFollowing } = useStore(timeWindow);
  const fitSpanMs = useSyncExternalStore(subscribePicture, fittedSpanMs);
  const folds = useSyncExternalStore(subscribePicture, currentFolds);
  const follow = useCallback(() => {
    const state = timeWindow.getState();
    const { atMs, isPlaying, isScrubbing } = clock.getState();
    if (!state.zoomed || !isPlaying || isScrubbing) return;
    const next = keepInSight(state.zoomed, toPicture(currentFolds(), atMs));
    if (next !== state.zoomed) timeWindow.setState({ zoomed: next });
  }, []);
  useEffect(() => (isFollowing ? subscribeClockFrame(follow) : undefined), [isFollowing, follow]);
  return useMemo(() => ({ ...(zoomed ?? { fromMs: 0, spanMs: fitSpanMs }), folds }), [zoomed, fitSpanMs, folds]);
}

function subscribePicture(listener: () => void): () => void {
  const leave = [
    subscribeClockFrame(listener),
    history.subscribe(listener),
    forecast.subscribe(listener),
    timeWindow.subscribe(listener),
  ];
  return () => {
    for (const end of leave) end();
  };
}

/**
 * Shows another part of history.
 *
 * @param change - from the window that is shown to the one wanted
 */
export function changeWindow(change: (window: TimeWindow) => TimeWindow): void {
  const shown = timeWindow.getState().zoomed ?? { fromMs: 0, spanMs: fittedSpanMs() };
  timeWindow.setState({ zoomed: change(shown) });
}

/** How much nearer or further one step is. */
export const ZOOM_STEP = 1.6;

/**
 * Brings the window nearer or further around the playhead.
 *
 * @param factor - under 1: nearer
 */
export function zoomAtPlayhead(factor: number): void {
  changeWindow((window) => zoomWindow(window, toPicture(currentFolds(), clock.getState().atMs), factor));
}

/** Shows the whole history again. */
export function showAll(): void {
  timeWindow.setState({ zoomed: undefined });
}

/** Leaves idle time out, or shows it as long as it is. What was zoomed to would be elsewhere then: all is shown. */
export function toggleFolding(): void {
  timeWindow.setState(({ isFolding }) => ({ isFolding: !isFolding, zoomed: undefined }));
}
