// Numbers that may be percentages. k8s: apps/validation ValidatePositiveIntOrPercent, IsNotMoreThan100Percent
import { plainValue } from '../int-or-string.ts';
import { patternError } from '../names.ts';
import type { IntOrString } from '../types.ts';
import { type FieldError, invalid, named, nonNegative } from './field-error.ts';

const isPercentText = (text: string): boolean => text.length <= 64 && /^[0-9]+%$/.test(text);

const PERCENT = patternError(
  "a valid percent string must be a numeric string followed by an ending '%'",
  '[0-9]+%',
  '1%',
  '93%',
);

/** The value if it is one at all. */
export const intOrStringOf = (value: unknown): IntOrString | undefined =>
  typeof value === 'number' || typeof value === 'string' ? value : undefined;

const shownValue = (value: IntOrString) => (typeof value === 'string' ? named(value) : value);

/** Not negative, and if a text, a percentage. */
export function validateIntOrPercent(path: string, value: IntOrString): FieldError[] {
  if (typeof value === 'number') return nonNegative(path, value);
  return isPercentText(value) ? [] : [invalid(path, named(value), PERCENT)];
}

/** At most all of it. */
export function validateAtMostAll(path: string, value: IntOrString): FieldError[] {
  return typeof value === 'string' && isPercentText(value) && plainValue(value) > 100
    ? [invalid(path, named(value), 'must not be greater than 100%')]
    : [];
}

/** Refuses a value that comes to nothing. */
export const validateNotZero = (path: string, value: IntOrString, detail: string): FieldError[] =>
  plainValue(value) === 0 ? [invalid(path, shownValue(value), detail)] : [];
