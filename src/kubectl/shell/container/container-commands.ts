// Commands of a container: its name, its names in DNS, its environment, its volumes, and pages over HTTP.

import { alignColumns } from '../../print/columns.ts';
import { fileCommands } from '../file-commands.ts';
import { runLine } from '../run-line.ts';
import { scriptCommands } from '../script-commands.ts';
import type { Io, Run, Shell, ShellCommand } from '../shell.ts';
import { inputOf, ShellError } from '../shell.ts';
import { ExitSignal } from '../signals.ts';
import { absolute, type ContainerFiles, MISSING } from './container-files.ts';
import { type ContainerWorld, fullHostOf, hostOf, isBusybox } from './container-world.ts';
import { lookUpCommands } from './look-up.ts';
import { addressesOf, httpGet } from './network.ts';
import { processCommands, userOf } from './processes.ts';

type Make = (world: ContainerWorld, files: ContainerFiles) => ShellCommand;

const hostname: Make =
  ({ pod }) =>
  (args, io) => {
    const full = fullHostOf(pod);
    const text: Readonly<Record<string, string>> = {
      '-f': full,
      '--fqdn': full,
      '--long': full,
      '-i': pod.status.podIP ?? '',
      '-I': pod.status.podIP ?? '',
      '-d': full === hostOf(pod) ? '' : full.slice(hostOf(pod).length + 1),
      '-s': hostOf(pod),
    };
    io.out(`${text[args[0] ?? '-s'] ?? hostOf(pod)}\n`);
    return 0;
  };

const curl: Make = (world) => (args, io, shell) => {
  const flags = args.filter((arg) => arg.startsWith('-'));
  const has = (letter: string, long: string): boolean =>
    flags.some((flag) => flag === `--${long}` || (/^-[A-Za-z]+$/.test(flag) && flag.includes(letter)));
  const valueFor = (short: string, long: string): string | undefined => {
    const at = args.findIndex((arg) => arg === `-${short}` || arg === `--${long}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const valued = new Set([
    '-o',
    '--output',
    '-w',
    '--write-out',
    '-m',
    '--max-time',
    '--connect-timeout',
    '-H',
    '-X',
    '--retry',
  ]);
  const url = args.find((arg, i) => !arg.startsWith('-') && !valued.has(args[i - 1] ?? ''));
  if (url === undefined) throw new ShellError("curl: try 'curl --help' for more information", 2);
  const answer = httpGet(world, url);
  const isQuiet = has('s', 'silent') && !has('S', 'show-error');
  const complain = (code: number, words: string): number => {
    if (!isQuiet) io.err(`curl: (${code}) ${words}\n`);
    return code;
  };
  if ('failure' in answer) {
    if (answer.failure === 'name') return complain(6, `Could not resolve host: ${answer.host}`);
    if (answer.failure === 'empty') return complain(52, 'Empty reply from server');
    return complain(
      7,
      `Failed to connect to ${answer.host} port ${answer.port} after 0 ms: Could not connect to server`,
    );
  }
  const { status, words, body } = answer;
  if (has('f', 'fail') && status >= 400) return complain(22, `The requested URL returned error: ${status}`);
  const head = `HTTP/1.1 ${status} ${words}\nContent-Length: ${body.length}\n\n`;
  const text = has('I', 'head') ? head : has('i', 'include') ? head + body : body;
  const file = valueFor('o', 'output');
  if (file === undefined) io.out(text);
  else if (file !== '/dev/null') shell.host.files.write(file, text);
  const format = valueFor('w', 'write-out');
  if (format !== undefined) io.out(format.replaceAll('%{http_code}', String(status)).replaceAll('\\n', '\n'));
  return 0;
};

const wget: Make = (world) => (args, io, shell) => {
  const url = args.find((arg) => !arg.startsWith('-') && arg !== '-');
  if (url === undefined) throw new ShellError('wget: missing URL');
  const answer = httpGet(world, url);
  if ('failure' in answer) {
    io.err(
      answer.failure === 'name'
        ? `wget: bad address '${answer.host}'\n`
        : answer.failure === 'empty'
          ? 'wget: error getting response\n'
          : `wget: can't connect to remote host (${answer.address}): Connection refused\n`,
    );
    return 1;
  }
  if (answer.status >= 400) {
    io.err(`wget: server returned error: HTTP/1.1 ${answer.status} ${answer.words}\n`);
    return 1;
  }
  const isToScreen = args.some(
    (arg, i) => /^-[a-zA-Z]*O-$/.test(arg) || (/^-[a-zA-Z]*O$/.test(arg) && args[i + 1] === '-'),
  );
  if (isToScreen) io.out(answer.body);
  else shell.host.files.write(url.split('/').at(-1) || 'index.html', answer.body);
  return 0;
};

