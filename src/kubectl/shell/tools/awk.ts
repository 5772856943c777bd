// awk: fields of lines, picked, compared and summed up.
import { ShellError } from '../shell.ts';
import { type Block, type Expression, parseAwk, type Rule } from './awk-parse.ts';
import { lineFilter, openSources, readOptions, type Tool } from './filter.ts';
import { formatted } from './printf.ts';
import { regularOf } from './regular.ts';

/** A value; a text that was read and looks like a number is compared as one. */
type Value = string | number;

/** Ends the work on a line, or on all of them. */
class AwkSignal extends Error {
  readonly type: 'next' | 'exit';
  constructor(type: 'next' | 'exit') {
    super(type);
    this.type = type;
  }
}

const textOf = (value: Value): string =>
  typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
const numberOf = (value: Value): number =>
  typeof value === 'number' ? value : Number(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(value)?.[0] ?? 0);
const looksNumeric = (value: Value): boolean =>
  typeof value === 'number' || /^\s*[-+]?(?:\d+\.?\d*|\.\d+)\s*$/.test(value);
const isTrue = (value: Value): boolean => (typeof value === 'number' ? value !== 0 : value !== '' && value !== '0');

/** A program at work. */
function newMachine(separator: string, given: ReadonlyMap<string, string>) {
  const variables = new Map<string, Value>([
    ['OFS', ' '],
    ['ORS', '\n'],
    ['NR', 0],
    ['NF', 0],
    ['FS', separator],
    ...given,
  ]);
  const lists = new Map<string, Map<string, Value>>();
  let line = '';
  let fields: string[] = [];
  let out = '';
  let steps = 2_000_000;

  const split = (text: string, by: string): string[] => {
    if (text.trim() === '' && by === ' ') return [];
    if (by === ' ') return text.trim().split(/\s+/);
    return text === '' ? [] : by.length === 1 ? text.split(by) : text.split(regularOf('awk', by, { isExtended: true }));
  };
  const setLine = (text: string): void => {
    line = text;
    fields = split(text, textOf(variables.get('FS') ?? ' '));
    variables.set('NF', fields.length);
  };
  const listOf = (name: string): Map<string, Value> => {
    const list = lists.get(name) ?? new Map<string, Value>();
    lists.set(name, list);
    return list;
  };
  const assign = (target: Expression, value: Value): Value => {
    if (target.type === 'variable') variables.set(target.name, value);
    else if (target.type === 'entry') listOf(target.name).set(textOf(evaluate(target.key)), value);
    else if (target.type === 'field') setField(numberOf(evaluate(target.index)), textOf(value));
    else throw new ShellError('awk: syntax error', 2);
    return value;
  };
  const setField = (index: number, text: string): void => {
    if (index === 0) {
      setLine(text);
      return;
    }
    if (index < 0 || index > 10_000) throw new ShellError(`awk: there is no field ${index}`, 2);
    while (fields.length < index) fields.push('');
    fields[index - 1] = text;
    line = fields.join(textOf(variables.get('OFS') ?? ' '));
    variables.set('NF', fields.length);
  };
  const evaluate = (expression: Expression): Value => {
    steps -= 1;
    if (steps < 0) throw new ShellError('awk: the program goes on for too long', 2);
    switch (expression.type) {
      case 'number':
      case 'string':
        return expression.value;
      case 'pattern':
        return expression.value.test(line) ? 1 : 0;
      case 'variable':
        return variables.get(expression.name) ?? '';
      case 'entry':
        return listOf(expression.name).get(textOf(evaluate(expression.key))) ?? '';
      case 'field': {
        const index = numberOf(evaluate(expression.index));
        return index === 0 ? line : (fields[index - 1] ?? '');
      }
      case 'unary': {
        const value = evaluate(expression.value);
        if (expression.operator === '!') return isTrue(value) ? 0 : 1;
        return expression.operator === '-' ? -numberOf(value) : numberOf(value);
      }
      case 'choice':
        return evaluate(isTrue(evaluate(expression.test)) ? expression.yes : expression.no);
      case 'assign': {
        const value = evaluate(expression.value);
        const { operator, target } = expression;
        return assign(target, operator === '' ? value : calculated(operator, evaluate(target), value));
      }
      case 'step': {
        const before = numberOf(evaluate(expression.target));
        assign(expression.target, before + expression.by);
        return expression.isBefore ? before + expression.by : before;
      }
      case 'call':
        return called(expression.name, expression.args);
      default:
        return binary(expression);
    }
  };
  const binary = ({ operator, left, right }: Expression & { type: 'binary' }): Value => {
    if (operator === '&&') return isTrue(evaluate(left)) && isTrue(evaluate(right)) ? 1 : 0;
    if (operator === '||') return isTrue(evaluate(left)) || isTrue(evaluate(right)) ? 1 : 0;
    if (operator === '~' || operator === '!~')
      return patternOf(right).test(textOf(evaluate(left))) === (operator === '~') ? 1 : 0;
    return calculated(operator, evaluate(left), evaluate(right));
  };
  const patternOf = (expression: Expression): RegExp =>
    expression.type === 'pattern'
      ? expression.value
      : regularOf('awk', textOf(evaluate(expression)), { isExtended: true });
  const called = (name: string, args: readonly Expression[]): Value => {
    const [first, second, third] = args;
    const text = first ? textOf(evaluate(first)) : line;
    switch (name) {
      case 'length':
        return first?.type === 'variable' && lists.has(first.name) ? listOf(first.name).size : [...text].length;
      case 'substr': {
        const from = second ? Math.round(numberOf(evaluate(second))) : 1;
        const to = third ? from + Math.round(numberOf(evaluate(third))) : Number.POSITIVE_INFINITY;
        return [...text].filter((_, i) => i + 1 >= from && i + 1 < to).join('');
      }
      case 'toupper':
        return text.toUpperCase();
      case 'tolower':
        return text.toLowerCase();
      case 'index':
        return second ? text.indexOf(textOf(evaluate(second))) + 1 : 0;
      case 'int':
        return Math.trunc(numberOf(text));
      case 'sprintf':
        return formatted(
          text,
          args.slice(1).map((arg) => textOf(evaluate(arg))),
          false,
        );
      case 'split': {
        if (second?.type !== 'variable') throw new ShellError('awk: split needs the name of a list', 2);
        const parts = split(text, third ? textOf(evaluate(third)) : textOf(variables.get('FS') ?? ' '));
        lists.set(second.name, new Map(parts.map((part, i) => [String(i + 1), part])));
        return parts.length;
      }
      default:
        return replaced(name === 'gsub', first, second, third);
    }
  };
  /** `sub` and `gsub`: how many were replaced. */
  const replaced = (isAll: boolean, first?: Expression, second?: Expression, third?: Expression): number => {
    if (!first || !second) throw new ShellError('awk: sub and gsub need a pattern and a text', 2);
    const target = third ?? ({ type: 'field', index: { type: 'number', value: 0 } } as const);
    const text = textOf(evaluate(second));
    let count = 0;
    const result = textOf(evaluate(target)).replace(new RegExp(patternOf(first), isAll ? 'g' : ''), (match) => {
      count += 1;
      return text.replace(/\\&|&/g, (sign) => (sign === '&' ? match : '&'));
    });
    if (count > 0) assign(target, result);
    return count;
  };
  const run = (block: Block): void => {
    for (const statement of block) {
      switch (statement.type) {
        case 'print':
          out +=
            statement.values.length === 0
              ? line
              : statement.values.map((value) => textOf(evaluate(value))).join(textOf(variables.get('OFS') ?? ' '));
          out += textOf(variables.get('ORS') ?? '\n');
          break;
        case 'printf': {
          const [format = '', ...values] = statement.values.map((value) => textOf(evaluate(value)));
          out += formatted(format, values, false);
          break;
        }
        case 'if':
          run(isTrue(evaluate(statement.test)) ? statement.yes : statement.no);
          break;
        case 'each':
          for (const key of [...listOf(statement.name).keys()]) {
            variables.set(statement.key, key);
            run(statement.body);
          }
          break;
        case 'expression':
          evaluate(statement.value);
          break;
        default:
          throw new AwkSignal(statement.type);
      }
    }
  };
  return {
    setLine: (text: string) => {
      variables.set('NR', numberOf(variables.get('NR') ?? 0) + 1);
      setLine(text);
    },
    evaluate,
    run,
    printLine: () => {
      out += `${line}\n`;
    },
    takeOut: () => {
      const text = out;
      out = '';
      return text;
    },
  };
}

