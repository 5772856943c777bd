// Shortens names to a number of letters. What tells the slots of one set apart stands at the end, so the middle goes. Pure.

/** Letters of the monospaced face at 12 pixels, as it is set on cards: about 7 pixels each. */
const MONO_PX = 6.98;
/** Widths in the proportional face at weight 600, in hundredths of its size; what is not listed is as wide as `n`. */
const NARROW = /[ijltfr.,:;'|()[\]/-]/;
const WIDE = /[mwMW@%]/;
const CAPITAL = /[A-Z]/;

/**
 * How many letters of the monospaced face fit.
 *
 * @param widthPx - the room
 */
function monoLetters(widthPx: number): number {
  return Math.floor(widthPx / MONO_PX);
}

/**
 * About how wide a text is in the proportional face, rather too wide than too narrow.
 *
 * @param text - the text
 * @param sizePx - the size of its letters
 */
function wordsWidth(text: string, sizePx: number): number {
  let em = 0;
  for (const letter of text)
    em += WIDE.test(letter) ? 0.9 : NARROW.test(letter) ? 0.4 : CAPITAL.test(letter) ? 0.72 : 0.62;
  return em * sizePx;
}

/**
 * Shortens a text to what fits, cutting before its tail; where not even the tail fits, the tail is cut at its end.
 *
 * @param text - the whole
 * @param tail - how many letters of its end stay
 * @param fits - whether a text has room
 * @returns the text, or one with `…` in it
 */
export function fitText(text: string, tail: number, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const at = Math.max(0, text.length - tail);
  const end = text.slice(at);
  for (let kept = at - 1; kept >= 0; kept--) {
    const short = `${text.slice(0, kept)}…${end}`;
    if (fits(short)) return short;
  }
  for (let kept = end.length - 1; kept > 0; kept--) {
    const short = `${at > 0 ? '…' : ''}${end.slice(0, kept)}…`;
    if (fits(short)) return short;
  }
  return '…';
}

/**
 * {@link fitText} for the monospaced face.
 *
 * @param text - the whole
 * @param tail - how many letters of its end stay
 * @param widthPx - the room
 */
export function fitMono(text: string, tail: number, widthPx: number): string {
  const letters = monoLetters(widthPx);
  return fitText(text, tail, (short) => short.length <= letters);
}

/**
 * {@link fitText} for the proportional face.
 *
 * @param text - the whole
 * @param tail - how many letters of its end stay
 * @param widthPx - the room
 * @param sizePx - the size of the letters
 */
export function fitWords(text: string, tail: number, widthPx: number, sizePx: number): string {
  return fitText(text, tail, (short) => wordsWidth(short, sizePx) <= widthPx);
}
