// Leads from a problem to its place, whichever editor is there.

type Reveal = (line: number, column: number) => void;

let reveal: Reveal | undefined;

/**
 * Tells how the present editor goes to a place.
 *
 * @param next - undefined where there is no editor any more
 */
export function setReveal(next: Reveal | undefined): void {
  reveal = next;
}

/**
 * Goes to a place in the open file.
 *
 * @param line - from 1
 * @param column - from 1
 */
export function jumpTo(line: number, column: number): void {
  reveal?.(line, column);
}
