// Finds the word that a person may have meant: one that differs in a few letters.

const WORD_MAX = 64;

/**
 * The one word of a list that is nearest to what was typed: equal but for case, dashes and blanks, or few letters away.
 * @returns undefined where none is near, or two are equally near
 */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  if (typed.length > WORD_MAX) return undefined;
  const simple = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, '');
  const alike = words.filter((word) => simple(word) === simple(typed));
  if (alike.length > 0) return alike.length === 1 ? alike[0] : undefined;
  const farthest = typed.length < 4 ? 0 : typed.length < 7 ? 1 : 2;
  const near = words
    .filter((word) => word.length <= WORD_MAX && Math.abs(word.length - typed.length) <= farthest)
    .map((word) => ({ word, away: distance(simple(typed), simple(word)) }))
    .filter(({ away }) => away <= farthest)
    .sort((a, b) => a.away - b.away);
  const [first, second] = near;
  return first && first.away !== second?.away ? first.word : undefined;
}

/** How many letters must be changed, added, left out or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let last: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isEqual = a.charAt(i - 1) === b.charAt(j - 1);
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isEqual ? 0 : 1));
      const isSwapped = a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1);
      if (i > 1 && j > 1 && isSwapped) least = Math.min(least, (last[j - 2] ?? 0) + 1);
      next[j] = least;
    }
    last = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
