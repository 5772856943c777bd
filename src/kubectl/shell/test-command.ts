// `test` and `[`: comparisons of texts and numbers, and questions about files.
import { ShellError, type ShellFiles } from './shell.ts';

const NUMERIC: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

/**
 * Whether a test holds.
 * @throws ShellError with code 2 where it cannot be read
 */
export function testHolds(args: readonly string[], files: ShellFiles): boolean {
  const or = args.indexOf('-o');
  if (or > 0) return testHolds(args.slice(0, or), files) || testHolds(args.slice(or + 1), files);
  const and = args.indexOf('-a');
  if (and > 0) return testHolds(args.slice(0, and), files) && testHolds(args.slice(and + 1), files);
  if (args[0] === '!' && args.length > 1) return !testHolds(args.slice(1), files);
  const [first = '', second = '', third = ''] = args;
  if (args.length === 0) return false;
  if (args.length === 1) return first !== '';
  if (args.length === 2) return unaryHolds(first, second, files);
  if (args.length > 3) throw new ShellError('test: too many arguments', 2);
  if (second === '=' || second === '==') return first === third;
  if (second === '!=') return first !== third;
  if (second === '<') return first < third;
  if (second === '>') return first > third;
  const compare = Object.hasOwn(NUMERIC, second) ? NUMERIC[second] : undefined;
  if (!compare) throw new ShellError(`test: ${second}: binary operator expected`, 2);
  for (const number of [first, third])
    if (!/^\s*[-+]?\d+\s*$/.test(number)) throw new ShellError(`test: ${number}: integer expression expected`, 2);
  return compare(Number(first), Number(third));
}

function unaryHolds(sign: string, value: string, files: ShellFiles): boolean {
  switch (sign) {
    case '-n':
      return value !== '';
    case '-z':
      return value === '';
    case '-d':
      return files.list(value) !== undefined;
    case '-f':
    case '-r':
    case '-w':
      return typeof files.read(value) === 'string';
    case '-e':
      return typeof files.read(value) === 'string' || files.list(value) !== undefined;
    case '-s': {
      const text = files.read(value);
      return typeof text === 'string' && text !== '';
    }
    default:
      throw new ShellError(`test: ${sign}: unary operator expected`, 2);
  }
}
