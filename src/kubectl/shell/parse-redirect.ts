// Reads redirections: `> file`, `2>&1`, `<<EOF` and their like.
import { readTextBody, readWord } from './read-word.ts';
import { isAtEnd, peekOperator, type Source, takeOperator, textWord, unexpected } from './source.ts';
import { type Redirect, ShellIncompleteError, ShellSyntaxError, type Word } from './syntax.ts';

/** `<(command)` stands where a word does. */
export const isFileWord = (source: Source): boolean =>
  peekOperator(source) === '<' && source.text.startsWith('<(', source.at);

/** All redirections at the present place. */
export function parseRedirects(source: Source): Redirect[] {
  if (isFileWord(source)) throw unexpected(source);
  const redirects: Redirect[] = [];
  for (let one = parseRedirect(source); one; one = parseRedirect(source)) redirects.push(one);
  return redirects;
}

const TYPES: Readonly<Record<string, Redirect['type']>> = {
  '>': 'write',
  '>|': 'write',
  '>>': 'append',
  '<': 'read',
  '<<<': 'text',
  '<<': 'text',
  '<<-': 'text',
  '>&': 'duplicate',
  '&>': 'both',
  '&>>': 'bothAppend',
};

/** A redirection at the present place; undefined where there is none. */
export function parseRedirect(source: Source): Redirect | undefined {
  const start = source.at;
  let operator = peekOperator(source);
  let fd: number | undefined;
  if (operator === undefined) {
    const digit = /^[0-9](?=[<>])/.exec(source.text.slice(source.at, source.at + 2))?.[0];
    if (digit === undefined) return undefined;
    source.at += 1;
    fd = Number(digit);
    operator = peekOperator(source);
  }
  const type = operator === undefined ? undefined : TYPES[operator];
  if (operator === undefined || type === undefined) {
    source.at = start;
    if (operator === '<&') throw new ShellSyntaxError('<& is not part of this shell');
    return undefined;
  }
  takeOperator(source, operator);
  const target = readWord(source);
  if (!target) throw isAtEnd(source) ? new ShellIncompleteError('a file name is missing') : unexpected(source);
  const number = fd ?? (operator.startsWith('<') ? 0 : 1);
  if (number > 2) throw new ShellSyntaxError(`${number}: only 0, 1 and 2 are open`);
  if (operator === '<<' || operator === '<<-') return announced(source, target, operator === '<<-');
  const body =
    operator === '<<<' ? [...target.map((part) => ({ ...part, isQuoted: true })), ...textWord('\n')] : target;
  return { fd: number as Redirect['fd'], type, target: body };
}

/** A text that comes with the next lines; the word is filled in when they have been read. */
function announced(source: Source, delimiter: Word, stripsTabs: boolean): Redirect {
  const isRaw = delimiter.some((part) => part.type !== 'text' || part.isQuoted);
  const name = delimiter.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const redirect: { fd: 0; type: 'text'; target: Word } = { fd: 0, type: 'text', target: [] };
  source.pending.push({
    delimiter: name,
    isRaw,
    stripsTabs,
    take: (body) => {
      redirect.target = readTextBody(source, body, isRaw);
    },
  });
  return redirect;
}
