// Reads a script: commands with pipes, `;`, `&&`, `||`, redirections, `for`, `while`, `if`, `case`, functions and groups.
// What this shell has no form for is named.
import { parseCondition } from './parse-condition.ts';
import { isFileWord, parseRedirect, parseRedirects } from './parse-redirect.ts';
import { readExpression, readWord } from './read-word.ts';
import {
  deeper,
  isAtEnd,
  newSource,
  peekOperator,
  peekPlain,
  type Source,
  skipLines,
  takeOperator,
  textWord,
  unexpected,
} from './source.ts';
import {
  type AndOr,
  type CaseBranch,
  type Command,
  type Pipeline,
  plainText,
  type Redirect,
  type Script,
  ShellIncompleteError,
  ShellSyntaxError,
  type SimpleCommand,
  type Word,
} from './syntax.ts';

const CHARACTERS_MAX = 200_000;

/** Words that have a meaning of their own where a command begins. */
const RESERVED = new Set([
  'for',
  'in',
  'do',
  'done',
  'while',
  'until',
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'case',
  'esac',
  'function',
  '[[',
  '{',
  '}',
  '!',
]);

const NOT_HERE: Readonly<Record<string, string>> = {
  select: 'write it with for',
  coproc: 'write it with a pipe',
};

/**
 * Reads a script.
 * @param text one or more lines
 * @throws ShellIncompleteError when more lines are needed; ShellSyntaxError when it cannot be read
 */
export function parseScript(text: string, depth = 0): Script {
  if (text.length > CHARACTERS_MAX) throw new ShellSyntaxError(`more than ${CHARACTERS_MAX} characters`);
  const source = newSource(text, { list: parseList, script: parseScript }, depth);
  const script = parseList(source, []);
  if (!isAtEnd(source)) throw unexpected(source);
  if (source.pending.length > 0) throw new ShellIncompleteError(`${source.pending[0]?.delimiter ?? ''} is missing`);
  return script;
}

/**
 * Where the first command of a text ends: at the end of its line, or of the texts that come with it.
 * @throws ShellIncompleteError when more lines are needed; ShellSyntaxError when it cannot be read
 */
export function firstCommandEnd(text: string): number {
  if (text.length > CHARACTERS_MAX) throw new ShellSyntaxError(`more than ${CHARACTERS_MAX} characters`);
  const source = newSource(text, { list: parseList, script: parseScript }, 0);
  skipLines(source);
  while (!isAtEnd(source)) {
    parseAndOr(source);
    if (takeOperator(source, '&') || takeOperator(source, ';')) {
      if (peekOperator(source) !== '\n') continue;
    }
    if (takeOperator(source, '\n')) return source.at;
    if (!isAtEnd(source)) throw unexpected(source);
  }
  if (source.pending.length > 0) throw new ShellIncompleteError(`${source.pending[0]?.delimiter ?? ''} is missing`);
  return text.length;
}

/** Commands up to one of the words or operators that end the list, which is not taken. */
function parseList(source: Source, ends: readonly string[]): Script {
  const list: AndOr[] = [];
  for (;;) {
    skipLines(source);
    if (isAtEnd(source) || isListEnd(source, ends)) return list;
    const { first, rest } = parseAndOr(source);
    const isBackground = takeOperator(source, '&');
    list.push({ first, rest, isBackground });
    if (isBackground || takeOperator(source, ';') || takeOperator(source, '\n')) continue;
    if (isAtEnd(source) || isListEnd(source, ends)) return list;
    throw unexpected(source);
  }
}

function isListEnd(source: Source, ends: readonly string[]): boolean {
  const operator = peekOperator(source);
  if (operator !== undefined) return (operator === ')' || operator === ';;') && ends.includes(operator);
  const word = peekPlain(source);
  return word !== undefined && word !== ')' && ends.includes(word);
}

function takePlain(source: Source, word: string): boolean {
  if (peekPlain(source) !== word) return false;
  source.at += word.length;
  return true;
}

function parseAndOr(source: Source): Omit<AndOr, 'isBackground'> {
  const first = parsePipeline(source);
  const rest: { operator: '&&' | '||'; pipeline: Pipeline }[] = [];
  for (;;) {
    const operator = peekOperator(source);
    if (operator !== '&&' && operator !== '||') return { first, rest };
    takeOperator(source, operator);
    skipLines(source);
    if (isAtEnd(source)) throw new ShellIncompleteError('a command is missing');
    rest.push({ operator, pipeline: parsePipeline(source) });
  }
}

