// Reads one word: quotes, backslashes, `$name`, `${name:-other}`, `$(command)`, `` `command` `` and `$((1 + 2))`.
import { deeper, endsWord, newSource, type Source, skipBlanks, textWord } from './source.ts';
import { ShellIncompleteError, ShellSyntaxError, type Word, type WordPart } from './syntax.ts';

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SPECIAL = '?#@*$!0123456789';

/** Collects parts and joins texts that stand together. */
function newParts() {
  const parts: WordPart[] = [];
  return {
    parts,
    text(text: string, isQuoted: boolean) {
      const last = parts.at(-1);
      if (last?.type === 'text' && last.isQuoted === isQuoted)
        parts[parts.length - 1] = { type: 'text', text: last.text + text, isQuoted };
      else parts.push({ type: 'text', text, isQuoted });
    },
  };
}
type Parts = ReturnType<typeof newParts>;

/** The word at the present place; undefined where an operator or the end stands. */
export function readWord(source: Source): Word | undefined {
  skipBlanks(source);
  if (source.text.startsWith('<(', source.at)) return [readFile(source)];
  return readParts(source, endsWord);
}

/** `<(command)` */
function readFile(source: Source): WordPart {
  source.at += 2;
  const script = deeper(source, () => source.parse.list(source, [')']));
  if (source.text.charAt(source.at) !== ')') throw new ShellIncompleteError(') is missing');
  source.at += 1;
  return { type: 'file', script, isQuoted: true };
}

/** A regular expression in `[[ ]]`: brackets and bars belong to it, blanks end it. */
export const readPattern = (source: Source): Word | undefined =>
  readParts(source, (char) => char === ' ' || char === '\t' || char === '\n');

/** Parts up to a character that ends them; undefined where there are none. */
function readParts(source: Source, isEnd: (char: string) => boolean): Word | undefined {
  const { text } = source;
  const start = source.at;
  const parts = newParts();
  for (;;) {
    const char = text.charAt(source.at);
    if (char === '' || isEnd(char)) break;
    if (char === '\\') {
      const next = text.charAt(source.at + 1);
      source.at += 2;
      if (next === '') throw new ShellIncompleteError('the line goes on');
      if (next !== '\n') parts.text(next, true);
    } else if (char === "'") {
      const end = text.indexOf("'", source.at + 1);
      if (end < 0) throw new ShellIncompleteError("' is missing");
      parts.text(text.slice(source.at + 1, end), true);
      source.at = end + 1;
    } else if (char === '"') {
      source.at += 1;
      parts.text('', true);
      readQuoted(source, parts, '"');
    } else if (char === '$' && text.charAt(source.at + 1) === "'") readEscapedQuote(source, parts);
    else if (char === '$') readDollar(source, parts, false);
    else if (char === '`') readBackticks(source, parts, false);
    else {
      parts.text(char, false);
      source.at += 1;
    }
  }
  return source.at === start ? undefined : parts.parts;
}

