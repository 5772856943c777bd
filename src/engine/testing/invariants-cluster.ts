// What holds between objects of different kinds: claims and their policies, volumes, places of pods, budgets, endpoints,
// and who may delete whom.
import {
  conditionOf,
  controllerOf,
  type EndpointSlice,
  isPodReady,
  isTerminating,
  type KubeObject,
  keyOf,
  matchesSelector,
  milliOfText,
  type Node,
  type Pod,
  type PodDisruptionBudget,
  resolveIntOrPercent,
  type StatefulSet,
  unitsOfText,
} from '#kube';
import { keyOfObject, taskId } from '../kernel/index.ts';
import { holds, isByPerson, lifeOf, listBefore, objectBefore, type Passage } from './invariants-passage.ts';

/** Who deletes pods, besides people and their kubelets. */
const POD_DELETERS: ReadonlySet<string> = new Set([
  'statefulset-controller',
  'replicaset-controller',
  'garbage-collector',
  'taint-eviction-controller',
  'pod-garbage-collector',
  'default-scheduler',
  'namespace-controller',
  'kubelet',
]);

/** What is remembered of sets that ever were, whose claims nobody but a person may delete, and of volumes. */
export interface ClaimPolicies {
  /** By `namespace/name` of a set: the names of its claim templates, and whether its policy was ever another than Retain. */
  readonly sets: Map<string, { readonly templates: Set<string>; everDelete: boolean }>;
  /** Volumes that a person has given away: their old claims are told only later. */
  readonly givenAway: Set<string>;
}

/** Takes in the policies of the sets that are there when watching begins. */
export function newClaimPolicies(sets: Iterable<StatefulSet>): ClaimPolicies {
  const policies: ClaimPolicies = { sets: new Map(), givenAway: new Set() };
  for (const set of sets) noteSet(policies, set);
  return policies;
}

function noteSet({ sets }: ClaimPolicies, set: StatefulSet): void {
  const place = `${set.metadata.namespace}/${set.metadata.name}`;
  const known = sets.get(place) ?? { templates: new Set<string>(), everDelete: false };
  for (const { metadata } of set.spec.volumeClaimTemplates ?? []) known.templates.add(metadata.name);
  const { whenDeleted, whenScaled } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  if (whenDeleted === 'Delete' || whenScaled === 'Delete') known.everDelete = true;
  sets.set(place, known);
}

/** All checks of a tick that look at more than one object. */
export function checkCluster(passage: Passage, policies: ClaimPolicies): void {
  let areVolumesTouched = false;
  for (const change of passage.tick.objects) {
    const { born, gone, same } = lifeOf(change);
    const present = change.after;
    if (present?.kind === 'StatefulSet') noteSet(policies, present as StatefulSet);
    const marked = same && isTerminating(same.after) && !isTerminating(same.before) ? same.before : undefined;
    const leaving = marked ?? (gone && !isTerminating(gone) ? gone : undefined);
    if (leaving) checkDeletion(passage, policies, leaving);
    if (present?.kind === 'Pod') {
      const before = same?.before as Pod | undefined;
      const { nodeName } = (present as Pod).spec;
      // SCHED-3: a pod that waited for its volumes is bound to the node that was chosen before.
      const isChosenBefore = before?.status.nominatedNodeName === nodeName;
      if (nodeName !== undefined && before?.spec.nodeName === undefined && !isChosenBefore)
        checkPlace(passage, present as Pod);
    }
    if (present?.kind === 'EndpointSlice' && passage.tick.actor === 'endpoint-slice-controller')
      checkSlice(passage, same?.before as EndpointSlice | undefined, present as EndpointSlice);
    if (present?.kind === 'PersistentVolume' || present?.kind === 'PersistentVolumeClaim') areVolumesTouched = true;
    if (born && !isByPerson(passage)) checkBirthUnderOwner(passage, born);
    if (present?.kind === 'PersistentVolume' && isByPerson(passage)) policies.givenAway.add(present.metadata.name);
  }
  if (areVolumesTouched) checkVolumes(passage, policies);
  checkEvictions(passage);
}