function parsePipeline(source: Source): Pipeline {
  const isNegated = takePlain(source, '!');
  const commands = [parseCommand(source)];
  for (;;) {
    const operator = peekOperator(source);
    if (operator !== '|' && operator !== '|&') return { commands, isNegated };
    takeOperator(source, operator);
    skipLines(source);
    if (isAtEnd(source)) throw new ShellIncompleteError('a command is missing');
    if (operator === '|&') commands.push(withErrors(commands.pop() as Command));
    commands.push(parseCommand(source));
  }
}

/** `|&` is short for `2>&1 |`. */
const withErrors = (command: Command): Command => ({
  ...command,
  redirects: [...command.redirects, { fd: 2, type: 'duplicate', target: textWord('1') }],
});

function parseCommand(source: Source): Command {
  if (peekOperator(source) === '(') {
    if (source.text.startsWith('((', source.at)) {
      source.at += 2;
      const expression = deeper(source, () => readExpression(source, '))'));
      return { type: 'count', expression, redirects: parseRedirects(source) };
    }
    takeOperator(source, '(');
    const body = deeper(source, () => parseList(source, [')']));
    if (!takeOperator(source, ')')) throw new ShellIncompleteError(') is missing');
    return { type: 'group', isSubshell: true, body, redirects: parseRedirects(source) };
  }
  const word = peekPlain(source);
  if (word !== undefined && Object.hasOwn(NOT_HERE, word)) throw notHere(word);
  switch (word) {
    case '{':
      readWord(source);
      return { type: 'group', isSubshell: false, body: parseUntil(source, '}'), redirects: parseRedirects(source) };
    case 'for':
      readWord(source);
      return parseFor(source);
    case 'while':
    case 'until': {
      readWord(source);
      const test = parseUntil(source, 'do');
      const body = parseUntil(source, 'done');
      return { type: 'while', isUntil: word === 'until', test, body, redirects: parseRedirects(source) };
    }
    case 'if':
      readWord(source);
      return parseIf(source);
    case 'case':
      readWord(source);
      return parseCase(source);
    case 'function':
      readWord(source);
      return parseFunction(source);
    case '[[':
      readWord(source);
      return { type: 'condition', condition: parseCondition(source), redirects: parseRedirects(source) };
    default:
      if (word !== undefined && RESERVED.has(word)) throw unexpected(source);
      if (word !== undefined && /^[^=$]+$/.test(word) && isFunctionHead(source, word)) return parseFunction(source);
      return parseSimple(source);
  }
}

const notHere = (word: string): ShellSyntaxError =>
  new ShellSyntaxError(`${word} is not part of this shell: ${NOT_HERE[word]}`);

/** A list and the word that ends it. */
function parseUntil(source: Source, end: string): Script {
  const body = deeper(source, () => parseList(source, [end]));
  if (!takePlain(source, end))
    throw isAtEnd(source) ? new ShellIncompleteError(`${end} is missing`) : unexpected(source);
  return body;
}

/** `name ()` */
const isFunctionHead = (source: Source, word: string): boolean =>
  /^[ \t]*\([ \t]*\)/.test(source.text.slice(source.at + word.length, source.at + word.length + 20));

/** `name() { …; }`, where the word `function` may stand before it. */
function parseFunction(source: Source): Command {
  const name = peekPlain(source);
  if (name === undefined) throw isAtEnd(source) ? new ShellIncompleteError('a name is missing') : unexpected(source);
  source.at += name.length;
  if (takeOperator(source, '(') && !takeOperator(source, ')')) throw unexpected(source);
  skipLines(source);
  if (isAtEnd(source)) throw new ShellIncompleteError('{ is missing');
  const body = deeper(source, () => parseCommand(source));
  if (body.type === 'simple') throw new ShellSyntaxError(`${name}: the body of a function stands in { }`);
  return { type: 'function', name, body, redirects: [] };
}

