// What holds of a cluster that has come to rest: nothing refers to what is gone, endpoints are those of the pods,
// claims have the owners that their policy wants, and nobody remembers pods that are not there.
import {
  claimNameOf,
  type Endpoint,
  isPodReady,
  isRunningAndReady,
  isTerminating,
  type KubeObject,
  keyOf,
  kindByApi,
  matchesSelector,
  type OwnerReference,
  ordinalOf,
  type Pod,
  type PodDisruptionBudget,
  type Service,
  type StatefulSet,
} from '#kube';
import { type Cluster, keyOfObject } from '../kernel/index.ts';
import { isHeldBack } from './invariants-liveness.ts';

/** Memory of one pod, by the beginning of its place; what follows is the pod's uid. */
const BY_UID = ['kubelet/pod/'];
/** Memory of one pod; what follows is its key. */
const BY_KEY = ['evict/', 'scheduler/binding '];

/** Owner references to what is not there, as `object uid -> owner uid`; objects on their way out are passed over. */
export function danglingOwners(cluster: Cluster): Set<string> {
  const found = new Set<string>();
  for (const object of cluster.world.store.objects.values()) {
    if (isTerminating(object)) continue;
    for (const ref of object.metadata.ownerReferences ?? [])
      if (isDangling(cluster, object, ref))
        found.add(`${keyOfObject(object)} ${object.metadata.uid} -> ${ref.kind} ${ref.uid}`);
  }
  return found;
}

/** GC-6: an owner of a kind that the server does not know is left alone. */
function isDangling({ view }: Cluster, object: KubeObject, { apiVersion, kind, name, uid }: OwnerReference): boolean {
  const info = kindByApi(apiVersion, kind);
  if (!info) return false;
  const namespace = info.namespaced ? object.metadata.namespace : '';
  return view.find(keyOf(info.storeKind, namespace, name))?.metadata.uid !== uid;
}

/** Rules under which an actor waits for an object that is there, to change or to go. */
const WAITS_FOR_PRESENT: ReadonlySet<string> = new Set(
  'STS-3 STS-4 STS-5 STS-10 SCHED-3 GC-2 PV-17 PV-19 KUBELET-4'.split(' '),
);

/** Who waits for an object that is not there, as `actor key: rule about`. */
export const vainWaits = ({ world, view }: Cluster): Set<string> =>
  new Set(
    [...world.reasons].flatMap(([id, { rule, about }]) =>
      about === undefined || !WAITS_FOR_PRESENT.has(rule) || view.find(about) ? [] : [`${id}: ${rule} ${about}`],
    ),
  );

/** Everything that is wrong with a cluster in which nothing is left to do. */
export function faultsAtRest(cluster: Cluster): string[] {
  const faults: string[] = [];
  for (const dangling of danglingOwners(cluster)) faults.push(`GC: nobody collects ${dangling}`);
  for (const service of cluster.view.list('Service')) faults.push(...endpointFaults(cluster, service));
  for (const set of cluster.view.list('StatefulSet')) faults.push(...setFaults(cluster, set));
  faults.push(...addressFaults(cluster), ...volumeFaults(cluster), ...memoryFaults(cluster));
  return faults;
}

/** Whether an actor has a turn to come whose key begins so. */
const hasWork = ({ world }: Cluster, actor: string, key: string): boolean =>
  [...world.tasks.values()].some((task) => task.actor === actor && task.key.startsWith(key));

/** What is wrong although those who would put it right have nothing to do: endpoints, budgets. To be asked at any time. */
export function faultsAtPause(cluster: Cluster): string[] {
  const { view } = cluster;
  const services = view
    .list('Service')
    .filter((service) => !hasWork(cluster, 'endpoint-slice-controller', keyOfObject(service)));
  const budgets = view
    .list('PodDisruptionBudget')
    .filter((budget) => !hasWork(cluster, 'disruption-controller', keyOfObject(budget)));
  return [
    ...services.flatMap((service) => endpointFaults(cluster, service)),
    ...budgets.flatMap((budget) => budgetFaults(cluster, budget)),
  ];
}

/** PDB-3: the healthy pods that a budget counts are those that are there. */
function budgetFaults({ view }: Cluster, { metadata, spec, status }: PodDisruptionBudget): string[] {
  const { namespace = '', name } = metadata;
  const healthy = view.list('Pod', namespace).filter((pod) => {
    const isCounted = matchesSelector(spec.selector, pod.metadata.labels) && !status.disruptedPods?.[pod.metadata.name];
    return isCounted && isPodReady(pod) && !isTerminating(pod);
  });
  const isUnknown = status.conditions?.some(({ reason }) => reason === 'SyncFailed') === true;
  if (isUnknown || healthy.length === status.currentHealthy) return [];
  return [`PDB-3: ${name} counts ${status.currentHealthy} healthy pods of ${healthy.length}`];
}