const ping: Make = (world) => (args, io) => {
  const name = args.find((arg, i) => !arg.startsWith('-') && !/^-[cwWi]$/.test(args[i - 1] ?? '')) ?? '';
  const [address] = addressesOf(world, name);
  if (address === undefined) {
    io.err(
      `ping: ${isBusybox(world.container.image) ? `bad address '${name}'` : `${name}: Name or service not known`}\n`,
    );
    return isBusybox(world.container.image) ? 1 : 2;
  }
  io.out(
    `PING ${name} (${address}): 56 data bytes\n64 bytes from ${address}: seq=0 ttl=64 time=0.1 ms\n\n--- ${name} ping statistics ---\n1 packets transmitted, 1 packets received, 0% packet loss\n`,
  );
  return 0;
};

const env: Make = () => (_args, io, shell) => {
  printAll(io, shell);
  return 0;
};

function printAll(io: Io, shell: Shell): void {
  for (const [name, value] of shell.variables) io.out(`${name}=${value}\n`);
}

const printenv: Make = () => (args, io, shell) => {
  const [name] = args;
  if (name === undefined) {
    printAll(io, shell);
    return 0;
  }
  const value = shell.variables.get(name);
  if (value === undefined) return 1;
  io.out(`${value}\n`);
  return 0;
};

const cd: Make = (_world, files) => (args, _io, shell) => {
  const path = args[0] === undefined || args[0] === '~' ? (shell.variables.get('HOME') ?? '/root') : args[0];
  const full = absolute(path, files.folder);
  if (!files.isFolder(full)) throw new ShellError(`${shell.host.name}: cd: ${path}: ${MISSING}`, 2);
  files.folder = full;
  shell.variables.set('PWD', full);
  return 0;
};

/** Capacities of the volumes, as `df -h` shows them. */
const df: Make =
  ({ turn }, files) =>
  (args, io) => {
    const only = args.find((arg) => !arg.startsWith('-'));
    const rows = [
      ['overlay', '100G', '0', '100G', '0%', '/'],
      ...files.mounts().map(({ path, store }) => {
        const volume = turn.view.list('PersistentVolume').find(({ metadata }) => metadata.uid === store);
        const size = volume ? String(volume.spec.capacity?.storage ?? '') : '100G';
        return [
          volume ? `/dev/${volume.metadata.name.slice(0, 12)}` : 'tmpfs',
          size.replace(/i$/, ''),
          '0',
          size.replace(/i$/, ''),
          '0%',
          path,
        ];
      }),
    ];
    const chosen =
      only === undefined
        ? rows
        : rows.filter(([, , , , , path]) => absolute(only, files.folder).startsWith(path ?? '')).slice(-1);
    io.out(alignColumns([['Filesystem', 'Size', 'Used', 'Avail', 'Use%', 'Mounted on'], ...chosen], 2, 5));
    return 0;
  };

const mount: Make = (_world, files) => (_args, io) => {
  for (const { path, store, isReadOnly } of files.mounts())
    io.out(`${store.slice(0, 13)} on ${path} type ext4 (${isReadOnly ? 'ro' : 'rw'},relatime)\n`);
  return 0;
};

