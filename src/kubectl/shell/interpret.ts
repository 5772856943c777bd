// Runs scripts: pipelines, loops, redirections. Text tools behind a command take what it prints piece by piece, so that
// `kubectl get -w | grep web-0` goes on printing.
import { calculate } from './arithmetic.ts';
import { builtins } from './builtins.ts';
import { conditionHolds } from './condition.ts';
import { expandText, expandWords, patternText, variablesOf } from './expand.ts';
import { matchesPattern } from './glob.ts';
import { parseScript } from './parse-script.ts';
import { withRedirects } from './redirect.ts';
import {
  countCharacters,
  type Io,
  inputOf,
  type Run,
  type Shell,
  type ShellCommand,
  ShellError,
  ShellLimitError,
} from './shell.ts';
import { ExitSignal, LoopSignal, ReturnSignal } from './signals.ts';
import {
  type AndOr,
  type Command,
  type CompoundCommand,
  type Pipeline,
  plainText,
  type Script,
  ShellIncompleteError,
  ShellSyntaxError,
  type SimpleCommand,
  type Word,
} from './syntax.ts';
import { type Filter, tools } from './tools/index.ts';
import { finishFilter, runFilter } from './tools/run-filter.ts';

const DEPTH_MAX = 20;

const NO_JOBS = 'a command that watches leaves the prompt free by itself, all others run one after another';

/**
 * Runs a script.
 * @returns the code of its last command
 * @throws ShellLimitError when it does more than one line may; ExitSignal for `exit`
 */
export function* runScript(script: Script, io: Io, shell: Shell): Run {
  for (const [i, andOr] of script.entries()) {
    if (andOr.isBackground) {
      if (i < script.length - 1) throw new ShellError(`& between commands is not part of this shell: ${NO_JOBS}`);
      shell.emit({ type: 'note', text: `& changes nothing here: ${NO_JOBS}\n` });
    }
    shell.lastCode = yield* runAndOr(andOr, io, shell);
  }
  return shell.lastCode;
}

function* runAndOr({ first, rest }: AndOr, io: Io, shell: Shell): Run {
  let code = yield* runPipeline(first, io, shell);
  for (const { operator, pipeline } of rest) {
    shell.lastCode = code;
    if ((operator === '&&') === (code === 0)) code = yield* runPipeline(pipeline, io, shell);
  }
  return code;
}

/** What a script prints, as a text: for `$( )`. */
function* capture(script: Script, shell: Shell): Run<string> {
  if (shell.depth >= DEPTH_MAX) throw new ShellLimitError(`commands more than ${DEPTH_MAX} deep within each other`);
  let text = '';
  shell.depth += 1;
  const io: Io = {
    input: inputOf('', false),
    out: (piece) => {
      countCharacters(shell, piece);
      text += piece;
    },
    err: (piece) => shell.emit({ type: 'err', text: piece }),
    isClosed: () => false,
    isScreen: false,
  };
  try {
    shell.lastCode = yield* runScript(script, io, shell);
  } catch (error) {
    if (!(error instanceof ExitSignal)) throw error;
    shell.lastCode = error.code;
  }
  shell.depth -= 1;
  return text;
}

function* runPipeline({ commands, isNegated }: Pipeline, io: Io, shell: Shell): Run {
  let input = io.input;
  let code = 0;
  for (let at = 0; at < commands.length; ) {
    const filters: Filter[] = [];
    let next = at + 1;
    while (next < commands.length) {
      const filter = yield* filterOf(commands[next] as Command, io, shell);
      if (!filter) break;
      filters.push(filter);
      next += 1;
    }
    const isLast = next >= commands.length;
    let buffer = '';
    const sink = isLast
      ? io.out
      : (text: string): void => {
          countCharacters(shell, text);
          buffer += text;
        };
    const into = (index: number): ((text: string) => void) => {
      const filter = filters[index];
      return filter ? (text) => into(index + 1)(filter.sources ? '' : filter.push(text)) : sink;
    };
    const first = into(0);
    code = yield* runCommand(
      commands[at] as Command,
      {
        input,
        err: io.err,
        out: (text) => text !== '' && first(text),
        isClosed: () => io.isClosed() || filters.some((filter) => filter.isClosed?.() ?? false),
        isScreen: io.isScreen && isLast && filters.length === 0,
      },
      shell,
    );
    filters.forEach((filter, index) => {
      finishFilter(filter, into(index + 1));
      code = filter.code?.() ?? 0;
    });
    input = inputOf(buffer);
    at = next;
  }
  return isNegated ? (code === 0 ? 1 : 0) : code;
}

/** A tool behind a pipe as a filter; undefined for commands that want their input whole. */
function* filterOf(command: Command, io: Io, shell: Shell): Run<Filter | undefined> {
  if (command.type !== 'simple' || command.assignments.length + command.redirects.length > 0) return undefined;
  const name = plainText(command.words[0]);
  const tool = name === undefined || shell.aliases.has(name) || shell.functions.has(name) ? undefined : tools.get(name);
  if (!tool) return undefined;
  countCommand(shell);
  const args = (yield* expandWords(command.words, shell, capture)).slice(1);
  try {
    const filter = tool(args, shell.host.files);
    if (filter.err !== undefined) io.err(filter.err);
    return filter;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    const { code } = error;
    io.err(`${error.message}\n`);
    return { push: () => '', end: () => '', isClosed: () => true, code: () => code };
  }
}

