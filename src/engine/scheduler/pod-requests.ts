// What a pod asks of a node. k8s: component-helpers/resource PodRequests, scheduler framework CalculateResource
import { type Container, milliOfText, type Pod, unitsOfText } from '#kube';

export interface PodRequests {
  readonly milliCpu: number;
  readonly memoryBytes: number;
  readonly ephemeralBytes: number;
  /** Extended resources and huge pages by name. */
  readonly others: ReadonlyMap<string, number>;
  /** What the scores count: a pod that asks for nothing is taken to need a little. */
  readonly scoredMilliCpu: number;
  readonly scoredMemoryBytes: number;
  /** `protocol/port` of each host port. */
  readonly hostPorts: readonly string[];
}

/** What the scores assume for containers without requests. k8s: DefaultMilliCPURequest, DefaultMemoryRequest */
const ASSUMED_MILLI_CPU = 100;
const ASSUMED_MEMORY_BYTES = 200 * 1024 * 1024;

type Amounts = Map<string, number>;
type RequestMap = Readonly<Record<string, string | number>>;

const amountOf = (name: string, text: string | number): number =>
  name === 'cpu' ? milliOfText(text) : unitsOfText(text);

function addAll(sum: Amounts, requests: RequestMap | undefined): void {
  for (const name in requests) sum.set(name, (sum.get(name) ?? 0) + amountOf(name, requests[name] as string | number));
}

function raiseTo(max: Amounts, other: ReadonlyMap<string, number>): void {
  for (const [name, amount] of other) if (amount > (max.get(name) ?? 0)) max.set(name, amount);
}

/** Requests of one container, with what the scores assume filled in where `isScored`. */
function requestsOf(container: Container, isScored: boolean): RequestMap | undefined {
  const requests = container.resources?.requests;
  if (!isScored || (requests?.cpu !== undefined && requests.memory !== undefined)) return requests;
  return { cpu: `${ASSUMED_MILLI_CPU}m`, memory: ASSUMED_MEMORY_BYTES, ...requests };
}

/**
 * The most the pod needs at one time: its containers and sidecars together, or a stage of its start with the sidecars
 * that run by then.
 */
function sumOf(pod: Pod, isScored: boolean): Amounts {
  const sum: Amounts = new Map();
  for (const container of pod.spec.containers) addAll(sum, requestsOf(container, isScored));
  const sidecars: Amounts = new Map();
  const start: Amounts = new Map();
  for (const container of pod.spec.initContainers ?? []) {
    const requests = requestsOf(container, isScored);
    if (container.restartPolicy === 'Always') {
      addAll(sum, requests);
      addAll(sidecars, requests);
      raiseTo(start, sidecars);
    } else {
      const stage = new Map(sidecars);
      addAll(stage, requests);
      raiseTo(start, stage);
    }
  }
  raiseTo(sum, start);
  addAll(sum, pod.spec.overhead as RequestMap | undefined);
  return sum;
}

function hostPortsOf(pod: Pod): readonly string[] {
  const ports: string[] = [];
  for (const { ports: list } of pod.spec.containers)
    for (const { hostPort, protocol } of list ?? []) if (hostPort) ports.push(`${protocol ?? 'TCP'}/${hostPort}`);
  return ports;
}

const NO_OTHERS: ReadonlyMap<string, number> = new Map();
const COUNTED = new Set(['cpu', 'memory', 'ephemeral-storage']);

function compute(pod: Pod): PodRequests {
  const sum = sumOf(pod, false);
  const scored = sumOf(pod, true);
  const others = [...sum].filter(([name, amount]) => !COUNTED.has(name) && amount > 0);
  return {
    milliCpu: sum.get('cpu') ?? 0,
    memoryBytes: sum.get('memory') ?? 0,
    ephemeralBytes: sum.get('ephemeral-storage') ?? 0,
    others: others.length > 0 ? new Map(others) : NO_OTHERS,
    scoredMilliCpu: scored.get('cpu') ?? 0,
    scoredMemoryBytes: scored.get('memory') ?? 0,
    hostPorts: hostPortsOf(pod),
  };
}

/** Pods of one template share their containers: what they ask for is worked out once. */
const known = new WeakMap<readonly Container[], { pod: Pod; requests: PodRequests }>();

/** What a pod asks of its node (SCHED-5). */
export function requestsOfPod(pod: Pod): PodRequests {
  const found = known.get(pod.spec.containers);
  if (
    found &&
    found.pod.spec.initContainers === pod.spec.initContainers &&
    found.pod.spec.overhead === pod.spec.overhead
  )
    return found.requests;
  const requests = compute(pod);
  known.set(pod.spec.containers, { pod, requests });
  return requests;
}
