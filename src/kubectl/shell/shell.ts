// The shell's own types: what it asks of whoever runs it, what it knows between lines, and what a command may use.
// A script is a generator: it stops where time has to pass or a line has to be typed, and goes on when told so.

import type { Command } from './syntax.ts';

/** What a script needs before it can go on. */
export type ShellRequest =
  | {
      readonly type: 'kubectl';
      readonly words: readonly string[];
      /** What `-f -` reads, and `exec -i`. */
      readonly stdin: string | undefined;
      /** Files beside those of the person, by the name that the words have for them. */
      readonly files?: Readonly<Record<string, string>>;
    }
  /** Another look by the kubectl command that was asked for last and waits. */
  | { readonly type: 'look' }
  /** Time passes. `isLive`: with the clock of the page; otherwise at once. */
  | { readonly type: 'sleep'; readonly ms: number; readonly isLive: boolean }
  /** A line is typed; undefined in the answer ends the input. */
  | { readonly type: 'read'; readonly prompt: string };

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  /** The command waits, and wants to look again. */
  readonly isWaiting: boolean;
}

/** The answer to a request: each type of request has its own member. */
export interface ShellReply {
  readonly ran?: Ran;
  readonly line?: string | undefined;
}

export type Run<T = number> = Generator<ShellRequest, T, ShellReply>;

/** What a script shows, in order. */
export type ShellEffect =
  | { readonly type: 'out' | 'err' | 'note'; readonly text: string }
  | { readonly type: 'clear' }
  /** The namespace that is meant where none is said. */
  | { readonly type: 'namespace'; readonly name: string }
  /** Takes the place of the last screen: what `watch` shows. */
  | { readonly type: 'screen'; readonly text: string }
  /** A file to be edited. */
  | { readonly type: 'open'; readonly file: string };

/** Files as commands see them. Paths are as they were typed. Errors come back as words. */
export interface ShellFiles {
  read(path: string): string | { readonly error: string };
  write(path: string, text: string): string | undefined;
  remove(path: string): string | undefined;
  /** Names in a folder; undefined where there is no such folder. */
  list(path: string): readonly string[] | undefined;
  makeFolder(path: string): string | undefined;
  /** Keeps a text for the present line, and returns the path under which it is read; absent where there is no such place. */
  lend?(text: string): string;
}

/** What a command reads. */
export interface Input {
  /** Something was piped or redirected in. */
  readonly isGiven: boolean;
  rest(): string;
  line(): string | undefined;
}

/** Where a command reads and writes. */
export interface Io {
  readonly input: Input;
  out(text: string): void;
  err(text: string): void;
  /** Nobody reads any more what is written. */
  isClosed(): boolean;
  /** A person reads it, not another command: then names stand beside each other. */
  readonly isScreen: boolean;
}

/** A command of a host: returns its exit code, at once or after requests. */
export type ShellCommand = (args: readonly string[], io: Io, shell: Shell) => number | Run;

/** Where the shell runs: on the person's own machine, or in a container. */
export interface ShellHost {
  /** `bash`, for its errors. */
  readonly name: string;
  readonly files: ShellFiles;
  readonly commands: ReadonlyMap<string, ShellCommand>;
  /** To whom its files belong. */
  readonly owner?: { readonly user: string; readonly group: string };
  /** What is said of a command that is not there. */
  notFound(name: string, shell: Shell): string;
}

export interface Shell {
  readonly host: ShellHost;
  readonly variables: Map<string, string>;
  readonly aliases: Map<string, string>;
  readonly functions: Map<string, Command>;
  /** `$1`, `$2` and so on. */
  args: readonly string[];
  /** Variables as they were before the function that is running made them its own. */
  locals: Map<string, string | undefined> | undefined;
  lastCode: number;
  /** Commands that the present line may still run. */
  commandsLeft: number;
  /** Characters that the present line may still print. */
  charactersLeft: number;
  /** How many `while` loops the present command stands in. */
  loops: number;
  /** How deep command substitutions are nested. */
  depth: number;
  emit(effect: ShellEffect): void;
  /** Runs a command by its words, for commands that run others. */
  run(name: string, args: readonly string[], io: Io): Run;
}

/** Something that ends the present command, in the shell's words. */
export class ShellError extends Error {
  readonly code: number;
  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

/** More than a line may do. It ends the whole line. */
export class ShellLimitError extends Error {}

export const COMMANDS_MAX = 10_000;
export const CHARACTERS_MAX = 2_000_000;

/** Runs a command by its words. */
export type RunWords = (name: string, args: readonly string[], io: Io, shell: Shell) => Run;

/** A shell; `kept` is what was set in it before. */
export function newShellState(
  host: ShellHost,
  emit: Shell['emit'],
  run: RunWords,
  kept: Pick<Shell, 'variables' | 'aliases' | 'functions' | 'lastCode'> = {
    variables: new Map(),
    aliases: new Map(),
    functions: new Map(),
    lastCode: 0,
  },
): Shell {
  const shell: Shell = {
    host,
    variables: kept.variables,
    aliases: kept.aliases,
    functions: kept.functions,
    args: [],
    locals: undefined,
    lastCode: kept.lastCode,
    commandsLeft: COMMANDS_MAX,
    charactersLeft: CHARACTERS_MAX,
    loops: 0,
    depth: 0,
    emit,
    run: (name, args, io) => run(name, args, io, shell),
  };
  return shell;
}

/** A text as a command reads it. */
export function inputOf(text: string, isGiven = true): Input {
  let at = 0;
  return {
    isGiven,
    rest: () => {
      const rest = text.slice(at);
      at = text.length;
      return rest;
    },
    line: () => {
      if (at >= text.length) return undefined;
      const end = text.indexOf('\n', at);
      const line = text.slice(at, end < 0 ? undefined : end);
      at = end < 0 ? text.length : end + 1;
      return line;
    },
  };
}

/** All that a command reads: what was led to it, or what is typed until Ctrl+D. */
export function* allInput(io: Io): Run<string> {
  if (io.input.isGiven) return io.input.rest();
  let text = '';
  for (;;) {
    const { line } = yield { type: 'read', prompt: '' };
    if (line === undefined) return text;
    text += `${line}\n`;
    if (text.length > CHARACTERS_MAX) throw new ShellLimitError(`more than ${CHARACTERS_MAX} characters were typed`);
  }
}

/** Counts what was printed against the limit. */
export function countCharacters(shell: Shell, text: string): void {
  shell.charactersLeft -= text.length;
  if (shell.charactersLeft < 0) throw new ShellLimitError(`more than ${CHARACTERS_MAX} characters were printed`);
}
