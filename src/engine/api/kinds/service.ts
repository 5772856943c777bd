// Services: addresses and node ports are handed out here, the same ones for the same cluster every time.
// k8s: pkg/registry/core/service/storage/alloc.go
import { type FieldError, fnv1a, type Service, type ServicePort } from '#kube';
import { isSame } from '#lib';
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

/** Whether clients outside of the cluster reach it. k8s: service.ExternallyAccessible */
const isExternal = (service: Service): boolean =>
  hasNodePorts(service) ||
  (service.spec.type === 'ClusterIP' && Array.isArray(service.spec.externalIPs) && service.spec.externalIPs.length > 0);

const isSameService = (a: Service, b: Service): boolean =>
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
  view.list('Service').filter((other) => !isSameService(other, service));

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

/** What a PUT leaves out stays as it was handed out; ports are known by their names. k8s: patchAllocatedValues */
function withAllocated(service: Service, stored: Service): Service {
  if (isExternalName(service) || isExternalName(stored)) return service;
  const { clusterIP, clusterIPs } = stored.spec;
  const isKept = !service.spec.clusterIP && !service.spec.clusterIPs?.length && clusterIP !== undefined;
  const spec = isKept ? { ...service.spec, clusterIP, ...(clusterIPs && { clusterIPs }) } : service.spec;
  if (!spec.ports || !hasNodePorts(service) || !hasNodePorts(stored)) return { ...service, spec };
  const before = new Map((stored.spec.ports ?? []).map((port) => [port.name ?? '', port.nodePort]));
  const taken = new Set(spec.ports.map((port) => port.nodePort).filter(Boolean));
  const ports = spec.ports.map((port) => {
    if (port.nodePort) return port;
    const nodePort = before.get(port.name ?? '');
    if (!nodePort || taken.has(nodePort)) return port;
    taken.add(nodePort);
    return { ...port, nodePort };
  });
  return { ...service, spec: { ...spec, ports } };
}

/** Who changes one of clusterIP and clusterIPs means both. k8s: normalizeClusterIPs */
function withEqualAddresses(service: Service, stored: Service): Service {
  const { clusterIP, clusterIPs } = service.spec;
  const isOneChanged = clusterIP !== stored.spec.clusterIP && isSame(clusterIPs, stored.spec.clusterIPs);
  return clusterIP && isOneChanged ? { ...service, spec: { ...service.spec, clusterIPs: [clusterIP] } } : service;
}

/** A change of type takes along what only the old type needs, unless the writer changed that too. k8s: dropTypeDependentFields */
function withoutOldType(service: Service, stored: Service): Service {
  const [spec, old] = [service.spec, stored.spec];
  const kept: { -readonly [K in keyof Service['spec']]: Service['spec'][K] } = { ...spec };
  if (isExternalName(service) && !isExternalName(stored)) {
    if (isSame([spec.clusterIP, spec.clusterIPs], [old.clusterIP, old.clusterIPs])) {
      delete kept.clusterIP;
      delete kept.clusterIPs;
    }
    for (const key of ['ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy'] as const)
      if (isSame(spec[key], old[key])) delete kept[key];
  }
  const nodePortsOf = ({ ports }: Service['spec']) => new Set((ports ?? []).map(({ nodePort }) => nodePort ?? 0));
  if (
    spec.ports &&
    hasNodePorts(stored) &&
    !hasNodePorts(service) &&
    isSame([...nodePortsOf(spec)], [...nodePortsOf(old)])
  )
    kept.ports = spec.ports.map(({ nodePort: _, ...port }) => port);
  if (isExternal(stored) && !isExternal(service) && spec.externalTrafficPolicy === old.externalTrafficPolicy)
    delete kept.externalTrafficPolicy;
  return { ...service, spec: kept };
}

/** An address that another Service has is refused, and a port that no node hands out. */
function validate(service: Service, tx: Transaction): readonly FieldError[] {
  const outside = service.spec.ports?.findIndex(
    ({ nodePort }) => nodePort && (nodePort < NODE_PORT_MIN || nodePort >= NODE_PORT_MIN + NODE_PORTS),
  );
  if (outside !== undefined && outside >= 0)
    return [
      {
        path: `spec.ports[${outside}].nodePort`,
        type: 'FieldValueInvalid',
        body: `Invalid value: ${service.spec.ports?.[outside]?.nodePort}: provided port is not in the valid range. The range of valid ports is ${NODE_PORT_MIN}-${NODE_PORT_MIN + NODE_PORTS - 1}`,
      },
    ];
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
    service.spec === stored.spec
      ? service
      : withResources(withoutOldType(withEqualAddresses(withAllocated(service, stored), stored), stored), tx.view),
};
