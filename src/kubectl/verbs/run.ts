// kubectl run: a pod of one container, and with --expose a Service for it. k8s: kubectl cmd/run, generate/versioned/run.go

import { parseManifest } from '#manifest';
import type { Call } from '../call.ts';
import { CommandError } from '../errors.ts';
import { GENERATE_FLAGS, generate, labelsOf } from '../generate.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { applyMergePatch } from '../patch/json-merge.ts';
import { tellerOf } from '../print/printer.ts';
import type { Verb } from './verb.ts';

export const run: Verb = {
  name: 'run',
  flags: {
    ...GENERATE_FLAGS,
    annotations: { type: 'array' },
    attach: { type: 'bool' },
    command: { type: 'bool' },
    env: { type: 'array' },
    expose: { type: 'bool' },
    image: { type: 'string' },
    'image-pull-policy': { type: 'string' },
    labels: { type: 'string', short: 'l' },
    overrides: { type: 'string' },
    'pod-running-timeout': { type: 'string' },
    port: { type: 'string' },
    privileged: { type: 'bool' },
    quiet: { type: 'bool', short: 'q' },
    restart: { type: 'string', default: 'Always' },
    rm: { type: 'bool' },
    stdin: { type: 'bool', short: 'i' },
    tty: { type: 'bool', short: 't' },
  },
  run(call) {
    const { flags, args, command } = call;
    const help = `\nSee '${command} -h' for help and examples`;
    if (!flags.has('image')) throw new CommandError('required flag(s) "image" not set');
    const teller = tellerOf(call);
    const [name] = args;
    if (name === undefined || call.argsBeforeDash === 0) throw new CommandError(`NAME is required for run${help}`);
    if (!flags.text('image')) throw new CommandError('--image is required');
    if (flags.isOn('tty') && !flags.isOn('stdin'))
      throw new CommandError(`-i/--stdin is required for containers with -t/--tty=true${help}`);
    if (flags.isOn('expose') && !flags.text('port'))
      throw new CommandError(`--port must be set when exposing a service${help}`);
    const restart = flags.text('restart') ?? 'Always';
    if (!['Always', 'OnFailure', 'Never'].includes(restart))
      throw new CommandError(`invalid restart policy: ${restart}${help}`);
    if (flags.isOn('rm') && !flags.isOn('attach') && !flags.isOn('stdin'))
      throw new CommandError(`--rm should only be used for attached containers${help}`);
    const pullPolicy = flags.text('image-pull-policy') ?? '';
    if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pullPolicy))
      throw new CommandError(`invalid image pull policy: ${pullPolicy}${help}`);
    const pod = podOf(call, name, restart, pullPolicy);
    generate(call, overridden(call, pod), { teller, shown: { status: {} } });
    if (flags.isOn('expose') && !call.hasFailed()) exposePod(call, name, pod);
  },
};

function portOf({ flags }: Call): number | undefined {
  const text = flags.text('port') ?? '';
  if (text === '') return undefined;
  if (!/^[-+]?\d+$/.test(text)) throw new CommandError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

/** `A=1` a variable. k8s: parseEnvs */
const envOf = ({ flags }: Call): readonly JsonMap[] =>
  flags.list('env').map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new CommandError(`invalid env: ${pair}`);
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
  });

/** `a=1` an annotation. k8s: getAnnotations */
const annotationsOf = ({ flags }: Call): Record<string, string> =>
  Object.fromEntries(
    flags.list('annotations').map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new CommandError(`invalid annotation format: ${pair}`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );

function podOf(
  call: Call,
  name: string,
  restartPolicy: string,
  pullPolicy: string,
): JsonMap & { readonly metadata: JsonMap } {
  const { flags, args } = call;
  const own = args.slice(1);
  const env = envOf(call);
  const port = portOf(call);
  const annotations = annotationsOf(call);
  const container = {
    name,
    image: flags.text('image'),
    resources: {},
    ...(pullPolicy && { imagePullPolicy: pullPolicy }),
    ...(env.length > 0 && { env }),
    ...(port !== undefined && { ports: [{ containerPort: port }] }),
    ...(own.length > 0 && { [flags.isOn('command') ? 'command' : 'args']: own }),
    ...(flags.isOn('stdin') && { stdin: true, stdinOnce: true }),
    ...(flags.isOn('tty') && { tty: true }),
    ...(flags.isOn('privileged') && { securityContext: { privileged: true } }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      labels: labelsOf(flags.text('labels')) ?? { run: name },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy },
  };
}

/** `--overrides` is merged over what was made. */
function overridden(
  call: Call,
  pod: JsonMap & { readonly metadata: JsonMap },
): JsonMap & { readonly metadata: JsonMap } {
  const text = call.flags.text('overrides') ?? '';
  if (text === '') return pod;
  const { documents, error } = parseManifest('overrides', text);
  const value = documents[0]?.value;
  if (error || !isMap(value)) throw new CommandError(`invalid overrides: ${error?.message ?? 'they are no object'}`);
  const merged = applyMergePatch(pod, value);
  return isMap(merged) && isMap(merged.metadata) ? { ...merged, metadata: merged.metadata } : pod;
}

function exposePod(call: Call, name: string, pod: JsonMap & { readonly metadata: JsonMap }): void {
  const port = portOf(call);
  generate(
    call,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: pod.metadata.labels },
    },
    { shown: { status: { loadBalancer: {} } } },
  );
}
