// Looking for a line that was typed before, as Ctrl+R does.

/**
 * Finds the newest line that has the words.
 *
 * @param typed - lines, oldest first
 * @param query - what to look for
 * @param before - only lines before this place
 * @returns the place of the line; -1 where there is none
 */
export function searchBack(typed: readonly string[], query: string, before: number): number {
  if (query === '') return -1;
  for (let i = Math.min(before, typed.length) - 1; i >= 0; i -= 1) if (typed[i]?.includes(query)) return i;
  return -1;
}

/**
 * The longest beginning that all words have.
 *
 * @param words - at least one
 */
export function commonBeginning(words: readonly string[]): string {
  let beginning = words[0] ?? '';
  for (const word of words) while (!word.startsWith(beginning)) beginning = beginning.slice(0, -1);
  return beginning;
}
