// Keys for lists whose lines have no id of their own and may be equal.

/**
 * Gives each item a key: what it says, and which one it is of those that say the same.
 *
 * @param items - in their order
 * @param keyOf - what an item says
 * @returns the items with their keys
 */
export function withKeys<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): { readonly key: string; readonly item: T }[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const words = keyOf(item);
    const count = (seen.get(words) ?? 0) + 1;
    seen.set(words, count);
    return { key: `${words} ${count}`, item };
  });
}
