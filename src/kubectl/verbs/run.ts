// kubectl run: a pod of one container.
import { CommandError } from '../errors.ts';
import { GENERATE_FLAGS, generate, labelsOf } from '../generate.ts';
import type { Verb } from './verb.ts';

export const run: Verb = {
  name: 'run',
  flags: {
    ...GENERATE_FLAGS,
    image: { type: 'string' },
    'image-pull-policy': { type: 'string' },
    restart: { type: 'string', default: 'Always' },
    env: { type: 'strings' },
    labels: { type: 'string', short: 'l' },
    port: { type: 'int' },
    command: { type: 'bool' },
    rm: { type: 'bool' },
    stdin: { type: 'bool', short: 'i' },
    tty: { type: 'bool', short: 't' },
    attach: { type: 'bool' },
    quiet: { type: 'bool', short: 'q' },
    annotations: { type: 'strings' },
    'pod-running-timeout': { type: 'string' },
  },
  run(call) {
    const { flags, args } = call;
    const [name, ...own] = args;
    if (name === undefined || call.argsBeforeDash === 0) throw new CommandError('NAME is required for run');
    const image = flags.text('image');
    if (!image) throw new CommandError('required flag(s) "image" not set');
    if (call.argsBeforeDash === undefined && own.length > 0 && flags.has('command'))
      throw new CommandError('the command of the container stands behind --');
    const restart = flags.text('restart') ?? 'Always';
    if (!['Always', 'OnFailure', 'Never'].includes(restart))
      throw new CommandError(`invalid restart policy: ${restart}\nSee 'kubectl run -h' for help and examples`);
    const env = flags.list('env').map((pair) => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new CommandError(`invalid env: ${pair}`);
      return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
    });
    const port = flags.number('port');
    const pullPolicy = flags.text('image-pull-policy');
    const container = {
      name,
      image,
      resources: {},
      ...(pullPolicy && { imagePullPolicy: pullPolicy }),
      ...(env.length > 0 && { env }),
      ...(port !== undefined && { ports: [{ containerPort: port }] }),
      ...(own.length > 0 && { [flags.isOn('command') ? 'command' : 'args']: own }),
    };
    generate(call, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: labelsOf(flags.text('labels')) ?? { run: name } },
      spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: restart },
      ...(flags.text('dry-run') === 'client' && { status: {} }),
    });
  },
};
