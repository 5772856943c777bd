// What a trace shows of an object, by kind. A kind without an entry here does not appear in traces.
import type {
  ControllerRevision,
  Deployment,
  EndpointSlice,
  Json,
  KubeEvent,
  KubeObject,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  Service,
  SimulatedKind,
  StatefulSet,
} from '#kube';
import { conditionOf, isPodReady, isTerminating } from '#kube';
import type { Digest, TraceEvent } from './trace.ts';

/** The service through which pods reach the API server itself: there before any act, so traces pass it over. */
const API_SERVICE = 'kubernetes';

type Parts = Readonly<Record<string, unknown>>;

const digestByKind: Readonly<Record<string, (object: never, incarnation: number) => Parts>> = {
  Pod: (pod: Pod, incarnation) => {
    const scheduled = conditionOf(pod.status, 'PodScheduled');
    return {
      incarnation,
      phase: pod.status.phase,
      ready: isPodReady(pod),
      terminating: isTerminating(pod) || undefined,
      node: pod.spec.nodeName,
      revision: pod.metadata.labels?.['controller-revision-hash'],
      podIndex: pod.metadata.labels?.['apps.kubernetes.io/pod-index'],
      templateHash: pod.metadata.labels?.['pod-template-hash'],
      hostname: pod.spec.hostname,
      subdomain: pod.spec.subdomain,
      claims: nonEmpty(pod.spec.volumes?.flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? [])),
      images: pod.spec.containers.map((container) => container.image),
      owner: ownersOf(pod),
      unscheduled: scheduled?.status === 'False' ? { reason: scheduled.reason, message: scheduled.message } : undefined,
    };
  },
  StatefulSet: (set: StatefulSet) => ({
    replicas: set.spec.replicas,
    generation: set.metadata.generation,
    status: withoutTimes(set.status),
    terminating: isTerminating(set) || undefined,
    finalizers: nonEmpty(set.metadata.finalizers),
  }),
  ControllerRevision: (revision: ControllerRevision) => ({
    revision: revision.revision,
    owner: ownersOf(revision),
    hash: revision.metadata.labels?.['controller.kubernetes.io/hash'],
    data: revision.data,
  }),
  PersistentVolumeClaim: (claim: PersistentVolumeClaim, incarnation) => ({
    incarnation,
    phase: claim.status.phase,
    volume: claim.spec.volumeName,
    storageClass: claim.spec.storageClassName,
    labels: claim.metadata.labels,
    owner: ownersOf(claim),
    finalizers: nonEmpty(claim.metadata.finalizers),
    terminating: isTerminating(claim) || undefined,
    selectedNode: claim.metadata.annotations?.['volume.kubernetes.io/selected-node'],
  }),
  PersistentVolume: (volume: PersistentVolume) => ({
    phase: volume.status.phase,
    claim: volume.spec.claimRef?.name,
    reclaimPolicy: volume.spec.persistentVolumeReclaimPolicy,
    storageClass: volume.spec.storageClassName || undefined,
  }),
  Service: (service: Service) => ({
    clusterIP: service.spec.clusterIP,
    selector: service.spec.selector,
    serviceType: service.spec.type,
  }),
  EndpointSlice: (slice: EndpointSlice) => ({
    service: slice.metadata.labels?.['kubernetes.io/service-name'],
    // In the order of their pods: how they came into the slice is chance.
    endpoints: slice.endpoints
      .map((endpoint) => ({
        pod: endpoint.targetRef?.name,
        hostname: endpoint.hostname,
        addresses: endpoint.addresses,
        ...endpoint.conditions,
        node: endpoint.nodeName,
      }))
      .sort((a, b) => ((a.pod ?? '') < (b.pod ?? '') ? -1 : 1)),
    ports: slice.ports,
  }),
  PodDisruptionBudget: (budget: PodDisruptionBudget) => {
    // Which pods are on their way out stands there with times alone, and only until their deletion is seen.
    const { disruptedPods: _, ...status } = budget.status;
    return { status: withoutTimes(status) };
  },
  Deployment: (deployment: Deployment) => ({
    replicas: deployment.spec.replicas,
    generation: deployment.metadata.generation,
    revision: deployment.metadata.annotations?.['deployment.kubernetes.io/revision'],
    status: withoutTimes(deployment.status),
    terminating: isTerminating(deployment) || undefined,
    finalizers: nonEmpty(deployment.metadata.finalizers),
  }),
  ReplicaSet: (set: ReplicaSet) => ({
    replicas: set.spec.replicas,
    hash: set.metadata.labels?.['pod-template-hash'],
    revision: set.metadata.annotations?.['deployment.kubernetes.io/revision'],
    status: withoutTimes(set.status),
    terminating: isTerminating(set) || undefined,
    finalizers: nonEmpty(set.metadata.finalizers),
  }),
  Node: (node: Node) => ({
    ready: conditionOf(node.status, 'Ready')?.status,
    unschedulable: node.spec.unschedulable || undefined,
    taints: nonEmpty(
      node.spec.taints?.map((taint) => `${taint.key}${taint.value ? `=${taint.value}` : ''}:${taint.effect}`),
    ),
  }),
};

/** The kinds that stand in traces. */
export const TRACED_KINDS = Object.keys(digestByKind) as readonly SimulatedKind[];

/** Whether an object stands in traces. */
export const isTraced = (object: KubeObject): boolean => object.kind in digestByKind && !isOfApiServer(object);

/**
 * What a trace shows of an object.
 * @param incarnation how many objects of this kind and name there have been, this one included
 * @returns undefined for a kind that traces leave out
 */
export function digestOf(object: KubeObject, incarnation: number): Digest | undefined {
  const digest = digestByKind[object.kind];
  return digest && (withoutUndefined(digest(object as never, incarnation)) as Digest);
}

/** What a trace shows of an Event. */
export function eventDigestOf(event: KubeEvent): TraceEvent {
  const { involvedObject: about, type, reason, message, count } = event;
  const source = event.source.component || event.reportingComponent;
  return {
    object: `${about.kind}/${about.name}`,
    type,
    reason,
    message,
    ...(count !== undefined && count > 0 && { count }),
    ...(source && { source }),
  };
}

const isOfApiServer = (object: KubeObject): boolean =>
  (object.kind === 'Service' && object.metadata.name === API_SERVICE) ||
  (object.kind === 'EndpointSlice' && object.metadata.labels?.['kubernetes.io/service-name'] === API_SERVICE);

/** `StatefulSet/web*`: each owner, with a star on the controller. */
const ownersOf = (object: KubeObject): readonly string[] | undefined =>
  nonEmpty(object.metadata.ownerReferences?.map((ref) => `${ref.kind}/${ref.name}${ref.controller ? '*' : ''}`));

const nonEmpty = <T>(list: readonly T[] | undefined): readonly T[] | undefined => (list?.length ? list : undefined);

/** A copy without the fields that hold a moment: no two clusters share those. */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/(Time|Timestamp)$/.test(key))
      .map(([key, part]) => [key, withoutTimes(part)]),
  );
}

function withoutUndefined(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
