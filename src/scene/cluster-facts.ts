// Services, nodes and everything else that stands in the cluster, as the page draws them.
import {
  type Condition,
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
  const silentSinceMs = silentSince(input, name, ready);
  const ids = pods.map((pod) => keyOf('Pod', pod.metadata.namespace, pod.metadata.name));
  const evictions = ids.flatMap((id) => evictionMs(input, id) ?? []);
  return {
    type: 'node',
    id: keyOf('Node', '', name),
    name,
    zone: node.metadata.labels?.['topology.kubernetes.io/zone'] ?? '',
    isReady: ready?.status === 'True',
    isSilent: silent,
    isSchedulable: node.spec.unschedulable !== true,
    podIds: ids,
    podsMax: unitsOfText(node.status.allocatable.pods),
    cpuRequested: sums.reduce((sum, { cpu }) => sum + cpu, 0),
    cpuAllocatable: milliOfText(node.status.allocatable.cpu),
    memoryRequestedBytes: sums.reduce((sum, { memory }) => sum + memory, 0),
    memoryAllocatableBytes: unitsOfText(node.status.allocatable.memory),
    taints: (node.spec.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`),
    ...(silentSinceMs !== undefined && { silentSinceMs }),
    ...(evictions.length > 0 && { evictsMs: Math.min(...evictions) }),
  };
}

/** A node that somebody powered off is silent before anybody notices; of others, only that it was noticed is known. */
function silentSince(input: SceneInput, name: string, ready: Condition | undefined): number | undefined {
  const fault = input.moment.memory.get(`fault/node-down/Node//${name}`);
  if (typeof fault === 'object' && fault !== null && 'sinceMs' in fault) return Number(fault.sinceMs);
  const noticed = ready?.status === 'Unknown' ? parseTime(ready.lastTransitionTime) : undefined;
  return noticed === undefined ? undefined : noticed - input.epochMs;
}

/** When the taint eviction controller will delete a pod. */
function evictionMs(input: SceneInput, podId: string): number | undefined {
  const plan = input.moment.memory.get(`evict/${podId}`);
  return typeof plan === 'object' && plan !== null && 'atMs' in plan ? Number(plan.atMs) : undefined;
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
