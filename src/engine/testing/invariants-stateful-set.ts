// What a sync of a StatefulSet may do, worked out anew from the objects before it, one pod after the other, without any
// of the controller's own sums. k8s: processReplica, processCondemned, updateStatefulSet; the assertions of its tests.
import {
  type ControllerRevision,
  claimNameOf,
  conditionOf,
  controllerOf,
  isGateOn,
  isRunningAndReady,
  isTerminating,
  matchesSelector,
  ordinalOf,
  type Pod,
  parentNameOf,
  parseTime,
  partsOfKey,
  podNameOf,
  resolveIntOrPercent,
  type StatefulSet,
} from '#kube';
import type { Cluster } from '../kernel/index.ts';
import { holds, lifeOf, listBefore, objectBefore, type Passage } from './invariants-passage.ts';

/** A set at the moment of one of its syncs. */
interface SyncFacts {
  readonly passage: Passage;
  readonly set: StatefulSet;
  /** The claimed pods before the sync, those that it adopted included. */
  readonly pods: ReadonlyMap<number, Pod>;
  readonly start: number;
  readonly end: number;
  readonly atMs: number;
  readonly updateRevision: string | undefined;
  readonly created: readonly Pod[];
  readonly deleted: readonly Pod[];
}

/** STS-1 to STS-21: a tick of the StatefulSet controller; others pass. */
export function checkSync(passage: Passage): void {
  const { tick } = passage;
  if (tick.actor !== 'statefulset-controller') return;
  const { namespace, name } = partsOfKey(tick.key);
  const set = objectBefore(passage, 'StatefulSet', namespace, name);
  const facts = set && factsOf(passage, set);
  const isIdle = tick.objects.every(({ before, after }) => (after ?? before)?.kind !== 'Pod');
  if (!facts) {
    holds(passage, isIdle, () => `the controller touches pods although there is no set ${tick.key}`);
    return;
  }
  for (const pod of facts.created) checkNewPod(facts, pod);
  if (isTerminating(facts.set)) holds(passage, isIdle, () => `STS-17: ${tick.key} is being deleted and changes pods`);
  else if (facts.set.spec.podManagementPolicy === 'Parallel') checkParallel(facts);
  else checkOrdered(facts);
  checkStatus(facts);
}

/** STS-20, STS-21: a pod counts when it is the set's by owner, labels and name, or becomes so in this very sync. */
function isClaimed(set: StatefulSet, pod: Pod): boolean {
  const owner = controllerOf(pod);
  const isAdopted = owner === undefined && !isTerminating(pod) && !isTerminating(set);
  if (owner?.uid !== set.metadata.uid && !isAdopted) return false;
  const isNamed = parentNameOf(pod.metadata.name) === set.metadata.name;
  return isNamed && matchesSelector(set.spec.selector, pod.metadata.labels);
}

function factsOf(passage: Passage, set: StatefulSet): SyncFacts {
  const { cluster, tick } = passage;
  const { namespace = '' } = set.metadata;
  const pods = new Map<number, Pod>();
  for (const pod of listBefore(passage, 'Pod'))
    if (pod.metadata.namespace === namespace && isClaimed(set, pod)) pods.set(ordinalOf(pod.metadata.name), pod);
  const created: Pod[] = [];
  const deleted: Pod[] = [];
  for (const change of tick.objects) {
    const { born, gone, same } = lifeOf(change);
    if (born?.kind === 'Pod') created.push(born as Pod);
    const leaving = gone ?? (same && isTerminating(same.after) ? same.before : undefined);
    if (leaving?.kind === 'Pod' && !isTerminating(leaving)) deleted.push(leaving as Pod);
  }
  const start = set.spec.ordinals?.start ?? 0;
  const { world } = cluster;
  return {
    passage,
    set,
    pods,
    start,
    end: start + set.spec.replicas,
    atMs: world.config.epochMs + tick.atMs,
    updateRevision: newestRevisionOf(cluster, set),
    created,
    deleted: deleted.sort((a, b) => ordinalOf(b.metadata.name) - ordinalOf(a.metadata.name)),
  };
}