function parseCase(source: Source): Command {
  const word = readWord(source);
  if (!word) throw isAtEnd(source) ? new ShellIncompleteError('a word is missing') : unexpected(source);
  skipLines(source);
  if (!takePlain(source, 'in')) throw isAtEnd(source) ? new ShellIncompleteError('in is missing') : unexpected(source);
  const branches: CaseBranch[] = [];
  for (;;) {
    skipLines(source);
    if (takePlain(source, 'esac')) return { type: 'case', word, branches, redirects: parseRedirects(source) };
    takeOperator(source, '(');
    const patterns: Word[] = [];
    do {
      const pattern = readWord(source);
      if (!pattern) throw isAtEnd(source) ? new ShellIncompleteError('esac is missing') : unexpected(source);
      patterns.push(pattern);
    } while (takeOperator(source, '|'));
    if (!takeOperator(source, ')'))
      throw isAtEnd(source) ? new ShellIncompleteError(') is missing') : unexpected(source);
    const body = deeper(source, () => parseList(source, [';;', 'esac']));
    branches.push({ patterns, body });
    if (!takeOperator(source, ';;') && isAtEnd(source)) throw new ShellIncompleteError('esac is missing');
  }
}

/** `for ((i = 0; i < 3; i++))` */
function parseForCount(source: Source): Command {
  source.at += 2;
  const parts = [readExpression(source, ';'), readExpression(source, ';'), readExpression(source, '))')] as const;
  takeOperator(source, ';');
  skipLines(source);
  if (!takePlain(source, 'do')) throw isAtEnd(source) ? new ShellIncompleteError('do is missing') : unexpected(source);
  return { type: 'forCount', parts, body: parseUntil(source, 'done'), redirects: parseRedirects(source) };
}

function parseFor(source: Source): Command {
  if (peekOperator(source) === '(' && source.text.startsWith('((', source.at)) return parseForCount(source);
  const name = plainText(readWord(source));
  if (name === undefined) throw isAtEnd(source) ? new ShellIncompleteError('a name is missing') : unexpected(source);
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new ShellSyntaxError(`\`${name}': not a valid identifier`);
  skipLines(source);
  const words: Word[] = [];
  if (takePlain(source, 'in')) for (let word = readWord(source); word; word = readWord(source)) words.push(word);
  takeOperator(source, ';');
  skipLines(source);
  if (!takePlain(source, 'do')) throw isAtEnd(source) ? new ShellIncompleteError('do is missing') : unexpected(source);
  return { type: 'for', name, words, body: parseUntil(source, 'done'), redirects: parseRedirects(source) };
}

function parseIf(source: Source): Command {
  const branches: { test: Script; body: Script }[] = [];
  for (;;) {
    const test = parseUntil(source, 'then');
    const body = deeper(source, () => parseList(source, ['elif', 'else', 'fi']));
    branches.push({ test, body });
    if (takePlain(source, 'elif')) continue;
    const otherwise = takePlain(source, 'else') ? deeper(source, () => parseList(source, ['fi'])) : undefined;
    if (!takePlain(source, 'fi'))
      throw isAtEnd(source) ? new ShellIncompleteError('fi is missing') : unexpected(source);
    return { type: 'if', branches, otherwise, redirects: parseRedirects(source) };
  }
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=/;

function parseSimple(source: Source): SimpleCommand {
  const assignments: { name: string; value: Word }[] = [];
  const words: Word[] = [];
  const redirects: Redirect[] = [];
  for (;;) {
    const redirect = isFileWord(source) ? undefined : parseRedirect(source);
    if (redirect) {
      redirects.push(redirect);
      continue;
    }
    const word = peekOperator(source) === undefined || isFileWord(source) ? readWord(source) : undefined;
    if (!word) break;
    const [first] = word;
    const name = words.length === 0 && first?.type === 'text' && !first.isQuoted && ASSIGNMENT.exec(first.text)?.[1];
    if (name && source.text.charAt(source.at) === '(')
      throw new ShellSyntaxError(`${name}=( ) is not part of this shell: write the words of a list into a for loop`);
    if (name) assignments.push({ name, value: withoutName(word, name.length + 1) });
    else words.push(word);
  }
  if (words.length + assignments.length + redirects.length === 0)
    throw isAtEnd(source) ? new ShellIncompleteError('a command is missing') : unexpected(source);
  return { type: 'simple', assignments, words, redirects };
}

/** The value of an assignment is not split: its parts count as quoted. */
function withoutName(word: Word, length: number): Word {
  const [first, ...rest] = word;
  const text = first?.type === 'text' ? first.text.slice(length) : '';
  return [{ type: 'text' as const, text, isQuoted: true }, ...rest.map((part) => ({ ...part, isQuoted: true }))];
}
