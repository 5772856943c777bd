// How much of a slot is drawn, by how many pixels it has. Pure.

/** A whole card, a chip that says its state, or one cell among many. */
export type Level = 'card' | 'chip' | 'cell';

/** From so many pixels a slot on, a card is drawn. */
const CARD_PX = 96;
/** From so many pixels a slot on, a chip is drawn; under it, cells. */
const CHIP_PX = 28;
/** A level is left downwards only so far under its bound, lest it flicker on it. */
const HYSTERESIS_PX = 8;

/**
 * The level for a width.
 *
 * @param slotPx - pixels a slot
 * @param current - the level drawn now, which is kept a little longer while zooming out; undefined at first
 */
export function levelAt(slotPx: number, current?: Level): Level {
  const cardFrom = current === 'card' ? CARD_PX - HYSTERESIS_PX : CARD_PX;
  const chipFrom = current === 'card' || current === 'chip' ? CHIP_PX - HYSTERESIS_PX : CHIP_PX;
  // Rounding errors of a zoom must not decide.
  if (slotPx >= cardFrom - 0.01) return 'card';
  return slotPx >= chipFrom - 0.01 ? 'chip' : 'cell';
}
