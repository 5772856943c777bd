// Places in a text: offsets to lines and columns, which both count from 1.
import type { Range } from './path-position.ts';
import type { Position, Span } from './types.ts';

/** Looks up lines and columns of one text. */
export interface Places {
  positionOf(offset: number): Position;
  spanOf(range: Range): Span;
  /** Where the line of an offset begins. */
  lineStart(offset: number): number;
  /** Where the line of an offset ends, its line break not included. */
  lineEnd(offset: number): number;
}

/** The lines of a text, to be looked up by bisection. O(text) once, O(log lines) for each question. */
export function placesOf(text: string): Places {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const positionOf = (offset: number): Position => {
    const line = lineOf(offset);
    return { line: line + 1, column: offset - (starts[line] as number) + 1 };
  };
  return {
    positionOf,
    spanOf: ({ from, to }) => ({ from: positionOf(from), to: positionOf(to) }),
    lineStart: (offset) => starts[lineOf(offset)] as number,
    lineEnd: (offset) => {
      const end = text.indexOf('\n', offset);
      return end < 0 ? text.length : end;
    },
  };
}
