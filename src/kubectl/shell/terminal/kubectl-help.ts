// kubectl help, and --help behind a verb: which verbs there are, and which flags they know.
import { COMMON_FLAGS, type FlagSpecs } from '../../command-line.ts';
import { verbs } from '../../verbs/index.ts';

const OF_TERMINAL = ['config', 'edit'];

function flagLines(specs: FlagSpecs): string {
  return Object.entries(specs)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, spec]) => {
      const value = spec.type === 'bool' ? '' : `=${spec.default ?? (spec.type === 'int' ? '0' : "''")}`;
      return `    ${spec.short ? `-${spec.short}, ` : ''}--${name}${value}\n`;
    })
    .join('');
}

/** The help of a command, or of kubectl itself. */
export function kubectlHelp(words: readonly string[]): string {
  const double = verbs.find((verb) => verb.name === words.slice(0, 2).join(' '));
  const verb = double ?? verbs.find((one) => one.name === words[0]);
  if (verb)
    return `Usage:\n  kubectl ${verb.name} [flags] [arguments]\n\nOptions:\n${flagLines({ ...COMMON_FLAGS, ...verb.flags })}`;
  const inner = verbs.filter((one) => one.name.startsWith(`${words[0] ?? ''} `));
  if (words[0] !== undefined && inner.length > 0)
    return `Available Commands:\n${inner.map((one) => `  ${one.name.split(' ')[1] ?? ''}\n`).join('')}\nUse "kubectl ${words[0]} <command> --help" for more information about a given command.\n`;
  const names = [...new Set([...verbs.map((one) => one.name.split(' ')[0] ?? ''), ...OF_TERMINAL])].sort();
  return `kubectl controls the simulated cluster.\n\nCommands:\n${names.map((name) => `  ${name}\n`).join('')}\nUse "kubectl <command> --help" for the flags of a command.\n`;
}
