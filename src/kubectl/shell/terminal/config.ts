// kubectl config: there is one cluster and one context; the namespace that is meant can be chosen.
import type { Io, Shell } from '../shell.ts';

/** What the commands of one terminal keep between lines. */
export interface KubectlMemory {
  /** What `config set-context --current --namespace=` chose. */
  namespace: string;
}

/** The one context that there is. */
export const CONTEXT = 'ordinal';

const view = (namespace: string): string => `apiVersion: v1
clusters:
- cluster:
    server: simulated
  name: ${CONTEXT}
contexts:
- context:
    cluster: ${CONTEXT}
    namespace: ${namespace}
    user: you
  name: ${CONTEXT}
current-context: ${CONTEXT}
kind: Config
preferences: {}
users: []
`;

/** Runs what follows `kubectl config`. */
export function config(args: readonly string[], io: Io, shell: Shell, memory: KubectlMemory): number {
  const [verb = '', ...rest] = args;
  switch (verb) {
    case 'current-context':
      io.out(`${CONTEXT}\n`);
      return 0;
    case 'get-contexts':
      io.out(
        `CURRENT   NAME      CLUSTER   AUTHINFO   NAMESPACE\n*         ${CONTEXT}   ${CONTEXT}   you        ${memory.namespace === 'default' ? '' : memory.namespace}\n`,
      );
      return 0;
    case 'view':
      io.out(view(memory.namespace));
      return 0;
    case 'use-context':
      if (rest[0] === CONTEXT) {
        io.out(`Switched to context "${CONTEXT}".\n`);
        return 0;
      }
      io.err(`error: no context exists with the name: "${rest[0] ?? ''}"\n`);
      return 1;
    case 'set-context': {
      const at = rest.findIndex((word) => word.startsWith('--namespace'));
      const namespace = rest[at]?.includes('=') ? rest[at].slice('--namespace='.length) : rest[at + 1];
      if (at >= 0 && namespace) {
        memory.namespace = namespace;
        shell.emit({ type: 'namespace', name: namespace });
      }
      io.out(`Context "${CONTEXT}" modified.\n`);
      return 0;
    }
    default:
      io.err(
        `error: kubectl config ${verb} is not part of this terminal; there are current-context, get-contexts, set-context --current --namespace=NAME, use-context and view\n`,
      );
      return 1;
  }
}
