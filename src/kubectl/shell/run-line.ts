// One line for a shell, from its text to its end.
import { runScript } from './interpret.ts';
import { parseScript } from './parse-script.ts';
import {
  CHARACTERS_MAX,
  COMMANDS_MAX,
  countCharacters,
  type Input,
  inputOf,
  type Run,
  type Shell,
  ShellError,
  ShellLimitError,
} from './shell.ts';
import { ExitSignal, LoopSignal, ReturnSignal } from './signals.ts';
import { type Script, ShellIncompleteError, ShellSyntaxError } from './syntax.ts';

/**
 * Whether a text is a whole script, or wants more lines: an open quote, a loop without its end.
 * @param text as typed so far
 */
export function isIncomplete(text: string): boolean {
  try {
    parseScript(text);
    return false;
  } catch (error) {
    return error instanceof ShellIncompleteError;
  }
}

/** The outcome of a line. */
export interface LineEnd {
  readonly code: number;
  /** `exit` was called. */
  readonly isExit: boolean;
}

/**
 * Runs a line and tells what goes wrong as the shell does. Nothing is thrown for a person's mistake.
 * @param text one or more lines of script
 * @param isScreen a person reads what it prints
 */
export function* runLine(text: string, shell: Shell, input: Input = inputOf('', false), isScreen = true): Run<LineEnd> {
  shell.commandsLeft = COMMANDS_MAX;
  shell.charactersLeft = CHARACTERS_MAX;
  shell.loops = 0;
  shell.depth = 0;
  shell.locals = undefined;
  const tell = (message: string): void => shell.emit({ type: 'err', text: `${shell.host.name}: ${message}\n` });
  const end = (code: number, isExit = false): LineEnd => {
    shell.lastCode = code;
    return { code, isExit };
  };
  let script: Script;
  try {
    script = parseScript(text);
  } catch (error) {
    if (!(error instanceof ShellSyntaxError) && !(error instanceof ShellIncompleteError)) throw error;
    tell(
      error instanceof ShellIncompleteError ? `syntax error: unexpected end of file: ${error.message}` : error.message,
    );
    return end(2);
  }
  const print =
    (type: 'out' | 'err') =>
    (piece: string): void => {
      if (piece === '') return;
      countCharacters(shell, piece);
      shell.emit({ type, text: piece });
    };
  try {
    return end(
      yield* runScript(script, { input, out: print('out'), err: print('err'), isClosed: () => false, isScreen }, shell),
    );
  } catch (error) {
    if (error instanceof ExitSignal) return end(error.code, true);
    if (error instanceof LoopSignal || error instanceof ReturnSignal) return end(0);
    if (!(error instanceof ShellError) && !(error instanceof ShellLimitError)) throw error;
    tell(error.message);
    return end(1);
  }
}