/** REV-2, REV-3: the update revision is the newest, whether a status that names it was written or refused. */
function newestRevisionOf({ view }: Cluster, { metadata }: StatefulSet): string | undefined {
  const revisions = view.ownedBy(metadata.uid).filter((object) => object.kind === 'ControllerRevision');
  return (revisions as ControllerRevision[]).reduce<ControllerRevision | undefined>(
    (newest, revision) => (newest && newest.revision > revision.revision ? newest : revision),
    undefined,
  )?.metadata.name;
}

/** Ready for minReadySeconds; whether it terminates is another question. k8s: podutil.IsPodAvailable */
function isReadyLongEnough({ set, atMs }: SyncFacts, pod: Pod): boolean {
  const ready = conditionOf(pod.status, 'Ready');
  if (ready?.status !== 'True') return false;
  const minReadyMs = (set.spec.minReadySeconds ?? 0) * 1000;
  return minReadyMs === 0 || (parseTime(ready.lastTransitionTime) ?? Number.POSITIVE_INFINITY) + minReadyMs <= atMs;
}

const isAvailable = (facts: SyncFacts, pod: Pod): boolean => !isTerminating(pod) && isReadyLongEnough(facts, pod);

/** What lets OrderedReady go past a pod. */
const isWell = (facts: SyncFacts, pod: Pod | undefined): boolean =>
  pod !== undefined && isRunningAndReady(pod) && isAvailable(facts, pod);

const isFinished = (pod: Pod): boolean => pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded';
const isInRange = ({ start, end }: SyncFacts, ordinal: number): boolean => ordinal >= start && ordinal < end;
const revisionOf = (pod: Pod): string | undefined => pod.metadata.labels?.['controller-revision-hash'];
const updateFrom = ({ set, start }: SyncFacts): number =>
  start + (set.spec.updateStrategy.rollingUpdate?.partition ?? 0);

/** The lowest ordinal in range, below `end`, whose pod is missing or not well. */
function firstUnwell(facts: SyncFacts, end: number): number | undefined {
  for (let ordinal = facts.start; ordinal < end; ordinal += 1)
    if (!isWell(facts, facts.pods.get(ordinal))) return ordinal;
  return undefined;
}

/** STS-1: name, labels, owner and claims of a new pod. */
function checkNewPod({ passage, set, updateRevision, ...facts }: SyncFacts, pod: Pod): void {
  const { namespace = '', name, labels = {} } = pod.metadata;
  const ordinal = ordinalOf(name);
  const ok = (condition: boolean, what: string): void => holds(passage, condition, () => `${name} ${what}`);
  ok(name === podNameOf(set.metadata.name, ordinal), 'does not bear the name of its set');
  ok(ordinal >= facts.start && ordinal < facts.end, 'is created out of range');
  ok(objectBefore(passage, 'Pod', namespace, name) === undefined, 'is created while there is one');
  ok(labels['statefulset.kubernetes.io/pod-name'] === name, 'has the wrong name label');
  ok(labels['apps.kubernetes.io/pod-index'] === String(ordinal), 'has the wrong index label');
  ok(controllerOf(pod)?.uid === set.metadata.uid, 'is not owned by its set');
  ok(pod.spec.hostname === name, `has the host name ${pod.spec.hostname}`);
  ok((pod.spec.subdomain ?? '') === (set.spec.serviceName ?? ''), `has the sub-domain ${pod.spec.subdomain}`);
  for (const { metadata } of set.spec.volumeClaimTemplates ?? []) {
    const claimName = claimNameOf(metadata.name, set.metadata.name, ordinal);
    const claim = passage.cluster.view.get('PersistentVolumeClaim', namespace, claimName);
    ok(claim !== undefined, `is created without its claim ${claimName}`);
    const hasVolume = pod.spec.volumes?.some(
      ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claimName,
    );
    ok(hasVolume === true, `does not use its claim ${claimName}`);
  }
  const { type, rollingUpdate } = set.spec.updateStrategy;
  const current = set.status?.currentRevision;
  const revision = revisionOf(pod);
  if (type === 'OnDelete' || (rollingUpdate && ordinal >= facts.start + (rollingUpdate.partition ?? 0)))
    ok(revision === updateRevision, `is of ${revision}, not of the update revision ${updateRevision}`);
  else if (rollingUpdate && current && passage.cluster.view.get('ControllerRevision', namespace, current))
    ok(revision === current, `is of ${revision}, not of the current revision ${current}`);
}

