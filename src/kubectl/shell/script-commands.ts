// Commands that run texts: eval, source, and shells that are given a file or a script.
import { runOwn, runText } from './interpret.ts';
import { allInput, type ShellCommand, ShellError } from './shell.ts';

const evaluate: ShellCommand = (args, io, shell) => runText(args.join(' '), io, shell);

/** `source FILE` and `. FILE`: as if the lines of the file were typed. */
const source: ShellCommand = function* runFile([file], io, shell) {
  if (file === undefined) throw new ShellError(`${shell.host.name}: source: filename argument required`, 2);
  const text = shell.host.files.read(file);
  if (typeof text !== 'string') throw new ShellError(`${shell.host.name}: ${file}: ${text.error}`);
  return yield* runText(text, io, shell);
};

/** `sh FILE`, `sh -c 'script'`, and a script that is led to it. */
export const subshell: ShellCommand = function* runShell(args, io, shell) {
  const rest = [...args];
  let isScript = false;
  while (/^[-+]/.test(rest[0] ?? '')) {
    const flag = rest.shift() ?? '';
    if (/^-[a-z]*c$/.test(flag)) isScript = true;
    else if (flag === '-o') rest.shift();
  }
  const [first, ...more] = rest;
  if (isScript) {
    if (first === undefined) throw new ShellError(`${shell.host.name}: -c: option requires an argument`, 2);
    return yield* runOwn(first, more.slice(1), io, shell);
  }
  if (first === undefined) {
    if (!io.input.isGiven) throw new ShellError('this is a shell already: type the commands themselves');
    return yield* runOwn(yield* allInput(io), [], io, shell);
  }
  const text = shell.host.files.read(first);
  if (typeof text !== 'string') throw new ShellError(`${shell.host.name}: ${first}: ${text.error}`, 127);
  return yield* runOwn(text, more, io, shell);
};

/** Commands that run texts in the present shell, by name. */
export const scriptCommands: ReadonlyMap<string, ShellCommand> = new Map<string, ShellCommand>([
  ['.', source],
  ['eval', evaluate],
  ['source', source],
]);
