// Words about the manifest and its difference from what was applied. Pure.

const FIELD = /^(\s*(?:- )?[\w./"'-]+:)\s+(\S.*?)\s*$/;

/**
 * The value that a line had when it was applied, for the note behind it.
 *
 * @param now - the line as it stands
 * @param before - the line that it took the place of
 * @returns undefined where it is not the same field with another value
 */
export function appliedValue(now: string, before: string | undefined): string | undefined {
  if (before === undefined) return undefined;
  const [, field] = FIELD.exec(now) ?? [];
  const [, oldField, oldValue] = FIELD.exec(before) ?? [];
  if (field === undefined || field !== oldField || oldValue === undefined) return undefined;
  return oldValue.length > 24 ? `${oldValue.slice(0, 23)}…` : oldValue;
}

/**
 * How a text stands to what was applied.
 *
 * @param count - lines that differ; undefined: nothing was applied
 * @returns a few words
 */
export function differenceWords(count: number | undefined): string {
  if (count === undefined) return 'Not applied yet';
  if (count === 0) return 'Matches what was applied';
  return `${count} ${count === 1 ? 'line differs' : 'lines differ'} from applied`;
}
