// Assertions as documentation: what must hold, or the program is wrong.

/**
 * Throws when `condition` is false. For mistakes of the program itself, never for bad input of a person.
 * @param condition what must hold
 * @param message says what was broken, in plain words
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

/** The value, which is known to be there. Throws with `what` otherwise. */
export function must<T>(value: T | undefined | null, what: string): T {
  invariant(value !== undefined && value !== null, `${what} is missing`);
  return value;
}
