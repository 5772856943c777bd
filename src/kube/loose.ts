// Reading plain JSON whose shape is only promised, not proved: manifests, drafts, objects of other kinds. A wrong shape
// reads as absent, so that no input can make a reader throw.

/** An object of which nothing is known but that it is one. */
export type Loose = { readonly [key: string]: unknown };

const EMPTY: Loose = Object.freeze({});
const NONE: readonly Loose[] = Object.freeze([]);
const NO_TEXTS: readonly string[] = Object.freeze([]);

/** True for JSON objects: not null, not a list. */
export const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member if it is an object. */
export function objectAt(object: Loose | undefined, key: string): Loose | undefined {
  const value = object?.[key];
  return isObject(value) ? value : undefined;
}

/** The member if it is an object, else an empty one. */
export const objectOr = (object: Loose | undefined, key: string): Loose => objectAt(object, key) ?? EMPTY;

/** The member if it is a text, else ''. Go does not tell the two apart either. */
export function textAt(object: Loose | undefined, key: string): string {
  const value = object?.[key];
  return typeof value === 'string' ? value : '';
}

/** The member if it is a text, even an empty one: a Go pointer to a string. */
export function optionalTextAt(object: Loose | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** The member if it is a number, else undefined. */
export function numberAt(object: Loose | undefined, key: string): number | undefined {
  const value = object?.[key];
  return typeof value === 'number' ? value : undefined;
}

/** The member if it is true or false, else undefined. */
export function flagAt(object: Loose | undefined, key: string): boolean | undefined {
  const value = object?.[key];
  return typeof value === 'boolean' ? value : undefined;
}

/** The member's elements that are objects; anything else in the list reads as an empty object. */
export function listAt(object: Loose | undefined, key: string): readonly Loose[] {
  const value = object?.[key];
  if (!Array.isArray(value)) return NONE;
  return value.every(isObject) ? value : value.map((item) => (isObject(item) ? item : EMPTY));
}

/** The member's elements that are texts. */
export function textsAt(object: Loose | undefined, key: string): readonly string[] {
  const value = object?.[key];
  if (!Array.isArray(value)) return NO_TEXTS;
  return value.every((item) => typeof item === 'string') ? value : value.filter((item) => typeof item === 'string');
}

/** A copy of the object with one member replaced. */
export const withMember = (object: Loose, key: string, value: unknown): Loose => ({ ...object, [key]: value });

/** The object with `value` where the member is absent or ''; the same object when nothing is missing. */
export function withDefault(object: Loose, key: string, value: unknown): Loose {
  const current = object[key];
  return current === undefined || current === null || current === '' ? { ...object, [key]: value } : object;
}

/** The object with a member mapped; the same object when the member is absent or comes back unchanged. */
export function mapObject(object: Loose, key: string, change: (value: Loose) => Loose): Loose {
  const value = object[key];
  if (!isObject(value)) return object;
  const changed = change(value);
  return changed === value ? object : { ...object, [key]: changed };
}

/** The object with each element of a list mapped; the same object when no element changes. */
export function mapList(object: Loose, key: string, change: (value: Loose) => Loose): Loose {
  const value = object[key];
  if (!Array.isArray(value)) return object;
  let same = true;
  const changed = value.map((item: unknown) => {
    if (!isObject(item)) return item;
    const next = change(item);
    if (next !== item) same = false;
    return next;
  });
  return same ? object : { ...object, [key]: changed };
}
