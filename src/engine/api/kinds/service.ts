// Services: addresses and node ports are handed out here, the same ones for the same cluster every time.
// k8s: pkg/registry/core/service/storage/alloc.go
import { type FieldError, fnv1a, type Service, type ServicePort } from '#kube';
import type { View } from '../../kernel/store.ts';
import type { Transaction } from '../../kernel/turn.ts';
import type { Strategy } from '../strategy.ts';

const NETWORK = '10.96';
const NODE_PORT_MIN = 30_000;
const NODE_PORTS = 2_768;
/** Room for one Service each in two octets, without the first and the last address of either. */
const ADDRESSES = 254 * 254;

const isExternalName = (service: Service): boolean => service.spec.type === 'ExternalName';
const hasNodePorts = (service: Service): boolean =>
  service.spec.type === 'NodePort' || service.spec.type === 'LoadBalancer';

const isSame = (a: Service, b: Service): boolean =>
  a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace;

/** The first free one of `count` things, from a place that follows from the name. */
function firstFree<T>(start: number, count: number, at: (index: number) => T, taken: ReadonlySet<T>): T {
  for (let i = 0; i < count; i += 1) {
    const candidate = at((start + i) % count);
    if (!taken.has(candidate)) return candidate;
  }
  return at(start % count);
}

const startOf = (service: Service, salt: string): number =>
  fnv1a(`${service.metadata.namespace}/${service.metadata.name}/${salt}`);

const addressAt = (index: number): string => `${NETWORK}.${1 + Math.floor(index / 254)}.${1 + (index % 254)}`;

const othersThan = (view: View, service: Service): readonly Service[] =>
  view.list('Service').filter((other) => !isSame(other, service));

/** Rule API-14: every Service has an address of its own, headless and external ones none. */
function withAddress(service: Service, view: View): Service {
  if (isExternalName(service) || service.spec.clusterIP) return service;
  const taken = new Set(view.list('Service').map(({ spec }) => spec.clusterIP ?? ''));
  const clusterIP = firstFree(startOf(service, ''), ADDRESSES, addressAt, taken);
  return { ...service, spec: { ...service.spec, clusterIP, clusterIPs: [clusterIP] } };
}

function withNodePorts(service: Service, view: View): Service {
  const { ports } = service.spec;
  if (!ports || !hasNodePorts(service) || service.spec.allocateLoadBalancerNodePorts === false) return service;
  if (ports.every(({ nodePort }) => nodePort)) return service;
  const taken = new Set<number>();
  for (const { spec } of [...othersThan(view, service), service])
    for (const { nodePort } of spec.ports ?? []) if (nodePort) taken.add(nodePort);
  const filled = ports.map((port): ServicePort => {
    if (port.nodePort) return port;
    const start = startOf(service, `${port.port}/${port.protocol}`);
    const nodePort = firstFree(start, NODE_PORTS, (index) => NODE_PORT_MIN + index, taken);
    taken.add(nodePort);
    return { ...port, nodePort };
  });
  return { ...service, spec: { ...service.spec, ports: filled } };
}

/** What a PUT leaves out stays as it was handed out. k8s: patchAllocatedValues */
function withAllocated(service: Service, stored: Service): Service {
  if (isExternalName(service) || isExternalName(stored)) return service;
  const { clusterIP, clusterIPs } = stored.spec;
  const isKept = !service.spec.clusterIP && !service.spec.clusterIPs?.length && clusterIP !== undefined;
  const spec = isKept ? { ...service.spec, clusterIP, ...(clusterIPs && { clusterIPs }) } : service.spec;
  if (!hasNodePorts(service) || !hasNodePorts(stored)) return { ...service, spec };
  const portOf = (port: ServicePort) =>
    stored.spec.ports?.find((other) => other.port === port.port && other.protocol === port.protocol)?.nodePort;
  const ports = spec.ports?.map((port) => {
    const nodePort = port.nodePort || portOf(port);
    return nodePort ? { ...port, nodePort } : port;
  });
  return { ...service, spec: ports ? { ...spec, ports } : spec };
}

/** An address that another Service has is refused. */
function validate(service: Service, tx: Transaction): readonly FieldError[] {
  const address = service.spec.clusterIP;
  if (!address || address === 'None') return [];
  if (!othersThan(tx.view, service).some(({ spec }) => spec.clusterIP === address)) return [];
  return [
    {
      path: 'spec.clusterIPs',
      type: 'FieldValueInvalid',
      body: `Invalid value: ["${address}"]: failed to allocate IP ${address}: provided IP is already allocated`,
    },
  ];
}

const withResources = (service: Service, view: View): Service => withNodePorts(withAddress(service, view), view);

export const serviceStrategy: Strategy<Service> = {
  kind: 'Service',
  newStatus: () => ({ loadBalancer: {} }),
  prepareForCreate: (service, tx) => withResources(service, tx.view),
  validate,
  prepareForUpdate: (service, stored, tx) =>
    service.spec === stored.spec ? service : withResources(withAllocated(service, stored), tx.view),
};
