// Plain JSON as patches see it.

export type JsonMap = Readonly<Record<string, unknown>>;

/** True for JSON objects. */
export const isMap = (value: unknown): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True when two values are the same JSON. The order of members does not matter. */
export function isEqualJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isEqualJson(item, b[index]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isEqualJson(a[key], b[key]))
  );
}

/** An object of entries that makes no difference between keys: `__proto__` is a key like any other. */
export const mapOf = (entries: Iterable<readonly [string, unknown]>): JsonMap => Object.fromEntries(entries);

/** Entries of a map, for changing. */
export const entriesOf = (map: JsonMap): Map<string, unknown> => new Map(Object.entries(map));
