// The person's own machine: the manifests of the editor as files in one folder, kubectl, and the few commands that a
// terminal is used with besides.

import { builtins } from '../builtins.ts';
import { fileCommands } from '../file-commands.ts';
import { runWords } from '../interpret.ts';
import { scriptCommands, subshell } from '../script-commands.ts';
import { newShellState, type Shell, type ShellCommand, ShellError, type ShellFiles } from '../shell.ts';
import { readOptions } from '../tools/filter.ts';
import { tools } from '../tools/index.ts';
import { curl, wget } from './fetch.ts';
import { HELP } from './help.ts';
import { newKubectlCommand } from './kubectl-command.ts';
import { notFoundWords } from './not-found.ts';
import { watch } from './watch.ts';

/** What the terminal has of the page. */
export interface TerminalWorld {
  /** Texts by name. Changed in place. */
  readonly files: Map<string, string>;
  /** Lines that were typed before, oldest first. */
  history(): readonly string[];
  /** The moment of the cluster, as RFC 3339. */
  now(): string;
}

const FOLDER = '/work';
const FILES_MAX = 100;
const FILE_CHARACTERS_MAX = 1024 * 1024;
const NAME = /^[A-Za-z0-9._-]{1,100}$/;

/** A shell with the editor's files. */
export function newTerminalShell(world: TerminalWorld, emit: Shell['emit']): Shell {
  const shell = newShellState(
    {
      name: 'bash',
      files: filesOf(world.files),
      commands: commandsOf(world),
      notFound: (name) => notFoundWords(name, [...builtins.keys(), ...tools.keys(), ...commandsOf(world).keys()]),
    },
    emit,
    runWords,
  );
  for (const [name, value] of [
    ['HOME', FOLDER],
    ['PWD', FOLDER],
    ['USER', 'you'],
    ['SHELL', '/bin/bash'],
  ] as const)
    shell.variables.set(name, value);
  return shell;
}

/** The shell for one more line: what was set before holds, and what it shows goes where it is told. */
export const shellForLine = (base: Shell, emit: Shell['emit']): Shell => newShellState(base.host, emit, runWords, base);

/** The one folder that there is. */
const isFolder = (path: string): boolean =>
  ['.', './', '', '~', '~/', FOLDER, `${FOLDER}/`].includes(path) || /^(?:\.\/)+$/.test(path);

