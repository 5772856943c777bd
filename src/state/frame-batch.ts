// Gathers notices that come many times within one picture of the screen and passes them on once. Knows no React.

/** Calls `flush` before the next picture is drawn. */
export type Schedule = (flush: () => void) => void;

/**
 * Waits for the next picture, or about as long where there is no screen.
 *
 * @param flush - what to do then
 */
export function onNextFrame(flush: () => void): void {
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(flush);
  else setTimeout(flush, 16);
}

/**
 * Makes a function that may be called any number of times and runs `flush` once for each picture.
 *
 * @param flush - what to run
 * @param schedule - how to wait; tests pass their own
 * @returns the function to call
 */
export function newFrameBatch(flush: () => void, schedule: Schedule = onNextFrame): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    schedule(() => {
      isWaiting = false;
      flush();
    });
  };
}
