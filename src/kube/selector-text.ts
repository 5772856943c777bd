// KUBE-24: reads what follows `-l` and `--field-selector`, with kubectl's own words for what is wrong.
// k8s: apimachinery labels.Parse, fields.ParseSelector
import { compareBytes } from './canonical-json.ts';
import { goQuote } from './go-quote.ts';
import { labelKeyErrors, labelValueErrors, type Requirement } from './labels.ts';

/** What was read, or what is wrong. */
export type Parsed<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: string };

const TEXT_LENGTH_MAX = 65_536;

type TokenKind = 'id' | 'in' | 'notin' | '!' | '=' | '==' | '!=' | '>' | '<' | '(' | ')' | ',' | 'end' | 'error';
interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const SYMBOLS: ReadonlySet<string> = new Set(['!', '=', '==', '!=', '>', '<', '(', ')', ',']);
const isSpace = (char: string): boolean => char === ' ' || char === '\t' || char === '\r' || char === '\n';
const isSymbol = (char: string): boolean => '=!(),><'.includes(char) && char !== '';

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  while (i < text.length) {
    const char = text.charAt(i);
    if (isSpace(char)) {
      i++;
      continue;
    }
    let end = i;
    if (isSymbol(char)) {
      // The longest run that is an operator, so that "!=" is not "!" and "=".
      while (end < text.length && isSymbol(text.charAt(end)) && SYMBOLS.has(text.slice(i, end + 1))) end++;
      const symbol = text.slice(i, end);
      tokens.push({ kind: symbol as TokenKind, text: symbol });
    } else {
      while (end < text.length && !isSpace(text.charAt(end)) && !isSymbol(text.charAt(end))) end++;
      const word = text.slice(i, end);
      tokens.push({ kind: word === 'in' || word === 'notin' ? word : 'id', text: word });
    }
    i = end;
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

class SelectorError extends Error {}

const fail = (message: string): never => {
  throw new SelectorError(message);
};

/** Reads one requirement after another; the token list always ends with `end`, which is never passed. */
function readAll(tokens: readonly Token[]): Requirement[] {
  const end: Token = { kind: 'end', text: '' };
  let position = 0;
  const peek = (): Token => tokens[position] ?? end;
  const take = (): Token => tokens[position++] ?? end;
  /** Inside values and keys, the words `in` and `notin` are ordinary identifiers. */
  const isWord = (token: Token): boolean => token.kind === 'id' || token.kind === 'in' || token.kind === 'notin';

  const readValues = (): string[] => {
    const open = take();
    if (open.kind !== '(') fail(`found '${open.text}' expected: '('`);
    const first = peek();
    if (first.kind === ')') {
      take();
      return [''];
    }
    if (!isWord(first) && first.kind !== ',') fail(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = new Set<string>();
    for (;;) {
      const token = take();
      if (isWord(token)) {
        values.add(token.text);
        const next = peek();
        if (next.kind === ',') continue;
        if (next.kind === ')') break;
        fail(`found '${next.text}', expected: ',' or ')'`);
      } else if (token.kind === ',') {
        if (values.size === 0) values.add('');
        const next = peek();
        if (next.kind === ')') {
          values.add('');
          break;
        }
        if (next.kind === ',') values.add('');
      } else fail(`found '${token.text}', expected: ',', or identifier`);
    }
    take();
    return [...values];
  };

  const readOne = (): Requirement => {
    let token = take();
    const negated = token.kind === '!';
    if (negated) token = take();
    if (!isWord(token)) fail(`found '${token.text}', expected: identifier`);
    const key = token.text;
    const wrong = labelKeyErrors(key);
    if (wrong.length > 0) fail(`<nil>: Invalid value: ${goQuote(key)}: ${wrong.join('; ')}`);
    if (negated) return { key, operator: '!', values: [] };
    const next = peek();
    if (next.kind === 'end' || next.kind === ',') return { key, operator: 'exists', values: [] };
    take();
    switch (next.kind) {
      case 'in':
      case 'notin':
        return checked({ key, operator: next.kind, values: readValues() });
      case '=':
      case '==':
      case '!=':
      case '>':
      case '<': {
        const operator = next.kind === '==' ? '=' : next.kind;
        const value = peek();
        if (value.kind === 'end' || value.kind === ',') return checked({ key, operator, values: [''] });
        take();
        if (!isWord(value)) fail(`found '${value.text}', expected: identifier`);
        return checked({ key, operator, values: [value.text] });
      }
      default:
        return fail(`found '${next.text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  };

  const out: Requirement[] = [];
  for (;;) {
    const token = peek();
    if (token.kind === 'end') return out;
    if (!isWord(token) && token.kind !== '!')
      fail(`found '${token.text}', expected: !, identifier, or 'end of string'`);
    try {
      out.push(readOne());
    } catch (error) {
      if (error instanceof SelectorError) fail(`unable to parse requirement: ${error.message}`);
      throw error;
    }
    const after = take();
    if (after.kind === 'end') return out;
    if (after.kind !== ',') fail(`found '${after.text}', expected: ',' or 'end of string'`);
    const following = peek();
    if (!isWord(following) && following.kind !== '!') fail(`found '${following.text}', expected: identifier after ','`);
  }
}

/** Refuses values that no label can have. */
function checked(requirement: Requirement): Requirement {
  const { key, operator, values } = requirement;
  if ((operator === '>' || operator === '<') && !/^[+-]?\d+$/.test(values[0] ?? ''))
    fail(
      `values[0]: Invalid value: ${goQuote(values[0] ?? '')}: for 'Gt', 'Lt' operators, the value must be an integer`,
    );
  const errors = values.flatMap((value, i) =>
    labelValueErrors(value).map((error) => `values[${i}][${key}]: Invalid value: ${goQuote(value)}: ${error}`),
  );
  if (errors.length > 0) fail(errors.length === 1 ? (errors[0] ?? '') : `[${errors.join(', ')}]`);
  return requirement;
}

/**
 * Reads a label selector, e.g. `app=nginx,tier in (a,b),!old`.
 * @returns the conditions sorted by key, or the error text. k8s: labels.Parse
 */
export function parseLabelSelector(text: string): Parsed<readonly Requirement[]> {
  if (text.length > TEXT_LENGTH_MAX) return { error: 'selector is too long' };
  try {
    return { value: readAll(tokensOf(text)).sort((a, b) => compareBytes(a.key, b.key)) };
  } catch (error) {
    if (error instanceof SelectorError) return { error: error.message };
    throw error;
  }
}

/** One condition of a field selector. */
export interface FieldRequirement {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

function unescapeValue(text: string): Parsed<string> {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\') {
      const next = text.charAt(i + 1);
      if (next !== '\\' && next !== ',' && next !== '=')
        return { error: `invalid field selector: invalid escape sequence: \\${next}` };
      out += next;
      i++;
    } else if (char === ',' || char === '=')
      return { error: `invalid field selector: unescaped character in value: ${char.charCodeAt(0)}` };
    else out += char;
  }
  return { value: out };
}

/**
 * Reads a field selector, e.g. `status.phase=Running,metadata.name!=web-0`.
 * @returns the conditions, or the error text. k8s: fields.ParseSelector
 */
export function parseFieldSelector(text: string): Parsed<readonly FieldRequirement[]> {
  if (text.length > TEXT_LENGTH_MAX) return { error: 'selector is too long' };
  const terms = (text.match(/(?:\\[\s\S]?|[^,\\])+/g) ?? []).sort(compareBytes);
  const out: FieldRequirement[] = [];
  for (const term of terms) {
    const match = /!=|==|=/.exec(term);
    if (match === null) return { error: `invalid selector: '${text}'; can't understand '${term}'` };
    const value = unescapeValue(term.slice(match.index + match[0].length));
    if (value.error !== undefined) return value;
    out.push({
      field: term.slice(0, match.index),
      operator: match[0] === '!=' ? '!=' : '=',
      value: value.value,
    });
  }
  return { value: out };
}

/** True when every condition holds. @param read the value of a field, '' when it has none */
export const matchesFields = (requirements: readonly FieldRequirement[], read: (field: string) => string): boolean =>
  requirements.every(({ field, operator, value }) => (read(field) === value) === (operator === '='));
