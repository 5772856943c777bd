// The names of the cluster's domain: how they are put together, and which names a resolver tries.
// kubernetes/dns specification 1.1.0; k8s: pkg/kubelet/network/dns

const ZONE = 'cluster.local';

/** Names with fewer dots are tried with the search domains first. k8s: defaultDNSOptions */
const DOTS_MIN = 5;

/** Seconds for which an answer may be kept. */
export const TTL_SECONDS = 30;

/** `nginx.default.svc.cluster.local` */
export const serviceDomain = (namespace: string, service: string): string => `${service}.${namespace}.svc.${ZONE}`;

/** An address as the first part of a name: `10-244-1-5`. */
export const dashed = (address: string): string => address.replaceAll('.', '-').replaceAll(':', '-');

/** The name under which an address is looked up in reverse. */
export const reverseName = (address: string): string => `${address.split('.').reverse().join('.')}.in-addr.arpa`;

/** What a pod's resolv.conf lists under `search`. */
export const searchDomainsOf = (namespace: string): readonly string[] => [
  `${namespace}.svc.${ZONE}`,
  `svc.${ZONE}`,
  ZONE,
];

/**
 * The full names that a pod's resolver tries for a name, in order (DNS-6). A name that ends with a dot is full already.
 * @param namespace the namespace of the pod that asks
 */
export function namesTried(name: string, namespace: string): string[] {
  const lower = name.toLowerCase();
  if (lower.endsWith('.')) return [lower.slice(0, -1)];
  const searched = searchDomainsOf(namespace).map((domain) => `${lower}.${domain}`);
  const dots = lower.split('.').length - 1;
  return dots >= DOTS_MIN ? [lower, ...searched] : [...searched, lower];
}

/** What a full name means. */
export type Meaning =
  | { readonly kind: 'service'; readonly namespace: string; readonly service: string }
  | { readonly kind: 'endpoint'; readonly namespace: string; readonly service: string; readonly host: string }
  | {
      readonly kind: 'port';
      readonly namespace: string;
      readonly service: string;
      readonly port: string;
      readonly protocol: string;
    }
  | { readonly kind: 'pod'; readonly namespace: string; readonly address: string }
  | { readonly kind: 'reverse'; readonly address: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'outside' };

const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;

function meaningInServices(parts: readonly string[]): Meaning {
  const namespace = parts.at(-1);
  const service = parts.at(-2);
  if (namespace === undefined || service === undefined) return { kind: 'nothing' };
  const [first, second] = parts;
  if (parts.length === 2) return { kind: 'service', namespace, service };
  if (parts.length === 3 && first !== undefined) return { kind: 'endpoint', namespace, service, host: first };
  if (parts.length === 4 && first?.startsWith('_') && second?.startsWith('_'))
    return { kind: 'port', namespace, service, port: first.slice(1), protocol: second.slice(1) };
  return { kind: 'nothing' };
}

/** Reads a full name, in lower case and without a dot at its end. */
export function meaningOf(name: string): Meaning {
  if (ADDRESS.test(name)) return { kind: 'reverse', address: name };
  if (name.endsWith('.in-addr.arpa'))
    return { kind: 'reverse', address: name.slice(0, -'.in-addr.arpa'.length).split('.').reverse().join('.') };
  if (name !== ZONE && !name.endsWith(`.${ZONE}`)) return { kind: 'outside' };
  const parts = name.slice(0, -ZONE.length - 1).split('.');
  const root = parts.pop();
  if (root === 'svc') return meaningInServices(parts);
  const [address, namespace] = parts;
  if (root === 'pod' && parts.length === 2 && address !== undefined && namespace !== undefined)
    return { kind: 'pod', namespace, address: address.replaceAll('-', '.') };
  return { kind: 'nothing' };
}
