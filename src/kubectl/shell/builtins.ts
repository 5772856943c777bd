// Commands of the shell itself: echo, printf, test, read, export, exit and their like. They are the same on the person's
// own machine and in containers.
import { calculate } from './arithmetic.ts';
import { variablesOf } from './expand.ts';
import { type Io, type Run, type Shell, type ShellCommand, ShellError } from './shell.ts';
import { ExitSignal, LoopSignal, ReturnSignal } from './signals.ts';
import { testHolds } from './test-command.ts';
import { formatted, withEscapes } from './tools/printf.ts';

const NAME = /^[A-Za-z_]\w*$/;

function echo(args: readonly string[], io: Io): number {
  const words = [...args];
  let hasEnd = true;
  let hasEscapes = false;
  while (/^-[neE]+$/.test(words[0] ?? '')) {
    const flags = words.shift() ?? '';
    if (flags.includes('n')) hasEnd = false;
    if (flags.includes('e')) hasEscapes = true;
  }
  const text = words.join(' ');
  io.out(`${hasEscapes ? withEscapes(text) : text}${hasEnd ? '\n' : ''}`);
  return 0;
}

function printf(args: readonly string[], io: Io): number {
  const [format, ...values] = args[0] === '--' ? args.slice(1) : args;
  if (format === undefined) throw new ShellError('printf: usage: printf format [arguments]', 2);
  io.out(formatted(withEscapes(format), values, true));
  return 0;
}

function seq(args: readonly string[], io: Io): number {
  const words = [...args];
  let between = '\n';
  if (words[0] === '-s') {
    between = words[1] ?? '\n';
    words.splice(0, 2);
  }
  const isPadded = words[0] === '-w';
  if (isPadded) words.shift();
  const numbers = words.map(Number);
  if (numbers.length === 0 || numbers.length > 3 || numbers.some((number) => !Number.isFinite(number)))
    throw new ShellError('seq: usage: seq [FIRST [STEP]] LAST');
  const [first = 1, step = 1, last = 1] =
    numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
  if (step === 0) throw new ShellError('seq: the step must not be 0');
  const count = Math.floor((last - first) / step) + 1;
  if (count > 100_000) throw new ShellError('seq: more than 100000 numbers');
  if (count <= 0) return 0;
  const texts = Array.from({ length: count }, (_, i) => String(first + i * step));
  const width = isPadded ? Math.max(...texts.map((text) => text.length)) : 0;
  io.out(`${texts.map((text) => text.padStart(width, '0')).join(between)}\n`);
  return 0;
}

function setVariables(args: readonly string[], io: Io, shell: Shell, tool: string): number {
  if (args.length === 0 || args[0] === '-p')
    for (const [name, value] of [...shell.variables].sort())
      io.out(`declare -x ${name}="${value.replace(/["$\\`]/g, '\\$&')}"\n`);
  for (const arg of args.filter((word) => !word.startsWith('-'))) {
    const equals = arg.indexOf('=');
    const name = equals < 0 ? arg : arg.slice(0, equals);
    if (!NAME.test(name)) throw new ShellError(`${shell.host.name}: ${tool}: \`${arg}': not a valid identifier`);
    if (tool === 'local') keepOuter(name, shell);
    if (equals >= 0) shell.variables.set(name, arg.slice(equals + 1));
  }
  return 0;
}

/** `local`: the value that the variable has outside of the function comes back at its end. */
function keepOuter(name: string, { host, locals, variables }: Shell): void {
  if (!locals) throw new ShellError(`${host.name}: local: can only be used in a function`);
  if (!locals.has(name)) locals.set(name, variables.get(name));
  variables.delete(name);
}

function endFunction(args: readonly string[], _io: Io, shell: Shell): never {
  throw new ReturnSignal(args[0] === undefined ? shell.lastCode : Number(args[0]) & 0xff);
}

function shift(args: readonly string[], _io: Io, shell: Shell): number {
  const count = Number(args[0] ?? 1);
  if (!Number.isInteger(count) || count < 0 || count > shell.args.length) return 1;
  shell.args = shell.args.slice(count);
  return 0;
}

/** `let i=i+1`: arithmetic, one expression for each word. */
function letValues(args: readonly string[], _io: Io, shell: Shell): number {
  let value = 0;
  for (const arg of args) value = calculate(arg, variablesOf(shell));
  return value === 0 ? 1 : 0;
}

function unset(args: readonly string[], _io: Io, shell: Shell): number {
  const functions = args[0] === '-f';
  for (const name of functions ? args.slice(1) : args) {
    if (!functions) shell.variables.delete(name);
    if (functions || !NAME.test(name)) shell.functions.delete(name);
  }
  return 0;
}

