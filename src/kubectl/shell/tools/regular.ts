// Regular expressions of POSIX, basic and extended, as JavaScript's.
import { ShellError } from '../shell.ts';

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\r\\f\\v',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  print: ' -~',
  graph: '!-~',
  cntrl: '\\x00-\\x1f\\x7f',
};

const PATTERN_CHARACTERS_MAX = 2_000;

const escapePlain = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

export interface RegularOptions {
  readonly isExtended?: boolean;
  readonly isFixed?: boolean;
  readonly ignoresCase?: boolean;
  readonly isWord?: boolean;
  readonly isLine?: boolean;
  readonly isGlobal?: boolean;
}

/**
 * Compiles a pattern.
 * @throws ShellError when it cannot be read
 */
export function regularOf(tool: string, pattern: string, options: RegularOptions = {}): RegExp {
  if (pattern.length > PATTERN_CHARACTERS_MAX) throw new ShellError(`${tool}: the pattern is too long`, 2);
  let source = options.isFixed ? escapePlain(pattern) : translated(tool, pattern, options.isExtended ?? false);
  if (isCostly(source))
    throw new ShellError(`${tool}: a repeated group that can match in too many ways is not tried: ${pattern}`, 2);
  if (options.isWord) source = `(?<!\\w)(?:${source})(?!\\w)`;
  if (options.isLine) source = `^(?:${source})$`;
  try {
    return new RegExp(source, `${options.ignoresCase ? 'i' : ''}${options.isGlobal ? 'g' : ''}`);
  } catch {
    throw new ShellError(`${tool}: Invalid regular expression: ${pattern}`, 2);
  }
}

/** `*`, `+`, `{2,}`, and more repetitions than stay cheap: what stands at the beginning of a text. */
const ENDLESS = /^(?:[*+]|\{\d*,\}|\{\d*,?\d{3,}\})/;

/** A group while it is read: whether it repeats something without end, and what its choices begin with. */
interface Group {
  isEndless: boolean;
  readonly firsts: string[];
}

/**
 * Whether a group is repeated without end that does so within itself, or whose choices may begin alike. A real grep reads
 * such patterns in one pass; the browser tries every way, which can take longer than anybody waits, and a link can carry one.
 */
function isCostly(source: string): boolean {
  const groups: Group[] = [{ isEndless: false, firsts: [] }];
  let isFirst = true;
  for (let i = 0; i < source.length; i += 1) {
    const group = groups.at(-1) as Group;
    const char = source.charAt(i);
    const start = i;
    if (char === '\\') i += 1;
    else if (char === '[')
      for (i += 1; i < source.length && source.charAt(i) !== ']'; i += 1) if (source.charAt(i) === '\\') i += 1;
    if (isFirst && char !== ')') group.firsts.push(/[\w-]/.test(char) ? char : '');
    isFirst = char === '(' || char === '|';
    if (char === '(') groups.push({ isEndless: false, firsts: [] });
    else if (char === ')' && groups.length > 1) {
      groups.pop();
      const isAlike = group.firsts.length > 1 && new Set([...group.firsts, '']).size <= group.firsts.length;
      if ((group.isEndless || isAlike) && ENDLESS.test(source.slice(i + 1))) return true;
      if (group.isEndless) (groups.at(-1) as Group).isEndless = true;
    } else if (i === start && ENDLESS.test(source.slice(i))) group.isEndless = true;
  }
  return false;
}

/** In basic expressions `\(`, `\{`, `\|`, `\+` and `\?` are special and the bare signs are not; in extended ones it is the reverse. */
function translated(tool: string, pattern: string, isExtended: boolean): string {
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern.charAt(i);
    if (char === '[') {
      const { text, length } = bracket(tool, pattern.slice(i));
      source += text;
      i += length - 1;
    } else if (char === '\\') {
      i += 1;
      const next = pattern.charAt(i);
      if (next === '') throw new ShellError(`${tool}: Trailing backslash`, 2);
      if ('(){}|+?'.includes(next)) source += isExtended ? `\\${next}` : next;
      else if (next === '<' || next === '>') source += '\\b';
      else if (/[A-Za-z0-9]/.test(next)) source += /[wWsSbBdDnt1-9]/.test(next) ? `\\${next}` : next;
      else source += escapePlain(next);
    } else if ('(){}|+?'.includes(char)) source += isExtended ? char : `\\${char}`;
    else if (char === '*' && (source === '' || /(?:^|[^\\])[(|^]$/.test(source))) source += '\\*';
    else if (char === '^' && !isExtended && source !== '' && !source.endsWith('(') && !source.endsWith('|'))
      source += '\\^';
    else if (char === '$' && !isExtended && i + 1 < pattern.length && !/^\\[)|]/.test(pattern.slice(i + 1)))
      source += '\\$';
    else if (char === '/') source += '\\/';
    else source += char;
  }
  return source;
}

/** `[a-z]`, `[^/]`, `[[:digit:]]`, `[]x]` */
function bracket(tool: string, text: string): { text: string; length: number } {
  let at = 1;
  let source = '[';
  if (text.charAt(at) === '^') {
    source += '^';
    at += 1;
  }
  const first = at;
  for (;;) {
    const char = text.charAt(at);
    if (char === '') throw new ShellError(`${tool}: Unmatched [`, 2);
    if (char === ']' && at > first) return { text: `${source}]`, length: at + 1 };
    const named = char === '[' ? /^\[:([a-z]+):\]/.exec(text.slice(at)) : undefined;
    if (named) {
      const members = CLASSES[named[1] ?? ''];
      if (members === undefined) throw new ShellError(`${tool}: Invalid character class name`, 2);
      source += members;
      at += named[0].length;
    } else {
      source += char === '\\' || char === '[' || char === ']' ? `\\${char}` : char;
      at += 1;
    }
  }
}
