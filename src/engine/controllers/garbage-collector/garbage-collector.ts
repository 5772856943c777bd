// The garbage collector: dependents follow their owners, hold them, or are set free. It reads owner references alone,
// and knows nothing of what any kind means.
import { type KubeObject, type ObjectKey, type OwnerReference, partsOfKey, type SimulatedKind } from '#kube';
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from '../../api/index.ts';
import {
  type Actor,
  act,
  done,
  type Enqueue,
  keyOfObject,
  type ObjectChange,
  type Outcome,
  type Turn,
  type View,
  wait,
} from '../../kernel/index.ts';
import {
  elsewhereKey,
  hasFinalizer,
  isDeletingDependents,
  isOrphaning,
  type OwnerStates,
  ownerKeyOf,
  ownerOf,
  ownerStatesOf,
} from './owners.ts';

const NAME = 'garbage-collector';

/** Until the collector looks at an owner that is being deleted. */
const OWNER_MS = 5;

/**
 * Until it has asked the server about a dependent and deletes it: two requests more than most controllers need, so a
 * controller that is woken by the same change has its turn before.
 */
const DEPENDENTS_MS = 60;

/** Kinds that own or are owned. */
const KINDS: readonly SimulatedKind[] = [
  'Pod',
  'StatefulSet',
  'ControllerRevision',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'Service',
  'EndpointSlice',
  'Node',
  'Namespace',
  'ReplicaSet',
  'Deployment',
  'PodDisruptionBudget',
];

/** The key under which all dependents of one owner are collected; an ObjectKey has no `#`. */
const dependentsKey = (owner: ObjectKey, uid: string): string => `${owner}#${uid}`;

const nameFor = (key: ObjectKey): string => `${partsOfKey(key).kind} ${partsOfKey(key).name}`;

/** An owner that has just begun to wait for its dependents, or to set them free: a second deletion can ask for the other. */
const beginsToHold = (before: KubeObject | undefined, after: KubeObject): boolean =>
  [isDeletingDependents, isOrphaning].some((isHolding) => isHolding(after) && !(before && isHolding(before)));

/** k8s: GraphBuilder.processGraphChanges */
function watch({ key, before, after }: ObjectChange, enqueue: Enqueue, view: View): void {
  const refs = after?.metadata.ownerReferences;
  const refsBefore = before?.metadata.ownerReferences;
  if (after === undefined && before !== undefined) {
    if (view.ownedCount(before.metadata.uid) > 0) enqueue(dependentsKey(key, before.metadata.uid), DEPENDENTS_MS);
  } else if (after !== undefined && after.metadata.deletionTimestamp !== undefined) {
    if (beginsToHold(before, after)) enqueue(key, OWNER_MS);
  }
  if (refs === refsBefore) return;
  if (after !== undefined && refs?.some((ref) => isDangling(view, ref, after))) enqueue(key, DEPENDENTS_MS);
  if (before !== undefined && refsBefore) for (const ref of refsBefore) leave(ref, before, refs, enqueue, view);
}

const isDangling = (view: View, ref: OwnerReference, dependent: KubeObject): boolean =>
  ownerOf(view, ref, dependent) === undefined && ownerKeyOf(ref, dependent) !== undefined;

/** A dependent is gone, or changed its owners: an owner that waited for it may go. */
function leave(
  ref: OwnerReference,
  dependent: KubeObject,
  refsNow: readonly OwnerReference[] | undefined,
  enqueue: Enqueue,
  view: View,
): void {
  const key = ownerKeyOf(ref, dependent);
  if (key === undefined || refsNow?.some(({ uid }) => uid === ref.uid)) return;
  const owner = ownerOf(view, ref, dependent);
  if (owner === undefined) {
    if (view.ownedCount(ref.uid) === 0) enqueue(dependentsKey(key, ref.uid), OWNER_MS);
  } else if (isDeletingDependents(owner)) enqueue(key, OWNER_MS);
}

/** A dependent whose deletion nobody has asked for yet, or that holds itself for its own dependents. */
const isToDelete = (dependent: KubeObject): boolean => dependent.metadata.deletionTimestamp === undefined;

/** Rules GC-1 and GC-4: deletes what an owner that is gone, or waits to go, leaves behind. All at one moment. */
function collectDependents(turn: Turn, ownerKey: ObjectKey, uid: string): Outcome {
  let count = 0;
  for (const dependent of turn.view.ownedBy(uid)) if (collect(turn, dependent)) count += 1;
  if (count === 0) return done;
  const owner = turn.view.find(ownerKey);
  const isHeld = owner?.metadata.uid === uid;
  return act(isHeld ? 'GC-4' : 'GC-1', ownerKey, { owner: nameFor(ownerKey), count });
}

const statesOf = (turn: Turn, dependent: KubeObject): OwnerStates =>
  ownerStatesOf(turn.view, dependent, (uid) => turn.recall(elsewhereKey(uid)) !== undefined);

