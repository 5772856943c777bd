// `-o jsonpath=…` and `-o custom-columns=…`: picks values out of objects by paths. Filters and unions are left out.
// k8s: client-go util/jsonpath

import { canonicalJson } from '#kube';
import { CommandError } from '../errors.ts';
import { isMap } from '../patch/json.ts';

const TEMPLATE_LENGTH_MAX = 10_000;

type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'path'; readonly steps: readonly Step[] }
  | { readonly type: 'range'; readonly steps: readonly Step[]; readonly parts: readonly Part[] };

/** A member, an element, or everything. Negative numbers count from the end. */
type Step = string | number | typeof ALL;
const ALL = Symbol('all');

/**
 * What a template makes of a value: text as it stands, `{.a.b[0]}`, `{range .items[*]}…{end}`, `{"\n"}`.
 * @throws CommandError for templates that are none
 */
export function jsonPathText(template: string, value: unknown): string {
  if (template.length > TEMPLATE_LENGTH_MAX) throw new CommandError('the template is too long');
  const tokens = template.split(/(\{(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^{}"'])*\})/).filter((token) => token !== '');
  const { parts, rest } = readParts(tokens, false);
  if (rest.length > 0) throw new CommandError('error parsing jsonpath: unexpected {end}');
  return textOf(parts, value);
}

/** The value at a path such as `.metadata.name` as text; `<none>` when there is none. */
export function pathText(path: string, value: unknown): string {
  const found = valuesAt(stepsOf(path.replace(/^\{|\}$/g, '')), value);
  return found.length === 0 ? '<none>' : found.map(plainText).join(',');
}

function readParts(tokens: readonly string[], isInRange: boolean): { parts: readonly Part[]; rest: readonly string[] } {
  const parts: Part[] = [];
  let rest = tokens;
  while (rest.length > 0) {
    const [token = '', ...others] = rest;
    rest = others;
    if (!token.startsWith('{')) {
      if (token.includes('{')) throw new CommandError(`error parsing jsonpath ${token}, unclosed action`);
      parts.push({ type: 'text', text: token });
      continue;
    }
    const body = token.slice(1, -1).trim();
    if (body === 'end') {
      if (!isInRange) throw new CommandError('error parsing jsonpath: not in range, nothing to end');
      return { parts, rest };
    }
    if (/^["']/.test(body)) parts.push({ type: 'text', text: unquoted(body) });
    else if (body.startsWith('range ')) {
      const inner = readParts(rest, true);
      rest = inner.rest;
      parts.push({ type: 'range', steps: stepsOf(body.slice(6).trim()), parts: inner.parts });
    } else parts.push({ type: 'path', steps: stepsOf(body) });
  }
  if (isInRange) throw new CommandError('error parsing jsonpath: unterminated range');
  return { parts, rest };
}

const unquoted = (text: string): string =>
  text.slice(1, -1).replace(/\\(.)/g, (_whole, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter);

function stepsOf(path: string): readonly Step[] {
  const steps: Step[] = [];
  let rest = path.replace(/^[$@]/, '');
  while (rest !== '' && rest !== '.') {
    const member = /^\.?((?:[^.[\\]|\\.)+)/.exec(rest);
    const index = /^\[(-?\d+|\*|'[^']*'|"[^"]*")\]/.exec(rest);
    if (index) {
      const inner = index[1] ?? '';
      steps.push(inner === '*' ? ALL : /^["']/.test(inner) ? inner.slice(1, -1) : Number(inner));
    } else if (member) steps.push(member[1] === '*' ? ALL : (member[1] ?? '').replace(/\\(.)/g, '$1'));
    else throw new CommandError(`Ordinal does not read this jsonpath: ${path}`);
    rest = rest.slice((index ?? member)?.[0].length);
  }
  return steps;
}

function valuesAt(steps: readonly Step[], value: unknown): readonly unknown[] {
  let values: readonly unknown[] = [value];
  for (const step of steps)
    values = values.flatMap((one): readonly unknown[] => {
      if (step === ALL) return Array.isArray(one) ? one : isMap(one) ? Object.values(one) : [];
      if (Array.isArray(one))
        return typeof step === 'number' ? one.slice(step, step === -1 ? undefined : step + 1) : [];
      return isMap(one) && Object.hasOwn(one, String(step)) ? [one[String(step)]] : [];
    });
  return values;
}

const plainText = (value: unknown): string => (typeof value === 'string' ? value : canonicalJson(value));

const textOf = (parts: readonly Part[], value: unknown): string =>
  parts
    .map((part) => {
      if (part.type === 'text') return part.text;
      const values = valuesAt(part.steps, value);
      if (part.type === 'path') return values.map(plainText).join(' ');
      return values.map((one) => textOf(part.parts, one)).join('');
    })
    .join('');
