// grep: the lines that have a pattern, or those that have not.
import { ShellError } from '../shell.ts';
import { lineFilter, numberOf, openSources, readOptions, type Tool } from './filter.ts';
import { regularOf } from './regular.ts';

const FLAGS = [...'viEFcnwxoqlhHsPrG', 'invert-match', 'ignore-case', 'count', 'only-matching', 'quiet'];
const VALUED = [...'eABCm', 'color', 'regexp', 'after-context', 'before-context', 'context', 'max-count'];

/** Lines longer than this are not looked into. */
const LINE_CHARACTERS_MAX = 20_000;

/** grep, and egrep with `-E` given. */
export const grep: Tool = (args, files) => {
  const options = readOptions(
    'grep',
    args.map((arg) => (arg === '--color' || arg === '--colour' ? '--color=auto' : arg)),
    FLAGS,
    VALUED,
  );
  const given = options.values('e', 'regexp');
  const patterns = given.length > 0 ? given : options.rest.slice(0, 1);
  if (patterns.length === 0) throw new ShellError('Usage: grep [OPTION]... PATTERNS [FILE]...', 2);
  const names = given.length > 0 ? options.rest : options.rest.slice(1);
  const expressions = patterns
    .flatMap((pattern) => pattern.split('\n'))
    .map((pattern) =>
      regularOf('grep', pattern, {
        isExtended: options.has('E', 'P'),
        isFixed: options.has('F'),
        ignoresCase: options.has('i', 'ignore-case'),
        isWord: options.has('w'),
        isLine: options.has('x'),
        isGlobal: options.has('o', 'only-matching'),
      }),
    );
  const isInverted = options.has('v', 'invert-match');
  const max = numberOf('grep', options.value('m', 'max-count') ?? '999999999');
  const around = options.value('C', 'context') ?? '0';
  const after = numberOf('grep', options.value('A', 'after-context') ?? around);
  const before = numberOf('grep', options.value('B', 'before-context') ?? around);
  const { failures, ...opened } = openSources('grep', names, files);
  const hasNames = options.has('H') || (!options.has('h') && names.length > 1);
  const isQuiet = options.has('q', 'quiet');
  const isCount = options.has('c', 'count');

  let name = '';
  let number = 0;
  let found = 0;
  let foundInAll = 0;
  let left = 0;
  let skipped = false;
  let earlier: { line: string; number: number }[] = [];
  const matches = (line: string): boolean => {
    const head = line.slice(0, LINE_CHARACTERS_MAX);
    return expressions.some((expression) => {
      const isFound = expression.test(head);
      expression.lastIndex = 0;
      return isFound;
    });
  };
  const shown = (line: string, at: number, mark: string): string =>
    `${hasNames ? `${name}${mark}` : ''}${options.has('n') ? `${at}${mark}` : ''}${line}\n`;
  const partsOf = (line: string): string =>
    expressions
      .flatMap((expression) => [...line.slice(0, LINE_CHARACTERS_MAX).matchAll(expression)])
      .filter(([part]) => part !== '')
      .map(([part]) => shown(part, number, ':'))
      .join('');
  const each = (line: string): string => {
    number += 1;
    if (found < max && matches(line) !== isInverted) {
      found += 1;
      foundInAll += 1;
      if (isQuiet || isCount || options.has('l')) return '';
      if (options.has('o', 'only-matching')) return partsOf(line);
      const gap = skipped && (before > 0 || after > 0) ? '--\n' : '';
      const text = earlier.map((one) => shown(one.line, one.number, '-')).join('');
      earlier = [];
      left = after;
      skipped = false;
      return gap + text + shown(line, number, ':');
    }
    if (left > 0) {
      left -= 1;
      return isCount || isQuiet ? '' : shown(line, number, '-');
    }
    earlier.push({ line, number });
    if (earlier.length > before) {
      earlier.shift();
      skipped ||= foundInAll > 0;
    }
    return '';
  };
  return lineFilter(each, {
    ...opened,
    begin: (next) => {
      name = next;
      number = 0;
      found = 0;
      earlier = [];
      return '';
    },
    endSource: () => {
      if (isQuiet) return '';
      if (options.has('l')) return found > 0 ? `${name === '' ? '(standard input)' : name}\n` : '';
      return isCount ? `${hasNames ? `${name}:` : ''}${found}\n` : '';
    },
    isClosed: () =>
      (isQuiet && foundInAll > 0) || (opened.sources === undefined && found >= max && left === 0 && !isCount),
    code: () => (failures > 0 ? 2 : foundInAll > 0 ? 0 : 1),
  });
};
