// `$((1 + 2 * i))`: whole numbers, variables, brackets, comparisons.
import { ShellError } from './shell.ts';

const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const TOKEN = /\s*(\d+|[A-Za-z_]\w*|\|\||&&|[=!<>]=|[-+*/%<>()!])/y;

/**
 * The value of an expression.
 * @param variable the value of a variable; one that is no number counts as 0
 * @throws ShellError where it cannot be read, or divides by zero
 */
export function calculate(expression: string, variable: (name: string) => string | undefined): number {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = expression.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined || tokens.length > 1_000)
      throw new ShellError(`${expression.trim()}: syntax error in expression`);
    tokens.push(token);
  }
  if (tokens.length === 0) return 0;
  let at = 0;
  const fail = (): never => {
    throw new ShellError(`${expression.trim()}: syntax error in expression`);
  };
  const level = (depth: number): number => {
    const operators = LEVELS[depth];
    if (!operators) return unary();
    let left = level(depth + 1);
    for (;;) {
      const operator = tokens[at];
      if (operator === undefined || !operators.includes(operator)) return left;
      at += 1;
      left = apply(operator, left, level(depth + 1));
    }
  };
  const unary = (): number => {
    const token = tokens[at];
    at += 1;
    if (token === undefined) return fail();
    if (token === '-') return -unary();
    if (token === '+') return unary();
    if (token === '!') return unary() === 0 ? 1 : 0;
    if (token === '(') {
      const value = level(0);
      if (tokens[at] !== ')') return fail();
      at += 1;
      return value;
    }
    if (/^\d/.test(token)) return Number(token);
    if (/^\w/.test(token)) return Number.parseInt(variable(token) ?? '', 10) || 0;
    return fail();
  };
  const value = level(0);
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
