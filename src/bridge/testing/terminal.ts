// A terminal for tests, whose clock runs while a command waits. A command that watches stands for a second window: it
// goes on while others are run.
import type { ShellEffect } from '#kubectl';
import type { RunAnswer } from '../protocol.ts';
import { newServer } from '../server.ts';

const STEP_MS = 200;

const textOf = (shown: readonly ShellEffect[]): string =>
  shown.map((effect) => (effect.type === 'out' || effect.type === 'err' ? effect.text : '')).join('');

/** A command in a window of its own. */
export interface Watching {
  /** What it has printed since it was asked last. */
  read(): string;
  /** Ctrl+C. */
  stop(): void;
}

export interface TestTerminal {
  /** What stands before the line; undefined where no command reads. */
  prompt(): string | undefined;
  /** Gives a line to the command that reads; `null` is Ctrl+D. */
  type(line: string | null): string;
  /** Runs a command until it ends, reads a line, or has watched for a while; what it printed. */
  run(command: string, watchMs?: number): string;
  /** Begins to watch in another window. */
  watch(command: string): Watching;
  /** Lets time pass. */
  pass(ms: number): void;
}

/**
 * A terminal on an empty cluster.
 *
 * @param nodes - their names; three unless given
 */
export function newTestTerminal(nodes: readonly string[] = []): TestTerminal {
  const server = newServer();
  const files: Record<string, string> = {};
  const watched = new Map<number, string>();
  let atMs = 0;
  let last: RunAnswer | undefined;
  server.answer('open', {
    session: {
      cluster: {
        seed: 3,
        gates: {},
        nodes: nodes.map((name) => ({ name, zone: 'zone-a', cpu: '8', memory: '32Gi', pods: 110 })),
        manifest: '',
        timing: {},
      },
      files: {},
      branches: [{ id: 0, name: 'main', acts: [], reachedMs: 0 }],
      at: { branch: 0, atMs: 0 },
      view: { layout: 'identity' },
    },
  });
  const take = (answer: RunAnswer): string => {
    last = answer;
    if (answer.frame) atMs = answer.frame.atMs;
    for (const [name, text] of Object.entries(answer.files ?? {}))
      if (text === null) delete files[name];
      else files[name] = text;
    return textOf(answer.shown);
  };
  const more = (input?: string | null, isInterrupted = false): string =>
    take(
      server.answer('runMore', {
        id: last?.id ?? 0,
        atMs,
        mayAct: true,
        files,
        isInterrupted,
        ...(input !== undefined && { input }),
      }),
    );
  const look = (): void => {
    for (const [id, text] of watched) {
      const answer = server.answer('runMore', { id, atMs, mayAct: false });
      watched.set(id, text + textOf(answer.shown));
    }
  };
  const goOn = (watchMs: number): string => {
    let text = '';
    const endMs = atMs + watchMs;
    while (last?.code === undefined && last?.waits !== 'line' && atMs < endMs) {
      atMs += STEP_MS;
      look();
      text += take(server.answer('runMore', { id: last?.id ?? 0, atMs, mayAct: false }));
      if (last?.waits === 'turn') text += more();
    }
    return text;
  };
  const begin = (line: string): string => take(server.answer('run', { line, atMs, files, history: [] }));
  return {
    prompt: () => last?.prompt,
    type: (line) => more(line) + goOn(120_000),
    run: (command, watchMs = 120_000) => {
      const text = begin(command) + goOn(watchMs);
      if (last?.code === undefined && last?.waits !== 'line') more(undefined, true);
      look();
      return text;
    },
    watch: (command) => {
      const text = begin(command);
      const id = last?.id ?? 0;
      watched.set(id, text);
      return {
        read: () => {
          look();
          const shown = watched.get(id) ?? '';
          watched.set(id, '');
          return shown;
        },
        stop: () => {
          watched.delete(id);
          server.answer('runMore', { id, atMs, mayAct: true, files, isInterrupted: true });
        },
      };
    },
    pass: (ms) => {
      begin(`sleep ${ms / 1000}`);
      look();
    },
  };
}

/** The rows of a watch on pods as `web-0 0/1 Pending`, each once where it is the same again and again. */
export function podRows(text: string): string[] {
  const rows = text
    .trim()
    .split('\n')
    .filter((row) => !row.startsWith('NAME'))
    .map((row) => row.trim().split(/\s+/).slice(0, 3).join(' '));
  return rows.filter((row, i) => row !== rows[i - 1]);
}
