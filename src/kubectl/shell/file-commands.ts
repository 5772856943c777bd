// ls, find, rm, touch, mkdir, cp and mv, on whatever files the shell sees.
import { matchesPattern, patternOf } from './glob.ts';
import { type Io, type Shell, type ShellCommand, ShellError } from './shell.ts';
import { readOptions } from './tools/filter.ts';

/** A path within a folder. */
const within = (folder: string, name: string): string =>
  folder === '.' ? name : `${folder.replace(/\/+$/, '')}/${name}`;

function ls(args: readonly string[], io: Io, { host }: Shell): number {
  const options = readOptions('ls', args, [...'alhrtR1AdF', 'color', 'all']);
  const paths = options.rest.length > 0 ? options.rest : ['.'];
  const isLong = options.has('l');
  const isOnePerLine = isLong || options.has('1');
  let code = 0;
  const row = (path: string, name: string): string => {
    if (!isLong) return name;
    const text = host.files.read(path);
    const isFolder = typeof text !== 'string';
    const size = String(isFolder ? 4096 : text.length);
    const { user, group } = host.owner ?? { user: 'root', group: 'root' };
    return `${isFolder ? 'drwxr-xr-x' : '-rw-r--r--'} 1 ${user} ${group} ${size.padStart(7)} ${name}`;
  };
  const print = (rows: readonly string[]): void => {
    if (rows.length > 0)
      io.out(isOnePerLine || !io.isScreen ? rows.map((one) => `${one}\n`).join('') : `${rows.join('  ')}\n`);
  };
  const folders: string[] = [];
  const files: string[] = [];
  for (const path of paths) {
    if (host.files.list(path) !== undefined && !options.has('d')) folders.push(path);
    else if (typeof host.files.read(path) === 'string' || host.files.list(path) !== undefined) files.push(path);
    else {
      io.err(`ls: cannot access '${path}': No such file or directory\n`);
      code = 2;
    }
  }
  print(files.map((path) => row(path, path)));
  for (const folder of folders) {
    if (paths.length > 1) io.out(`${files.length > 0 || folder !== folders[0] ? '\n' : ''}${folder}:\n`);
    const names = (host.files.list(folder) ?? []).filter(
      (name) => options.has('a', 'A', 'all') || !name.startsWith('.'),
    );
    if (isLong) io.out(`total ${names.length * 4}\n`);
    print(names.map((name) => row(within(folder, name), name)));
  }
  return code;
}

function rm(args: readonly string[], io: Io, { host }: Shell): number {
  const options = readOptions('rm', args, [...'rRfvi']);
  let code = 0;
  const remove = (path: string): void => {
    const inside = host.files.list(path);
    if (inside !== undefined && typeof host.files.read(path) !== 'string') {
      if (!options.has('r', 'R')) {
        io.err(`rm: cannot remove '${path}': Is a directory\n`);
        code = 1;
        return;
      }
      for (const name of inside) remove(within(path, name));
      // A folder that nothing lies in may be gone with the last thing in it.
      if (host.files.list(path) === undefined) return;
    }
    const error = host.files.remove(path);
    if (error === undefined || options.has('f')) return;
    io.err(`rm: cannot remove '${path}': ${error}\n`);
    code = 1;
  };
  if (options.rest.length === 0 && !options.has('f')) throw new ShellError('rm: missing operand');
  for (const path of options.rest) remove(path);
  return code;
}

function touch(args: readonly string[], io: Io, { host }: Shell): number {
  let code = 0;
  for (const path of readOptions('touch', args, [...'acm']).rest) {
    if (typeof host.files.read(path) === 'string' || host.files.list(path) !== undefined) continue;
    const error = host.files.write(path, '');
    if (error === undefined) continue;
    io.err(`touch: cannot touch '${path}': ${error}\n`);
    code = 1;
  }
  return code;
}

