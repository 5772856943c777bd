// Rule KCTL-14: the Endpoints that a Service still has beside its slices: nothing of the simulation reads them, so they are made of
// the slices when somebody asks. k8s: pkg/controller/endpoint
import type { View } from '#engine';
import { compareBytes, type Endpoint, type EndpointSlice, type KubeObject, type Service } from '#kube';

const SERVICE_LABEL = 'kubernetes.io/service-name';
const SINCE = 'endpoints.kubernetes.io/last-change-trigger-time';

export const ENDPOINTS_WARNING = 'Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice';

/** Addresses that share their ports. */
export interface EndpointSubset {
  readonly addresses?: readonly EndpointAddress[];
  readonly notReadyAddresses?: readonly EndpointAddress[];
  readonly ports?: NonNullable<EndpointSlice['ports']>;
}
interface EndpointAddress {
  readonly hostname?: string;
  readonly ip: string;
  readonly nodeName?: string;
  readonly targetRef?: Endpoint['targetRef'];
}
export interface Endpoints extends KubeObject {
  readonly kind: 'Endpoints';
  readonly subsets?: readonly EndpointSubset[];
}

const addressOf = ({ addresses, hostname, nodeName, targetRef }: Endpoint): EndpointAddress => ({
  ...(hostname !== undefined && { hostname }),
  ip: addresses[0] ?? '',
  ...(nodeName !== undefined && { nodeName }),
  ...(targetRef && { targetRef }),
});

/** Pods on their way out are left out, unless addresses are published whatever becomes of them. */
function subsetOf({ endpoints, ports }: EndpointSlice, isAnyReady: boolean): EndpointSubset | undefined {
  const there = endpoints
    .filter(({ conditions }) => isAnyReady || !conditions.terminating)
    .toSorted((a, b) => compareBytes(a.addresses[0] ?? '', b.addresses[0] ?? ''));
  if (there.length === 0) return undefined;
  const ready = there.filter(({ conditions }) => conditions.ready).map(addressOf);
  const others = there.filter(({ conditions }) => !conditions.ready).map(addressOf);
  return {
    ...(ready.length > 0 && { addresses: ready }),
    ...(others.length > 0 && { notReadyAddresses: others }),
    ...(ports?.length && { ports }),
  };
}

/** The Endpoints of a Service; undefined when it has none. */
function endpointsOf(view: View, service: Service): Endpoints | undefined {
  const { name, namespace = '', labels } = service.metadata;
  const slices = view
    .list('EndpointSlice', namespace)
    .filter(({ metadata }) => metadata.labels?.[SERVICE_LABEL] === name);
  const [first] = slices;
  if (!first) return undefined;
  const since = slices.flatMap(({ metadata }) => metadata.annotations?.[SINCE] ?? []).sort(compareBytes)[0];
  const subsets = slices.flatMap((slice) => subsetOf(slice, service.spec.publishNotReadyAddresses === true) ?? []);
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      namespace,
      creationTimestamp: service.metadata.creationTimestamp,
      resourceVersion: first.metadata.resourceVersion,
      uid: first.metadata.uid,
      labels: {
        ...labels,
        'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
        ...(service.spec.clusterIP === 'None' && { 'service.kubernetes.io/headless': '' }),
      },
      ...(since !== undefined && { annotations: { [SINCE]: since } }),
    },
    ...(subsets.length > 0 && { subsets }),
  };
}

/** The Endpoints of one Service. */
export function findEndpoints(view: View, namespace: string, name: string): Endpoints | undefined {
  const service = view.get('Service', namespace, name);
  return service && endpointsOf(view, service);
}

/** Those of all Services. `namespace` undefined: everywhere. */
export const listEndpoints = (view: View, namespace: string | undefined): readonly Endpoints[] =>
  view.list('Service', namespace).flatMap((service) => endpointsOf(view, service) ?? []);

const SHOWN_MAX = 3;

/** `10.244.0.10:80,10.244.0.11:80 + 1 more...`: the ready ones. k8s: formatEndpoints */
export function endpointsText({ subsets }: Endpoints): string {
  if (!subsets?.length) return '<none>';
  const all = subsets.flatMap(({ addresses = [], ports }) =>
    ports ? ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`)) : addresses.map(({ ip }) => ip),
  );
  const more = all.length - SHOWN_MAX;
  return all.slice(0, SHOWN_MAX).join(',') + (more > 0 ? ` + ${more} more...` : '');
}