/** A controller makes nothing for an owner that is gone. */
function checkBirthUnderOwner(passage: Passage, object: KubeObject): void {
  const owner = controllerOf(object);
  if (!owner) return;
  const { namespace = '' } = object.metadata;
  const found =
    passage.cluster.view.find(keyOf(owner.kind, namespace, owner.name)) ??
    passage.cluster.view.find(keyOf(owner.kind, '', owner.name));
  holds(
    passage,
    found?.metadata.uid === owner.uid,
    () => `${keyOfObject(object)} is created for ${owner.kind} ${owner.name}, which is gone`,
  );
}

function checkDeletion(passage: Passage, policies: ClaimPolicies, object: KubeObject): void {
  if (isByPerson(passage)) return;
  const { actor } = passage.tick;
  const key = keyOfObject(object);
  if (object.kind === 'Pod') holds(passage, POD_DELETERS.has(actor), () => `${actor} deletes ${key}`);
  if (actor === 'garbage-collector') checkCollected(passage, object);
  if (object.kind !== 'PersistentVolumeClaim' || actor === 'namespace-controller') return;
  holds(passage, actor === 'garbage-collector', () => `${actor} deletes ${key}`);
  // Owners that a person has added are nobody's policy.
  if (object.metadata.ownerReferences?.some(({ kind }) => kind !== 'StatefulSet' && kind !== 'Pod')) return;
  const makers = [...policies.sets].filter(([place, { templates }]) => isClaimOf(object, place, templates));
  holds(
    passage,
    makers.length === 0 || makers.some(([, { everDelete }]) => everDelete),
    () => `CLAIM-5: ${key} is deleted although ${makers.map(([place]) => place).join(', ')} retains its claims`,
  );
}

function isClaimOf(claim: KubeObject, place: string, templates: ReadonlySet<string>): boolean {
  const [namespace, setName] = place.split('/');
  if (claim.metadata.namespace !== namespace) return false;
  return [...templates].some((template) => {
    const prefix = `${template}-${setName}-`;
    return claim.metadata.name.startsWith(prefix) && /^\d+$/.test(claim.metadata.name.slice(prefix.length));
  });
}

/** GC-1, GC-5: what is collected had owners, and none of them lives. */
function checkCollected(passage: Passage, object: KubeObject): void {
  const { ownerReferences = [], namespace = '' } = object.metadata;
  const key = keyOfObject(object);
  holds(passage, ownerReferences.length > 0, () => `GC-5: ${key} is collected without ever having had an owner`);
  for (const { kind, name, uid } of ownerReferences) {
    const owner =
      passage.cluster.view.find(keyOf(kind, namespace, name)) ?? passage.cluster.view.find(keyOf(kind, '', name));
    if (owner?.metadata.uid !== uid) continue;
    const isWaiting = isTerminating(owner) && (owner.metadata.finalizers ?? []).includes('foregroundDeletion');
    holds(passage, isWaiting, () => `GC-5: ${key} is collected although ${kind} ${name} lives`);
  }
}

const requestOf = (pod: Pod, resource: 'cpu' | 'memory'): number =>
  pod.spec.containers.reduce((sum, { resources }) => {
    const text = resources?.requests?.[resource];
    return sum + (resource === 'cpu' ? milliOfText(text ?? 0) : unitsOfText(text ?? 0));
  }, 0);

const isOver = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

/** SCHED-5 to SCHED-7, SCHED-13: the node is there, lets the pod in, and has room for all that are on it. */
function checkPlace(passage: Passage, pod: Pod): void {
  if (passage.tick.actor !== 'default-scheduler') return;
  const { view } = passage.cluster;
  const nodeName = pod.spec.nodeName as string;
  const node = view.get('Node', '', nodeName);
  const name = keyOfObject(pod);
  holds(passage, node !== undefined, () => `${name} is bound to ${nodeName}, which is not there`);
  if (!node) return;
  holds(passage, node.spec.unschedulable !== true, () => `SCHED-6: ${name} is bound to ${nodeName}, which is cordoned`);
  for (const taint of node.spec.taints ?? [])
    if (taint.effect !== 'PreferNoSchedule')
      holds(
        passage,
        (pod.spec.tolerations ?? []).some(
          (one) => (one.effect ?? taint.effect) === taint.effect && (one.key ?? taint.key) === taint.key,
        ),
        () => `SCHED-7: ${name} is bound to ${nodeName} and does not tolerate ${taint.key}`,
      );
  const others = view.podsOnNode(nodeName).filter((other) => !isOver(other));
  const sum = (resource: 'cpu' | 'memory'): number =>
    others.reduce((total, other) => total + requestOf(other, resource), 0);
  const { cpu, memory, pods } = node.status.allocatable;
  const hasRoom =
    sum('cpu') <= milliOfText(cpu) && sum('memory') <= unitsOfText(memory) && others.length <= unitsOfText(pods);
  holds(passage, hasRoom, () => `SCHED-5: ${nodeName} has no room for ${name}`);
  checkCompany(passage, pod, node);
}

