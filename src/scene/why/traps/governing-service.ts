// The sets and Services that belong together, and a manifest of the Service that a set wants.
import { isTerminating, type KubeObject, keyOf, type Service, type StatefulSet } from '#kube';
import type { WhyInput } from '../input.ts';
import { applyFile } from '../steps.ts';
import type { WhyStep } from '../types.ts';

/** A set with the Service that it names, if that is there. */
export interface Pair {
  readonly set: StatefulSet;
  readonly name: string;
  readonly service: Service | undefined;
}

/** The pairs that an object is part of: a set with its Service, or a Service with the first set that names it. */
export function pairOf(input: WhyInput, object: KubeObject): Pair | undefined {
  const namespace = object.metadata.namespace ?? '';
  if (object.kind === 'Service') {
    const service = object as Service;
    const { name } = service.metadata;
    const set = input.view.list('StatefulSet', namespace).find(({ spec }) => spec.serviceName === name);
    return set && { set, name, service };
  }
  const set = object as StatefulSet;
  if (isTerminating(set)) return undefined;
  const name = set.spec.serviceName;
  return name ? { set, name, service: input.view.get('Service', namespace, name) } : undefined;
}

/** The id of the Service of a pair. */
export const serviceIdOf = ({ set, name }: Pair): string => keyOf('Service', set.metadata.namespace, name);

/** The labels that select the pods of a set. */
export const selectorOf = ({ spec }: StatefulSet): Readonly<Record<string, string>> =>
  spec.selector.matchLabels ?? spec.template.metadata?.labels ?? {};

/** A headless Service for the pods of a set, as a manifest. */
function serviceManifest({ set, name }: Pair): string {
  const ports = set.spec.template.spec.containers
    .flatMap((container) => container.ports ?? [])
    .map(({ name: portName, containerPort, protocol }) => ({
      name: portName ?? `port-${containerPort}`,
      port: containerPort,
      ...(protocol !== undefined && protocol !== 'TCP' && { protocol }),
    }));
  const lines = [
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    `  name: ${name}`,
    ...(set.metadata.namespace === undefined ? [] : [`  namespace: ${set.metadata.namespace}`]),
    'spec:',
    '  clusterIP: None',
    '  selector:',
    ...Object.entries(selectorOf(set)).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    ...(ports.length > 0 ? ['  ports:', ...ports.map((port) => `    - ${JSON.stringify(port)}`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Creates the headless Service that a set names. */
export const serviceStep = (pair: Pair): WhyStep =>
  applyFile(`Create the headless Service ${pair.name}`, `${pair.name}.yaml`, serviceManifest(pair));