const plainName = (path: string): string => path.replace(/^(?:\.\/+)+/, '').replace(/^(?:~|\/work)\//, '');

const NO_FOLDERS = 'Ordinal keeps its files in one folder';

/** Texts that stand for files during one line: `<(command)`. */
const LENT = '/dev/fd/';
const LENT_FIRST = 63;

function filesOf(files: Map<string, string>): ShellFiles {
  const lent = new Map<string, string>();
  return {
    lend: (text) => {
      const path = `${LENT}${LENT_FIRST - (lent.size % LENT_FIRST)}`;
      lent.set(path, text);
      return path;
    },
    read: (path) => {
      const text = lent.get(path);
      if (text !== undefined) return text;
      if (isFolder(path)) return { error: 'Is a directory' };
      return files.get(plainName(path)) ?? { error: 'No such file or directory' };
    },
    write: (path, text) => {
      const name = plainName(path);
      if (name.includes('/')) return NO_FOLDERS;
      if (!NAME.test(name) || name === '.' || name === '..')
        return 'file names have letters, digits, dots, dashes and underscores here';
      if (!files.has(name) && files.size >= FILES_MAX) return `more than ${FILES_MAX} files`;
      if (text.length > FILE_CHARACTERS_MAX) return 'File too large';
      files.set(name, text);
      return undefined;
    },
    remove: (path) => (files.delete(plainName(path)) ? undefined : 'No such file or directory'),
    list: (path) => (isFolder(path) ? [...files.keys()].sort() : undefined),
    makeFolder: () => NO_FOLDERS,
  };
}

const print =
  (text: (world: TerminalWorld, args: readonly string[]) => string) =>
  (world: TerminalWorld): ShellCommand =>
  (args, io) => {
    io.out(text(world, args));
    return 0;
  };

/** `Mon Nov 20 04:10:00 UTC 2026` */
function dateText(world: TerminalWorld, args: readonly string[]): string {
  const format = args.find((arg) => arg.startsWith('+'));
  const [date = '', time = ''] = world.now().replace('Z', '').split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  const [hours = '', minutes = '', seconds = ''] = time.split(':');
  if (format === undefined) return `${date} ${time} UTC\n`;
  const parts: Readonly<Record<string, string>> = {
    Y: year,
    m: month,
    d: day,
    H: hours,
    M: minutes,
    S: seconds.slice(0, 2),
    F: date,
    T: time,
    Z: 'UTC',
    '%': '%',
  };
  return `${format.slice(1).replace(/%([A-Za-z%])/g, (whole, letter: string) => parts[letter] ?? whole)}\n`;
}

const open: ShellCommand = (args, _io, shell) => {
  const file = args.find((arg) => !arg.startsWith('-'));
  if (file === undefined) throw new ShellError('vi: which file? For example: vi web.yaml');
  const name = plainName(file);
  if (typeof shell.host.files.read(name) !== 'string') {
    const error = shell.host.files.write(name, '');
    if (error !== undefined) throw new ShellError(`vi: ${file}: ${error}`);
  }
  shell.emit({ type: 'open', file: name });
  return 0;
};

function history(world: TerminalWorld): ShellCommand {
  return (args, io) => {
    const lines = world.history();
    const count = Number(args[0] ?? lines.length) || lines.length;
    const start = Math.max(0, lines.length - count);
    lines.slice(start).forEach((line, i) => {
      io.out(`${String(start + i + 1).padStart(5)}  ${line}\n`);
    });
    return 0;
  };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };
const SLEEP_MS_MAX = 86_400_000;

/** `sleep 5`, `sleep 1.5m`: the playhead goes on; within `while` it does so with the clock. */
const sleep: ShellCommand = function* sleepFor(args, _io, shell) {
  let ms = 0;
  for (const arg of args) {
    const [, number, unit = ''] = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(arg) ?? [];
    if (number === undefined) throw new ShellError(`sleep: invalid time interval '${arg}'`);
    ms += Number(number) * (UNITS[unit] ?? 1) * 1000;
  }
  if (args.length === 0) throw new ShellError('sleep: missing operand');
  if (ms > SLEEP_MS_MAX) throw new ShellError('sleep: at most one day at a time here');
  yield { type: 'sleep', ms: Math.round(ms), isLive: shell.loops > 0 };
  return 0;
};

const which =
  (world: TerminalWorld): ShellCommand =>
  (args, io, shell) => {
    let code = 0;
    for (const name of args.filter((arg) => !arg.startsWith('-'))) {
      if (shell.aliases.has(name)) io.out(`alias ${name}='${shell.aliases.get(name) ?? ''}'\n`);
      else if (builtins.has(name) || tools.has(name) || commandsOf(world).has(name)) io.out(`/usr/bin/${name}\n`);
      else code = 1;
    }
    return code;
  };

const cd: ShellCommand = (args, _io, { host }) => {
  const path = args[0] ?? '~';
  if (path === '-' || path === '..' || isFolder(path)) return 0;
  const what =
    typeof host.files.read(path) === 'string' ? 'Not a directory' : `No such file or directory: ${NO_FOLDERS}`;
  throw new ShellError(`bash: cd: ${path}: ${what}`);
};

/** Commands by name; made once for each world. */
const known = new WeakMap<TerminalWorld, ReadonlyMap<string, ShellCommand>>();

function commandsOf(world: TerminalWorld): ReadonlyMap<string, ShellCommand> {
  const made = known.get(world) ?? newCommands(world);
  known.set(world, made);
  return made;
}

function newCommands(world: TerminalWorld): ReadonlyMap<string, ShellCommand> {
  const kubectl = newKubectlCommand();
  const clear: ShellCommand = (_args, _io, shell) => {
    shell.emit({ type: 'clear' });
    return 0;
  };
  return new Map<string, ShellCommand>([
    ...fileCommands,
    ...scriptCommands,
    ...['bash', 'sh', 'zsh'].map((name): [string, ShellCommand] => [name, subshell]),
    ['kubectl', kubectl],
    ['k', kubectl],
    ...['vi', 'vim', 'nvim', 'nano', 'emacs', 'code', 'edit'].map((name): [string, ShellCommand] => [name, open]),
    ['cd', cd],
    // Every file may be run, and completion is on.
    ['chmod', () => 0],
    ['clear', clear],
    ['complete', () => 0],
    ['reset', clear],
    ['curl', curl],
    ['wget', wget],
    ['date', print(dateText)(world)],
    [
      'env',
      (_args, io, shell) => {
        for (const [name, value] of shell.variables) io.out(`${name}=${value}\n`);
        return 0;
      },
    ],
    ['help', print(() => HELP)(world)],
    ['man', print(() => HELP)(world)],
    ['history', history(world)],
    ['hostname', print(() => 'ordinal\n')(world)],
    ['pwd', print(() => `${FOLDER}\n`)(world)],
    ['sleep', sleep],
    ['type', which(world)],
    [
      'uname',
      print((_, args) => (readOptions('uname', args, [...'asrm']).has('a') ? 'Linux ordinal\n' : 'Linux\n'))(world),
    ],
    ['watch', watch],
    ['which', which(world)],
    ['whoami', print(() => 'you\n')(world)],
  ]);
}

/** Every command that the terminal knows, for completion. */
export const terminalCommands = (): readonly string[] => [
  ...new Set([
    ...commandsOf({ files: new Map(), history: () => [], now: () => '' }).keys(),
    ...builtins.keys(),
    ...tools.keys(),
  ]),
];
