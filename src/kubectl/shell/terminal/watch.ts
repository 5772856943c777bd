// watch: the same command again and again, with the clock. Its screen takes the place of the one before.

import { runScript } from '../interpret.ts';
import { parseScript } from '../parse-script.ts';
import { quoteWords } from '../quote.ts';
import { type Io, inputOf, type ShellCommand, ShellError } from '../shell.ts';

const SCREEN_CHARACTERS_MAX = 100_000;

export const watch: ShellCommand = function* watchCommand(args, _io, shell) {
  const words = [...args];
  let seconds = 2;
  let hasTitle = true;
  while (words[0]?.startsWith('-')) {
    const flag = words.shift() as string;
    const [, attached] = /^(?:-n|--interval=)(.*)$/.exec(flag) ?? [];
    if (attached !== undefined || flag === '--interval') seconds = Number(attached || words.shift());
    else if (flag === '-t' || flag === '--no-title') hasTitle = false;
    else if (!/^-[dcbegx]$|^--(?:differences|color)$/.test(flag)) throw new ShellError(`watch: invalid option ${flag}`);
  }
  if (!Number.isFinite(seconds) || seconds < 0.1)
    throw new ShellError('watch: the interval is a number of seconds from 0.1');
  if (words.length === 0) throw new ShellError('watch: usage: watch [-n SECONDS] COMMAND');
  // A single word is a whole line; several are the words of a command.
  const text = words.length === 1 ? (words[0] ?? '') : quoteWords(words);
  const script = parseScript(text);
  for (;;) {
    let screen = hasTitle ? `Every ${seconds.toFixed(1)}s: ${text}\n\n` : '';
    const add = (piece: string): void => {
      screen = (screen + piece).slice(0, SCREEN_CHARACTERS_MAX);
    };
    const io: Io = { input: inputOf('', false), out: add, err: add, isClosed: () => false, isScreen: true };
    yield* runScript(script, io, shell);
    shell.emit({ type: 'screen', text: screen });
    // Each round is a line of its own: the limits are those of one round.
    shell.commandsLeft += 100;
    yield { type: 'sleep', ms: Math.round(seconds * 1000), isLive: true };
  }
};