function read(args: readonly string[], io: Io, shell: Shell): number {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const line = io.input.line();
  if (line === undefined) return 1;
  const words = line.trim().split(/\s+/);
  if (names.length === 0) shell.variables.set('REPLY', line);
  names.forEach((name, i) => {
    shell.variables.set(name, i === names.length - 1 ? words.slice(i).join(' ') : (words[i] ?? ''));
  });
  return 0;
}

function exit(args: readonly string[], _io: Io, shell: Shell): never {
  throw new ExitSignal(args[0] === undefined ? shell.lastCode : Number(args[0]) & 0xff);
}

const loopEnd =
  (type: 'break' | 'continue'): ShellCommand =>
  (args) => {
    throw new LoopSignal(type, Math.max(1, Number(args[0] ?? 1) || 1));
  };

function alias(args: readonly string[], io: Io, shell: Shell): number {
  if (args.length === 0)
    for (const [name, text] of [...shell.aliases].sort()) io.out(`alias ${name}='${text.replaceAll("'", "'\\''")}'\n`);
  let code = 0;
  for (const arg of args) {
    const equals = arg.indexOf('=');
    if (equals > 0) shell.aliases.set(arg.slice(0, equals), arg.slice(equals + 1));
    else if (shell.aliases.has(arg)) io.out(`alias ${arg}='${shell.aliases.get(arg) ?? ''}'\n`);
    else {
      io.err(`${shell.host.name}: alias: ${arg}: not found\n`);
      code = 1;
    }
  }
  return code;
}

/** `set -e` and its like change what this shell does not do anyway. */
function set(args: readonly string[]): number {
  const isKnown = args.every((arg) => /^[-+][exuo]+$|^pipefail$/.test(arg));
  if (!isKnown) throw new ShellError('set: only -e, -x, -u and -o pipefail are known, and they change nothing here');
  return 0;
}

const test =
  (isBracket: boolean): ShellCommand =>
  (args, _io, { host }) => {
    if (!isBracket) return testHolds(args, host.files) ? 0 : 1;
    if (args.at(-1) !== ']') throw new ShellError(`${host.name}: [: missing \`]'`, 2);
    return testHolds(args.slice(0, -1), host.files) ? 0 : 1;
  };

/** `xargs command`: the words of the input behind a command, all at once or some at a time. */
function* xargs(args: readonly string[], io: Io, shell: Shell): Run {
  const words = [...args];
  let size = 5_000;
  let place: string | undefined;
  while (words[0]?.startsWith('-')) {
    const flag = words.shift() as string;
    const [, name = '', attached = ''] = /^-(.)(.*)$/.exec(flag) ?? [];
    if (name === 'n' || name === 'L') size = Math.max(1, Number(attached || words.shift()) || 1);
    else if (name === 'I') place = attached || words.shift();
    else if (name === 'P') words.splice(0, attached === '' ? 1 : 0);
    else if (!['r', 't', '0'].includes(name)) throw new ShellError(`xargs: invalid option -- '${name}'`);
  }
  const text = io.input.rest();
  const items =
    place === undefined ? text.split(/\s+/).filter(Boolean) : text.split('\n').filter((line) => line !== '');
  const [name = 'echo', ...own] = words;
  let code = 0;
  for (let at = 0; at < items.length; at += place === undefined ? size : 1) {
    const some = place === undefined ? items.slice(at, at + size) : [];
    const all = place === undefined ? [...own, ...some] : own.map((word) => word.replaceAll(place, items[at] ?? ''));
    if ((yield* shell.run(name, all, io)) !== 0) code = 123;
  }
  return code;
}

/** Every command of the shell itself. */
export const builtins: ReadonlyMap<string, ShellCommand> = new Map<string, ShellCommand>([
  [':', () => 0],
  ['[', test(true)],
  ['alias', alias],
  ['break', loopEnd('break')],
  ['continue', loopEnd('continue')],
  ['declare', (args, io, shell) => setVariables(args, io, shell, 'declare')],
  ['echo', echo],
  ['exit', exit],
  ['export', (args, io, shell) => setVariables(args, io, shell, 'export')],
  ['false', () => 1],
  ['let', letValues],
  ['local', (args, io, shell) => setVariables(args, io, shell, 'local')],
  ['logout', exit],
  ['printf', printf],
  ['read', read],
  ['return', endFunction],
  ['seq', seq],
  ['set', set],
  ['shift', shift],
  ['test', test(false)],
  ['true', () => 0],
  [
    'unalias',
    (args, _io, shell) => {
      for (const name of args) shell.aliases.delete(name);
      return 0;
    },
  ],
  ['unset', unset],
  ['wait', () => 0],
  ['xargs', xargs],
]);