/** STS-2 to STS-11 with OrderedReady: one thing in a sync, and only where the pods below are well. */
function checkOrdered(facts: SyncFacts): void {
  const { passage, created, deleted, end } = facts;
  const isUpdate = (pod: Pod): boolean => isInRange(facts, ordinalOf(pod.metadata.name)) && !isFinished(pod);
  const updates = deleted.filter(isUpdate);
  const others = deleted.length - updates.length;
  holds(
    passage,
    created.length + others + Math.min(1, updates.length) <= 1,
    () => `OrderedReady creates ${namesOf(created)} and deletes ${namesOf(deleted)} in one sync`,
  );
  for (const pod of created) {
    const unwell = firstUnwell(facts, ordinalOf(pod.metadata.name));
    holds(
      passage,
      unwell === undefined,
      () => `STS-2: ${pod.metadata.name} is created while ${unwell} is not available`,
    );
  }
  for (const pod of deleted) {
    const ordinal = ordinalOf(pod.metadata.name);
    const unwell = firstUnwell(facts, isInRange(facts, ordinal) && isFinished(pod) ? ordinal : end);
    holds(passage, unwell === undefined, () => `${pod.metadata.name} is deleted while ${unwell} is not available`);
    if (!isInRange(facts, ordinal)) checkCondemned(facts, pod, ordinal);
  }
  if (updates.length > 0) checkUpdates(facts, updates);
}

/** STS-9, STS-10: the highest one first, and only the lowest that is unwell may go unwell. */
function checkCondemned(facts: SyncFacts, pod: Pod, ordinal: number): void {
  const condemned = condemnedOf(facts);
  const highest = condemned.at(-1);
  holds(facts.passage, highest === ordinal, () => `STS-9: ${pod.metadata.name} is deleted before ${highest}`);
  if (isWell(facts, pod)) return;
  const first = condemned.find((other) => !isAvailable(facts, facts.pods.get(other) as Pod));
  holds(
    facts.passage,
    first === ordinal,
    () => `STS-10: ${pod.metadata.name} is deleted unwell although ${first} is unwell too`,
  );
}

const condemnedOf = (facts: SyncFacts): number[] =>
  [...facts.pods.keys()].filter((ordinal) => !isInRange(facts, ordinal)).sort((a, b) => a - b);

/** STS-7, STS-9, STS-11 with Parallel: whatever is missing, whatever is too many, and one update. */
function checkParallel(facts: SyncFacts): void {
  const updates = facts.deleted.filter((pod) => isInRange(facts, ordinalOf(pod.metadata.name)) && !isFinished(pod));
  if (updates.length > 0) checkUpdates(facts, updates);
}

/** STS-11 to STS-16: which pods a rolling update may delete. Highest ordinal first. */
function checkUpdates(facts: SyncFacts, updates: readonly Pod[]): void {
  const { passage, set, updateRevision, pods } = facts;
  const isOld = (ordinal: number): boolean => {
    const pod = pods.get(ordinal);
    return pod !== undefined && !isTerminating(pod) && revisionOf(pod) !== updateRevision;
  };
  holds(
    passage,
    set.spec.updateStrategy.type === 'RollingUpdate',
    () => `STS-14: OnDelete deletes ${namesOf(updates)}`,
  );
  if (set.spec.podManagementPolicy === 'OrderedReady')
    holds(passage, condemnedOf(facts).length === 0, () => `${namesOf(updates)} is updated before scaling down`);
  const from = updateFrom(facts);
  const ordinals = updates.map((pod) => ordinalOf(pod.metadata.name));
  for (const ordinal of ordinals) {
    holds(passage, ordinal >= from, () => `STS-13: ${ordinal} is updated below the partition ${from}`);
    holds(passage, isOld(ordinal), () => `STS-11: ${ordinal} is deleted, and is of the update revision`);
  }
  const lowest = Math.min(...ordinals);
  for (let ordinal = lowest; ordinal < facts.end; ordinal += 1)
    holds(
      passage,
      ordinals.includes(ordinal) || !isOld(ordinal) || isFinished(pods.get(ordinal) as Pod),
      () => `STS-11: ${lowest} is updated before ${ordinal}`,
    );
  if (isGateOn(passage.cluster.world.config.gates, 'MaxUnavailableStatefulSet')) checkAllowance(facts, updates.length);
  else checkFront(facts, ordinals);
}

