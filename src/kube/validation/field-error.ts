// What is wrong with a field, in the API server's words. k8s: apimachinery util/validation/field
import { canonicalJson } from '../canonical-json.ts';
import { goQuote } from '../go-quote.ts';

/** The cause a Status message gives for a field. */
export type CauseType =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueNotFound'
  | 'FieldValueDuplicate'
  | 'FieldValueTooLong'
  | 'InternalError';

/** One error of one field; printed as `path: body`. */
export interface FieldError {
  readonly path: string;
  readonly type: CauseType;
  readonly body: string;
}

/** A value whose text is already known: JSON of a Go struct, for instance. */
export interface Shown {
  readonly shown: string;
}
export const shown = (text: string): Shown => ({ shown: text });

/** A named Go string type (enums): quoted as JSON, not as %q. Differs for characters that JSON escapes. */
export const named = (value: string): Shown => shown(canonicalJson(value));

const isShown = (value: unknown): value is Shown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'shown');

const SHOWN_LENGTH_MAX = 10_000;

/** A bad value as it stands in an error. Absent objects and lists are Go's nil. */
function valueText(value: unknown): string {
  const text = isShown(value) ? value.shown : typeof value === 'string' ? goQuote(value) : canonicalJson(value);
  // The server prints the whole value; a hostile one must not flood the page.
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;
}

const withDetail = (text: string, detail: string): string => (detail === '' ? text : `${text}: ${detail}`);

export const required = (path: string, detail = ''): FieldError => ({
  path,
  type: 'FieldValueRequired',
  body: withDetail('Required value', detail),
});

export const invalid = (path: string, value: unknown, detail: string): FieldError => ({
  path,
  type: 'FieldValueInvalid',
  body: withDetail(`Invalid value: ${valueText(value)}`, detail),
});

export const forbidden = (path: string, detail: string): FieldError => ({
  path,
  type: 'FieldValueForbidden',
  body: withDetail('Forbidden', detail),
});

export const duplicate = (path: string, value: unknown): FieldError => ({
  path,
  type: 'FieldValueDuplicate',
  body: `Duplicate value: ${valueText(value)}`,
});

export const notFound = (path: string, value: unknown, detail = ''): FieldError => ({
  path,
  type: 'FieldValueNotFound',
  body: withDetail(`Not found: ${valueText(value)}`, detail),
});

export const tooLong = (path: string, max: number): FieldError => ({
  path,
  type: 'FieldValueTooLong',
  body: `Too long: may not be more than ${max} bytes`,
});

/** @param value a bad value of an enum; texts are shown as JSON does, as Go's named strings are */
export const notSupported = (path: string, value: unknown, supported: readonly string[]): FieldError => ({
  path,
  type: 'FieldValueNotSupported',
  body: withDetail(
    `Unsupported value: ${typeof value === 'string' ? valueText(named(value)) : valueText(value)}`,
    supported.length === 0 ? '' : `supported values: ${supported.map(goQuote).join(', ')}`,
  ),
});

/** One `Invalid value` for each message. */
export const invalidAll = (path: string, value: unknown, messages: readonly string[]): FieldError[] =>
  messages.map((message) => invalid(path, value, message));

export const NEGATIVE = 'must be greater than or equal to 0';

/** A number that may not be below zero; absent counts as zero. */
export const nonNegative = (path: string, value: unknown): FieldError[] =>
  typeof value === 'number' && value < 0 ? [invalid(path, value, NEGATIVE)] : [];
