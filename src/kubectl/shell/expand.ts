// Makes of a word the texts that a command gets: braces, variables, the output of commands, splitting at blanks, and
// names of files for patterns, in the order in which bash does it.
import { calculate } from './arithmetic.ts';
import { matchesPattern, type Pattern, patternOf } from './glob.ts';
import { type Run, type Shell, ShellError, ShellLimitError } from './shell.ts';
import type { Script, Word, WordPart } from './syntax.ts';

/** Runs a script and returns what it printed. */
export type Capture = (script: Script, shell: Shell) => Run<string>;

const WORDS_MAX = 20_000;

interface Piece {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** All words of a command. */
export function* expandWords(words: readonly Word[], shell: Shell, capture: Capture): Run<string[]> {
  const texts: string[] = [];
  for (const word of words)
    for (const one of expandBraces(word, { left: WORDS_MAX })) {
      texts.push(...(yield* expandOne(one, shell, capture)));
      if (texts.length > WORDS_MAX) throw new ShellLimitError(`more than ${WORDS_MAX} words`);
    }
  return texts;
}

/** A word that stays one, such as the value of a variable or the name of a file: nothing is split. */
export function* expandText(word: Word, shell: Shell, capture: Capture): Run<string> {
  let text = '';
  for (const part of word) text += yield* textOfPart(part, shell, capture);
  return text;
}

/** `~` and `~/…` are the person's own folder. */
function withHome(word: Word, { variables }: Shell): Word {
  const [first, ...rest] = word;
  if (first?.type !== 'text' || first.isQuoted || !/^~(?:$|\/)/.test(first.text)) return word;
  if (first.text === '~' && rest.length > 0) return word;
  return [
    { type: 'text', text: variables.get('HOME') ?? '~', isQuoted: true },
    { ...first, text: first.text.slice(1) },
    ...rest,
  ];
}

function* expandOne(given: Word, shell: Shell, capture: Capture): Run<string[]> {
  const word = withHome(given, shell);
  const fields: Piece[][] = [];
  let field: Piece[] | undefined;
  for (const part of word) {
    if (part.type === 'variable' && part.name === '@' && part.isQuoted && part.operator === undefined) {
      // Each argument is a word of its own.
      shell.args.forEach((arg, i) => {
        if (i > 0 && field) fields.push(field);
        if (i > 0) field = undefined;
        field ??= [];
        field.push({ text: arg, isQuoted: true });
      });
      continue;
    }
    const text = yield* textOfPart(part, shell, capture);
    if (part.type === 'text' || part.isQuoted) {
      field ??= [];
      field.push({ text, isQuoted: part.isQuoted });
      continue;
    }
    const pieces = text.split(/[ \t\n]+/);
    pieces.forEach((piece, i) => {
      // Between two pieces stood a blank: the word ends there.
      if (i > 0 && field) {
        fields.push(field);
        field = undefined;
      }
      if (piece !== '') {
        field ??= [];
        field.push({ text: piece, isQuoted: false });
      }
    });
  }
  if (field) fields.push(field);
  return fields.flatMap((pieces) => namesFor(pieces, shell));
}

/** The files that a pattern names; the text itself where there is none. */
function namesFor(pieces: readonly Piece[], shell: Shell): readonly string[] {
  const text = pieces.map((piece) => piece.text).join('');
  const pattern = patternOf(pieces);
  if (!pattern.isSpecial) return [text];
  const slash = text.lastIndexOf('/') + 1;
  const folder = text.slice(0, slash);
  const isPlainFolder = pattern.places.slice(0, slash).every((place) => typeof place === 'object' && 'char' in place);
  if (!isPlainFolder) return [text];
  const last: Pattern = { ...pattern, places: pattern.places.slice(slash) };
  const found = (shell.host.files.list(folder === '' ? '.' : folder) ?? [])
    .filter((name) => !name.startsWith('.') && matchesPattern(last, name))
    .map((name) => folder + name);
  return found.length > 0 ? found.sort() : [text];
}

function* textOfPart(part: WordPart, shell: Shell, capture: Capture): Run<string> {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'command':
      return (yield* capture(part.script, shell)).replace(/\n+$/, '');
    case 'number': {
      const expression = yield* expandText(part.expression, shell, capture);
      return String(calculate(expression, variablesOf(shell)));
    }
    case 'file':
      return lent(yield* capture(part.script, shell), shell);
    default:
      return yield* variableOf(part, shell, capture);
  }
}

