// Reads a program for awk: rules of a pattern and statements in braces. Loops and functions of one's own are left out.
import { ShellError } from '../shell.ts';
import { regularOf } from './regular.ts';

export type Expression =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'pattern'; readonly value: RegExp }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'field'; readonly index: Expression }
  | { readonly type: 'entry'; readonly name: string; readonly key: Expression }
  | { readonly type: 'unary'; readonly operator: string; readonly value: Expression }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly type: 'assign'; readonly operator: string; readonly target: Expression; readonly value: Expression }
  | { readonly type: 'step'; readonly by: 1 | -1; readonly isBefore: boolean; readonly target: Expression }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Statement =
  | { readonly type: 'print'; readonly values: readonly Expression[] }
  | { readonly type: 'printf'; readonly values: readonly Expression[] }
  | { readonly type: 'expression'; readonly value: Expression }
  | { readonly type: 'if'; readonly test: Expression; readonly yes: Block; readonly no: Block }
  | { readonly type: 'each'; readonly key: string; readonly name: string; readonly body: Block }
  | { readonly type: 'next' | 'exit' };
export type Block = readonly Statement[];

export interface Rule {
  readonly when: 'begin' | 'end' | 'always' | Expression;
  readonly to?: Expression;
  /** Undefined: print the line. */
  readonly body: Block | undefined;
}

type Token = {
  readonly type: 'number' | 'string' | 'name' | 'pattern' | 'sign' | 'line' | 'end';
  readonly text: string;
};

const FUNCTIONS = new Set([
  'length',
  'substr',
  'toupper',
  'tolower',
  'index',
  'int',
  'sub',
  'gsub',
  'split',
  'sprintf',
]);

const SIGNS = /^(?:&&|\|\||==|!=|<=|>=|\+=|-=|\*=|\/=|%=|\+\+|--|!~|[-+*/%<>=!~?:,;(){}[\]$])/;

const TOKENS_MAX = 5_000;

const fail = (what: string): never => {
  throw new ShellError(`awk: ${what}`, 2);
};

/** The tokens of a program. A slash begins a pattern where a value may stand. */
function tokensOf(program: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < program.length) {
    if (tokens.length > TOKENS_MAX) fail('the program is too long');
    const rest = program.slice(at);
    const blank = /^(?:[ \t]|\\\n|#[^\n]*)+/.exec(rest)?.[0];
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const token = tokenAt(rest, tokens.at(-1));
    if (!token) return fail(`syntax error at ${rest.slice(0, 20)}`);
    tokens.push(token.token);
    at += token.length;
  }
  tokens.push({ type: 'end', text: '' });
  return tokens;
}

function tokenAt(rest: string, last: Token | undefined): { token: Token; length: number } | undefined {
  if (rest.startsWith('\n')) return { token: { type: 'line', text: '\n' }, length: 1 };
  const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest)?.[0];
  if (number !== undefined) return { token: { type: 'number', text: number }, length: number.length };
  const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
  if (name !== undefined) return { token: { type: 'name', text: name }, length: name.length };
  const string = /^"((?:[^"\\\n]|\\[\s\S])*)"/.exec(rest);
  if (string) return { token: { type: 'string', text: unescaped(string[1] ?? '') }, length: string[0].length };
  const isValueBefore =
    last !== undefined &&
    (['number', 'string', 'name', 'pattern'].includes(last.type) || [')', ']', '$'].includes(last.text));
  const pattern = isValueBefore ? undefined : /^\/((?:[^/\\\n]|\\.)+)\//.exec(rest);
  if (pattern) return { token: { type: 'pattern', text: pattern[1] ?? '' }, length: pattern[0].length };
  const sign = SIGNS.exec(rest)?.[0];
  return sign === undefined ? undefined : { token: { type: 'sign', text: sign }, length: sign.length };
}

const unescaped = (text: string): string =>
  text.replace(/\\([\s\S])/g, (_, char: string) => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char);

const BINARY: readonly (readonly string[])[] = [['||'], ['&&'], ['~', '!~'], ['<', '<=', '==', '!=', '>', '>=']];

/**
 * Reads a program.
 * @throws ShellError where it cannot be read
 */
