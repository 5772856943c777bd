// tr: characters put in the place of others, taken away, or made one of many.
import { ShellError } from '../shell.ts';
import { readOptions, type Tool } from './filter.ts';

const SETS: Readonly<Record<string, string>> = {
  '[:upper:]': 'A-Z',
  '[:lower:]': 'a-z',
  '[:digit:]': '0-9',
  '[:alpha:]': 'A-Za-z',
  '[:alnum:]': 'A-Za-z0-9',
  '[:space:]': ' \\t\\n\\r',
  '[:blank:]': ' \\t',
};

/** The characters of a set of `tr`. */
function charactersOf(set: string): string[] {
  let text = set;
  for (const [name, members] of Object.entries(SETS)) text = text.replaceAll(name, members);
  text = text.replace(/\\([nrt\\])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? letter);
  const characters: string[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const from = text.charCodeAt(i);
    const to = text.charAt(i + 1) === '-' && i + 2 < text.length ? text.charCodeAt(i + 2) : from;
    if (to - from > 1_000) throw new ShellError('tr: the range is too long');
    for (let code = from; code <= to; code += 1) characters.push(String.fromCharCode(code));
    if (to !== from || text.charAt(i + 1) === '-') i += text.charAt(i + 1) === '-' && i + 2 < text.length ? 2 : 0;
  }
  return characters;
}

export const tr: Tool = (args) => {
  const options = readOptions('tr', args, [...'dscC', 'delete', 'squeeze-repeats']);
  const [first, second] = options.rest;
  if (first === undefined) throw new ShellError('tr: missing operand');
  const isComplement = options.has('c', 'C');
  const from = charactersOf(first);
  const to = charactersOf(second ?? '');
  const isDelete = options.has('d', 'delete');
  const isSqueeze = options.has('s', 'squeeze-repeats');
  if (!isDelete && !isSqueeze && second === undefined) throw new ShellError(`tr: missing operand after '${first}'`);
  const isIn = (char: string): boolean => from.includes(char) !== isComplement;
  const squeezed = to.length > 0 ? to : from;
  let last = '';
  return {
    push: (text) => {
      let out = '';
      for (const char of text) {
        if (isDelete && isIn(char)) continue;
        const place = isComplement ? (from.includes(char) ? -1 : to.length - 1) : from.indexOf(char);
        const next = !isDelete && to.length > 0 && place >= 0 ? (to[Math.min(place, to.length - 1)] ?? char) : char;
        if (isSqueeze && next === last && (isComplement ? isIn(next) : squeezed.includes(next))) continue;
        last = next;
        out += next;
      }
      return out;
    },
    end: () => '',
  };
};