function mkdir(args: readonly string[], io: Io, { host }: Shell): number {
  const options = readOptions('mkdir', args, [...'pv'], ['m']);
  let code = 0;
  for (const path of options.rest) {
    const error =
      host.files.list(path) === undefined ? host.files.makeFolder(path) : options.has('p') ? undefined : 'File exists';
    if (error === undefined) continue;
    io.err(`mkdir: cannot create directory '${path}': ${error}\n`);
    code = 1;
  }
  return code;
}

const copy =
  (tool: 'cp' | 'mv'): ShellCommand =>
  (args, io, { host }) => {
    const { rest } = readOptions(tool, args, [...'rRfavinp']);
    const target = rest.at(-1);
    if (target === undefined || rest.length < 2) throw new ShellError(`${tool}: missing file operand`);
    let code = 0;
    for (const path of rest.slice(0, -1)) {
      const text = host.files.read(path);
      const isInto = host.files.list(target) !== undefined;
      const name = isInto ? within(target, path.split('/').at(-1) ?? path) : target;
      const error = typeof text === 'string' ? host.files.write(name, text) : text.error;
      if (error !== undefined) {
        io.err(`${tool}: cannot ${tool === 'cp' ? 'copy' : 'move'} '${path}': ${error}\n`);
        code = 1;
      } else if (tool === 'mv' && name !== path) host.files.remove(path);
    }
    return code;
  };

const DEPTH_MAX = 20;

/** `find FOLDER -name PATTERN -type f -maxdepth N`: names of what lies in a folder and below it. */
function find(args: readonly string[], io: Io, { host }: Shell): number {
  const first = args.findIndex((arg) => /^[-!(]/.test(arg));
  const folders = first < 0 ? args : args.slice(0, first);
  const tests = first < 0 ? [] : args.slice(first);
  let name: string | undefined;
  let type: string | undefined;
  let depthMax = DEPTH_MAX;
  for (let i = 0; i < tests.length; i += 1) {
    const test = tests[i];
    if (test === '-print') continue;
    const value = tests[i + 1];
    i += 1;
    if (value === undefined) throw new ShellError(`find: missing argument to \`${test ?? ''}'`);
    if (test === '-name') name = value;
    else if (test === '-type') type = value;
    else if (test === '-maxdepth') depthMax = Number(value);
    else throw new ShellError(`find: ${test ?? ''} is not part of this shell; -name, -type and -maxdepth are`);
  }
  const pattern = name === undefined ? undefined : patternOf([{ text: name, isQuoted: false }]);
  let code = 0;
  const look = (path: string, depth: number): void => {
    const inside = host.files.list(path);
    const own = path.replace(/\/+$/, '').split('/').at(-1) ?? path;
    const isWanted = type === undefined || type === (inside === undefined ? 'f' : 'd');
    if (isWanted && (!pattern || matchesPattern(pattern, own))) io.out(`${path}\n`);
    if (depth < depthMax) for (const one of inside ?? []) look(`${path.replace(/\/+$/, '')}/${one}`, depth + 1);
  };
  for (const folder of folders.length > 0 ? folders : ['.'])
    if (host.files.list(folder) !== undefined || typeof host.files.read(folder) === 'string') look(folder, 0);
    else {
      io.err(`find: '${folder}': No such file or directory\n`);
      code = 1;
    }
  return code;
}

function basename([path = '', end = '']: readonly string[], io: Io): number {
  const name = path.replace(/\/+$/, '').split('/').at(-1) ?? '';
  io.out(`${end !== '' && name !== end && name.endsWith(end) ? name.slice(0, -end.length) : name}\n`);
  return 0;
}

function dirname([path = '']: readonly string[], io: Io): number {
  const slash = path.replace(/\/+$/, '').lastIndexOf('/');
  io.out(`${slash < 0 ? '.' : path.slice(0, slash) || '/'}\n`);
  return 0;
}

/** Commands that look at files and change them, by name. */
export const fileCommands: ReadonlyMap<string, ShellCommand> = new Map<string, ShellCommand>([
  ['basename', basename],
  ['cp', copy('cp')],
  ['dirname', dirname],
  ['find', find],
  ['ls', ls],
  ['mkdir', mkdir],
  ['mv', copy('mv')],
  ['rm', rm],
  ['touch', touch],
]);