const date: Make =
  ({ turn }) =>
  (_args, io) => {
    io.out(`${turn.now.replace('T', ' ').replace('Z', ' UTC')}\n`);
    return 0;
  };

const print =
  (text: string): Make =>
  () =>
  (_args, io) => {
    io.out(text);
    return 0;
  };

const id: Make = (world) => (_args, io) => {
  const { user, group } = userOf(world);
  io.out(
    `uid=${user === 'root' ? '0(root)' : user} gid=0(root) groups=${group === 'root' ? '0(root)' : `0(root),${group}`}\n`,
  );
  return 0;
};

const quiet: Make = () => () => 0;

/** No time passes within one exec: a loop that waits would run at once to its limit. */
const sleep: Make = () => (_args, io, shell) => {
  if (shell.loops === 0) return 0;
  io.err(
    'sleep: no time passes within one exec here: let the loop run outside, while sleep 1; do kubectl exec …; done\n',
  );
  throw new ExitSignal(1);
};

const which: Make = () => (args, io, shell) => {
  const found = args.filter((name) => shell.host.commands.has(name));
  io.out(found.map((name) => `/usr/bin/${name}\n`).join(''));
  return found.length === args.length ? 0 : 1;
};

/** `sh -c 'script'`: another shell in the same container. */
const sh: Make = (_world, files) =>
  function* runShell(args, io, shell): Run {
    const at = args.findIndex((arg) => /^-[a-z]*c[a-z]*$/.test(arg));
    const file = at < 0 ? args.find((arg) => !arg.startsWith('-')) : undefined;
    const text = file === undefined ? undefined : files.read(file);
    if (text !== undefined && typeof text !== 'string')
      throw new ShellError(`${shell.host.name}: ${file ?? ''}: ${text.error}`, 127);
    const script = text ?? (at >= 0 ? args[at + 1] : io.input.isGiven ? io.input.rest() : '');
    const own = inner(shell, io);
    own.args = at >= 0 ? args.slice(at + 3) : args.slice(args.indexOf(file ?? '') + 1);
    const { folder } = files;
    const end = yield* runLine(script ?? '', own, at >= 0 ? io.input : inputOf('', false), io.isScreen);
    files.folder = folder;
    return end.code;
  };

/** A shell within a shell: variables are its own. */
const inner = (shell: Shell, io: Io): Shell => ({
  ...shell,
  variables: new Map(shell.variables),
  emit: (effect) => {
    if (effect.type === 'out') io.out(effect.text);
    else if (effect.type === 'err') io.err(effect.text);
  },
});

const MAKERS: Readonly<Record<string, Make>> = {
  cd,
  chmod: quiet,
  chown: quiet,
  date,
  df,
  env,
  hostname,
  id,
  mount,
  nproc: print('4\n'),
  ping,
  printenv,
  pwd: (_world, files) => (_args, io) => {
    io.out(`${files.folder}\n`);
    return 0;
  },
  sh,
  sleep,
  sync: quiet,
  uname: print('Linux\n'),
  wget,
  which,
  whoami: (world) => (_args, io) => {
    io.out(`${userOf(world).user}\n`);
    return 0;
  },
};

/** Every command of a container, by its name. */
export function containerCommands(world: ContainerWorld, files: ContainerFiles): ReadonlyMap<string, ShellCommand> {
  const isSmall = isBusybox(world.container.image);
  const made = Object.entries(MAKERS).map(([name, make]): [string, ShellCommand] => [name, make(world, files)]);
  const large: [string, ShellCommand][] = isSmall
    ? [['ash', sh(world, files)]]
    : [
        ['bash', sh(world, files)],
        ['curl', curl(world, files)],
      ];
  const withCurl: [string, ShellCommand][] = /curl|alpine|netshoot/.test(world.container.image)
    ? [['curl', curl(world, files)]]
    : [];
  return new Map([
    ...fileCommands,
    ...scriptCommands,
    ...made,
    ...large,
    ...withCurl,
    ...lookUpCommands(world),
    ...processCommands(world),
  ]);
}