/** EP-2 to EP-7: the endpoints are those of the pods that the Service selects, no more and no less. */
function endpointFaults({ view }: Cluster, service: Service): string[] {
  const { namespace = '', name, uid } = service.metadata;
  const { selector, type, publishNotReadyAddresses } = service.spec;
  if (!selector || Object.keys(selector).length === 0 || type === 'ExternalName' || isTerminating(service)) return [];
  const text = (podUid: string, address: string, conditions: Endpoint['conditions']): string =>
    `${podUid} ${address} ${conditions.ready} ${conditions.serving} ${conditions.terminating}`;
  const expected = view
    .list('Pod', namespace)
    .filter(({ metadata, status }) => {
      const isOver = status.phase === 'Succeeded' || status.phase === 'Failed';
      return matchesSelector({ matchLabels: selector }, metadata.labels) && Boolean(status.podIP) && !isOver;
    })
    .map((pod) => {
      const [serving, terminating] = [isPodReady(pod), isTerminating(pod)];
      const ready = publishNotReadyAddresses === true || (serving && !terminating);
      return text(pod.metadata.uid, pod.status.podIP ?? '', { ready, serving, terminating });
    })
    .sort();
  const slices = view
    .list('EndpointSlice', namespace)
    .filter((slice) => slice.metadata.ownerReferences?.some((ref) => ref.uid === uid));
  const found = slices
    .flatMap(({ endpoints }) => endpoints)
    .map(({ targetRef, addresses, conditions }) => text(targetRef?.uid ?? '', addresses[0] ?? '', conditions))
    .sort();
  const faults = slices.length === 0 ? [`EP-1: the Service ${name} has no slice`] : [];
  if (expected.join() !== found.join())
    faults.push(`EP-2: ${name} has ${found.join()} and should have ${expected.join()}`);
  return faults;
}

/** CLAIM-5: k8s: checkClaimInvarients. STS-19: the counters agree with each other. */
function setFaults(cluster: Cluster, set: StatefulSet): string[] {
  const { view } = cluster;
  const { name, generation = 0 } = set.metadata;
  const { replicas, readyReplicas = 0, currentReplicas = 0, updatedReplicas = 0, availableReplicas } = set.status;
  const faults: string[] = [];
  if ((set.status.observedGeneration ?? 0) !== generation) faults.push(`STS-19: ${name} is not looked at`);
  if (Math.max(readyReplicas, currentReplicas, updatedReplicas) > replicas || availableReplicas > readyReplicas)
    faults.push(`STS-19: the counters of ${name} do not add up: ${JSON.stringify(set.status)}`);
  if (isTerminating(set) || isHeldBack(cluster, set)) return faults;
  for (const pod of view.ownedBy(set.metadata.uid))
    if (pod.kind === 'Pod') faults.push(...claimFaults({ view }, set, pod as Pod));
  return faults;
}

function claimFaults({ view }: Pick<Cluster, 'view'>, set: StatefulSet, pod: Pod): string[] {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  const ordinal = ordinalOf(pod.metadata.name);
  const start = set.spec.ordinals?.start ?? 0;
  const isInRange = ordinal >= start && ordinal < start + set.spec.replicas;
  if (!isRunningAndReady(pod) || isTerminating(pod) || !isInRange) return [];
  const isWhole = set.status.availableReplicas === set.spec.replicas && set.status.replicas === set.spec.replicas;
  // OrderedReady mends owners only where it comes by: below the first pod that is not available.
  if (set.spec.podManagementPolicy === 'OrderedReady' && !isWhole) return [];
  const wanted = whenDeleted === 'Delete' ? [set.metadata.uid] : [];
  return (set.spec.volumeClaimTemplates ?? []).flatMap(({ metadata }) => {
    const claimName = claimNameOf(metadata.name, set.metadata.name, ordinal);
    const claim = view.get('PersistentVolumeClaim', set.metadata.namespace ?? '', claimName);
    const refs = claim?.metadata.ownerReferences ?? [];
    const isOurs = refs.every(({ uid }) => uid === set.metadata.uid || uid === pod.metadata.uid);
    const owners = refs.map(({ uid }) => uid);
    if (!claim || !isOurs || owners.join() === wanted.join()) return [];
    return [`CLAIM-5: ${claimName} is owned by ${owners.join()} under ${whenDeleted}/${whenScaled}`];
  });
}

/** No two pods that are there have one address. */
function addressFaults({ view }: Cluster): string[] {
  const byAddress = new Map<string, string>();
  return view.list('Pod').flatMap(({ metadata, status }) => {
    const { podIP, phase } = status;
    if (!podIP || phase === 'Succeeded' || phase === 'Failed') return [];
    const other = byAddress.get(podIP);
    byAddress.set(podIP, metadata.name);
    return other === undefined ? [] : [`${metadata.name} and ${other} have the address ${podIP}`];
  });
}

/** PV-1, PV-2, PV-12: both sides of a binding say the same. */
function volumeFaults({ view }: Cluster): string[] {
  return view.list('PersistentVolumeClaim').flatMap(({ metadata, spec, status }) => {
    if (status.phase !== 'Bound') return [];
    const volume = view.get('PersistentVolume', '', spec.volumeName ?? '');
    if (!volume) return [`PV-12: ${metadata.name} is Bound to ${spec.volumeName}, which is gone`];
    const isMutual = volume.spec.claimRef?.uid === metadata.uid && volume.status.phase === 'Bound';
    return isMutual ? [] : [`PV-2: ${metadata.name} is Bound to ${spec.volumeName}, which is ${volume.status.phase}`];
  });
}

/** Nobody remembers a pod that is not there. */
function memoryFaults({ world, view }: Cluster): string[] {
  const uids = new Set(view.list('Pod').map(({ metadata }) => metadata.uid));
  return [...world.memory.keys()].flatMap((key) => {
    const byUid = BY_UID.find((prefix) => key.startsWith(prefix));
    if (byUid !== undefined && !uids.has(key.slice(byUid.length))) return [`the memory ${key} is of no pod`];
    const byKey = BY_KEY.find((prefix) => key.startsWith(prefix));
    if (byKey !== undefined && !view.find(key.slice(byKey.length))) return [`the memory ${key} is of no pod`];
    return [];
  });
}
