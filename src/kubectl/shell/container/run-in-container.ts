// Runs one command in a container, from its words to its end, within one turn.
import { isMap } from '../../patch/json.ts';
import { builtins } from '../builtins.ts';
import { runWords } from '../interpret.ts';
import { type Io, inputOf, newShellState, type Shell, ShellError, ShellLimitError } from '../shell.ts';
import { ExitSignal } from '../signals.ts';
import { tools } from '../tools/index.ts';
import { containerCommands } from './container-commands.ts';
import { containerFiles } from './container-files.ts';
import { type ContainerWorld, hostOf } from './container-world.ts';
import { wordsOfProgram } from './image-programs.ts';
import { userOf } from './processes.ts';

/** What a command in a container left. */
export interface Executed {
  readonly out: string;
  readonly err: string;
  readonly code: number;
  /** There is no such program in the image. */
  readonly isMissing: boolean;
}

/** Commands that only a shell has: they are no programs. */
const SHELL_ONLY = new Set([
  '.',
  ':',
  'alias',
  'break',
  'cd',
  'continue',
  'declare',
  'eval',
  'exit',
  'export',
  'let',
  'local',
  'logout',
  'read',
  'return',
  'set',
  'shift',
  'source',
  'unalias',
  'unset',
  'wait',
]);

/** What is said of a program that is not there. One that is not simulated ends a loop: it would say so for ever. */
function notFoundIn(world: ContainerWorld, name: string, shell: Shell): string {
  const told = wordsOfProgram(world, name);
  if (told === undefined) return `sh: ${name}: not found\n`;
  if (shell.loops === 0) return told;
  shell.emit({ type: 'err', text: told });
  throw new ExitSignal(127);
}

/** The environment that the kubelet gives a container. */
function environmentOf({ pod, container }: ContainerWorld): [string, string][] {
  const given = (container.env ?? []).map(({ name, value, valueFrom }): [string, string] => {
    const path = isMap(valueFrom) && isMap(valueFrom.fieldRef) ? String(valueFrom.fieldRef.fieldPath) : '';
    return [name, value ?? fieldOf(pod, path)];
  });
  return [
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', hostOf(pod)],
    ...given,
    ['KUBERNETES_SERVICE_HOST', '10.96.0.1'],
    ['KUBERNETES_SERVICE_PORT', '443'],
    ['HOME', '/root'],
  ];
}

/** A field of the pod that its containers may have in their environment. */
function fieldOf({ metadata, spec, status }: ContainerWorld['pod'], path: string): string {
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid;
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'status.podIP':
      return status.podIP ?? '';
    case 'status.hostIP':
      return status.hostIP ?? '';
    default: {
      const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
      return key === undefined ? '' : ((map === 'labels' ? metadata.labels : metadata.annotations)?.[key] ?? '');
    }
  }
}

/**
 * Runs a command in a container.
 * @param words the program and its arguments; nothing is expanded
 * @param stdin what it reads, if anything
 * @param isScreen it prints to a terminal
 */
export function runInContainer(
  world: ContainerWorld,
  words: readonly string[],
  stdin: string | undefined,
  isScreen: boolean,
): Executed {
  let out = '';
  let err = '';
  const [path = '', ...args] = words;
  const name = path.replace(/^(?:\/usr)?(?:\/local)?\/s?bin\//, '');
  const files = containerFiles(world);
  const commands = containerCommands(world, files);
  const told = wordsOfProgram(world, name);
  if (told !== undefined && !commands.has(name)) return { out, err: told, code: 127, isMissing: false };
  const isMissing = SHELL_ONLY.has(name) || !(commands.has(name) || builtins.has(name) || tools.has(name));
  if (isMissing) return { out, err, code: 127, isMissing };
  const shell = newShellState(
    {
      name: 'sh',
      files,
      commands,
      owner: userOf(world),
      notFound: (wanted, own) => notFoundIn(world, wanted, own),
    },
    (effect) => {
      if (effect.type === 'out') out += effect.text;
      else if (effect.type === 'err') err += effect.text;
    },
    runWords,
  );
  for (const [variable, value] of environmentOf(world)) shell.variables.set(variable, value);
  const io: Io = {
    input: stdin === undefined ? inputOf('', false) : inputOf(stdin),
    out: (text) => shell.emit({ type: 'out', text }),
    err: (text) => shell.emit({ type: 'err', text }),
    isClosed: () => false,
    isScreen,
  };
  try {
    const run = runWords(name, args, io, shell);
    // Within one turn no time passes and nobody types.
    let step = run.next();
    while (!step.done) step = run.next({});
    return { out, err, code: step.value, isMissing: false };
  } catch (error) {
    if (error instanceof ExitSignal) return { out, err, code: error.code, isMissing: false };
    if (!(error instanceof ShellError) && !(error instanceof ShellLimitError)) throw error;
    return {
      out,
      err: `${err}${error.message}\n`,
      code: error instanceof ShellError ? error.code : 1,
      isMissing: false,
    };
  }
}
