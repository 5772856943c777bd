// Where a moment lies on the timeline, and which moments the ruler names. Pure.
import { type Fold, toMoment, toPicture } from './folds.ts';

/** The part of history that is in sight, in the time of the picture: see `folds.ts`. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly spanMs: number;
}

/** A window laid over pixels. */
export interface Scale extends TimeWindow {
  /** Left edge of the window, in pixels. */
  readonly leftPx: number;
  readonly widthPx: number;
  /** Idle time that is left out, from left to right. */
  readonly folds: readonly Fold[];
}

/** Room for the names of lanes. */
export const GUTTER_PX = 78;

/** Behind the end of a fitted history: the playhead's own width, and a look at what comes. */
const FIT_SHARE = 1.12;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Windows that a growing history is fitted into: it is drawn anew only when it outgrows one. */
const FIT_SPANS: readonly number[] = [
  ...[20, 30, 45].map((s) => s * SECOND),
  ...[1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45].map((m) => m * MINUTE),
  ...[1, 1.5, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48].map((h) => h * HOUR),
];

/** Nearer than this a millisecond would be a step to walk. */
export const SPAN_MS_MIN = 500;
/** Thirty days, the longest session. */
const SPAN_MS_MAX = 30 * 24 * HOUR;

/**
 * The window that shows a whole history.
 *
 * @param endMs - how far it goes, in the time of the picture
 * @returns from 0 to a little more than that
 */
export function fitWindow(endMs: number): TimeWindow {
  const wanted = endMs * FIT_SHARE;
  const spanMs = FIT_SPANS.find((span) => span >= wanted) ?? Math.min(SPAN_MS_MAX, wanted * 1.3);
  return { fromMs: 0, spanMs };
}

/**
 * Brings a window nearer or further around one moment, which stays where it is.
 *
 * @param window - the window
 * @param atMs - what keeps its place, in the time of the picture
 * @param factor - under 1: nearer
 * @returns the new window, within the limits
 */
export function zoomWindow(window: TimeWindow, atMs: number, factor: number): TimeWindow {
  const spanMs = Math.min(SPAN_MS_MAX, Math.max(SPAN_MS_MIN, window.spanMs * factor));
  const share = (atMs - window.fromMs) / window.spanMs;
  return { fromMs: Math.max(0, atMs - share * spanMs), spanMs };
}

/**
 * Pushes a window along.
 *
 * @param window - the window
 * @param byMs - later for more than 0
 * @returns the new window; history begins at 0
 */
export function panWindow(window: TimeWindow, byMs: number): TimeWindow {
  return { ...window, fromMs: Math.max(0, window.fromMs + byMs) };
}

/**
 * Moves a window only as far as needed to have a moment in sight.
 *
 * @param window - the window
 * @param atMs - the moment, in the time of the picture
 * @returns the same window where it is in sight already
 */
export function keepInSight(window: TimeWindow, atMs: number): TimeWindow {
  const end = window.fromMs + window.spanMs;
  if (atMs < window.fromMs) return { ...window, fromMs: Math.max(0, atMs - window.spanMs * 0.1) };
  if (atMs > end - window.spanMs * 0.04) return { ...window, fromMs: Math.max(0, atMs - window.spanMs * 0.7) };
  return window;
}

/** Pixels from the left edge of the timeline. */
export const xOf = (scale: Scale, atMs: number): number =>
  scale.leftPx + ((toPicture(scale.folds, atMs) - scale.fromMs) / scale.spanMs) * scale.widthPx;

/** The moment under a pixel; nothing is before 0. */
export const timeAt = (scale: Scale, x: number): number => toMoment(scale.folds, pictureAt(scale, x));

/** The time of the picture under a pixel: what a window is zoomed around. */
export const pictureAt = (scale: Scale, x: number): number =>
  Math.max(0, scale.fromMs + ((x - scale.leftPx) / Math.max(1, scale.widthPx)) * scale.spanMs);

