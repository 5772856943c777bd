// KUBE-3: labels and the selectors of API objects: what may be a key or a value, and what matches. Matching allocates nothing.
// k8s: apimachinery api/validate/content (keys, values), apis/meta/v1 (LabelSelector), labels (Requirement)
import { compareBytes } from './canonical-json.ts';
import { byteLength, dnsSubdomainErrors, patternError, tooLongBytes } from './names.ts';
import type { LabelSelector, LabelSelectorRequirement, StringMap } from './types.ts';

const KEY_PATTERN = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const KEY_RE = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const KEY_MESSAGE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const LENGTH_MAX = 63;
const CHECKED_LENGTH_MAX = 4096;

/** What keeps a text from being a label key (also annotation keys, finalizers, resource names); empty when nothing does. */
export function labelKeyErrors(key: string): string[] {
  const named = () => patternError(KEY_MESSAGE, KEY_PATTERN, 'MyName', 'my.name', '123-abc');
  const slash = key.indexOf('/');
  if (slash >= 0 && key.indexOf('/', slash + 1) >= 0)
    return [`a valid label key ${named()} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const errors: string[] = [];
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix === '') errors.push('prefix part must be non-empty');
  else if (prefix !== undefined) for (const error of dnsSubdomainErrors(prefix)) errors.push(`prefix part ${error}`);
  if (name === '') errors.push('name part must be non-empty');
  else if (byteLength(name) > LENGTH_MAX) errors.push(`name part ${tooLongBytes(LENGTH_MAX)}`);
  if (name.length > CHECKED_LENGTH_MAX || !KEY_RE.test(name)) errors.push(`name part ${named()}`);
  return errors;
}

/** What keeps a text from being a label value; empty when nothing does. */
export function labelValueErrors(value: string): string[] {
  const errors = byteLength(value) > LENGTH_MAX ? [tooLongBytes(LENGTH_MAX)] : [];
  if (value === '' || (value.length <= CHECKED_LENGTH_MAX && KEY_RE.test(value))) return errors;
  return [
    ...errors,
    patternError(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      `(${KEY_PATTERN})?`,
      'MyValue',
      'my_value',
      '12345',
    ),
  ];
}

/** True when one expression of a selector holds for the labels. Unknown operators match nothing. */
function matchesExpression(expression: LabelSelectorRequirement, labels: StringMap | undefined): boolean {
  const value = labels !== undefined && Object.hasOwn(labels, expression.key) ? labels[expression.key] : undefined;
  switch (expression.operator) {
    case 'In':
      return value !== undefined && (expression.values?.includes(value) ?? false);
    case 'NotIn':
      return value === undefined || !(expression.values?.includes(value) ?? false);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** True when each of the wanted pairs is among the labels. No wanted pairs match everything. */
export function matchesLabels(wanted: StringMap | undefined, labels: StringMap | undefined): boolean {
  if (wanted === undefined) return true;
  for (const key in wanted) {
    if (!Object.hasOwn(wanted, key)) continue;
    if (labels === undefined || !Object.hasOwn(labels, key) || labels[key] !== wanted[key]) return false;
  }
  return true;
}

/**
 * True when a selector matches the labels. An absent selector matches nothing, an empty one everything.
 * k8s: metav1.LabelSelectorAsSelector
 */
export function matchesSelector(selector: LabelSelector | undefined, labels: StringMap | undefined): boolean {
  if (selector === undefined || !matchesLabels(selector.matchLabels, labels)) return false;
  const expressions = selector.matchExpressions;
  if (expressions !== undefined)
    for (const expression of expressions) if (!matchesExpression(expression, labels)) return false;
  return true;
}

/** True when a selector names no label at all. */
export const isEmptySelector = (selector: LabelSelector): boolean =>
  Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions?.length ?? 0) === 0;

/** One condition of a selector as `kubectl -l` takes it. */
export interface Requirement {
  readonly key: string;
  readonly operator: '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';
  readonly values: readonly string[];
}

const OPERATORS: Readonly<Record<string, Requirement['operator']>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

/** The conditions of an object's selector, sorted by key. Expressions with unknown operators are left out. */
export function requirementsOf(selector: LabelSelector): Requirement[] {
  const out: Requirement[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
    out.push({ key, operator: '=', values: [value] });
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const known = OPERATORS[operator];
    if (known !== undefined) out.push({ key, operator: known, values: values ?? [] });
  }
  return out.sort((a, b) => compareBytes(a.key, b.key));
}

function requirementText({ key, operator, values }: Requirement): string {
  if (operator === '!') return `!${key}`;
  if (operator === 'exists') return key;
  const text = [...values].sort(compareBytes).join(',');
  return operator === 'in' || operator === 'notin' ? `${key} ${operator} (${text})` : `${key}${operator}${text}`;
}

/** Conditions as text, e.g. `app=nginx,tier in (a,b)`. k8s: labels.Selector.String */
const formatRequirements = (requirements: readonly Requirement[]): string =>
  requirements.map(requirementText).join(',');

/** A selector as describe and the wide columns print it; `<none>` when empty. k8s: metav1.FormatLabelSelector */
export function formatSelector(selector: LabelSelector | undefined): string {
  const text = selector === undefined ? '' : formatRequirements(requirementsOf(selector));
  return text === '' ? '<none>' : text;
}

/** Labels as `a=b,c=d` sorted by key; `<none>` when there are none. k8s: labels.FormatLabels */
export function formatLabels(labels: StringMap | undefined): string {
  const keys = Object.keys(labels ?? {}).sort(compareBytes);
  return keys.length === 0 ? '<none>' : keys.map((key) => `${key}=${labels?.[key]}`).join(',');
}

/** True when every condition holds for the labels. */
export function matchesRequirements(requirements: readonly Requirement[], labels: StringMap | undefined): boolean {
  for (const { key, operator, values } of requirements) {
    const value = labels !== undefined && Object.hasOwn(labels, key) ? labels[key] : undefined;
    const holds = value === undefined ? holdsWithout(operator) : holdsWith(operator, values, value);
    if (!holds) return false;
  }
  return true;
}

const holdsWithout = (operator: Requirement['operator']): boolean =>
  operator === '!=' || operator === 'notin' || operator === '!';

function holdsWith(operator: Requirement['operator'], values: readonly string[], value: string): boolean {
  switch (operator) {
    case '=':
    case 'in':
      return values.includes(value);
    case '!=':
    case 'notin':
      return !values.includes(value);
    case 'exists':
      return true;
    case '!':
      return false;
    default: {
      const number = values[0];
      if (number === undefined || !/^-?\d+$/.test(value)) return false;
      return operator === '>' ? Number(value) > Number(number) : Number(value) < Number(number);
    }
  }
}