/** STS-12: one at a time, and every pod above it is there and available. */
function checkFront(facts: SyncFacts, ordinals: readonly number[]): void {
  const { passage, pods, end } = facts;
  holds(passage, ordinals.length === 1, () => `STS-11: ${ordinals.join(', ')} are updated in one sync`);
  for (let ordinal = (ordinals[0] as number) + 1; ordinal < end; ordinal += 1) {
    const pod = pods.get(ordinal);
    holds(
      passage,
      pod !== undefined && isAvailable(facts, pod),
      () => `STS-12: ${ordinals[0]} is updated while ${ordinal} is not available`,
    );
  }
}

/** STS-16: those that are unavailable and those that go are no more than may be. */
function checkAllowance(facts: SyncFacts, deletions: number): void {
  const { passage, set, pods, start, end } = facts;
  const { replicas, updateStrategy } = set.spec;
  let unavailable = 0;
  for (let ordinal = start; ordinal < end; ordinal += 1) {
    const pod = pods.get(ordinal);
    if (!pod || !isAvailable(facts, pod)) unavailable += 1;
  }
  const limit = resolveIntOrPercent(updateStrategy.rollingUpdate?.maxUnavailable ?? 1, replicas, 'down') ?? 1;
  const allowed = Math.max(1, limit);
  holds(
    passage,
    unavailable + deletions <= allowed,
    () => `STS-16: ${deletions} pods are updated while ${unavailable} of at most ${allowed} are unavailable`,
  );
}

/** STS-15, STS-19: the status counts the pods that the sync found. */
function checkStatus(facts: SyncFacts): void {
  const { passage, set, deleted, updateRevision } = facts;
  const { namespace = '', name, generation } = set.metadata;
  const stored = passage.cluster.view.get('StatefulSet', namespace, name);
  if (!stored || passage.tick.why?.rule === 'STS-23') return;
  const pods = [...facts.pods.values()];
  const live = pods.filter((pod) => !isTerminating(pod));
  const ready = pods.filter(isRunningAndReady);
  const ofRevision = (revision: string | undefined): number =>
    live.filter((pod) => revisionOf(pod) === revision).length;
  const updated = ofRevision(updateRevision);
  const isComplete =
    set.spec.updateStrategy.type === 'RollingUpdate' &&
    updated === ready.length &&
    ready.length === pods.length &&
    pods.length === set.spec.replicas;
  const inRange = deleted.filter((pod) => isInRange(facts, ordinalOf(pod.metadata.name)));
  const updates = inRange.filter((pod) => !isFinished(pod)).length;
  const { currentRevision } = stored.status;
  const expected = {
    observedGeneration: generation,
    replicas: pods.length,
    readyReplicas: ready.length,
    availableReplicas: ready.filter((pod) => isReadyLongEnough(facts, pod)).length,
    updatedReplicas: updated,
  };
  // REV-6: what the status names counts, while it is there.
  const named = set.status?.currentRevision ?? '';
  const counted = objectBefore(passage, 'ControllerRevision', namespace, named) ? named : updateRevision;
  const current = isComplete ? updated : Math.max(0, ofRevision(counted) - updates);
  const found = { readyReplicas: 0, updatedReplicas: 0, currentReplicas: 0, ...stored.status };
  // With Parallel a finished pod is deleted in one phase and, being old, once more in the other, which counts it.
  // Without a rollingUpdate block a pod can be made and, being old, be deleted in one sync, which counts it as well.
  const isBlockless = set.spec.updateStrategy.rollingUpdate === undefined;
  const least = isComplete ? current : Math.max(0, current - (inRange.length - updates) - (isBlockless ? 1 : 0));
  holds(
    passage,
    found.currentReplicas <= current && found.currentReplicas >= least,
    () => `STS-19: status.currentReplicas of ${name} is ${found.currentReplicas}, the sync found ${current}`,
  );
  for (const [field, value] of Object.entries(expected)) {
    const is = found[field as keyof typeof expected];
    holds(passage, is === value, () => `STS-19: status.${field} of ${name} is ${is}, the sync found ${value}`);
  }
  if (isComplete)
    holds(
      passage,
      currentRevision === updateRevision,
      () => `STS-15: ${name} is complete and stays at ${currentRevision}`,
    );
}

const namesOf = (pods: readonly Pod[]): string => pods.map(({ metadata }) => metadata.name).join(', ') || 'nothing';
