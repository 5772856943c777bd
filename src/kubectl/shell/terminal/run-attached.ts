// kubectl run -it: a pod of one's own with a shell in it, which goes with the shell where --rm says so.
import { type Io, inputOf, type Run, type Shell } from '../shell.ts';
import { attached } from './attach.ts';
import { ask, execWords, send, splitExec, verbAt } from './send.ts';

/** Images that begin with a shell when nothing else is said. */
const WITH_SHELL =
  /(?:^|\/)(?:busybox|alpine|ubuntu|debian|fedora|centos|bash|dnsutils|jessie-dnsutils|netshoot|curl)(?:[:@-]|$)/;

/** Flags of run whose value is a word of its own. */
const VALUED = new Set([
  '-n',
  '--namespace',
  '--image',
  '--restart',
  '--overrides',
  '--env',
  '--labels',
  '-l',
  '--port',
]);

interface Wanted {
  /** The words without those about the terminal. */
  readonly plain: readonly string[];
  readonly command: readonly string[];
  readonly isAttached: boolean;
  readonly isRemoved: boolean;
}

function wantedOf(words: readonly string[]): Wanted {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  let isAttached = false;
  let isRemoved = false;
  const plain = own.flatMap((word) => {
    if (/^-[it]+$/.test(word) || /^--(?:stdin|tty|attach)(?:=true)?$/.test(word)) isAttached = true;
    else if (/^--rm(?:=true)?$/.test(word)) isRemoved = true;
    else if (!/^(?:-q|--quiet)$/.test(word)) return [word];
    return [];
  });
  return { plain, command: end < 0 ? [] : words.slice(end + 1), isAttached, isRemoved };
}

/** `kubectl run`, with a terminal or without. */
export function* runAttached(words: readonly string[], io: Io, shell: Shell): Run {
  const { plain, command, isAttached, isRemoved } = wantedOf(words);
  if (!isAttached) {
    if (!isRemoved) return yield* send(words, io);
    io.err('error: --rm should only be used for attached containers\n');
    return 1;
  }
  const at = verbAt(plain);
  const name = plain.slice(at + 1).find((word, i) => !word.startsWith('-') && !VALUED.has(plain[at + i] ?? '')) ?? '';
  const image = /--image[= ](\S+)/.exec(plain.join(' '))?.[1] ?? '';
  const namespace = namespaceWords(plain);
  const made = yield* ask(plain);
  if (made.code !== 0) {
    io.err(made.err);
    return made.code;
  }
  const quiet: Io = {
    input: inputOf('', false),
    out: () => undefined,
    err: io.err,
    isClosed: () => false,
    isScreen: false,
  };
  let code = yield* send(['wait', '--for=condition=Ready', `pod/${name}`, '--timeout=300s', ...namespace], quiet);
  const isOver = code === 0 && (command.length > 0 || WITH_SHELL.test(image));
  if (code === 0) code = yield* inside(name, image, namespace, command, io, shell);
  // KCTL-23: what the pod was made for is over, and with it the container's process; nothing is left to be waited for.
  if (isRemoved) yield* send(['delete', 'pod', name, '--now', '--wait=false', ...namespace], io);
  else if (isOver) yield* ask(execWords(namespace, name, code === 0 ? ['kill', '-HUP', '1'] : ['kill', '1']));
  return code;
}

function* inside(
  name: string,
  image: string,
  namespace: readonly string[],
  command: readonly string[],
  io: Io,
  shell: Shell,
): Run {
  const isOwnShell = command.length === 0 && WITH_SHELL.test(image);
  const exec = splitExec(['-it', ...execWords(namespace, name, isOwnShell ? ['sh'] : command)]);
  if (exec?.isShell) {
    shell.emit({ type: 'note', text: "If you don't see a command prompt, try pressing enter.\n" });
    const full = `${namespace.at(-1)?.replace(/^--namespace=|^-n/, '') ?? 'default'}/${name}`;
    return yield* attached(exec, io, shell, () => `pod ${full} terminated (Error)\n`);
  }
  if (command.length > 0) return yield* send(execWords(namespace, name, command), io);
  return yield* send(['logs', `pod/${name}`, ...namespace], io);
}

function namespaceWords(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => /^(?:-n|--namespace)/.test(word));
  if (at < 0) return [];
  const word = words[at] ?? '';
  return word === '-n' || word === '--namespace' ? [word, words[at + 1] ?? ''] : [word];
}