function calculated(operator: string, a: Value, b: Value): Value {
  switch (operator) {
    case '':
      return textOf(a) + textOf(b);
    case '+':
      return numberOf(a) + numberOf(b);
    case '-':
      return numberOf(a) - numberOf(b);
    case '*':
      return numberOf(a) * numberOf(b);
    case '/':
    case '%':
      if (numberOf(b) === 0) throw new ShellError('awk: division by zero', 2);
      return operator === '/' ? numberOf(a) / numberOf(b) : numberOf(a) % numberOf(b);
    default:
      return compared(operator, a, b) ? 1 : 0;
  }
}

function compared(operator: string, a: Value, b: Value): boolean {
  const areNumbers = looksNumeric(a) && looksNumeric(b);
  const [x, y] = areNumbers ? [numberOf(a), numberOf(b)] : [textOf(a), textOf(b)];
  switch (operator) {
    case '==':
      return x === y;
    case '!=':
      return x !== y;
    case '<':
      return x < y;
    case '<=':
      return x <= y;
    case '>':
      return x > y;
    default:
      return x >= y;
  }
}

export const awk: Tool = (args, files) => {
  const options = readOptions('awk', args, [], ['F', 'v']);
  const [program, ...names] = options.rest;
  if (program === undefined) throw new ShellError('usage: awk [-F fs][-v var=value][prog][file ...]', 2);
  const given = new Map(
    options.values('v').map((text): [string, string] => {
      const equals = text.indexOf('=');
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
  const separator = (options.value('F') ?? ' ').replace(/^\\t$|^t$/, '\t');
  const rules = parseAwk(program);
  const machine = newMachine(separator, given);
  const inRange = new Set<Rule>();
  const isMeant = (rule: Rule): boolean => {
    const { when, to } = rule;
    if (typeof when === 'string') return when === 'always';
    if (!to) return isTrue(machine.evaluate(when));
    if (!inRange.has(rule) && !isTrue(machine.evaluate(when))) return false;
    inRange.add(rule);
    if (isTrue(machine.evaluate(to))) inRange.delete(rule);
    return true;
  };
  let isOver = false;
  /** Runs something that may end the line or the whole work early. */
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof AwkSignal)) throw error;
      if (error.type === 'exit') isOver = true;
    }
  };
  const runAll = (when: 'begin' | 'end'): void =>
    guarded(() => {
      for (const rule of rules) if (rule.when === when) machine.run(rule.body ?? []);
    });
  const { failures, ...opened } = openSources('awk', names, files);
  runAll('begin');
  let first = machine.takeOut();
  return lineFilter(
    (line) => {
      const before = first;
      first = '';
      if (isOver) return before;
      guarded(() => {
        machine.setLine(line);
        for (const rule of rules)
          if (isMeant(rule)) {
            if (rule.body) machine.run(rule.body);
            else machine.printLine();
          }
      });
      return before + machine.takeOut();
    },
    {
      ...opened,
      isClosed: () => isOver,
      last: () => {
        runAll('end');
        return first + machine.takeOut();
      },
      code: () => (failures > 0 ? 2 : 0),
    },
  );
};
