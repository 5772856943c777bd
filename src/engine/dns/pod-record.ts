// The one name by which a pod of a StatefulSet is known, for pictures that show it beside each pod: cheap enough to be
// asked for each pod that changed.
import type { Endpoint, Pod } from '#kube';
import { endpointIndex, endpointPlace } from '../controllers/endpoint-slice/endpoint-index.ts';
import type { Reason, View } from '../kernel/index.ts';
import { whyNotPublished } from './diagnose.ts';
import { serviceDomain } from './names.ts';

export interface PodRecord {
  /** `web-0.nginx`, as pods of the same namespace say it; undefined without a subdomain. */
  readonly name: string | undefined;
  /** `web-0.nginx.default.svc.cluster.local` */
  readonly fullName: string | undefined;
  /** Empty while the name does not resolve. */
  readonly addresses: readonly string[];
  /** Why it resolves, or why not. */
  readonly reason: Reason;
}

/** The endpoint of this very pod behind a Service; one of an earlier pod of its name does not count. O(endpoints of one slice). */
function endpointOfPod(view: View, namespace: string, service: string, { metadata }: Pod): Endpoint | undefined {
  for (const slice of view.derived(endpointIndex).get(endpointPlace(namespace, service, metadata.name)) ?? []) {
    const endpoints = view.get('EndpointSlice', namespace, slice)?.endpoints;
    const found = endpoints?.find(({ targetRef }) => targetRef?.uid === metadata.uid);
    if (found) return found;
  }
  return undefined;
}

/**
 * The DNS name of a pod and what it resolves to.
 * @param pod the pod; its subdomain is the governing Service's name
 */
export function podRecord(view: View, pod: Pod): PodRecord {
  const { namespace = '', name: podName } = pod.metadata;
  const { hostname = podName, subdomain } = pod.spec;
  if (!subdomain)
    return {
      name: undefined,
      fullName: undefined,
      addresses: [],
      reason: whyNotPublished(view, namespace, '', pod),
    };
  const names = { name: `${hostname}.${subdomain}`, fullName: `${hostname}.${serviceDomain(namespace, subdomain)}` };
  const endpoint = endpointOfPod(view, namespace, subdomain, pod);
  if (endpoint?.conditions.ready && endpoint.hostname === hostname) {
    const args = { name: names.fullName, service: subdomain, host: hostname, answers: endpoint.addresses.length };
    return { ...names, addresses: endpoint.addresses, reason: { rule: 'DNS-2', acting: true, args } };
  }
  return { ...names, addresses: [], reason: whyNotPublished(view, namespace, subdomain, pod) };
}
