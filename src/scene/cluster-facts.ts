// Services, nodes and everything else that stands in the cluster, as the page draws them.
import {
  conditionOf,
  type KubeObject,
  keyOf,
  milliOfText,
  type Node,
  type Pod,
  parseTime,
  type Service,
  unitsOfText,
} from '#kube';
import type { SceneInput } from './pod-facts.ts';
import type { NodeFacts, OtherFacts, ServiceFacts } from './types.ts';

/** The facts of a Service. O(sets of its namespace + its endpoint slices). */
export function serviceFacts(input: SceneInput, service: Service): ServiceFacts {
  const { name, namespace = '', uid } = service.metadata;
  const isHeadless = service.spec.clusterIP === 'None';
  let ready = 0;
  for (const object of input.view.ownedBy(uid))
    if (object.kind === 'EndpointSlice' && 'endpoints' in object)
      for (const endpoint of object.endpoints as readonly { conditions: { ready: boolean } }[])
        if (endpoint.conditions.ready) ready += 1;
  return {
    type: 'service',
    id: keyOf('Service', namespace, name),
    name,
    namespace,
    isHeadless,
    clusterIP: service.spec.clusterIP ?? '',
    records: isHeadless ? ready : 1,
    ports: (service.spec.ports ?? []).map((port) => `${port.port}/${port.protocol ?? 'TCP'}`).join(', '),
    setIds: input.view
      .list('StatefulSet', namespace)
      .filter((set) => set.spec.serviceName === name)
      .map((set) => keyOf('StatefulSet', namespace, set.metadata.name)),
  };
}

/** What a pod asks of its node. */
function requestsOf(pod: Pod): { cpu: number; memory: number } {
  let cpu = 0;
  let memory = 0;
  for (const container of pod.spec.containers) {
    cpu += milliOfText(container.resources?.requests?.cpu);
    memory += unitsOfText(container.resources?.requests?.memory);
  }
  return { cpu, memory };
}

/** The facts of a node. O(pods on it). */
export function nodeFacts(input: SceneInput, node: Node): NodeFacts {
  const { name } = node.metadata;
  const pods = input.view.podsOnNode(name);
  const sums = pods.map(requestsOf);
  const ready = conditionOf(node.status, 'Ready');
  const silent = ready?.status === 'Unknown' || input.moment.memory.has(`fault/node-down/Node//${name}`);
  const since = ready?.status === 'Unknown' ? parseTime(ready.lastTransitionTime) : undefined;
  return {
    type: 'node',
    id: keyOf('Node', '', name),
    name,
    zone: node.metadata.labels?.['topology.kubernetes.io/zone'] ?? '',
    isReady: ready?.status === 'True',
    isSilent: silent,
    isSchedulable: node.spec.unschedulable !== true,
    podIds: pods.map((pod) => keyOf('Pod', pod.metadata.namespace, pod.metadata.name)),
    podsMax: unitsOfText(node.status.allocatable.pods),
    cpuRequested: sums.reduce((sum, { cpu }) => sum + cpu, 0),
    cpuAllocatable: milliOfText(node.status.allocatable.cpu),
    memoryRequestedBytes: sums.reduce((sum, { memory }) => sum + memory, 0),
    memoryAllocatableBytes: unitsOfText(node.status.allocatable.memory),
    taints: (node.spec.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`),
    ...(since !== undefined && { silentSinceMs: since - input.epochMs }),
  };
}

/** The facts of an object that has no picture of its own. */
export const otherFacts = (object: KubeObject, isSimulated: boolean): OtherFacts => ({
  type: 'other',
  id: keyOf(object.kind, object.metadata.namespace, object.metadata.name),
  kind: object.kind,
  name: object.metadata.name,
  namespace: object.metadata.namespace ?? '',
  isSimulated,
});