/** Does to one dependent what its owners' fate asks for. Returns whether anything was done. k8s: attemptToDeleteItem */
function collect(turn: Turn, dependent: KubeObject): boolean {
  if (!isToDelete(dependent)) return false;
  const states = statesOf(turn, dependent);
  const { solid, dangling, waiting } = states;
  if (solid.length > 0) return dangling.length + waiting.length > 0 && dropOwners(turn, dependent, states.solid);
  if (dangling.length + waiting.length === 0) return false;
  return deleteDependent(turn, dependent, states);
}

/** Rule GC-5: an object with a living owner only forgets the others. */
function dropOwners(turn: Turn, dependent: KubeObject, ownerReferences: readonly OwnerReference[]): boolean {
  return turn.update(withOwners(dependent, ownerReferences)).ok;
}

function withOwners(object: KubeObject, ownerReferences: readonly OwnerReference[]): KubeObject {
  const { ownerReferences: _before, ...metadata } = object.metadata;
  return { ...object, metadata: ownerReferences.length > 0 ? { ...metadata, ownerReferences } : metadata };
}

/** Foreground goes on below a waiting owner; otherwise the object's own finalizers say how it is to be deleted. */
function deleteDependent(turn: Turn, dependent: KubeObject, { waiting }: OwnerStates): boolean {
  const { uid } = dependent.metadata;
  const hasDependents = turn.view.ownedCount(uid) > 0;
  const propagationPolicy =
    (waiting.length > 0 && hasDependents) || hasFinalizer(dependent, FOREGROUND_FINALIZER)
      ? 'Foreground'
      : hasFinalizer(dependent, ORPHAN_FINALIZER)
        ? 'Orphan'
        : 'Background';
  return turn.delete(keyOfObject(dependent), { uid, propagationPolicy }).ok;
}

/** Rule GC-2: an owner in foreground deletion goes when nothing that blocks it is left. k8s: processDeletingDependentsItem */
function holdOwner(turn: Turn, key: ObjectKey, owner: KubeObject): Outcome {
  const { uid } = owner.metadata;
  const dependents = turn.view.ownedBy(uid);
  const blocking = dependents.filter((dependent) => isBlocking(dependent, uid));
  if (blocking.length === 0) {
    turn.update(withoutFinalizer(owner, FOREGROUND_FINALIZER));
    return done;
  }
  if (dependents.some(isToDelete)) turn.wake(NAME, dependentsKey(key, uid), DEPENDENTS_MS);
  return wait('GC-2', keyOfObject(blocking[0] as KubeObject), { owner: nameFor(key), count: blocking.length });
}

const isBlocking = (dependent: KubeObject, uid: string): boolean =>
  dependent.metadata.ownerReferences?.some((ref) => ref.uid === uid && ref.blockOwnerDeletion === true) === true;

function withoutFinalizer(object: KubeObject, name: string): KubeObject {
  const { finalizers = [], ...metadata } = object.metadata;
  const left = finalizers.filter((finalizer) => finalizer !== name);
  return { ...object, metadata: left.length > 0 ? { ...metadata, finalizers: left } : metadata };
}

/** Rule GC-3: dependents are set free, then the owner goes. k8s: attemptToOrphanWorker */
function orphanDependents(turn: Turn, key: ObjectKey, owner: KubeObject): Outcome {
  const { uid } = owner.metadata;
  const dependents = turn.view.ownedBy(uid);
  for (const dependent of dependents) {
    const kept = (dependent.metadata.ownerReferences ?? []).filter((ref) => ref.uid !== uid);
    turn.update(withOwners(dependent, kept));
  }
  turn.update(withoutFinalizer(owner, ORPHAN_FINALIZER));
  return dependents.length > 0 ? act('GC-3', key, { owner: nameFor(key), count: dependents.length }) : done;
}

/** Rule GC-6: an object that came with owners that do not exist. */
function collectOne(turn: Turn, key: ObjectKey, object: KubeObject): Outcome {
  const isKept = statesOf(turn, object).solid.length > 0;
  if (!collect(turn, object)) return done;
  return act(isKept ? 'GC-5' : 'GC-6', key, { name: nameFor(key) });
}

export const garbageCollector: Actor = {
  name: NAME,
  latencyMs: OWNER_MS,
  watches: Object.fromEntries(KINDS.map((kind) => [kind, watch])),
  reconcile(turn, key) {
    const [objectKey = '', uid] = key.split('#');
    if (uid !== undefined) return collectDependents(turn, objectKey, uid);
    const object = turn.view.find(key);
    if (!object) return done;
    if (isOrphaning(object)) return orphanDependents(turn, key, object);
    if (isDeletingDependents(object)) return holdOwner(turn, key, object);
    return collectOne(turn, key, object);
  },
};