export function parseAwk(program: string): Rule[] {
  const tokens = tokensOf(program);
  let at = 0;
  let depth = 0;
  const peek = (): Token => tokens[at] ?? { type: 'end', text: '' };
  const is = (text: string): boolean => ['sign', 'line', 'name'].includes(peek().type) && peek().text === text;
  const take = (text: string): boolean => {
    if (!is(text)) return false;
    at += 1;
    return true;
  };
  const need = (text: string): void => {
    if (!take(text)) fail(`syntax error: ${text} expected at ${peek().text === '' ? 'the end' : peek().text}`);
  };
  const skipEnds = (): void => {
    while (take(';') || take('\n')) {
      // goes on
    }
  };

  const expression = (): Expression => {
    depth += 1;
    if (depth > 100) fail('the program is nested too deep');
    const test = binary(0);
    let value = test;
    if (take('?')) {
      const yes = expression();
      need(':');
      value = { type: 'choice', test, yes, no: expression() };
    } else {
      const sign = ['=', '+=', '-=', '*=', '/=', '%='].find(is);
      if (sign !== undefined && ['variable', 'field', 'entry'].includes(test.type)) {
        at += 1;
        value = { type: 'assign', operator: sign.slice(0, -1), target: test, value: expression() };
      }
    }
    depth -= 1;
    return value;
  };
  const binary = (level: number): Expression => {
    const signs = BINARY[level];
    if (!signs) return joined();
    let left = binary(level + 1);
    for (let sign = signs.find(is); sign !== undefined; sign = signs.find(is)) {
      at += 1;
      left = { type: 'binary', operator: sign, left, right: binary(level + 1) };
    }
    return left;
  };
  /** Values that stand beside each other make one text. */
  const joined = (): Expression => {
    let left = sum();
    while (['number', 'string'].includes(peek().type) || is('$') || is('(') || (peek().type === 'name' && !is('in')))
      left = { type: 'binary', operator: '', left, right: sum() };
    return left;
  };
  const sum = (): Expression => {
    let left = product();
    for (let sign = ['+', '-'].find(is); sign !== undefined; sign = ['+', '-'].find(is)) {
      at += 1;
      left = { type: 'binary', operator: sign, left, right: product() };
    }
    return left;
  };
  const product = (): Expression => {
    let left = unary();
    for (let sign = ['*', '/', '%'].find(is); sign !== undefined; sign = ['*', '/', '%'].find(is)) {
      at += 1;
      left = { type: 'binary', operator: sign, left, right: unary() };
    }
    return left;
  };
  const unary = (): Expression => {
    const sign = ['!', '-', '+'].find(is);
    if (sign !== undefined) {
      at += 1;
      return { type: 'unary', operator: sign, value: unary() };
    }
    const step = ['++', '--'].find(is);
    if (step !== undefined) {
      at += 1;
      return { type: 'step', by: step === '++' ? 1 : -1, isBefore: true, target: primary() };
    }
    const value = primary();
    const after = ['++', '--'].find(is);
    if (after === undefined || !['variable', 'field', 'entry'].includes(value.type)) return value;
    at += 1;
    return { type: 'step', by: after === '++' ? 1 : -1, isBefore: false, target: value };
  };
  const primary = (): Expression => {
    const token = peek();
    at += 1;
    if (token.type === 'number') return { type: 'number', value: Number(token.text) };
    if (token.type === 'string') return { type: 'string', value: token.text };
    if (token.type === 'pattern')
      return { type: 'pattern', value: regularOf('awk', token.text.replaceAll('\\/', '/'), { isExtended: true }) };
    if (token.type === 'name') return named(token.text);
    if (token.text === '$') return { type: 'field', index: is('(') || is('$') ? primary() : unaryOfField() };
    if (token.text === '(') {
      const value = expression();
      need(')');
      return value;
    }
    return fail(`syntax error at ${token.text === '' ? 'the end' : token.text}`);
  };
  /** `$NF-1` is one less than the last field: the sign binds the field alone. */
  const unaryOfField = (): Expression => (take('-') ? { type: 'unary', operator: '-', value: primary() } : primary());
  const named = (name: string): Expression => {
    if (FUNCTIONS.has(name)) {
      const args: Expression[] = [];
      if (take('(')) {
        while (!is(')')) {
          args.push(expression());
          if (!take(',')) break;
        }
        need(')');
      }
      return { type: 'call', name, args };
    }
    if (!take('[')) return { type: 'variable', name };
    const key = expression();
    need(']');
    return { type: 'entry', name, key };
  };

  const statement = (): Statement => {
    if (take('next')) return { type: 'next' };
    if (take('exit')) return { type: 'exit' };
    if (take('if')) {
      need('(');
      const test = expression();
      need(')');
      const yes = body();
      const mark = at;
      skipEnds();
      if (take('else')) return { type: 'if', test, yes, no: body() };
      at = mark;
      return { type: 'if', test, yes, no: [] };
    }
    if (take('for')) {
      need('(');
      const key = peek().text;
      at += 1;
      if (!take('in')) fail('of the loops there is for (key in list) alone');
      const name = peek().text;
      at += 1;
      need(')');
      return { type: 'each', key, name, body: body() };
    }
    if (is('while') || is('do') || is('function')) fail(`${peek().text} is not part of this awk`);
    for (const type of ['print', 'printf'] as const) if (take(type)) return { type, values: listed() };
    return { type: 'expression', value: expression() };
  };
  const listed = (): Expression[] => {
    const values: Expression[] = [];
    if (is(';') || is('}') || is('\n') || peek().type === 'end') return values;
    do {
      while (take('\n')) {
        // a list goes on behind a comma
      }
      values.push(expression());
    } while (take(','));
    return values;
  };
  /** One statement, or several in braces. */
  const body = (): Block => {
    while (take('\n')) {
      // the statement may stand in the next line
    }
    if (!take('{')) return [statement()];
    const statements: Statement[] = [];
    skipEnds();
    while (!take('}')) {
      statements.push(statement());
      if (!is('}') && !is(';') && !is('\n')) fail(`syntax error at ${peek().text === '' ? 'the end' : peek().text}`);
      skipEnds();
    }
    return statements;
  };

  const rules: Rule[] = [];
  skipEnds();
  while (peek().type !== 'end') {
    const when: Rule['when'] = take('BEGIN') ? 'begin' : take('END') ? 'end' : is('{') ? 'always' : expression();
    const to = typeof when === 'object' && take(',') ? expression() : undefined;
    rules.push({ when, body: is('{') ? body() : undefined, ...(to && { to }) });
    skipEnds();
  }
  return rules;
}
