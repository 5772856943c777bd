// What holds of every object, whatever its kind, and of the fields of pods, claims and volumes that never turn back.
import {
  type Json,
  type KubeObject,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  parseTime,
} from '#kube';
import { isSame } from '#lib';
import { keyOfObject, type ObjectChange } from '../kernel/index.ts';
import { broken, holds, isByPerson, lifeOf, type Passage } from './invariants-passage.ts';

/** Who may take which finalizer off, besides people. */
const FINALIZER_OWNERS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/pvc-protection': ['pvc-protection-controller'],
  'kubernetes.io/pv-protection': ['pv-protection-controller'],
  foregroundDeletion: ['garbage-collector'],
  orphan: ['garbage-collector'],
};

/** What is remembered of all objects that ever were. */
export interface Registry {
  /** Every uid with the key it belongs to. */
  readonly uids: Map<string, string>;
  lastVersion: number;
}

/** A registry of the objects that are there when watching begins. */
export function newRegistry(objects: Iterable<KubeObject>, lastVersion: number): Registry {
  const uids = new Map<string, string>();
  for (const object of objects) uids.set(object.metadata.uid, keyOfObject(object));
  return { uids, lastVersion };
}

/** Every change of a tick, by the rules that all objects obey. */
export function checkObjects(passage: Passage, registry: Registry): void {
  const versions = new Set<number>();
  for (const change of passage.tick.objects) {
    checkVersion(passage, registry, versions, change);
    const { born, gone, same } = lifeOf(change);
    if (born) checkBirth(passage, registry, change, born);
    if (gone) checkDeath(passage, gone);
    if (same) checkChange(passage, same.before, same.after);
    if (change.after) checkWhole(passage, change.after);
  }
  registry.lastVersion = Math.max(registry.lastVersion, ...versions);
  const { lastVersion } = registry;
  const { resourceVersion } = passage.tick.countersAfter;
  holds(passage, lastVersion <= resourceVersion, () => `version ${lastVersion} is ahead of ${resourceVersion}`);
}

/** API: resourceVersions only grow, and none is given twice. */
function checkVersion(passage: Passage, registry: Registry, versions: Set<number>, change: ObjectChange): void {
  const { after, key } = change;
  if (!after) return;
  const version = Number(after.metadata.resourceVersion);
  holds(passage, Number.isInteger(version), () => `${key} has resourceVersion ${after.metadata.resourceVersion}`);
  holds(passage, version > registry.lastVersion, () => `${key} was written with an old resourceVersion ${version}`);
  holds(passage, !versions.has(version), () => `resourceVersion ${version} is given twice`);
  versions.add(version);
}

function checkBirth(passage: Passage, registry: Registry, { key }: ObjectChange, object: KubeObject): void {
  const { uid, creationTimestamp } = object.metadata;
  const earlier = registry.uids.get(uid);
  if (earlier !== undefined) broken(passage, `${key} has the uid ${uid} that ${earlier} had`);
  registry.uids.set(uid, key);
  holds(passage, creationTimestamp !== undefined, () => `${key} was created without a time`);
}

/** API: an object with finalizers stays until they are gone. */
function checkDeath(passage: Passage, object: KubeObject): void {
  if (isByPerson(passage)) return;
  for (const finalizer of object.metadata.finalizers ?? [])
    holds(
      passage,
      FINALIZER_OWNERS[finalizer]?.includes(passage.tick.actor) ?? false,
      () => `${keyOfObject(object)} went although the finalizer ${finalizer} held it`,
    );
}

function checkChange(passage: Passage, before: KubeObject, after: KubeObject): void {
  const key = keyOfObject(after);
  const [was, is] = [before.metadata, after.metadata];
  for (const field of ['name', 'namespace', 'creationTimestamp', 'generateName'] as const)
    holds(passage, was[field] === is[field], () => `${field} of ${key} changed: ${was[field]}, ${is[field]}`);
  holds(passage, before.kind === after.kind, () => `${key} became a ${after.kind}`);
  if (was.deletionTimestamp !== undefined) {
    const [first, second] = [parseTime(was.deletionTimestamp) ?? 0, parseTime(is.deletionTimestamp)];
    holds(passage, second !== undefined && second <= first, () => `the deletion of ${key} was taken back or put off`);
    for (const finalizer of is.finalizers ?? [])
      holds(
        passage,
        (was.finalizers ?? []).includes(finalizer) || finalizer === 'foregroundDeletion' || finalizer === 'orphan',
        () => `${key} got the finalizer ${finalizer} while it is deleted`,
      );
  }
  if (!isByPerson(passage))
    for (const finalizer of was.finalizers ?? [])
      if (!(is.finalizers ?? []).includes(finalizer))
        holds(
          passage,
          FINALIZER_OWNERS[finalizer]?.includes(passage.tick.actor) ?? false,
          () => `the finalizer ${finalizer} of ${key} was taken off`,
        );
  const [old, next] = [was.generation ?? 0, is.generation ?? 0];
  holds(passage, next >= old, () => `the generation of ${key} fell from ${old} to ${next}`);
  if (was.generation !== undefined && !isSame(specOf(before), specOf(after)))
    holds(passage, next > old || after.kind === 'Pod', () => `the spec of ${key} changed without its generation`);
  if (before.kind === 'Pod') checkPodChange(passage, before as Pod, after as Pod);
  if (before.kind === 'PersistentVolumeClaim')
    checkClaimChange(passage, before as PersistentVolumeClaim, after as PersistentVolumeClaim);
  if (before.kind === 'PersistentVolume')
    checkVolumeChange(passage, before as PersistentVolume, after as PersistentVolume);
}

