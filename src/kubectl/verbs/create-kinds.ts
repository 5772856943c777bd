// kubectl create TYPE NAME: a few kinds that are made of arguments alone.
import { CommandError } from '../errors.ts';
import { GENERATE_FLAGS, generate, nameOf } from '../generate.ts';
import type { Verb } from './verb.ts';

const createNamespaceNamed = (word: string): Verb => ({
  name: `create ${word}`,
  flags: GENERATE_FLAGS,
  run(call) {
    generate(call, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: nameOf(call) } });
  },
});

const createServiceAccountNamed = (word: string): Verb => ({
  name: `create ${word}`,
  flags: GENERATE_FLAGS,
  run(call) {
    generate(call, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: nameOf(call) } });
  },
});

const createDeploymentNamed = (word: string): Verb => ({
  name: `create ${word}`,
  flags: {
    ...GENERATE_FLAGS,
    image: { type: 'strings' },
    replicas: { type: 'int', short: 'r', default: '1' },
    port: { type: 'int' },
  },
  run(call) {
    const { flags, args } = call;
    const name = nameOf({ ...call, args: args.slice(0, call.argsBeforeDash ?? args.length) });
    const images = flags.list('image');
    if (images.length === 0) throw new CommandError('required flag(s) "image" not set');
    const command = call.argsBeforeDash === undefined ? [] : args.slice(call.argsBeforeDash);
    const port = flags.number('port');
    const containers = images.map((image) => ({
      name: (image.split('/').at(-1) ?? image).replace(/[:@].*$/, ''),
      image,
      resources: {},
      ...(command.length > 0 && { command }),
      ...(port !== undefined && { ports: [{ containerPort: port }] }),
    }));
    generate(call, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, labels: { app: name } },
      spec: {
        replicas: flags.number('replicas') ?? 1,
        selector: { matchLabels: { app: name } },
        strategy: {},
        template: { metadata: { labels: { app: name } }, spec: { containers } },
      },
    });
  },
});

const createConfigMapNamed = (word: string): Verb => ({
  name: `create ${word}`,
  flags: {
    ...GENERATE_FLAGS,
    'from-literal': { type: 'strings' },
    'from-file': { type: 'strings' },
  },
  run(call) {
    const data: Record<string, string> = {};
    for (const pair of call.flags.list('from-literal')) {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new CommandError(`invalid literal source ${pair}, expected key=value`);
      data[pair.slice(0, equals)] = pair.slice(equals + 1);
    }
    for (const source of call.flags.list('from-file')) {
      const equals = source.indexOf('=');
      const file = source.slice(equals + 1).replace(/^\.\//, '');
      const text = call.files[file];
      if (text === undefined) throw new CommandError(`error reading ${file}: no such file or directory`);
      data[equals < 1 ? file : source.slice(0, equals)] = text;
    }
    generate(call, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: nameOf(call) },
      ...(Object.keys(data).length > 0 && { data }),
    });
  },
});

/** `80`, `80:8080` */
function portOf(text: string): { name: string; port: number; protocol: string; targetPort: number } {
  const [, port, target] = /^(\d+)(?::(\d+))?$/.exec(text) ?? [];
  if (port === undefined) throw new CommandError(`invalid port: ${text}`);
  return {
    name: text.replace(':', '-'),
    port: Number(port),
    protocol: 'TCP',
    targetPort: Number(target ?? port),
  };
}

const createServiceNamed = (word: string): Verb => ({
  name: `create ${word}`,
  flags: { ...GENERATE_FLAGS, tcp: { type: 'strings' }, clusterip: { type: 'string' } },
  run(call) {
    // The type stands between: `create service clusterip NAME`.
    const [typeWord, ...args] = call.args;
    const types = { clusterip: 'ClusterIP', nodeport: 'NodePort', loadbalancer: 'LoadBalancer' } as const;
    const known = Object.entries(types).find(([name]) => name === typeWord)?.[1];
    if (!known)
      throw new CommandError(
        `kubectl create service needs a type: clusterip, nodeport or loadbalancer; for example kubectl create service clusterip nginx --clusterip=None`,
      );
    const name = nameOf({ ...call, args });
    const clusterIP = call.flags.text('clusterip');
    const ports = call.flags.list('tcp').map(portOf);
    if (ports.length === 0 && clusterIP !== 'None')
      throw new CommandError('at least one tcp port specifier must be provided');
    generate(call, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels: { app: name } },
      spec: {
        ...(ports.length > 0 && { ports }),
        selector: { app: name },
        type: known,
        ...(clusterIP && { clusterIP }),
      },
    });
  },
});

const createBudgetNamed = (word: string): Verb => ({
  name: `create ${word}`,
  flags: {
    ...GENERATE_FLAGS,
    selector: { type: 'string' },
    'min-available': { type: 'string' },
    'max-unavailable': { type: 'string' },
  },
  run(call) {
    const { flags } = call;
    const selector = flags.text('selector');
    if (!selector) throw new CommandError('a selector must be specified');
    const amount = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text);
    const [least, most] = [flags.text('min-available'), flags.text('max-unavailable')];
    if ((least === undefined) === (most === undefined))
      throw new CommandError('one of min-available or max-unavailable must be specified');
    generate(call, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: nameOf(call) },
      spec: {
        ...(least !== undefined && { minAvailable: amount(least) }),
        ...(most !== undefined && { maxUnavailable: amount(most) }),
        selector: { matchLabels: Object.fromEntries(selector.split(',').map((pair) => pair.split('='))) },
      },
    });
  },
});

/** One for each word of each kind. */
export const createKinds: readonly Verb[] = [
  createNamespaceNamed('namespace'),
  createNamespaceNamed('ns'),
  createDeploymentNamed('deployment'),
  createDeploymentNamed('deploy'),
  createConfigMapNamed('configmap'),
  createConfigMapNamed('cm'),
  createServiceAccountNamed('serviceaccount'),
  createServiceAccountNamed('sa'),
  createServiceNamed('service'),
  createServiceNamed('svc'),
  createBudgetNamed('poddisruptionbudget'),
  createBudgetNamed('pdb'),
];
