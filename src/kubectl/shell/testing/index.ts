// A shell for tests: files in a map, and a kubectl that a test writes itself.
import { fileCommands } from '../file-commands.ts';
import { runWords } from '../interpret.ts';
import { runLine } from '../run-line.ts';
import { scriptCommands, subshell } from '../script-commands.ts';
import { newShellState, type Ran, type Run, type Shell, type ShellCommand, type ShellEffect } from '../shell.ts';

export interface TestShell {
  readonly shell: Shell;
  readonly files: Map<string, string>;
  readonly asked: string[];
  /** Runs a line; what it printed, errors marked with `!`. */
  run(line: string): string;
}

/** kubectl by the words behind it, as a text to print. */
export function newTestShell(
  given: Readonly<Record<string, string>> = {},
  kubectl: (words: readonly string[], stdin: string | undefined) => string | Partial<Ran> = () => '',
): TestShell {
  const files = new Map(Object.entries(given));
  const asked: string[] = [];
  const effects: ShellEffect[] = [];
  const askKubectl: ShellCommand = function* ask(args, io): Run {
    const { ran } = yield { type: 'kubectl', words: args, stdin: io.input.isGiven ? io.input.rest() : undefined };
    io.out(ran?.out ?? '');
    io.err(ran?.err ?? '');
    return ran?.code ?? 0;
  };
  const shell = newShellState(
    {
      name: 'bash',
      files: {
        read: (path) => files.get(path) ?? { error: 'No such file or directory' },
        write: (path, text) => void files.set(path, text),
        remove: (path) => (files.delete(path) ? undefined : 'No such file or directory'),
        list: (path) => (path === '.' ? [...files.keys()].sort() : undefined),
        makeFolder: () => 'Permission denied',
      },
      commands: new Map([...fileCommands, ...scriptCommands, ['bash', subshell], ['kubectl', askKubectl]]),
      notFound: (name) => `bash: ${name}: command not found\n`,
    },
    (effect) => effects.push(effect),
    runWords,
  );
  return {
    shell,
    files,
    asked,
    run: (line) => {
      effects.length = 0;
      const run = runLine(line, shell);
      let step = run.next();
      while (!step.done) {
        const request = step.value;
        if (request.type === 'kubectl') {
          asked.push(request.words.join(' '));
          const answer = kubectl(request.words, request.stdin);
          const ran = typeof answer === 'string' ? { out: answer } : answer;
          step = run.next({ ran: { out: '', err: '', code: 0, isWaiting: false, ...ran } });
        } else step = run.next({});
      }
      return effects
        .map((effect) =>
          effect.type === 'out' ? effect.text : effect.type === 'err' ? `!${effect.text}` : `<${effect.type}>`,
        )
        .join('');
    },
  };
}
