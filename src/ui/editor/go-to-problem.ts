// From one problem of the open file to the next.
import { editor } from '#state';
import { jumpTo, surfaceStore } from './surface.ts';

/**
 * Goes to the next problem after the caret, or the one before it; at the ends it goes round.
 *
 * @param by - which way
 */
export function goToProblem(by: 1 | -1): void {
  const { caret } = surfaceStore.getState();
  const places = editor
    .getState()
    .problems.map(({ from }) => from)
    .sort((a, b) => a.line - b.line || a.column - b.column);
  const isAfter = ({ line, column }: (typeof places)[number]) =>
    line > caret.line || (line === caret.line && column > caret.column);
  const isBefore = ({ line, column }: (typeof places)[number]) =>
    line < caret.line || (line === caret.line && column < caret.column);
  const place = by > 0 ? (places.find(isAfter) ?? places[0]) : (places.findLast(isBefore) ?? places.at(-1));
  if (place) jumpTo(place.line, place.column);
}
