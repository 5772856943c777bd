// A name that may be too long for its place: it is shortened in the middle, and whole in its tooltip.
import type { JSX } from 'react';
import { fitMono, fitWords } from './fit-text.ts';

export interface ClippedProps {
  readonly text: string;
  /** How many letters of its end stay. */
  readonly tail: number;
  /** The room it has, in pixels. */
  readonly width: number;
  /** The size of its letters in the proportional face; without it, it is set in the monospaced one. */
  readonly size?: number;
}

/**
 * Text that fits.
 *
 * @param props - see there
 */
export function Clipped({ text, tail, width, size }: ClippedProps): JSX.Element {
  const short = size === undefined ? fitMono(text, tail, width) : fitWords(text, tail, width, size);
  return short === text ? <span>{text}</span> : <span title={text}>{short}</span>;
}
