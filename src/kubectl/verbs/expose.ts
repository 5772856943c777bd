// kubectl expose: a Service for the pods of a workload. StatefulSets are not among those that it knows; they name their
// Service themselves.
import { type KubeObject, kindOf, type LabelSelector } from '#kube';
import { valueAt } from '../change-object.ts';
import { CommandError } from '../errors.ts';
import { GENERATE_FLAGS, generate, labelsOf } from '../generate.ts';
import { findObjects, readQuery } from '../objects.ts';
import { SELECTOR_FLAGS, type Verb } from './verb.ts';

const EXPOSABLE: ReadonlySet<string> = new Set(['Deployment', 'Pod', 'ReplicaSet', 'ReplicationController', 'Service']);

export const expose: Verb = {
  name: 'expose',
  flags: {
    ...GENERATE_FLAGS,
    ...SELECTOR_FLAGS,
    selector: { type: 'string' },
    port: { type: 'string' },
    'target-port': { type: 'string' },
    protocol: { type: 'string' },
    name: { type: 'string' },
    type: { type: 'string' },
    'cluster-ip': { type: 'string' },
    labels: { type: 'string', short: 'l' },
  },
  run(call) {
    const { flags } = call;
    // `--selector` is that of the Service, not one of the objects.
    const plain = {
      ...call,
      flags: { ...flags, text: (name: string) => (name === 'selector' ? undefined : flags.text(name)) },
    };
    for (const { info, object } of findObjects(plain, readQuery(call.args, call.namespace), { needsName: true })) {
      if (!EXPOSABLE.has(info.kind))
        throw new CommandError(
          `cannot expose a ${kindOf(object)?.kind ?? info.kind}${info.group ? `.${info.group}` : ''}`,
        );
      const selector = labelsOf(flags.text('selector')) ?? selectorOf(object);
      if (!selector || Object.keys(selector).length === 0)
        throw new CommandError(
          `couldn't retrieve selectors via --selector flag or introspection: invalid deployment: no selectors, therefore cannot be exposed`,
        );
      const ports = portsOf(object, flags.text('port'), flags.text('target-port'), flags.text('protocol') ?? 'TCP');
      if (ports.length === 0) throw new CommandError("couldn't find port via --port flag or introspection");
      const type = flags.text('type');
      const clusterIP = flags.text('cluster-ip');
      generate(
        call,
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: {
            name: flags.text('name') ?? object.metadata.name,
            ...(object.metadata.labels && { labels: labelsOf(flags.text('labels')) ?? object.metadata.labels }),
          },
          spec: { ports, selector, ...(type && { type }), ...(clusterIP && { clusterIP }) },
        },
        { word: 'exposed' },
      );
    }
    if (call.args.length === 0)
      throw new CommandError(`You must provide one or more resources by argument or filename.`);
  },
};

function selectorOf(object: KubeObject): Readonly<Record<string, string>> | undefined {
  if (object.kind === 'Pod') return object.metadata.labels;
  if (object.kind === 'Service') return valueAt(object, ['spec', 'selector']) as Record<string, string> | undefined;
  const selector = valueAt(object, ['spec', 'selector']) as LabelSelector | undefined;
  if (selector?.matchExpressions && selector.matchExpressions.length > 0)
    throw new CommandError(
      `couldn't convert expressions - "${JSON.stringify(selector.matchExpressions)}" to map-based selector format`,
    );
  return selector?.matchLabels;
}

interface ServicePort {
  readonly port: number;
  readonly protocol: string;
  readonly targetPort: string | number;
  readonly name?: string;
}

const numeric = (text: string): string | number => (/^\d+$/.test(text) ? Number(text) : text);

function portsOf(
  object: KubeObject,
  wanted: string | undefined,
  target: string | undefined,
  protocol: string,
): ServicePort[] {
  if (wanted !== undefined)
    return wanted.split(',').map((port, i, all) => ({
      port: Number(port),
      protocol,
      targetPort: numeric(target ?? port),
      ...(all.length > 1 && { name: `port-${i + 1}` }),
    }));
  const own = valueAt(object, object.kind === 'Service' ? ['spec', 'ports'] : []);
  const containers = valueAt(
    object,
    object.kind === 'Pod' ? ['spec', 'containers'] : ['spec', 'template', 'spec', 'containers'],
  );
  const numbers = Array.isArray(own)
    ? (own as readonly { port: number }[]).map(({ port }) => port)
    : Array.isArray(containers)
      ? (containers as readonly { ports?: readonly { containerPort: number }[] }[]).flatMap(({ ports = [] }) =>
          ports.map(({ containerPort }) => containerPort),
        )
      : [];
  return numbers.map((port, i) => ({
    port,
    protocol,
    targetPort: numeric(target ?? String(port)),
    ...(numbers.length > 1 && { name: `port-${i + 1}` }),
  }));
}
