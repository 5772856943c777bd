// Idle time, folded: where nothing happens for long, the picture leaves most of it out and says how much. Everything on
// the timeline is laid out in the time of the picture, which runs as real moments do between the folds. Pure.

/** A stretch in which nothing happens, and how much room the picture gives it. */
export interface Fold {
  readonly fromMs: number;
  readonly toMs: number;
  /** In milliseconds of the picture. */
  readonly keptMs: number;
}

/** Shorter than this nothing is too long to wait for. */
const IDLE_MS_MIN = 45_000;

/** A gap is idle when it is more than this share of the whole: among gaps of one length none stands out. */
const IDLE_SHARE = 1 / 12;

/** Room of a fold, as a share of what is left. */
const KEPT_SHARE = 0.05;
const KEPT_MS_MIN = 2_000;

/**
 * Finds the stretches to fold.
 *
 * @param momentsMs - when something happens, ascending
 * @param endMs - how far the picture goes
 * @returns folds from left to right, all of the same width
 */
export function foldsOf(momentsMs: readonly number[], endMs: number): readonly Fold[] {
  const leastMs = Math.max(IDLE_MS_MIN, endMs * IDLE_SHARE);
  const gaps: [number, number][] = [];
  let beforeMs = 0;
  let idleMs = 0;
  for (const atMs of momentsMs) {
    if (atMs > endMs) break;
    if (atMs - beforeMs >= leastMs) {
      gaps.push([beforeMs, atMs]);
      idleMs += atMs - beforeMs;
    }
    beforeMs = atMs;
  }
  // In steps, so that the picture does not move with every tick.
  const step = 2 ** Math.floor(Math.log2(Math.max(1, ((endMs - idleMs) * KEPT_SHARE) / KEPT_MS_MIN)));
  const keptMs = KEPT_MS_MIN * step;
  return gaps.map(([fromMs, toMs]) => ({ fromMs, toMs, keptMs: Math.min(keptMs, toMs - fromMs) }));
}

/**
 * A moment in the time of the picture.
 *
 * @param folds - from left to right
 * @param atMs - the moment
 */
export function toPicture(folds: readonly Fold[], atMs: number): number {
  let left = 0;
  for (const { fromMs, toMs, keptMs } of folds) {
    if (atMs <= fromMs) break;
    if (atMs < toMs) return fromMs - left + ((atMs - fromMs) / (toMs - fromMs)) * keptMs;
    left += toMs - fromMs - keptMs;
  }
  return atMs - left;
}

/**
 * The moment at a place of the picture: the reverse of `toPicture`.
 *
 * @param folds - from left to right
 * @param pictureMs - in the time of the picture
 */
export function toMoment(folds: readonly Fold[], pictureMs: number): number {
  let left = 0;
  for (const { fromMs, toMs, keptMs } of folds) {
    const startMs = fromMs - left;
    if (pictureMs <= startMs) break;
    if (pictureMs < startMs + keptMs) return fromMs + ((pictureMs - startMs) / keptMs) * (toMs - fromMs);
    left += toMs - fromMs - keptMs;
  }
  return pictureMs + left;
}