/** The variables of a shell as arithmetic sees them. */
export const variablesOf = (shell: Shell) => ({
  get: (name: string) => readVariable(name, shell),
  set: (name: string, value: string) => void shell.variables.set(name, value),
});

/** The file that stands for what a command printed. */
function lent(text: string, { host }: Shell): string {
  if (!host.files.lend) throw new ShellError(`${host.name}: <( ) is not part of this shell: use a pipe`);
  return host.files.lend(text);
}

/** The value of a variable; those of one sign belong to the shell. */
function readVariable(name: string, shell: Shell): string | undefined {
  switch (name) {
    case '?':
      return String(shell.lastCode);
    case '#':
      return String(shell.args.length);
    case '$':
      return '1';
    case '0':
      return shell.host.name;
    case '@':
    case '*':
      return shell.args.join(' ');
    case '!':
      return '';
    default:
      return /^\d/.test(name) ? shell.args[Number(name) - 1] : shell.variables.get(name);
  }
}

function* variableOf(
  { name, operator, operand, second }: WordPart & { type: 'variable' },
  shell: Shell,
  capture: Capture,
): Run<string> {
  const value = readVariable(name, shell);
  if (operator === undefined) return value ?? '';
  if (operator === 'length') return String([...(value ?? '')].length);
  const hasValue = value !== undefined && (value !== '' || !operator.startsWith(':'));
  const word = (): Run<string> => expandText(operand ?? [], shell, capture);
  switch (operator) {
    case ':-':
    case '-':
      return hasValue ? value : yield* word();
    case ':+':
    case '+':
      return hasValue ? yield* word() : '';
    case ':=':
    case '=': {
      if (hasValue) return value;
      const given = yield* word();
      shell.variables.set(name, given);
      return given;
    }
    case ':?':
    case '?': {
      if (hasValue) return value;
      throw new ShellError(`${shell.host.name}: ${name}: ${(yield* word()) || 'parameter null or not set'}`);
    }
    case '^^':
      return (value ?? '').toUpperCase();
    case ',,':
      return (value ?? '').toLowerCase();
    case '^':
    case ',': {
      const first = (value ?? '').slice(0, 1);
      return (operator === '^' ? first.toUpperCase() : first.toLowerCase()) + (value ?? '').slice(1);
    }
    case ':': {
      const from = calculate(yield* word(), variablesOf(shell));
      const length = second && calculate(yield* expandText(second, shell, capture), variablesOf(shell));
      return partOf(value ?? '', from, length);
    }
    case '/':
    case '//': {
      chargeFor(value ?? '', shell);
      const other = yield* expandText(second ?? [], shell, capture);
      return replaced(value ?? '', yield* patternText(operand ?? [], shell, capture), other, operator === '//');
    }
    default:
      chargeFor(value ?? '', shell);
      return withoutPattern(value ?? '', operator, yield* patternText(operand ?? [], shell, capture));
  }
}

/** `${name:1:2}`; what is negative counts from the end. */
function partOf(value: string, from: number, length: number | undefined): string {
  const start = from < 0 ? Math.max(0, value.length + from) : from;
  if (length === undefined) return value.slice(start);
  return value.slice(start, length < 0 ? Math.max(start, value.length + length) : start + length);
}

const VALUE_CHARACTERS_MAX = 10_000;

