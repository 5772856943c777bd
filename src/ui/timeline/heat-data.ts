// The cells of the sets that are drawn as ordinals over time, asked for again when the window or the history is another.
import { useEffect } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LifeCells } from '#scene';
import { ask, history } from '#state';
import { type Scale, timeAt } from './scale.ts';

/** Width of a column; finer ones could not be told apart. */
export const COLUMN_PX = 2;

/** What was painted last, by set, with the edges of its columns. */
export const heats: StoreApi<Readonly<Record<string, LifeCells>>> = createStore<Readonly<Record<string, LifeCells>>>(
  () => ({}),
);

/**
 * Keeps the cells of a set up to date.
 *
 * @param setId - `namespace/name`
 * @param scale - the window over its pixels
 * @param widthPx - up to the right edge
 * @param rows - as many as there are pixels for
 */
export function useHeat(setId: string, scale: Scale, widthPx: number, rows: number): void {
  const { fromMs, spanMs, leftPx, folds } = scale;
  useEffect(() => {
    let isOver = false;
    let isAsking = false;
    let isStale = false;
    const shown: Scale = { fromMs, spanMs, leftPx, widthPx: scale.widthPx, folds };
    const columns = Math.max(1, Math.ceil(widthPx / COLUMN_PX));
    const edgesMs = Array.from({ length: columns + 1 }, (_, i) => timeAt(shown, leftPx + i * COLUMN_PX));
    const refresh = async () => {
      isStale = true;
      if (isAsking) return;
      isAsking = true;
      while (isStale && !isOver) {
        isStale = false;
        const cells = await ask('lives', { setId, edgesMs, rows }).catch(() => undefined);
        if (cells && !isOver) heats.setState({ [setId]: cells });
      }
      isAsking = false;
    };
    void refresh();
    const leave = history.subscribe((now, before) => {
      if (now.tickTimesMs !== before.tickTimesMs || now.branch !== before.branch) void refresh();
    });
    return () => {
      isOver = true;
      leave();
    };
  }, [setId, fromMs, spanMs, leftPx, scale.widthPx, folds, widthPx, rows]);
}
