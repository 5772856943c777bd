// kubectl create service and poddisruptionbudget.
import type { Call } from '../../call.ts';
import { CommandError } from '../../errors.ts';
import { GENERATE_FLAGS, generate, nameOf } from '../../generate.ts';
import type { Verb } from '../verb.ts';

/** `80`, `80:8080`, `80:http`. k8s: parsePorts */
function portOf(text: string, nodePort: number | undefined) {
  const [port = '', target = port] = text.split(':');
  if (!/^\d+$/.test(port)) throw new CommandError(`strconv.ParseUint: parsing ${JSON.stringify(port)}: invalid syntax`);
  const isNumber = /^\d+$/.test(target);
  if (Number(port) > 65535)
    throw new CommandError(`strconv.ParseUint: parsing ${JSON.stringify(port)}: value out of range`);
  if (isNumber && (Number(target) < 1 || Number(target) > 65535) && text.includes(':'))
    throw new CommandError('must be between 1 and 65535, inclusive');
  return {
    name: text.replace(':', '-'),
    port: Number(port),
    protocol: 'TCP',
    targetPort: isNumber ? Number(target) : target,
    ...(nodePort && { nodePort }),
  };
}

const TYPES = [
  ['clusterip', 'ClusterIP'],
  ['nodeport', 'NodePort'],
  ['loadbalancer', 'LoadBalancer'],
  ['externalname', 'ExternalName'],
] as const;

type ServiceType = (typeof TYPES)[number][1];

export const createServices = (word: string): readonly Verb[] =>
  TYPES.map(([typeWord, type]) => ({
    name: `create ${word} ${typeWord}`,
    flags: {
      ...GENERATE_FLAGS,
      tcp: { type: 'strings' },
      ...(type === 'ClusterIP' && { clusterip: { type: 'string' } }),
      ...(type === 'NodePort' && { 'node-port': { type: 'int' } }),
      ...(type === 'ExternalName' && { 'external-name': { type: 'string' } }),
    },
    run: (call) => createService(call, type),
  }));

function createService(call: Call, type: ServiceType): void {
  const { flags } = call;
  const externalName = flags.text('external-name');
  if (type === 'ExternalName' && !externalName) throw new CommandError('required flag(s) "external-name" not set');
  const name = nameOf(call);
  const clusterIP = flags.text('clusterip');
  const tcp = flags.list('tcp');
  if (tcp.length === 0 && clusterIP !== 'None' && type !== 'ExternalName')
    throw new CommandError('at least one tcp port specifier must be provided');
  const ports = tcp.map((text) => portOf(text, flags.number('node-port')));
  generate(
    call,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels: { app: name } },
      spec: {
        ...(ports.length > 0 && { ports }),
        selector: { app: name },
        type,
        ...(externalName && { externalName }),
        ...(clusterIP && { clusterIP }),
      },
    },
    { failing: `failed to create ${type} service: `, shown: { status: { loadBalancer: {} } } },
  );
}

export const createBudget = (word: string): Verb => ({
  name: `create ${word}`,
  flags: {
    ...GENERATE_FLAGS,
    selector: { type: 'string' },
    'min-available': { type: 'string' },
    'max-unavailable': { type: 'string' },
  },
  run(call) {
    const { flags } = call;
    const name = nameOf(call);
    const selector = flags.text('selector') ?? '';
    const [least, most] = [flags.text('min-available') ?? '', flags.text('max-unavailable') ?? ''];
    if (selector === '') throw new CommandError('a selector must be specified');
    if (least === '' && most === '')
      throw new CommandError('one of min-available or max-unavailable must be specified');
    if (least !== '' && most !== '')
      throw new CommandError('min-available and max-unavailable cannot be both specified');
    const amount = (text: string, flag: string): string | number => {
      if (!/^\d+%?$/.test(text)) throw new CommandError(`invalid format specified for ${flag}`);
      return text.endsWith('%') ? text : Number(text);
    };
    generate(
      call,
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name },
        spec: {
          ...(least !== '' && { minAvailable: amount(least, 'min-available') }),
          ...(most !== '' && { maxUnavailable: amount(most, 'max-unavailable') }),
          selector: { matchLabels: Object.fromEntries(selector.split(',').map((pair) => pair.split('='))) },
        },
      },
      {
        failing: 'failed to create poddisruptionbudgets: ',
        shown: { status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 } },
      },
    );
  },
});