/** Trying a pattern at each place of a long value is work, which counts as much as printing does. */
function chargeFor({ length }: string, shell: Shell): void {
  shell.charactersLeft -= Math.floor((length * length) / 100);
  if (shell.charactersLeft < 0) throw new ShellLimitError('one line changes too many long values');
}

/** `${name/pattern/other}`: the first place, or all of them, where the longest text fits. */
function replaced(value: string, pattern: Pattern, other: string, isAll: boolean): string {
  if (value.length > VALUE_CHARACTERS_MAX / 10) throw new ShellError('the value is too long to change');
  let text = '';
  for (let at = 0; at < value.length; at += 1) {
    let end = value.length;
    while (end > at && !matchesPattern(pattern, value.slice(at, end))) end -= 1;
    if (end === at) {
      text += value.charAt(at);
      continue;
    }
    text += other;
    if (!isAll) return text + value.slice(end);
    at = end - 1;
  }
  return text;
}

/** A word as a pattern: stars in its quoted parts stand for themselves. */
export function* patternText(word: Word, shell: Shell, capture: Capture): Run<Pattern> {
  const pieces: Piece[] = [];
  for (const part of word) pieces.push({ text: yield* textOfPart(part, shell, capture), isQuoted: part.isQuoted });
  return patternOf(pieces);
}

/** `${name#pattern}` and its like: the shortest or longest beginning or end goes. */
function withoutPattern(value: string, operator: string, pattern: Pattern): string {
  if (value.length > VALUE_CHARACTERS_MAX) throw new ShellError('the value is too long to cut');
  const isStart = operator.startsWith('#');
  const isLongest = operator.length === 2;
  const lengths = Array.from({ length: value.length + 1 }, (_, i) => (isLongest ? value.length - i : i));
  for (const length of lengths) {
    const part = isStart ? value.slice(0, length) : value.slice(value.length - length);
    if (matchesPattern(pattern, part)) return isStart ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

const BRACES = /\{([^{}\s]*,[^{}\s]*|-?\d{1,6}\.\.-?\d{1,6}(?:\.\.-?\d{1,6})?|[A-Za-z]\.\.[A-Za-z])\}/;

/** `web-{0..2}` and `{a,b}`, in the parts of a word that are not quoted. */
function expandBraces(word: Word, budget: { left: number }): Word[] {
  budget.left -= 1;
  if (budget.left < 0) throw new ShellLimitError(`more than ${WORDS_MAX} words`);
  const at = word.findIndex((part) => part.type === 'text' && !part.isQuoted && BRACES.test(part.text));
  const part = word[at];
  if (part?.type !== 'text') return [word];
  const found = BRACES.exec(part.text);
  if (!found) return [word];
  const before = part.text.slice(0, found.index);
  const after = part.text.slice(found.index + found[0].length);
  return choicesOf(found[1] ?? '').flatMap((choice) =>
    expandBraces([...word.slice(0, at), { ...part, text: before + choice + after }, ...word.slice(at + 1)], budget),
  );
}

function choicesOf(body: string): string[] {
  if (body.includes(',')) return body.split(',');
  const [from = '', to = '', by = '1'] = body.split('..');
  const isNumber = /\d/.test(from);
  const start = isNumber ? Number(from) : from.charCodeAt(0);
  const end = isNumber ? Number(to) : to.charCodeAt(0);
  const step = Math.max(1, Math.abs(Number(by)));
  const count = Math.floor(Math.abs(end - start) / step) + 1;
  if (count > WORDS_MAX) throw new ShellLimitError(`more than ${WORDS_MAX} words`);
  const width = isNumber && /^-?0\d/.test(from) ? from.length : 0;
  return Array.from({ length: count }, (_, i) => {
    const value = start + (end < start ? -i : i) * step;
    return isNumber ? String(value).padStart(width, '0') : String.fromCharCode(value);
  });
}
