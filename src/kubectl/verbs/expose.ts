// kubectl expose: a Service for the pods of a workload. StatefulSets are not among those that it knows; they name their
// Service themselves.
import { type KubeObject, kindOf, type LabelSelector } from '#kube';
import type { Call } from '../call.ts';
import { recorded, valueAt } from '../change-object.ts';
import { CommandError } from '../errors.ts';
import { GENERATE_FLAGS, generate, labelsOf } from '../generate.ts';
import type { Found } from '../objects.ts';
import { isMap, type JsonMap } from '../patch/json.ts';
import { tellerOf } from '../print/printer.ts';
import { FILE_FLAGS } from '../read-files.ts';
import { NOTHING_NAMED, selectObjects } from '../selection.ts';
import { RECORD_FLAG, type Verb } from './verb.ts';

const EXPOSABLE: ReadonlySet<string> = new Set(['Deployment', 'Pod', 'ReplicaSet', 'ReplicationController', 'Service']);

export const expose: Verb = {
  name: 'expose',
  flags: {
    ...GENERATE_FLAGS,
    ...FILE_FLAGS,
    ...RECORD_FLAG,
    'cluster-ip': { type: 'string' },
    'external-ip': { type: 'string' },
    labels: { type: 'string', short: 'l' },
    'load-balancer-ip': { type: 'string' },
    name: { type: 'string' },
    port: { type: 'string' },
    protocol: { type: 'string' },
    selector: { type: 'string' },
    'session-affinity': { type: 'string' },
    'target-port': { type: 'string' },
    type: { type: 'string' },
  },
  run(call) {
    const { flags } = call;
    const teller = tellerOf(call);
    const affinity = flags.text('session-affinity') ?? '';
    if (!['', 'None', 'ClientIP'].includes(affinity)) throw new CommandError(`unknown session affinity: ${affinity}`);
    // `--selector` is that of the Service, not one of the objects.
    const plain = {
      ...call,
      flags: { ...flags, text: (name: string) => (name === 'selector' ? undefined : flags.text(name)) },
    };
    for (const found of selectObjects(plain, call.args, { nothingNamed: NOTHING_NAMED })) {
      const service = serviceOf(call, found, affinity);
      generate(call, recorded(call, service) as typeof service, {
        word: 'exposed',
        teller,
        shown: { status: { loadBalancer: {} } },
      });
    }
  },
};

function serviceOf(call: Call, { info, object }: Found, affinity: string): JsonMap & { readonly metadata: JsonMap } {
  const { flags } = call;
  if (!EXPOSABLE.has(info.kind))
    throw new CommandError(`cannot expose a ${kindOf(object)?.kind ?? info.kind}${info.group ? `.${info.group}` : ''}`);
  const selector = labelsOf(flags.text('selector')) ?? selectorOf(object);
  const clusterIP = flags.text('cluster-ip');
  const ports = portsOf(object, flags.text('port'), flags.text('target-port'), flags.text('protocol'));
  if (ports.length === 0 && clusterIP !== 'None')
    throw new CommandError("couldn't find port via --port flag or introspection");
  const type = flags.text('type');
  const [externalIP, balancerIP] = [flags.text('external-ip'), flags.text('load-balancer-ip')];
  const labels = labelsOf(flags.text('labels')) ?? object.metadata.labels;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: flags.text('name') || object.metadata.name.slice(0, 63), ...(labels && { labels }) },
    spec: {
      ...(ports.length > 0 && { ports }),
      selector,
      ...(type && { type }),
      ...(clusterIP && { clusterIP }),
      ...(externalIP && { externalIPs: [externalIP] }),
      ...(balancerIP && { loadBalancerIP: balancerIP }),
      ...(affinity && { sessionAffinity: affinity }),
    },
  };
}

const INTROSPECTION = "couldn't retrieve selectors via --selector flag or introspection: ";

/** What is said of an object that chooses no pods. k8s: mapBasedSelectorForObject */
function noSelector(kind: string): string {
  if (kind === 'Pod') return 'the pod has no labels and cannot be exposed';
  if (kind === 'Service') return 'the service has no pod selector set';
  return `invalid ${kind.replace('Set', ' set').toLowerCase()}: no selectors, therefore cannot be exposed`;
}

function selectorOf(object: KubeObject): Readonly<Record<string, string>> {
  const stored = valueAt(object, ['spec', 'selector']);
  const isPlain = object.kind === 'Service' || object.kind === 'ReplicationController';
  const { matchLabels, matchExpressions } = (stored ?? {}) as LabelSelector;
  if (!isPlain && object.kind !== 'Pod' && matchExpressions && matchExpressions.length > 0)
    throw new CommandError(
      `${INTROSPECTION}couldn't convert expressions - "${expressionsText(matchExpressions)}" to map-based selector format`,
    );
  const own =
    object.kind === 'Pod' ? object.metadata.labels : isPlain ? (stored as Record<string, string>) : matchLabels;
  if (!own || Object.keys(own).length === 0) throw new CommandError(INTROSPECTION + noSelector(object.kind));
  return own;
}

/** As Go prints the structs. */
const expressionsText = (expressions: NonNullable<LabelSelector['matchExpressions']>): string =>
  `[${expressions.map(({ key, operator, values = [] }) => `{Key:${key} Operator:${operator} Values:[${values.join(' ')}]}`).join(' ')}]`;

interface ServicePort {
  readonly port: number;
  readonly protocol: string;
  readonly targetPort: string | number;
  readonly name?: string;
}

const numeric = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text);

interface OwnPort {
  readonly port: number;
  readonly protocol: string;
}

/** The ports of what is exposed: of a Service its own, of others those of their containers. */
function ownPortsOf(object: KubeObject): readonly OwnPort[] {
  const list = (path: readonly string[]): readonly JsonMap[] => {
    const value = valueAt(object, path);
    return Array.isArray(value) ? value.filter(isMap) : [];
  };
  const own = (ports: unknown, member: 'port' | 'containerPort'): readonly OwnPort[] =>
    (Array.isArray(ports) ? ports.filter(isMap) : []).map((one) => ({
      port: Number(one[member]),
      protocol: String(one.protocol ?? 'TCP'),
    }));
  if (object.kind === 'Service') return own(valueAt(object, ['spec', 'ports']), 'port');
  const containers = list(object.kind === 'Pod' ? ['spec', 'containers'] : ['spec', 'template', 'spec', 'containers']);
  return containers.flatMap(({ ports }) => own(ports, 'containerPort'));
}

function portsOf(
  object: KubeObject,
  wanted: string | undefined,
  target: string | undefined,
  protocol: string | undefined,
): ServicePort[] {
  const own = ownPortsOf(object);
  const numbers = wanted ? wanted.split(',') : [...new Set(own.map(({ port }) => String(port)))];
  return numbers.map((text, i) => {
    if (!/^\d+$/.test(text)) throw new CommandError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
    const port = Number(text);
    return {
      port,
      protocol: protocol || (own.find((one) => one.port === port)?.protocol ?? 'TCP'),
      targetPort: numeric(target || text),
      ...(numbers.length > 1 && { name: `port-${i + 1}` }),
    };
  });
}
