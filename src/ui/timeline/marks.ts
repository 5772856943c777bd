// Acts on the timeline: those too near to each other for a finger become one mark, and a label is written only where
// it fits. Pure.
import type { ActMark } from '#bridge';
import { type Scale, xOf } from './scale.ts';

/** One mark: an act, or several at about one place. */
export interface Mark {
  readonly x: number;
  readonly acts: readonly ActMark[];
  /** The words beside it; empty where there is no room. */
  readonly label: string;
}

/** Less than this between two marks, and one could not be hit without the other. */
export const MARK_PX = 24;

/** About the width of a letter at 12 px; measuring would need a page. */
const LETTER_PX = 6.4;

/** From the middle of a mark to its label, and behind the label. */
const LABEL_GAP_PX = 13;

/**
 * Lays marks out.
 *
 * @param acts - in order of time
 * @param scale - the window over its pixels
 * @param endX - where labels have to end
 * @returns marks from left to right, those outside the window left out
 */
export function layMarks(acts: readonly ActMark[], scale: Scale, endX: number): Mark[] {
  const groups: { x: number; acts: ActMark[] }[] = [];
  for (const act of acts) {
    const x = xOf(scale, act.atMs);
    if (x < scale.leftPx - MARK_PX || x > endX) continue;
    const last = groups.at(-1);
    if (last && x - last.x < MARK_PX) last.acts.push(act);
    else groups.push({ x, acts: [act] });
  }
  return groups.map(({ x, acts: own }, i) => {
    const room = (groups[i + 1]?.x ?? endX) - x - LABEL_GAP_PX - 10;
    const words = own.length === 1 ? (own[0]?.label ?? '') : `${own.length} acts`;
    return { x, acts: own, label: words.length * LETTER_PX <= room ? words : '' };
  });
}

/**
 * Which of a mark's acts a click leads to: the next one after the playhead, or the first again.
 *
 * @param mark - the mark
 * @param atMs - where the playhead stands
 * @returns its moment
 */
export function nextOfMark(mark: Mark, atMs: number): number {
  const times = mark.acts.map((act) => act.atMs);
  return times.find((time) => time > atMs) ?? times[0] ?? atMs;
}
