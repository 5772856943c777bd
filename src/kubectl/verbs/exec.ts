// kubectl exec: a command in a container. What it writes is kept with the volume or the container, rule KCTL-21.
import type { Pod } from '#kube';
import type { Call } from '../call.ts';
import { CommandError, localFault } from '../errors.ts';
import { containerOf, isNodeReachable, podsOfWord } from '../pods.ts';
import { runInContainer } from '../shell/container/index.ts';
import type { Verb } from './verb.ts';

export const exec: Verb = {
  name: 'exec',
  flags: {
    container: { type: 'string', short: 'c' },
    stdin: { type: 'bool', short: 'i' },
    tty: { type: 'bool', short: 't' },
    quiet: { type: 'bool', short: 'q' },
    'pod-running-timeout': { type: 'string' },
  },
  run(call) {
    const { args, argsBeforeDash } = call;
    const [word] = args;
    if (word === undefined || argsBeforeDash === 0)
      throw new CommandError('pod, type/name or --filename must be specified');
    const words = args.slice(1);
    if (words.length === 0) throw new CommandError('you must specify at least one command for the container');
    if (argsBeforeDash !== 1)
      throw new CommandError(
        "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
      );
    const pod = podsOfWord(call, word)?.[0];
    if (pod) execIn(call, pod, words);
  },
};

function execIn(call: Call, pod: Pod, words: readonly string[]): void {
  const { phase } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed')
    throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const container = containerOf(call, pod, call.flags.text('container'));
  if (!isNodeReachable(call, pod, '')) return;
  const statuses = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])];
  if (!statuses.find(({ name }) => name === container.name)?.state.running) {
    call.fail(
      localFault(
        `Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(container.name)})`,
      ),
    );
    return;
  }
  const { turn, surroundings } = call;
  const stdin = call.flags.isOn('stdin') ? call.files['-'] : undefined;
  const { out, err, code, isMissing } = runInContainer(
    { turn, pod, container, surroundings },
    words,
    stdin,
    call.flags.isOn('tty'),
  );
  if (isMissing) {
    const program = JSON.stringify(words[0]);
    call.fail(
      localFault(
        `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: ${program}: executable file not found in $PATH: unknown`,
      ),
    );
    return;
  }
  call.write(out);
  call.writeError(err);
  if (code === 0) return;
  call.writeError(`command terminated with exit code ${code}\n`);
  call.endWith(code);
}
