// `$((1 + 2 * i))` and `((i++))`: whole numbers, variables, brackets, comparisons, assignments.
import { ShellError } from './shell.ts';

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=']);

const TOKEN = /\s*(\d+|[A-Za-z_]\w*|\|\||&&|\+\+|--|[-+*/%=!<>]=|[-+*/%<>()!=?:,])/y;

/** Brackets within each other; each level of the grammar calls the next. */
const DEPTH_MAX = 100;

/** Where the variables of an expression are. */
export interface Variables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/**
 * The value of an expression; a variable that is no number counts as 0.
 * @throws ShellError where it cannot be read, or divides by zero
 */
export function calculate(expression: string, variables: Variables): number {
  const fail = (): never => {
    throw new ShellError(`${expression.trim()}: syntax error in expression`);
  };
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = expression.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined || tokens.length > 1_000) return fail();
    tokens.push(token);
  }
  if (tokens.length === 0) return 0;
  let at = 0;
  let open = 0;
  /** Parts that are not chosen are read, and change nothing. */
  let isIdle = false;
  const idleUnless = (isWanted: boolean, read: () => number): number => {
    const before = isIdle;
    isIdle ||= !isWanted;
    const value = read();
    isIdle = before;
    return value;
  };
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  const numberOf = (name: string): number => Number.parseInt(variables.get(name) ?? '', 10) || 0;
  const store = (name: string, value: number): number => {
    if (!isIdle) variables.set(name, String(value));
    return value;
  };
  const isName = (token: string | undefined): token is string => token !== undefined && /^[A-Za-z_]/.test(token);

  const list = (): number => {
    let value = assignment();
    while (take(',')) value = assignment();
    return value;
  };
  const assignment = (): number => {
    const [name, operator = ''] = [tokens[at], tokens[at + 1]];
    if (!isName(name) || !ASSIGNMENTS.has(operator)) return choice();
    at += 2;
    const value = assignment();
    return store(name, operator === '=' || isIdle ? value : apply(operator.charAt(0), numberOf(name), value));
  };
  const choice = (): number => {
    const test = level(0);
    if (!take('?')) return test;
    const yes = idleUnless(test !== 0, assignment);
    if (!take(':')) return fail();
    const no = idleUnless(test === 0, assignment);
    return test === 0 ? no : yes;
  };
  const level = (depth: number): number => {
    const operators = LEVELS[depth];
    if (!operators) return unary();
    let left = level(depth + 1);
    for (;;) {
      const operator = tokens[at];
      if (operator === undefined || !operators.includes(operator)) return left;
      at += 1;
      const isWanted = operator === '&&' ? left !== 0 : operator === '||' ? left === 0 : true;
      const right = idleUnless(isWanted, () => level(depth + 1));
      left = isIdle ? 0 : apply(operator, left, right);
    }
  };
  const unary = (): number => {
    const token = tokens[at];
    at += 1;
    if (token === '-') return -unary();
    if (token === '+') return unary();
    if (token === '!') return unary() === 0 ? 1 : 0;
    if (token === '++' || token === '--') {
      const name = tokens[at];
      at += 1;
      return isName(name) ? store(name, numberOf(name) + (token === '++' ? 1 : -1)) : fail();
    }
    if (token === '(') {
      open += 1;
      if (open > DEPTH_MAX) return fail();
      const value = list();
      open -= 1;
      return take(')') ? value : fail();
    }
    if (isName(token)) {
      const value = numberOf(token);
      if (take('++')) store(token, value + 1);
      else if (take('--')) store(token, value - 1);
      return value;
    }
    return token !== undefined && /^\d/.test(token) ? Number(token) : fail();
  };
  const value = list();
  return at === tokens.length ? value : fail();
}

function apply(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
    case '%':
      if (b === 0) throw new ShellError('division by 0');
      return operator === '/' ? Math.trunc(a / b) : a % b;
    default:
      return compare(operator, a, b) ? 1 : 0;
  }
}

function compare(operator: string, a: number, b: number): boolean {
  switch (operator) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '&&':
      return a !== 0 && b !== 0;
    default:
      return a !== 0 || b !== 0;
  }
}