function countCommand(shell: Shell): void {
  shell.commandsLeft -= 1;
  if (shell.commandsLeft < 0) throw new ShellLimitError('one line runs too many commands');
}

function* runCommand(command: Command, io: Io, shell: Shell): Run {
  try {
    if (command.type === 'simple') return yield* runSimple(command, io, shell);
    return yield* withRedirects(command.redirects, io, shell, capture, (own) => runCompound(command, own, shell));
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    io.err(`${error.message.includes(': ') ? '' : `${shell.host.name}: `}${error.message}\n`);
    return error.code;
  }
}

function* runCompound(command: CompoundCommand, io: Io, shell: Shell): Run {
  switch (command.type) {
    case 'group':
      return yield* command.isSubshell ? runSubshell(command.body, io, shell) : runScript(command.body, io, shell);
    case 'if':
      for (const { test, body } of command.branches)
        if ((yield* runScript(test, io, shell)) === 0) return yield* runScript(body, io, shell);
      return command.otherwise ? yield* runScript(command.otherwise, io, shell) : 0;
    case 'for': {
      let code = 0;
      for (const value of yield* expandWords(command.words, shell, capture)) {
        countCommand(shell);
        shell.variables.set(command.name, value);
        const round = yield* runRound(command.body, io, shell);
        code = round.code;
        if (round.isOver) break;
      }
      return code;
    }
    case 'forCount':
      return yield* runForCount(command, io, shell);
    case 'case': {
      const text = yield* expandText(command.word, shell, capture);
      for (const { patterns, body } of command.branches)
        for (const pattern of patterns)
          if (matchesPattern(yield* patternText(pattern, shell, capture), text))
            return yield* runScript(body, io, shell);
      return 0;
    }
    case 'condition':
      return (yield* conditionHolds(command.condition, shell, capture)) ? 0 : 1;
    case 'count':
      return (yield* count(command.expression, shell)) !== 0 ? 0 : 1;
    case 'function':
      shell.functions.set(command.name, command.body);
      return 0;
    case 'while': {
      let code = 0;
      shell.loops += 1;
      try {
        while (((yield* runScript(command.test, io, shell)) === 0) !== command.isUntil) {
          countCommand(shell);
          const round = yield* runRound(command.body, io, shell);
          code = round.code;
          if (round.isOver || io.isClosed()) break;
        }
      } finally {
        shell.loops -= 1;
      }
      return code;
    }
  }
}

/** The value of an arithmetic expression; an empty one is 0. */
function* count(expression: Word, shell: Shell): Run {
  return calculate(yield* expandText(expression, shell, capture), variablesOf(shell));
}

function* runForCount(command: CompoundCommand & { type: 'forCount' }, io: Io, shell: Shell): Run {
  const [first, test, step] = command.parts;
  const isEmpty = (yield* expandText(test, shell, capture)).trim() === '';
  yield* count(first, shell);
  let code = 0;
  shell.loops += 1;
  try {
    while (isEmpty || (yield* count(test, shell)) !== 0) {
      countCommand(shell);
      const round = yield* runRound(command.body, io, shell);
      code = round.code;
      if (round.isOver || io.isClosed()) break;
      yield* count(step, shell);
    }
  } finally {
    shell.loops -= 1;
  }
  return code;
}

/** Runs a function: its arguments are its own, and so are the variables that it calls `local`. */
function* runFunction(body: Command, args: readonly string[], io: Io, shell: Shell): Run {
  if (shell.depth >= DEPTH_MAX) throw new ShellLimitError(`functions more than ${DEPTH_MAX} deep within each other`);
  const before = { args: shell.args, locals: shell.locals };
  const locals = new Map<string, string | undefined>();
  shell.args = args;
  shell.locals = locals;
  shell.depth += 1;
  try {
    return yield* runCommand(body, io, shell);
  } catch (error) {
    if (!(error instanceof ReturnSignal)) throw error;
    return error.code;
  } finally {
    shell.depth -= 1;
    restore(shell, locals);
    Object.assign(shell, before);
  }
}

/** One round of a loop; `break` and `continue` end it early. */
function* runRound(body: Script, io: Io, shell: Shell): Run<{ code: number; isOver: boolean }> {
  try {
    return { code: yield* runScript(body, io, shell), isOver: false };
  } catch (error) {
    if (!(error instanceof LoopSignal)) throw error;
    if (error.levels > 1) throw new LoopSignal(error.type, error.levels - 1);
    return { code: 0, isOver: error.type === 'break' };
  }
}

