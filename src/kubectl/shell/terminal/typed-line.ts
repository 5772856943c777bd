// What is typed or pasted before it is run: prompts that were copied along are taken away, several commands are taken
// one by one, and `!!` becomes what it stands for.
import { firstCommandEnd } from '../parse-script.ts';
import { isIncomplete } from '../run-line.ts';
import { ShellIncompleteError, ShellSyntaxError } from '../syntax.ts';

/** The first command of what was typed. */
export interface TypedLine {
  readonly command: string;
  /** What comes behind it, to be run when its turn comes. */
  readonly rest: string;
  /** Lines of a copied transcript that are no commands. */
  readonly leftOut: number;
}

/**
 * Takes the first command of what was typed.
 * @returns undefined where more lines are needed
 */
export function takeCommand(text: string): TypedLine | undefined {
  const { commands, leftOut } = withoutPrompts(text.replace(/\r\n?/g, '\n'));
  try {
    const end = firstCommandEnd(commands);
    return { command: commands.slice(0, end).replace(/\n+$/, ''), rest: commands.slice(end).trim(), leftOut };
  } catch (error) {
    if (error instanceof ShellIncompleteError) return undefined;
    if (!(error instanceof ShellSyntaxError)) throw error;
    return { command: commands, rest: '', leftOut };
  }
}

const PROMPT = /^\s*\$ /;
const GOES_ON = /^\s*> ?/;

/** Commands out of a copied transcript: those behind `$ `, with the lines that they go on in. */
function withoutPrompts(text: string): { commands: string; leftOut: number } {
  if (!PROMPT.test(text)) return { commands: text, leftOut: 0 };
  const commands: string[] = [];
  let leftOut = 0;
  for (const line of text.split('\n')) {
    const last = commands.at(-1);
    if (PROMPT.test(line)) commands.push(line.replace(PROMPT, ''));
    else if (last !== undefined && isIncomplete(last))
      commands[commands.length - 1] = `${last}\n${line.replace(GOES_ON, '')}`;
    else if (line.trim() !== '') leftOut += 1;
  }
  return { commands: commands.join('\n'), leftOut };
}

const EVENT = /(^|[\s;&|(])!(!|\$|-?\d+|[A-Za-z][\w-]*)/g;

/**
 * Puts in lines that were typed before: `!!`, `!$` (the last word), `!3`, `!-2`, `!kubectl`.
 * Quoted parts and texts of several lines stay as they are.
 * @param history lines typed before, oldest first
 * @returns the line, and what is wrong with it where it means a line that is not there
 */
export function withHistory(line: string, history: readonly string[]): { line: string; problem?: string } {
  if (!line.includes('!') || line.includes('\n')) return { line };
  let problem: string | undefined;
  const quoted = /'[^']*'|"(?:\\.|[^"\\])*"|\\./g;
  const parts = line.split(quoted);
  const kept = line.match(quoted) ?? [];
  const put = (text: string): string =>
    text.replace(EVENT, (_, before: string, event: string) => {
      const found = eventOf(event, history);
      if (found === undefined) problem ??= `bash: !${event}: event not found`;
      return before + (found ?? '');
    });
  const whole = parts
    .map((part, i) => (i === 0 || !part.startsWith('!') ? put(part) : part) + (kept[i] ?? ''))
    .join('');
  return problem === undefined ? { line: whole } : { line, problem };
}

/** A line that was typed before; undefined where there is none. */
function eventOf(event: string, history: readonly string[]): string | undefined {
  const number = Number(event);
  const last = history.at(-1);
  if (event === '!') return last;
  if (event === '$') return last?.trim().split(/\s+/).at(-1);
  if (!Number.isInteger(number)) return history.findLast((line) => line.startsWith(event));
  return number === 0 ? undefined : history.at(number < 0 ? number : number - 1);
}
