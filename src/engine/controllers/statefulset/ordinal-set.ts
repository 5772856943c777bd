// Sets of ordinals in ascending order: a plain sorted array. Finding is O(log n); adding and removing move the numbers
// behind, which is one memory move and beats any tree up to tens of thousands of pods.

/** Ordinals, ascending, each once. Change it through the functions here only. */
export type OrdinalSet = number[];

/** The index of the first member that is not below `ordinal`; the length when all are below. */
export function indexFrom(set: readonly number[], ordinal: number): number {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle] as number) < ordinal) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds an ordinal; one that is there stays. */
export function addOrdinal(set: OrdinalSet, ordinal: number): void {
  const last = set.at(-1);
  if (last === undefined || last < ordinal) {
    set.push(ordinal);
    return;
  }
  const index = indexFrom(set, ordinal);
  if (set[index] !== ordinal) set.splice(index, 0, ordinal);
}

/** Removes an ordinal; one that is not there is no mistake. */
export function removeOrdinal(set: OrdinalSet, ordinal: number): void {
  if (set.at(-1) === ordinal) {
    set.pop();
    return;
  }
  const index = indexFrom(set, ordinal);
  if (set[index] === ordinal) set.splice(index, 1);
}

/** The lowest member that is not below `ordinal`. */
export const firstFrom = (set: readonly number[], ordinal: number): number | undefined => set[indexFrom(set, ordinal)];

/** The lowest ordinal from `from` to `to` that is not a member. */
export function firstGap(set: readonly number[], from: number, to: number): number | undefined {
  const start = indexFrom(set, from);
  // Members from `start` on stand without a gap as long as their distance to `from` equals their place.
  let low = start;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle] as number) - from === middle - start) low = middle + 1;
    else high = middle;
  }
  const gap = from + (low - start);
  return gap <= to ? gap : undefined;
}

/** The highest ordinal from `from` to `to` that is not a member. */
export function lastGap(set: readonly number[], from: number, to: number): number | undefined {
  const end = indexFrom(set, to + 1);
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (to - (set[middle] as number) === end - 1 - middle) high = middle;
    else low = middle + 1;
  }
  const gap = to - (end - low);
  return gap >= from ? gap : undefined;
}

/** The ordinals from `from` to `to` that are not members, ascending, at most `max` of them. */
export function gaps(set: readonly number[], from: number, to: number, max: number): number[] {
  const found: number[] = [];
  let index = indexFrom(set, from);
  for (let ordinal = from; ordinal <= to && found.length < max; ordinal += 1) {
    if (set[index] === ordinal) index += 1;
    else found.push(ordinal);
  }
  return found;
}