const specOf = (object: KubeObject): Json => (object as unknown as { readonly spec?: Json }).spec ?? null;

/** What holds of an object by itself. */
function checkWhole(passage: Passage, object: KubeObject): void {
  const key = keyOfObject(object);
  const { ownerReferences = [], deletionTimestamp, finalizers = [], deletionGracePeriodSeconds = 0 } = object.metadata;
  const controllers = ownerReferences.filter((ref) => ref.controller === true);
  holds(passage, controllers.length <= 1, () => `${key} has ${controllers.length} controllers`);
  const uids = new Set(ownerReferences.map((ref) => ref.uid));
  holds(passage, uids.size === ownerReferences.length, () => `${key} refers to an owner twice`);
  if (deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && object.kind !== 'Namespace')
    holds(passage, finalizers.length > 0, () => `${key} lingers: it is deleted, and nothing holds it`);
  checkCounters(passage, object);
}

/** STS-19, RS and DEPLOY statuses alike: of the replicas some are ready, and of these some are available. */
function checkCounters(passage: Passage, object: KubeObject): void {
  if (!COUNTING.has(object.kind)) return;
  const { status = {} } = object as unknown as { readonly status?: Readonly<Record<string, unknown>> };
  const count = (field: string): number => Number(status[field] ?? 0);
  const isSound =
    COUNTERS.every((field) => count(field) >= 0 && count(field) <= count('replicas')) &&
    count('availableReplicas') <= count('readyReplicas') &&
    count('observedGeneration') <= (object.metadata.generation ?? 0);
  holds(passage, isSound, () => `the counters of ${keyOfObject(object)} do not add up: ${JSON.stringify(status)}`);
}

/** Kinds that count their replicas, and how. */
const COUNTING: ReadonlySet<string> = new Set(['StatefulSet', 'ReplicaSet', 'Deployment']);
const COUNTERS = ['readyReplicas', 'availableReplicas', 'updatedReplicas', 'currentReplicas', 'fullyLabeledReplicas'];

/** SCHED-1: a pod is bound once. What is over stays over, and restarts are never forgotten. */
function checkPodChange(passage: Passage, before: Pod, after: Pod): void {
  const key = keyOfObject(after);
  const node = before.spec.nodeName;
  if (node !== undefined)
    holds(passage, after.spec.nodeName === node, () => `${key} moved from ${node} to ${after.spec.nodeName}`);
  const { phase } = before.status;
  if (phase === 'Failed' || phase === 'Succeeded')
    holds(passage, after.status.phase === phase, () => `${key} was ${phase} and is ${after.status.phase}`);
  for (const was of before.status.containerStatuses ?? []) {
    const is = after.status.containerStatuses?.find(({ name }) => name === was.name);
    holds(passage, (is?.restartCount ?? 0) >= was.restartCount, () => `${key} forgot restarts of ${was.name}`);
  }
  const controllers = [before, after].map(
    ({ metadata }) => metadata.ownerReferences?.find((ref) => ref.controller === true)?.uid,
  );
  if (controllers[0] !== undefined && controllers[1] !== undefined)
    holds(passage, controllers[0] === controllers[1], () => `${key} went from one controller to another`);
}

/** PV-2, PV-12: a claim is bound once. */
function checkClaimChange(passage: Passage, before: PersistentVolumeClaim, after: PersistentVolumeClaim): void {
  const key = keyOfObject(after);
  const volume = before.spec.volumeName;
  if (volume !== undefined)
    holds(passage, after.spec.volumeName === volume, () => `${key} left ${volume} for ${after.spec.volumeName}`);
  const [was, is] = [before.status.phase, after.status.phase];
  if (was !== 'Pending')
    holds(passage, is === was || (was === 'Bound' && is === 'Lost'), () => `${key} was ${was} and is ${is}`);
}

/** PV-1: a volume goes from one claim to another only through the hands of a person. */
function checkVolumeChange(passage: Passage, before: PersistentVolume, after: PersistentVolume): void {
  const [was, is] = [before.spec.claimRef?.uid, after.spec.claimRef?.uid];
  if (was === undefined || was === is || isByPerson(passage)) return;
  const wasBound = before.status.phase === 'Bound' || before.status.phase === 'Released';
  holds(passage, !wasBound, () => `${keyOfObject(after)} went from the claim ${was} to ${is}`);
}
