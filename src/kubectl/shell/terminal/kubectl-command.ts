// kubectl as it stands in the terminal: it waits where the real one would, knows the person's present namespace, and
// does itself what needs a terminal: edit, config, exec -it, run -it.
import type { Run, ShellCommand } from '../shell.ts';
import { attached } from './attach.ts';
import { CONTEXT, config, type KubectlMemory } from './config.ts';
import { edit } from './edit.ts';
import { kubectlHelp } from './kubectl-help.ts';
import { runAttached } from './run-attached.ts';
import { send, splitExec, verbAt } from './send.ts';

/** kubectl with a memory of its own. */
export function newKubectlCommand(): ShellCommand {
  const memory: KubectlMemory = { namespace: 'default' };
  return function* kubectl(args, io, shell): Run {
    const at = verbAt(args);
    const verb = args[at];
    if (verb === undefined || verb === 'help' || hasHelp(args)) {
      io.out(kubectlHelp(args.slice(at).filter((word) => word !== 'help' && !word.startsWith('-'))));
      return 0;
    }
    const context = contextOf(args);
    if (context !== undefined && context !== CONTEXT) {
      io.err(`error: context "${context}" does not exist\n`);
      return 1;
    }
    const words = withNamespace(args, memory.namespace);
    switch (verb) {
      case 'config':
        return config(args.slice(at + 1), io, shell, memory);
      case 'completion':
        // What a shell would read is a comment: nothing has to be set.
        io.out('# completion is on in this terminal already: press Tab\n');
        return 0;
      case 'edit':
        return yield* edit(words, io, shell);
      case 'exec': {
        const exec = splitExec(words);
        return exec?.isShell ? yield* attached(exec, io, shell) : yield* send(words, io);
      }
      case 'run':
        return yield* runAttached(words, io, shell);
      default:
        return yield* send(words, io, shell);
    }
  };
}

/** The context that a command names. */
function contextOf(args: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const at = own.findIndex((word) => /^--context(?:=|$)/.test(word));
  return at < 0 ? undefined : own[at]?.includes('=') ? own[at]?.slice('--context='.length) : own[at + 1];
}

function hasHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((word) => word === '-h' || word === '--help');
}

/** Says the person's present namespace where the command does not say one. */
function withNamespace(words: readonly string[], namespace: string): readonly string[] {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  const isSaid = own.some((word) => /^(?:-n|--namespace|-A|--all-namespaces)(?:=|$)|^-n./.test(word));
  if (namespace === 'default' || isSaid) return words;
  return [...own, '-n', namespace, ...(end < 0 ? [] : words.slice(end))];
}
