// The records of the cluster's DNS, all of them and those of one Service. A pure function of Services and EndpointSlices.
import type { Endpoint, EndpointSlice, Service } from '#kube';
import { serviceOfSlice } from '../controllers/endpoint-slice/endpoint-index.ts';
import type { View } from '../kernel/index.ts';
import { dashed, reverseName, serviceDomain, TTL_SECONDS } from './names.ts';

export type RecordType = 'A' | 'SRV' | 'PTR' | 'CNAME';

export interface DnsRecord {
  readonly name: string;
  readonly type: RecordType;
  /** An address, a name, or `priority weight port target`. */
  readonly data: string;
  readonly ttlSeconds: number;
}

const record = (name: string, type: RecordType, data: string): DnsRecord => ({
  name,
  type,
  data,
  ttlSeconds: TTL_SECONDS,
});

/** True for a Service whose name stands for its pods' addresses and not for one of its own. */
export const isHeadless = ({ spec }: Service): boolean => spec.clusterIP === 'None';

/** The slices that say who is behind a Service, made by the controller or by hand. */
export const slicesOf = (view: View, namespace: string, service: string): readonly EndpointSlice[] =>
  view.list('EndpointSlice', namespace).filter((slice) => serviceOfSlice(slice) === service);

/** An endpoint that DNS answers with, and the ports it serves. */
interface Published {
  readonly endpoint: Endpoint;
  readonly slice: EndpointSlice;
}

/** The endpoints that are ready: only they are in the DNS. */
function publishedOf(view: View, { metadata }: Service): Published[] {
  return slicesOf(view, metadata.namespace ?? '', metadata.name).flatMap((slice) =>
    slice.endpoints.filter(({ conditions }) => conditions.ready).map((endpoint) => ({ endpoint, slice })),
  );
}

/** The first part of an endpoint's own name: its host name, or its address with dashes. */
const labelOf = ({ hostname, addresses }: Endpoint): string => hostname ?? dashed(addresses[0] ?? '');

/** `_web._tcp` records: one for each named port of each target. */
function serviceRecords(
  domain: string,
  targets: readonly { readonly name: string; readonly ports: EndpointSlice['ports'] }[],
): DnsRecord[] {
  const counts = new Map<string, number>();
  const named = targets.flatMap(({ name, ports }) =>
    (ports ?? []).flatMap((port) => {
      if (!port.name || port.port === undefined) return [];
      const owner = `_${port.name}._${(port.protocol ?? 'TCP').toLowerCase()}.${domain}`;
      counts.set(owner, (counts.get(owner) ?? 0) + 1);
      return [{ owner, port: port.port, target: name }];
    }),
  );
  return named.map(({ owner, port, target }) => {
    const weight = Math.max(1, Math.floor(100 / (counts.get(owner) ?? 1)));
    return record(owner, 'SRV', `0 ${weight} ${port} ${target}`);
  });
}

function headlessRecords(view: View, service: Service, domain: string): DnsRecord[] {
  const published = publishedOf(view, service);
  const records: DnsRecord[] = [];
  const targets = published.map(({ endpoint, slice }) => ({
    name: `${labelOf(endpoint)}.${domain}`,
    ports: slice.ports,
  }));
  for (const { endpoint } of published)
    for (const address of endpoint.addresses) {
      records.push(record(domain, 'A', address), record(`${labelOf(endpoint)}.${domain}`, 'A', address));
      // Only a pod with a host name is found under its address.
      if (endpoint.hostname !== undefined)
        records.push(record(reverseName(address), 'PTR', `${endpoint.hostname}.${domain}`));
    }
  return [...records, ...serviceRecords(domain, targets)];
}

function clusterIpRecords(view: View, service: Service, domain: string): DnsRecord[] {
  const { clusterIP = '', ports = [] } = service.spec;
  const endpoints = publishedOf(view, service).flatMap(({ endpoint }) =>
    endpoint.addresses.map((address) => record(`${labelOf(endpoint)}.${domain}`, 'A', address)),
  );
  return [
    record(domain, 'A', clusterIP),
    record(reverseName(clusterIP), 'PTR', domain),
    ...serviceRecords(domain, [{ name: domain, ports }]),
    ...endpoints,
  ];
}

/** All records of one Service. */
export function recordsOfService(view: View, service: Service): readonly DnsRecord[] {
  const domain = serviceDomain(service.metadata.namespace ?? '', service.metadata.name);
  if (service.spec.type === 'ExternalName') return [record(domain, 'CNAME', service.spec.externalName ?? '')];
  if (isHeadless(service)) return headlessRecords(view, service, domain);
  return service.spec.clusterIP ? clusterIpRecords(view, service, domain) : [];
}

/** All records of the cluster's domain, Service by Service. */
export const recordsOf = (view: View): readonly DnsRecord[] =>
  view.list('Service').flatMap((service) => recordsOfService(view, service));
