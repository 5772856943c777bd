// Processes of a container: its own, and whoever looks at it.
import { alignColumns } from '../../print/columns.ts';
import type { ShellCommand } from '../shell.ts';
import { type ContainerWorld, imageBase, isBusybox, statusOf } from './container-world.ts';
import { isJava } from './image-programs.ts';

/** What a process ends with that a signal has ended. */
const EXIT_CODE_TERM = 143;

const commandOf = ({ container }: ContainerWorld): string =>
  [...(container.command ?? []), ...(container.args ?? [])].join(' ').replace(/\s+/g, ' ').trim() ||
  imageBase(container.image);

/** Who the processes of a container are. */
export function userOf({ pod, container }: ContainerWorld): { readonly user: string; readonly group: string } {
  const own = [container.securityContext, pod.spec.securityContext] as readonly (Record<string, unknown> | undefined)[];
  const first = (name: string): string =>
    String(own.map((one) => one?.[name]).find((one) => one !== undefined) ?? 'root');
  return { user: first('runAsUser'), group: first('fsGroup') };
}

const ps =
  (world: ContainerWorld): ShellCommand =>
  (args, io) => {
    const { user } = userOf(world);
    const command = commandOf(world);
    if (isBusybox(world.container.image)) {
      io.out(
        `PID   USER     TIME  COMMAND\n    1 ${user.padEnd(8)} 0:00 ${command}\n   29 ${user.padEnd(8)} 0:00 ps\n`,
      );
      return 0;
    }
    const started = (statusOf(world)?.state.running?.startedAt ?? '').slice(11, 16);
    const words = ['ps', ...args].join(' ');
    const rows = [
      ['1', '0', started, command],
      ...(isJava(world.container) ? [['27', '1', started, 'java']] : []),
      ['29', '0', world.turn.now.slice(11, 16), words],
    ];
    if (args.some((arg) => /^-[a-zA-Z]*f/.test(arg)))
      io.out(
        alignColumns(
          [
            ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
            ...rows.map(([pid = '', parent = '', at = '', cmd = '']) => [
              user,
              pid,
              parent,
              '0',
              at,
              '?',
              '00:00:00',
              cmd,
            ]),
          ],
          2,
          5,
        ),
      );
    else
      io.out(
        alignColumns(
          [['PID', 'TTY', 'TIME', 'CMD'], ...rows.map(([pid = '', , , cmd = '']) => [pid, '?', '00:00:00', cmd])],
          2,
          5,
        ),
      );
    return 0;
  };

const SIGNAL = /^-(?:s$|signal$|\d+$|[A-Z]+\d?$)/;

/** `kill 1` ends the container's process; the kubelet starts it again. */
const kill =
  (world: ContainerWorld): ShellCommand =>
  (args, io) => {
    const { turn, pod, container, surroundings } = world;
    const pid = args.find((arg) => /^\d+$/.test(arg));
    const isKnown = pid === '1' || (pid === '27' && isJava(container));
    if (!isKnown) {
      io.err(`kill: can't kill pid ${pid ?? ''}: No such process\n`);
      return 1;
    }
    // Nobody in a container can force its first process to end.
    if (pid === '1' && args.some((arg) => /^-(?:9|KILL|SIGKILL)$/i.test(arg))) return 0;
    // A shell that loses its terminal ends as if it were told to.
    const isHangUp = args.some((arg) => /^-(?:1|HUP|SIGHUP)$/i.test(arg));
    surroundings.endProcess?.(turn, pod, container.name, pid === '1' ? (isHangUp ? 0 : 1) : EXIT_CODE_TERM);
    return 0;
  };

/** `pkill java`: by the name of a program, or with `-f` by any part of its command. */
const pkill =
  (world: ContainerWorld): ShellCommand =>
  (args) => {
    const name = args.find((arg) => !SIGNAL.test(arg) && !arg.startsWith('-'));
    if (name === undefined) return 2;
    const { turn, pod, container, surroundings } = world;
    const isWhole = args.includes('-f');
    const own = commandOf(world);
    const programs = [
      isWhole ? own : (own.split(' ')[0] ?? '').split('/').at(-1),
      ...(isJava(container) ? ['java'] : []),
    ];
    if (!programs.some((program) => program?.includes(name))) return 1;
    surroundings.endProcess?.(turn, pod, container.name, EXIT_CODE_TERM);
    return 0;
  };

/** Commands that look at processes and end them. */
export const processCommands = (world: ContainerWorld): [string, ShellCommand][] => [
  ['kill', kill(world)],
  ['killall', pkill(world)],
  ['pkill', pkill(world)],
  ['ps', ps(world)],
];
