// One pod as an endpoint of a Service: its address, whether traffic may go there, and on which ports.
// k8s: staging endpointslice utils.go podToEndpoint, getEndpointPorts
import {
  type Endpoint,
  type EndpointSlice,
  isPodReady,
  isTerminating,
  type Pod,
  type Service,
  type ServicePort,
} from '#kube';
import type { View } from '../../kernel/index.ts';

const ZONE_LABEL = 'topology.kubernetes.io/zone';

export type SlicePorts = NonNullable<EndpointSlice['ports']>;

/** An endpoint with the ports by which its slice is chosen. */
export interface PodEndpoint {
  readonly endpoint: Endpoint;
  readonly ports: SlicePorts;
  /** The same for all pods that can share a slice. */
  readonly portsKey: string;
}

/** True when a pod is to be found behind a Service that selects it (EP-2). k8s: ShouldPodBeInEndpoints */
export const hasEndpoint = ({ status }: Pod): boolean =>
  Boolean(status.podIP) && status.phase !== 'Succeeded' && status.phase !== 'Failed';

/** The pod's own name in the Service's domain: only when the pod says that the Service is its subdomain (EP-6). */
function hostnameIn(service: Service, pod: Pod): string | undefined {
  const { hostname, subdomain } = pod.spec;
  return hostname && subdomain === service.metadata.name && pod.metadata.namespace === service.metadata.namespace
    ? hostname
    : undefined;
}

/** The endpoint of a pod. */
export function endpointOf(view: View, service: Service, pod: Pod): Endpoint {
  const { nodeName } = pod.spec;
  const zone = nodeName ? view.get('Node', '', nodeName)?.metadata.labels?.[ZONE_LABEL] : undefined;
  const hostname = hostnameIn(service, pod);
  const serving = isPodReady(pod);
  const terminating = isTerminating(pod);
  return {
    addresses: [pod.status.podIP ?? ''],
    conditions: {
      ready: service.spec.publishNotReadyAddresses === true || (serving && !terminating),
      serving,
      terminating,
    },
    ...(hostname !== undefined && { hostname }),
    ...(nodeName && { nodeName }),
    targetRef: {
      kind: 'Pod',
      namespace: pod.metadata.namespace ?? '',
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
    ...(zone !== undefined && { zone }),
  };
}

/** The port of a pod that a Service port means; undefined when it names one that the pod does not have (EP-9). */
function portOf(pod: Pod, { targetPort, port, protocol = 'TCP' }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort || port;
  if (targetPort === undefined || targetPort === '') return port;
  const sidecars = pod.spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always') ?? [];
  for (const { ports } of [...pod.spec.containers, ...sidecars])
    for (const { name, containerPort, protocol: spoken = 'TCP' } of ports ?? [])
      if (name === targetPort && spoken === protocol) return containerPort;
  return undefined;
}

/** The ports of a Service as a pod serves them. */
export function portsOf(service: Service, pod: Pod): SlicePorts {
  const ports: { name: string; port: number; protocol: string; appProtocol?: string }[] = [];
  for (const given of service.spec.ports ?? []) {
    const port = portOf(pod, given);
    if (port === undefined) continue;
    const { name = '', protocol = 'TCP', appProtocol } = given;
    ports.push({ name, port, protocol, ...(appProtocol !== undefined && { appProtocol }) });
  }
  return ports;
}

const keys = new WeakMap<SlicePorts, string>();

/** A text that is equal for equal ports, whatever their order. */
export function portsKeyOf(ports: SlicePorts): string {
  const found = keys.get(ports);
  if (found !== undefined) return found;
  const key = ports
    .map(({ name, port, protocol }) => `${name}:${port}/${protocol}`)
    .sort()
    .join(',');
  keys.set(ports, key);
  return key;
}
