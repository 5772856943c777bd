// The text of a script and the place in it: blanks, comments, operators, and texts that stand in the script itself
// (`<<EOF`), which begin at the next line's end.
import { type Script, ShellIncompleteError, ShellSyntaxError, type Word } from './syntax.ts';

/** A text whose lines come after the present one. */
export interface PendingText {
  readonly delimiter: string;
  /** The delimiter was quoted: nothing in the text is expanded. */
  readonly isRaw: boolean;
  /** `<<-`: tabs at the beginning of lines go. */
  readonly stripsTabs: boolean;
  readonly take: (body: string) => void;
}

export interface Source {
  readonly text: string;
  at: number;
  readonly pending: PendingText[];
  /** How deep the forms around the present place are nested. */
  depth: number;
  /** Reads what stands in `$( )`: words hold scripts, and scripts hold words. */
  readonly parse: Parse;
}

export interface Parse {
  /** Commands up to one of these ends, which is not taken. */
  list(source: Source, ends: readonly string[]): Script;
  /** A whole text. */
  script(text: string, depth: number): Script;
}

const OPERATORS = ['&>>', '<<<', '<<-', '&&', '||', ';;', '|&', '&>', '>>', '>&', '>|', '<<', '<&', ';', '&', '|'];
const OPERATORS_ALL = [...OPERATORS, '<', '>', '(', ')', '\n'];

const DEPTH_MAX = 40;

/** A text to read from its beginning. */
export const newSource = (text: string, parse: Parse, depth: number): Source => ({
  text: text.replace(/\r\n?/g, '\n'),
  at: 0,
  pending: [],
  depth,
  parse,
});

/** Whether a character ends a word that is not quoted. */
export const endsWord = (char: string): boolean => char === '' || ' \t\n;&|<>()'.includes(char);

/** Passes over blanks, continued lines and comments. */
export function skipBlanks(source: Source): void {
  const { text } = source;
  for (;;) {
    const char = text.charAt(source.at);
    if (char === ' ' || char === '\t') source.at += 1;
    else if (char === '\\' && text.charAt(source.at + 1) === '\n') source.at += 2;
    else if (char === '#' && (source.at === 0 || endsWord(text.charAt(source.at - 1)))) {
      const end = text.indexOf('\n', source.at);
      source.at = end < 0 ? text.length : end;
    } else return;
  }
}

/** The operator at the present place; undefined where a word or the end stands. Blanks before it are passed over. */
export function peekOperator(source: Source): string | undefined {
  skipBlanks(source);
  return OPERATORS_ALL.find((operator) => source.text.startsWith(operator, source.at));
}

/** Takes the operator if it is this one. */
export function takeOperator(source: Source, operator: string): boolean {
  if (peekOperator(source) !== operator) return false;
  source.at += operator.length;
  if (operator === '\n') takePendingTexts(source);
  return true;
}

/** Passes over empty lines. */
export function skipLines(source: Source): void {
  while (takeOperator(source, '\n')) {
    // goes on
  }
}

export function isAtEnd(source: Source): boolean {
  skipBlanks(source);
  return source.at >= source.text.length;
}

/** Reads the texts that the line before has announced. */
function takePendingTexts(source: Source): void {
  for (const { delimiter, stripsTabs, take } of source.pending.splice(0)) {
    let body = '';
    for (;;) {
      if (source.at >= source.text.length) throw new ShellIncompleteError(`${delimiter} is missing`);
      const end = source.text.indexOf('\n', source.at);
      const line = source.text.slice(source.at, end < 0 ? undefined : end);
      source.at = end < 0 ? source.text.length : end + 1;
      const own = stripsTabs ? line.replace(/^\t+/, '') : line;
      if (own === delimiter) break;
      body += `${own}\n`;
    }
    take(body);
  }
}

/** Goes into a form within another. */
export function deeper<T>(source: Source, read: () => T): T {
  source.depth += 1;
  if (source.depth > DEPTH_MAX) throw new ShellSyntaxError(`more than ${DEPTH_MAX} forms within each other`);
  const result = read();
  source.depth -= 1;
  return result;
}

/** A text that stands for itself, as a word. */
export const textWord = (text: string, isQuoted = true): Word => [{ type: 'text', text, isQuoted }];

const PLAIN = /[^\s;&|<>()'"`$\\]+/y;

/** The next word, where nothing in it is quoted or expanded, without taking it. */
export function peekPlain(source: Source): string | undefined {
  if (peekOperator(source) !== undefined) return undefined;
  PLAIN.lastIndex = source.at;
  const word = PLAIN.exec(source.text)?.[0];
  return word !== undefined && endsWord(source.text.charAt(source.at + word.length)) ? word : undefined;
}

/** What is said of something that stands where nothing of its kind may. */
export function unexpected(source: Source): ShellSyntaxError {
  const operator = peekOperator(source);
  const found = operator === '\n' ? 'newline' : (operator ?? peekPlain(source) ?? 'end of line');
  return new ShellSyntaxError(`syntax error near unexpected token \`${found}'`);
}
