// A stateful set and its slots as the page draws them.
import { podRecord } from '#engine';
import {
  claimNameOf,
  isPodReady,
  isTerminating,
  keyOf,
  ordinalOf,
  type Pod,
  parentNameOf,
  podNameOf,
  podNameOfClaim,
  type Service,
  type StatefulSet,
} from '#kube';
import { revisionLabel, type SceneInput } from './pod-facts.ts';
import { reasonBy, sentenceOf, thoughtOf } from './thought.ts';
import type { EndpointState, SetFacts, SlotFacts } from './types.ts';

/** The fact id of a slot. */
export const slotIdOf = (namespace: string, setName: string, ordinal: number): string =>
  `Slot/${namespace}/${setName}/${ordinal}`;

/** The parts of a slot's id; undefined for other ids. */
export function partsOfSlotId(id: string): { namespace: string; setName: string; ordinal: number } | undefined {
  const [kind, namespace, setName, ordinal] = id.split('/');
  if (kind !== 'Slot' || namespace === undefined || setName === undefined || ordinal === undefined) return undefined;
  return { namespace, setName, ordinal: Number(ordinal) };
}

const templateNames = (set: StatefulSet): readonly string[] => [
  ...new Set((set.spec.volumeClaimTemplates ?? []).map((template) => template.metadata.name)),
];

/** Ordinals that have a slot: those in range, and those beyond that still have a pod or a claim. O(pods + claims). */
function ordinalsOf(input: SceneInput, set: StatefulSet): number[] {
  const { name, namespace = '', uid } = set.metadata;
  const start = set.spec.ordinals?.start ?? 0;
  const end = start + set.spec.replicas;
  const beyond = new Set<number>();
  for (const object of input.view.ownedBy(uid))
    if (object.kind === 'Pod' && parentNameOf(object.metadata.name) === name) {
      const ordinal = ordinalOf(object.metadata.name);
      if (ordinal < start || ordinal >= end) beyond.add(ordinal);
    }
  if (templateNames(set).length > 0)
    for (const claim of input.view.list('PersistentVolumeClaim', namespace)) {
      const podName = podNameOfClaim(name, claim.metadata.name);
      const ordinal = podName === undefined ? -1 : ordinalOf(podName);
      if (ordinal >= 0 && (ordinal < start || ordinal >= end)) beyond.add(ordinal);
    }
  const inRange = Array.from({ length: set.spec.replicas }, (_, i) => start + i);
  return beyond.size === 0 ? inRange : [...beyond, ...inRange].sort((a, b) => a - b);
}

/** What is wrong with the Service that a set names, in a few words. */
function serviceProblem(set: StatefulSet, service: Service | undefined): string | undefined {
  const { serviceName } = set.spec;
  if (!serviceName) return 'the set names no Service: its pods have no DNS names';
  if (!service) return `Service ${serviceName} does not exist: the pods run, but their names do not resolve`;
  const { selector } = service.spec;
  const labels = set.spec.template.metadata?.labels ?? {};
  if (!selector || Object.keys(selector).length === 0)
    return `Service ${serviceName} has no selector: it has no endpoints of its own`;
  const misfit = Object.entries(selector).find(([key, value]) => labels[key] !== value);
  if (misfit) return `Service ${serviceName} selects ${misfit[0]}=${misfit[1]}, which the pods do not carry`;
  if (service.spec.clusterIP !== 'None') return `Service ${serviceName} is not headless`;
  return undefined;
}

/** The ordinals that a reason is about: where the controller's carriage stands. */
function workingOn(args: Readonly<Record<string, string | number>> | undefined): number[] {
  const number = (name: string): number | undefined => {
    const value = args?.[name];
    return typeof value === 'number' ? value : undefined;
  };
  const [one, from, to] = [number('ordinal'), number('from'), number('to')];
  if (from !== undefined && to !== undefined && to - from < 10_000)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  return one === undefined ? [] : [one];
}

/** The facts of a set. O(pods + claims) when slots beyond the range may exist. */
export function setFacts(input: SceneInput, set: StatefulSet): SetFacts {
  const { name, namespace = '', uid } = set.metadata;
  const { spec, status } = set;
  const id = keyOf('StatefulSet', namespace, name);
  const service = spec.serviceName ? input.view.get('Service', namespace, spec.serviceName) : undefined;
  const problem = serviceProblem(set, service);
  const reason = reasonBy(input.moment, ['statefulset-controller'], id);
  const current = status.currentRevision ? revisionLabel(input, namespace, status.currentRevision) : undefined;
  const update = status.updateRevision ? revisionLabel(input, namespace, status.updateRevision) : undefined;
  return {
    type: 'set',
    id,
    name,
    namespace,
    uid,
    isTerminating: isTerminating(set),
    replicas: spec.replicas,
    start: spec.ordinals?.start ?? 0,
    partition: spec.updateStrategy.rollingUpdate?.partition ?? 0,
    ready: status.readyReplicas ?? 0,
    available: status.availableReplicas,
    updated: status.updatedReplicas ?? 0,
    total: status.replicas,
    podManagementPolicy: spec.podManagementPolicy,
    updateStrategy: spec.updateStrategy.type,
    serviceName: spec.serviceName ?? '',
    claimTemplates: templateNames(set),
    ordinals: ordinalsOf(input, set),
    workingOn: workingOn(reason?.args),
    ...(current && { currentRevision: current }),
    ...(update && { updateRevision: update }),
    ...(service && { serviceId: keyOf('Service', namespace, service.metadata.name) }),
    ...(problem !== undefined && { serviceProblem: problem }),
    ...(reason && { thought: thoughtOf(reason) }),
  };
}

function endpointState(pod: Pod | undefined, isReady: boolean): EndpointState {
  if (isReady) return 'ready';
  return pod?.status.podIP === undefined ? 'none' : 'dropped';
}

/** The facts of one slot of a set. O(claim templates). */
export function slotFacts(input: SceneInput, set: StatefulSet, ordinal: number): SlotFacts {
  const { name: setName, namespace = '' } = set.metadata;
  const { spec } = set;
  const start = spec.ordinals?.start ?? 0;
  const name = podNameOf(setName, ordinal);
  const pod = input.view.get('Pod', namespace, name);
  const podId = keyOf('Pod', namespace, name);
  const claimIds = templateNames(set)
    .map((template) => keyOf('PersistentVolumeClaim', namespace, claimNameOf(template, setName, ordinal)))
    .filter((key) => input.view.find(key) !== undefined);
  const record = pod && podRecord(input.view, pod);
  const addresses = record?.addresses ?? [];
  const isInRange = ordinal >= start && ordinal < start + spec.replicas;
  const gone = input.moment.memory.get(`gone/${podId}`);
  return {
    type: 'slot',
    id: slotIdOf(namespace, setName, ordinal),
    setId: keyOf('StatefulSet', namespace, setName),
    ordinal,
    name,
    isInRange,
    claimIds,
    dnsAddresses: addresses,
    isPublishedNotReady: addresses.length > 0 && pod !== undefined && !isPodReady(pod),
    endpoint: endpointState(pod, addresses.length > 0),
    ...(pod && { podId }),
    ...(spec.serviceName && { dnsName: `${name}.${spec.serviceName}` }),
    ...(record && addresses.length === 0 && { dnsReason: sentenceOf(record.reason) }),
    ...(!pod && typeof gone === 'number' && { emptySinceMs: gone }),
    ...(!pod && { emptyReason: isInRange ? 'Not created yet' : 'Scaled down' }),
  };
}