/** A line of the ruler; only some are named. */
export interface RulerTick {
  readonly atMs: number;
  readonly isNamed: boolean;
}

/** Steps with the number of parts that each is divided into. */
const STEPS: readonly (readonly [stepMs: number, parts: number])[] = [
  [100, 2],
  [200, 2],
  [500, 5],
  [SECOND, 2],
  [2 * SECOND, 2],
  [5 * SECOND, 5],
  [10 * SECOND, 2],
  [15 * SECOND, 3],
  [30 * SECOND, 3],
  [MINUTE, 2],
  [2 * MINUTE, 2],
  [5 * MINUTE, 5],
  [10 * MINUTE, 2],
  [15 * MINUTE, 3],
  [30 * MINUTE, 3],
  [HOUR, 2],
  [2 * HOUR, 2],
  [6 * HOUR, 6],
  [12 * HOUR, 2],
  [24 * HOUR, 4],
  [72 * HOUR, 3],
];

/** Names nearer to each other than this run together. */
const NAME_PX_MIN = 72;

/** Names on both sides of a fold may come nearer to each other than elsewhere; nearer than this they would touch. */
const FOLD_NAME_PX = 44;

/**
 * The lines of the ruler: round moments, none inside a fold.
 *
 * @param scale - the window over its pixels
 * @returns ascending, a little beyond both ends
 */
export function rulerTicks(scale: Scale): RulerTick[] {
  if (scale.widthPx <= 0) return [];
  const { folds, fromMs, spanMs } = scale;
  const pxPerMs = scale.widthPx / spanMs;
  const [stepMs, parts] = STEPS.find(([step]) => step * pxPerMs >= NAME_PX_MIN) ?? [168 * HOUR, 7];
  const partMs = stepMs / parts;
  const endMs = toMoment(folds, fromMs + spanMs * 1.15);
  let startMs = Math.max(0, toMoment(folds, fromMs) - stepMs);
  const ticks: RulerTick[] = [];
  let namedX = Number.NEGATIVE_INFINITY;
  for (const untilMs of [...folds.map((fold) => fold.fromMs), endMs]) {
    const last = Math.min(untilMs, endMs);
    for (let i = Math.ceil(startMs / partMs); i * partMs <= last; i += 1) {
      const x = xOf(scale, i * partMs);
      const isNamed = i % parts === 0 && x - namedX >= FOLD_NAME_PX;
      if (isNamed) namedX = x;
      ticks.push({ atMs: i * partMs, isNamed });
    }
    startMs = Math.max(startMs, folds.find((fold) => fold.fromMs === untilMs)?.toMs ?? startMs);
    if (startMs > endMs) break;
  }
  return ticks;
}

/**
 * A moment of the ruler, with tenths where its steps need them.
 *
 * @param atMs - the moment
 * @returns such as `4:10`, `4:10.5` or `1:02:03`
 */
export function formatTick(atMs: number): string {
  const seconds = Math.floor(atMs / SECOND);
  const tenths = atMs % SECOND === 0 ? '' : `.${Math.floor((atMs % SECOND) / 100)}`;
  const pad = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${h > 0 ? `${h}:${pad(m)}` : m}:${pad(s)}${tenths}`;
}

/**
 * The moment of a list that is nearest, where one is near enough.
 *
 * @param sortedMs - ascending
 * @param atMs - the moment looked for
 * @param withinMs - how far it may be
 * @returns that moment, or `atMs` itself
 */
export function snap(sortedMs: readonly number[], atMs: number, withinMs: number): number {
  let [low, high] = [0, sortedMs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sortedMs[middle] ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  const near = [sortedMs[low - 1], sortedMs[low]].filter((ms) => ms !== undefined);
  const best = near.sort((a, b) => Math.abs(a - atMs) - Math.abs(b - atMs))[0];
  return best !== undefined && Math.abs(best - atMs) <= withinMs ? best : atMs;
}