/** What stands in double quotes, up to and with the closing one. */
function readQuoted(source: Source, parts: Parts, quote: '"' | undefined): void {
  const { text } = source;
  for (;;) {
    const char = text.charAt(source.at);
    if (char === '') {
      if (quote) throw new ShellIncompleteError('" is missing');
      return;
    }
    if (char === quote) {
      source.at += 1;
      return;
    }
    if (char === '\\') {
      const next = text.charAt(source.at + 1);
      if (next === '\n') source.at += 2;
      else if (next !== '' && `$\`\\${quote ?? ''}`.includes(next)) {
        parts.text(next, true);
        source.at += 2;
      } else {
        parts.text(char, true);
        source.at += 1;
      }
    } else if (char === '$') readDollar(source, parts, true);
    else if (char === '`') readBackticks(source, parts, true);
    else {
      parts.text(char, true);
      source.at += 1;
    }
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

/** `$'a\nb'` */
function readEscapedQuote(source: Source, parts: Parts): void {
  const { text } = source;
  let body = '';
  for (source.at += 2; ; source.at += 1) {
    const char = text.charAt(source.at);
    if (char === '') throw new ShellIncompleteError("' is missing");
    if (char === "'") break;
    if (char === '\\') {
      source.at += 1;
      const next = text.charAt(source.at);
      body += ESCAPES[next] ?? `\\${next}`;
    } else body += char;
  }
  source.at += 1;
  parts.text(body, true);
}

function readDollar(source: Source, parts: Parts, isQuoted: boolean): void {
  const { text } = source;
  const next = text.charAt(source.at + 1);
  if (text.startsWith('$((', source.at)) {
    source.at += 3;
    parts.parts.push({ type: 'number', expression: deeper(source, () => readExpression(source, '))')), isQuoted });
  } else if (next === '(') {
    source.at += 2;
    const script = deeper(source, () => source.parse.list(source, [')']));
    if (text.charAt(source.at) !== ')') throw new ShellIncompleteError(') is missing');
    source.at += 1;
    parts.parts.push({ type: 'command', script, isQuoted });
  } else if (next === '{') parts.parts.push(deeper(source, () => readBraces(source, isQuoted)));
  else if (next !== '' && SPECIAL.includes(next)) {
    parts.parts.push({ type: 'variable', name: next, isQuoted });
    source.at += 2;
  } else {
    const name = nameAt(source, source.at + 1);
    if (name === undefined) parts.text('$', isQuoted);
    else parts.parts.push({ type: 'variable', name, isQuoted });
    source.at += 1 + (name?.length ?? 0);
  }
}

function nameAt({ text }: Source, at: number): string | undefined {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0];
}

/** Signs behind a name, the longer ones first. Those with a second word say what stands between. */
const OPERATORS: readonly (readonly [sign: string, between?: string])[] = [
  ['##'],
  ['%%'],
  [':-'],
  [':+'],
  [':='],
  [':?'],
  ['//', '/'],
  ['/', '/'],
  ['^^'],
  [',,'],
  ['^'],
  [','],
  [':', ':'],
  ['#'],
  ['%'],
  ['-'],
  ['+'],
  ['='],
  ['?'],
];

/** `${name}`, `${name:-word}`, `${#name}`, `${name%pattern}`, `${name/a/b}`. */
function readBraces(source: Source, isQuoted: boolean): WordPart {
  const { text } = source;
  const start = source.at;
  source.at += 2;
  const isLength = text.charAt(source.at) === '#' && text.charAt(source.at + 1) !== '}';
  if (isLength) source.at += 1;
  const special = text.charAt(source.at);
  const name = nameAt(source, source.at) ?? (special !== '' && SPECIAL.includes(special) ? special : undefined);
  const bad = (): ShellSyntaxError => {
    const end = text.indexOf('}', start);
    return new ShellSyntaxError(`${text.slice(start, end < 0 ? undefined : end + 1)}: bad substitution`);
  };
  if (name === undefined) throw bad();
  source.at += name.length;
  // What a comparison with a regular expression found is kept under numbers.
  const place = name === 'BASH_REMATCH' ? /^\[\d\]/.exec(text.slice(source.at, source.at + 3))?.[0] : undefined;
  if (place !== undefined) source.at += place.length;
  if (text.charAt(source.at) === '}') {
    source.at += 1;
    return { type: 'variable', name: name + (place ?? ''), isQuoted, ...(isLength && { operator: 'length' }) };
  }
  const [operator, between] = OPERATORS.find(([sign]) => text.startsWith(sign, source.at)) ?? [];
  if (source.at >= text.length) throw new ShellIncompleteError('} is missing');
  if (operator === undefined || isLength) throw bad();
  source.at += operator.length;
  const operand = readParts(source, (char) => char === '}' || char === between) ?? [];
  const hasSecond = between !== undefined && text.charAt(source.at) === between;
  if (hasSecond) source.at += 1;
  const second = hasSecond ? (readParts(source, (char) => char === '}') ?? []) : undefined;
  if (text.charAt(source.at) !== '}') throw new ShellIncompleteError('} is missing');
  source.at += 1;
  return { type: 'variable', name, isQuoted, operator, operand, ...(second && { second }) };
}

/** What stands in `$((…))` and `((…))`, with its variables, up to and with its end. */
export function readExpression(source: Source, end: '))' | ';'): Word {
  const { text } = source;
  const parts = newParts();
  let open = 0;
  for (;;) {
    const char = text.charAt(source.at);
    if (char === '') throw new ShellIncompleteError(')) is missing');
    if (char === ')' && open === 0) {
      if (end !== '))' || text.charAt(source.at + 1) !== ')') throw new ShellSyntaxError('arithmetic ends with ))');
      source.at += 2;
      return parts.parts;
    }
    if (char === ';' && open === 0 && end === ';') {
      source.at += 1;
      return parts.parts;
    }
    if (char === '$') {
      readDollar(source, parts, true);
      continue;
    }
    if (char === '(') open += 1;
    if (char === ')') open -= 1;
    parts.text(char, true);
    source.at += 1;
  }
}

/** The old form of `$(command)`. */
function readBackticks(source: Source, parts: Parts, isQuoted: boolean): void {
  const { text } = source;
  let body = '';
  for (source.at += 1; ; source.at += 1) {
    const char = text.charAt(source.at);
    if (char === '') throw new ShellIncompleteError('` is missing');
    if (char === '`') break;
    if (char === '\\' && '`\\$'.includes(text.charAt(source.at + 1))) {
      source.at += 1;
      body += text.charAt(source.at);
    } else body += char;
  }
  source.at += 1;
  const script = deeper(source, () => source.parse.script(body, source.depth));
  parts.parts.push({ type: 'command', script, isQuoted });
}

/** A text that stands in the script, with its variables; quotes mean nothing in it. */
export function readTextBody(outer: Source, body: string, isRaw: boolean): Word {
  if (isRaw) return textWord(body);
  const source = newSource(body, outer.parse, outer.depth + 1);
  const parts = newParts();
  readQuoted(source, parts, undefined);
  return parts.parts;
}
