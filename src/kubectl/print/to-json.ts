// Objects as kubectl prints them with `-o json`: four blanks, keys sorted, Go's escapes.
import { compareBytes, goJsonString } from '#kube';

/** A JSON value as text, with a line end. */
export const jsonText = (value: unknown): string => goJsonText(value, '    ');

/** The same with another indentation. */
export const goJsonText = (value: unknown, step: string): string => `${textOf(value, '', step)}\n`;

function textOf(value: unknown, indent: string, step: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return goJsonString(value);
  if (typeof value !== 'object') return String(value);
  const inner = indent + step;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => inner + textOf(item, inner, step)).join(',\n')}\n${indent}]`;
  }
  const members = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(members)
    .filter((key) => members[key] !== undefined)
    .sort(compareBytes);
  if (keys.length === 0) return '{}';
  return `{\n${keys.map((key) => `${inner}${goJsonString(key)}: ${textOf(members[key], inner, step)}`).join(',\n')}\n${indent}}`;
}
