// Commands on their way to the cluster: where their verb stands, what they read, and how an exec is taken apart.
import { quoteWords } from '../quote.ts';
import { allInput, type Io, type Ran, type Run, type Shell, ShellError } from '../shell.ts';
import { isAddress, manifestAt, noNetwork } from './fetch.ts';

/** Flags before the verb that take a value. */
const VALUED = new Set(['-n', '--namespace', '--context', '--kubeconfig', '-v', '--request-timeout', '-s', '--server']);

/** Where the verb stands among the words. */
export function verbAt(words: readonly string[]): number {
  let at = 0;
  while (words[at]?.startsWith('-')) at += VALUED.has(words[at] ?? '') ? 2 : 1;
  return at;
}

/** The words of an exec, taken apart. */
export interface Exec {
  /** `exec web-0 -c nginx`, without `-i` and `-t`. */
  readonly before: readonly string[];
  readonly command: readonly string[];
  readonly isInput: boolean;
  /** It asks for a shell at a terminal. */
  readonly isShell: boolean;
}

const SHELLS = new Set(['sh', 'bash', 'ash', '/bin/sh', '/bin/bash', '/bin/ash', '/usr/bin/bash']);

/** Takes an exec apart; undefined where no command is named. */
export function splitExec(words: readonly string[]): Exec | undefined {
  const end = words.indexOf('--');
  if (end < 0) return undefined;
  let isInput = false;
  let isTerminal = false;
  const before = words.slice(0, end).flatMap((word) => {
    if (word === '--stdin' || word === '--stdin=true') isInput = true;
    else if (word === '--tty' || word === '--tty=true') isTerminal = true;
    else if (/^-[itq]+$/.test(word)) {
      isInput ||= word.includes('i');
      isTerminal ||= word.includes('t');
    } else return [word];
    return [];
  });
  const command = words.slice(end + 1);
  const isShell =
    isInput && isTerminal && SHELLS.has(command[0] ?? '') && command.slice(1).every((word) => word === '-l');
  return { before, command, isInput, isShell };
}

/** The words of an exec in a pod. */
export const execWords = (namespace: readonly string[], pod: string, command: readonly string[]): readonly string[] => [
  'exec',
  pod,
  ...namespace,
  '--',
  ...command,
];

/**
 * Sends a command to the cluster and prints what it prints, as long as it goes on.
 * @returns its code
 */
export function* send(words: readonly string[], io: Io, shell?: Shell): Run {
  const files: Record<string, string> = {};
  for (const word of fileWords(words)) {
    const text = word.startsWith('/dev/') ? shell?.host.files.read(word) : undefined;
    if (typeof text === 'string') files[word] = text;
  }
  for (const word of fileWords(words).filter(isAddress)) {
    const text = manifestAt(word);
    if (text === undefined) {
      io.err(`error: ${noNetwork(word)}\n`);
      return 1;
    }
    files[word] = text;
  }
  const stdin = readsInput(words, io) ? yield* allInput(io) : undefined;
  let ran = (yield { type: 'kubectl', words, stdin, files }).ran;
  for (;;) {
    if (!ran) return 1;
    io.out(ran.out);
    io.err(ran.err);
    if (!ran.isWaiting || io.isClosed()) return ran.code;
    ran = (yield { type: 'look' }).ran;
  }
}

/** Sends a command whose words are of no interest. */
export function* ask(words: readonly string[]): Run<Ran> {
  const { ran } = yield { type: 'kubectl', words, stdin: undefined };
  if (!ran) throw new ShellError(`kubectl ${quoteWords(words)}: no answer`);
  return ran;
}

/** The values of `-f` and `--filename`. */
function fileWords(words: readonly string[]): string[] {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  return own.flatMap((word, i) => {
    const [, attachedValue] = /^(?:-f=?|--filename=)(.+)$/.exec(word) ?? [];
    const value = word === '-f' || word === '--filename' ? own[i + 1] : attachedValue;
    return value === undefined ? [] : value.split(',');
  });
}

/** `logs -f` follows and `-f -` reads; of a pipe `exec -i` reads, too. */
function readsInput(words: readonly string[], io: Io): boolean {
  const verb = words[verbAt(words)];
  if (verb === 'exec') return io.input.isGiven && (splitExec(words)?.isInput ?? false);
  return verb !== 'logs' && fileWords(words).includes('-');
}
