// Finds the word that a person may have meant. k8s: cobra SuggestionsFor

const DISTANCE_MAX = 2;

/** Words of other programs, and the verb that each means here. k8s: Command.SuggestFor */
const MEANT: Readonly<Record<string, string>> = {
  inspect: 'describe',
  list: 'get',
  ls: 'get',
  remove: 'delete',
  rm: 'delete',
  stats: 'top',
};

/** Words that are a few letters away, that begin with what was typed, or that are called so elsewhere. */
export function nearestWords(typed: string, words: readonly string[]): string[] {
  const small = typed.toLowerCase();
  const meant = Object.hasOwn(MEANT, small) ? MEANT[small] : undefined;
  return words
    .filter((word) => word === meant || distance(small, word) <= DISTANCE_MAX || word.startsWith(small))
    .sort();
}

/** How many letters must be changed, added or left out to get from one word to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