/** In brackets a script has variables of its own, and `exit` ends it alone. */
function* runSubshell(body: Script, io: Io, shell: Shell): Run {
  const before = new Map(shell.variables);
  try {
    return yield* runScript(body, io, shell);
  } catch (error) {
    if (!(error instanceof ExitSignal)) throw error;
    return error.code;
  } finally {
    shell.variables.clear();
    for (const [name, value] of before) shell.variables.set(name, value);
  }
}

function* runSimple(command: SimpleCommand, io: Io, shell: Shell): Run {
  const values: [string, string][] = [];
  for (const { name, value } of command.assignments) values.push([name, yield* expandText(value, shell, capture)]);
  const words = yield* aliased(command, shell);
  const [name, ...args] = words;
  if (name === undefined) {
    for (const [variable, value] of values) shell.variables.set(variable, value);
    // `x=$(false)` fails as its command did.
    const hasCommand = command.assignments.some(({ value }) => value.some((part) => part.type === 'command'));
    const code = hasCommand ? shell.lastCode : 0;
    // biome-ignore lint/correctness/useYield: nothing is run
    return yield* withRedirects(command.redirects, io, shell, capture, function* nothing() {
      return code;
    });
  }
  return yield* withRedirects(command.redirects, io, shell, capture, (own) =>
    withVariables(values, shell, () => runWords(name, args, own, shell)),
  );
}

/** The words of a command, with an alias written out. */
function* aliased(command: SimpleCommand, shell: Shell): Run<string[]> {
  const text = shell.aliases.get(plainText(command.words[0]) ?? '');
  const words = yield* expandWords(command.words, shell, capture);
  if (text === undefined) return words;
  const script = parseScript(text);
  const only = script[0]?.first.commands[0];
  if (script.length !== 1 || only?.type !== 'simple')
    throw new ShellError(`alias ${words[0] ?? ''}: only simple commands`);
  return [...(yield* expandWords(only.words, shell, capture)), ...words.slice(1)];
}

/** `NAME=value command`: the variables hold for that command alone. */
function* withVariables(values: readonly [string, string][], shell: Shell, run: () => Run): Run {
  const before = values.map(([name]): [string, string | undefined] => [name, shell.variables.get(name)]);
  for (const [name, value] of values) shell.variables.set(name, value);
  try {
    return yield* run();
  } finally {
    restore(shell, before);
  }
}

/** Gives variables back the values that they had. */
function restore(shell: Shell, before: Iterable<readonly [string, string | undefined]>): void {
  for (const [name, value] of before)
    if (value === undefined) shell.variables.delete(name);
    else shell.variables.set(name, value);
}

/**
 * Runs a command by its words: one of the host, one of the shell, or a text tool.
 * @returns its code; 127 where there is no such command
 */
export function* runWords(name: string, args: readonly string[], io: Io, shell: Shell): Run {
  countCommand(shell);
  const body = shell.functions.get(name);
  if (body) return yield* runFunction(body, args, io, shell);
  const command: ShellCommand | undefined = shell.host.commands.get(name) ?? builtins.get(name);
  if (command) {
    return yield* resultOf(command(args, io, shell));
  }
  const tool = tools.get(name);
  if (tool) return yield* runFilter(tool(args, shell.host.files), io);
  const text = name.includes('/') ? shell.host.files.read(name) : undefined;
  if (typeof text === 'string') return yield* runOwn(text, args, io, shell);
  io.err(shell.host.notFound(name, shell));
  return 127;
}

/**
 * Runs a text within the present line, as `eval` and `source` do: what it sets holds afterwards.
 * @throws ShellError where it cannot be read
 */
export function* runText(text: string, io: Io, shell: Shell): Run {
  if (shell.depth >= DEPTH_MAX) throw new ShellLimitError(`scripts more than ${DEPTH_MAX} deep within each other`);
  shell.depth += 1;
  try {
    return yield* runScript(parsed(text, shell), io, shell);
  } catch (error) {
    if (!(error instanceof ReturnSignal)) throw error;
    return error.code;
  } finally {
    shell.depth -= 1;
  }
}

function parsed(text: string, { host }: Shell): Script {
  try {
    return parseScript(text);
  } catch (error) {
    if (error instanceof ShellSyntaxError) throw new ShellError(error.message, 2);
    if (!(error instanceof ShellIncompleteError)) throw error;
    throw new ShellError(`${host.name}: syntax error: unexpected end of file: ${error.message}`, 2);
  }
}

/** Runs a text as a script of its own, as `sh FILE` does: with arguments, and without a trace in the shell's variables. */
export function* runOwn(text: string, args: readonly string[], io: Io, shell: Shell): Run {
  const before = { args: shell.args, locals: shell.locals };
  const variables = new Map(shell.variables);
  Object.assign(shell, { args, locals: undefined });
  try {
    return yield* runText(text, io, shell);
  } catch (error) {
    if (!(error instanceof ExitSignal)) throw error;
    return error.code;
  } finally {
    Object.assign(shell, before);
    shell.variables.clear();
    for (const [name, value] of variables) shell.variables.set(name, value);
  }
}

/** Some commands have their code at once, others ask for things first. */
function* resultOf(result: number | Run): Run {
  return typeof result === 'number' ? result : yield* result;
}