/** SCHED-13: required anti-affinity holds in the domain that the pod enters. */
function checkCompany(passage: Passage, pod: Pod, node: Node): void {
  const { view } = passage.cluster;
  for (const term of pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
    const domain = node.metadata.labels?.[term.topologyKey];
    if (domain === undefined) continue;
    const rival = view.list('Pod', pod.metadata.namespace).find((other) => {
      if (other.metadata.uid === pod.metadata.uid || other.spec.nodeName === undefined || isOver(other)) return false;
      const place = view.get('Node', '', other.spec.nodeName);
      return (
        place?.metadata.labels?.[term.topologyKey] === domain &&
        matchesSelector(term.labelSelector, other.metadata.labels)
      );
    });
    holds(
      passage,
      rival === undefined,
      () => `SCHED-13: ${keyOfObject(pod)} joins ${rival?.metadata.name} in ${domain}`,
    );
  }
}

/** EP-2, EP-5: what the controller writes of a pod is true of it at that moment. Other pods have turns of their own. */
function checkSlice(passage: Passage, before: EndpointSlice | undefined, slice: EndpointSlice): void {
  const seen = new Set<string>();
  for (const endpoint of slice.endpoints) {
    const { targetRef, addresses } = endpoint;
    const name = `${slice.metadata.name} holds ${targetRef?.name}`;
    holds(passage, !seen.has(targetRef?.uid ?? ''), () => `EP-2: ${name} twice`);
    seen.add(targetRef?.uid ?? '');
    if (before?.endpoints.includes(endpoint)) continue;
    const pod = passage.cluster.view.get('Pod', targetRef?.namespace ?? '', targetRef?.name ?? '');
    holds(passage, pod !== undefined && pod.metadata.uid === targetRef?.uid, () => `EP-5: ${name}, which is gone`);
    holds(passage, pod?.status.podIP === addresses[0], () => `EP-2: ${name} at ${addresses[0]}, not its address`);
  }
}

/** PV-1, PV-2: a volume is bound to one claim, and a claim to one volume. */
function checkVolumes(passage: Passage, { givenAway }: ClaimPolicies): void {
  const { view } = passage.cluster;
  const byClaim = new Map<string, string>();
  for (const { metadata, spec, status } of view.list('PersistentVolume')) {
    const uid = spec.claimRef?.uid;
    if (status.phase !== 'Bound' || uid === undefined) continue;
    const other = byClaim.get(uid);
    holds(passage, other === undefined, () => `PV-1: ${metadata.name} and ${other} are bound to one claim`);
    byClaim.set(uid, metadata.name);
  }
  const byVolume = new Map<string, string>();
  for (const { metadata, spec, status } of view.list('PersistentVolumeClaim')) {
    if (status.phase !== 'Bound' || spec.volumeName === undefined || givenAway.has(spec.volumeName)) continue;
    const other = byVolume.get(spec.volumeName);
    holds(passage, other === undefined, () => `PV-2: ${metadata.name} and ${other} are bound to ${spec.volumeName}`);
    byVolume.set(spec.volumeName, metadata.name);
  }
}

const isHealthy = (pod: Pod): boolean => isPodReady(pod) && !isTerminating(pod);

