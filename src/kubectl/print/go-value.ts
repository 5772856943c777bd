// Values of JSON as Go prints them.
import { compareBytes, goQuote } from '#kube';
import { isMap } from '../patch/json.ts';

const entriesOf = (value: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] =>
  Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => compareBytes(a, b));

/** As `%v` does: `map[spec:map[replicas:3]]`, `[a b]`. */
export function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isMap(value))
    return `map[${entriesOf(value)
      .map(([key, inner]) => `${key}:${goText(inner)}`)
      .join(' ')}]`;
  return value === null || value === undefined ? '<nil>' : String(value);
}

/** As `%#v` does: `map[string]interface {}{"replicas":3}`. */
export function goSyntax(value: unknown): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isMap(value))
    return `map[string]interface {}{${entriesOf(value)
      .map(([key, inner]) => `${goQuote(key)}:${goSyntax(inner)}`)
      .join(', ')}}`;
  if (typeof value === 'string') return goQuote(value);
  return value === null || value === undefined ? 'interface {}(nil)' : String(value);
}

/** The type of a value as Go names it. */
export function goTypeOf(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (isMap(value)) return 'map[string]interface {}';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return Number.isInteger(value) ? 'int64' : 'float64';
}