/** Running pods that this tick evicted through the API. */
function evictedIn(passage: Passage): Pod[] {
  return passage.tick.objects.flatMap((change) => {
    const { gone, same } = lifeOf(change);
    const before = (same?.before ?? gone) as Pod | undefined;
    if (before?.kind !== 'Pod' || before.status.phase !== 'Running' || isTerminating(before)) return [];
    const after = same?.after as Pod | undefined;
    const isMarked = (pod: Pod | undefined): boolean =>
      pod !== undefined && conditionOf(pod.status, 'DisruptionTarget')?.reason === 'EvictionByEvictionAPI';
    const isEvicted = after
      ? isMarked(after) && isTerminating(after) && !isMarked(before)
      : / drain (?!.*--disable-eviction)/.test(` ${passage.tick.key} `);
    return isEvicted ? [before] : [];
  });
}

/** PDB-1 to PDB-3: no eviction takes a budget below what it asks for. */
function checkEvictions(passage: Passage): void {
  if (!isByPerson(passage)) return;
  const evicted = evictedIn(passage);
  if (evicted.length === 0) return;
  const matching = new Map<string, Pod[]>();
  for (const pod of evicted) {
    const budgets = listBefore(passage, 'PodDisruptionBudget').filter(
      ({ metadata, spec }) =>
        metadata.namespace === pod.metadata.namespace && matchesSelector(spec.selector, pod.metadata.labels),
    );
    holds(passage, budgets.length <= 1, () => `${pod.metadata.name} is evicted under ${budgets.length} budgets`);
    for (const budget of budgets)
      matching.set(budget.metadata.name, [...(matching.get(budget.metadata.name) ?? []), pod]);
  }
  for (const [name, pods] of matching) {
    const budget = objectBefore(passage, 'PodDisruptionBudget', pods[0]?.metadata.namespace ?? '', name);
    if (budget) checkBudget(passage, budget, pods);
  }
}

function checkBudget(passage: Passage, budget: PodDisruptionBudget, evicted: readonly Pod[]): void {
  const { metadata, spec, status } = budget;
  const isMet = status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
  const isExempt = (pod: Pod): boolean =>
    !isPodReady(pod) && (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' || isMet);
  const spent = evicted.filter((pod) => !isExempt(pod)).length;
  holds(
    passage,
    spent <= status.disruptionsAllowed,
    () => `PDB-3: ${spent} pods are evicted where ${metadata.name} allows ${status.disruptionsAllowed}`,
  );
  if (spent === 0) return;
  const pods = listBefore(passage, 'Pod').filter(
    (pod) => pod.metadata.namespace === metadata.namespace && matchesSelector(spec.selector, pod.metadata.labels),
  );
  const left = pods.filter((pod) => isHealthy(pod) && !evicted.includes(pod)).length;
  const desired = desiredBy(passage, budget, pods);
  // Nothing tells the controller that a set was scaled, but the pods that come and go.
  if (!isFresh(passage, budget) || desired !== status.desiredHealthy) return;
  holds(passage, left >= desired, () => `PDB-1: evictions leave ${left} of ${desired} pods to ${metadata.name}`);
}

/** Whether the budget's controller has nothing to take in at the moment of the eviction. */
function isFresh({ cluster, tick }: Passage, budget: PodDisruptionBudget): boolean {
  const id = taskId('disruption-controller', keyOfObject(budget));
  const change = tick.tasks.find(({ key }) => key === id);
  return (change ? change.before : cluster.world.tasks.get(id)) === undefined;
}

function desiredBy(passage: Passage, { spec, metadata }: PodDisruptionBudget, pods: readonly Pod[]): number {
  const { minAvailable, maxUnavailable } = spec;
  if (typeof minAvailable === 'number') return minAvailable;
  const scales = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (owner?.kind !== 'StatefulSet') continue;
    const set = objectBefore(passage, 'StatefulSet', metadata.namespace ?? '', owner.name);
    if (set) scales.set(set.metadata.uid, set.spec.replicas);
  }
  const expected = [...scales.values()].reduce((sum, scale) => sum + scale, 0);
  if (minAvailable !== undefined) return resolveIntOrPercent(minAvailable, expected, 'up') ?? 0;
  return expected - (resolveIntOrPercent(maxUnavailable ?? 0, expected, 'up') ?? 0);
}
