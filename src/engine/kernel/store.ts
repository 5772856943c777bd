// The objects of the cluster with the indexes that keep a turn's cost in proportion to what it touches. Plain maps;
// only the kernel writes, so that every change is in a tick.
import {
  type KindMap,
  type KubeEvent,
  type KubeObject,
  keyOf,
  kindOf,
  type ObjectKey,
  type Pod,
  type SimulatedKind,
} from '#kube';

export interface Store {
  readonly objects: Map<ObjectKey, KubeObject>;
  /** Index name to the keys of its members. */
  readonly indexes: Map<string, Set<ObjectKey>>;
  /** Those of the index sets that no frozen store shares: only they may be changed in their place. */
  readonly own: Set<Set<ObjectKey>>;
  /**
   * When a key was added, as a running number. Lists come in this order, so that a world that was saved and loaded, or
   * built from a checkpoint, lists its objects as the world it came from did.
   */
  readonly births: Map<ObjectKey, number>;
  nextBirth: number;
  /** What actors keep summed up over the objects, by its definition; made on first use. */
  readonly derived: Map<Derived<unknown>, unknown>;
}

/**
 * Something that is summed up over all objects of a kind and kept true by every write, so that a turn need not look at
 * all of them: the requests on each node, the members of each set. It must follow from the objects alone, whatever the
 * order in which they were written, because undoing, seeking and loading play writes in other orders.
 */
export interface Derived<T> {
  readonly kind: SimulatedKind;
  readonly create: () => T;
  /** Takes in that an object was added (`before` undefined), changed, or removed (`after` undefined). */
  readonly change: (sum: T, before: KubeObject | undefined, after: KubeObject | undefined) => void;
}

/** An empty store. */
export const newStore = (): Store => ({
  objects: new Map(),
  indexes: new Map(),
  own: new Set(),
  births: new Map(),
  nextBirth: 0,
  derived: new Map(),
});

/** Labels that are unique to a pod: an index of them would only cost. */
const UNIQUE_LABELS = new Set(['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index']);

const NONE: readonly never[] = [];

export const indexName = {
  kind: (kind: string): string => `kind:${kind}`,
  namespaced: (kind: string, namespace: string): string => `in:${kind}/${namespace}`,
  owner: (uid: string): string => `owner:${uid}`,
  node: (nodeName: string): string => `node:${nodeName}`,
  claim: (namespace: string, claimName: string): string => `claim:${namespace}/${claimName}`,
  label: (namespace: string, key: string, value: string): string => `label:${namespace}/${key}=${value}`,
  about: (uid: string): string => `about:${uid}`,
};

/** Whether an index is one of the long ones, by kind or by kind and namespace: together they hold every object twice. */
export const isIndexOfKind = (name: string): boolean => name.startsWith('kind:') || name.startsWith('in:');

/** The key that an object has in a store. */
export function keyOfObject(object: KubeObject): ObjectKey {
  return keyOf(kindOf(object)?.storeKind ?? object.kind, object.metadata.namespace, object.metadata.name);
}

/** The names of every index an object stands in. */
export function indexNamesOf(object: KubeObject): string[] {
  const { namespace, ownerReferences } = object.metadata;
  const names = [indexName.kind(object.kind)];
  if (namespace !== undefined) names.push(indexName.namespaced(object.kind, namespace));
  if (ownerReferences) for (const ref of ownerReferences) names.push(indexName.owner(ref.uid));
  if (object.kind === 'Pod') {
    const pod = object as Pod;
    if (pod.spec.nodeName !== undefined) names.push(indexName.node(pod.spec.nodeName));
    for (const volume of pod.spec.volumes ?? []) {
      const claim = volume.persistentVolumeClaim?.claimName;
      if (claim !== undefined) names.push(indexName.claim(namespace ?? '', claim));
    }
    const labels = pod.metadata.labels ?? {};
    for (const key in labels)
      if (!UNIQUE_LABELS.has(key)) names.push(indexName.label(namespace ?? '', key, labels[key] as string));
  } else if (object.kind === 'Event') {
    const uid = (object as KubeEvent).involvedObject.uid;
    if (uid !== undefined) names.push(indexName.about(uid));
  }
  return names;
}

/**
 * Whether two versions of an object surely stand in the same indexes: what the indexes look at is shared between them,
 * as it is after nearly every write. False may also mean that they were not compared any further.
 */
function isIndexedAlike(before: KubeObject, after: KubeObject): boolean {
  if (before.metadata.ownerReferences !== after.metadata.ownerReferences || before.kind !== after.kind) return false;
  if (after.kind === 'Event')
    return (before as KubeEvent).involvedObject.uid === (after as KubeEvent).involvedObject.uid;
  if (after.kind !== 'Pod') return true;
  const [old, now] = [before as Pod, after as Pod];
  return (
    old.metadata.labels === now.metadata.labels &&
    old.spec.nodeName === now.spec.nodeName &&
    old.spec.volumes === now.spec.volumes
  );
}

/** Makes this the members of an index, which nobody else may have. */
function setMembers(store: Store, name: string, members: Set<ObjectKey>): Set<ObjectKey> {
  store.own.add(members);
  store.indexes.set(name, members);
  return members;
}

/** The members of an index, to be changed: a copy where a frozen store shares them. */
const ownMembers = (store: Store, name: string, members: Set<ObjectKey>): Set<ObjectKey> =>
  store.own.has(members) ? members : setMembers(store, name, new Set(members));

function enterIndex(store: Store, name: string, key: ObjectKey): void {
  const members = store.indexes.get(name);
  if (members === undefined) setMembers(store, name, new Set()).add(key);
  else if (!members.has(key)) ownMembers(store, name, members).add(key);
}

function leaveIndex(store: Store, name: string, key: ObjectKey): void {
  const members = store.indexes.get(name);
  if (!members?.has(key)) return;
  if (members.size > 1) {
    ownMembers(store, name, members).delete(key);
    return;
  }
  store.indexes.delete(name);
  store.own.delete(members);
}

/** Takes a key out of the indexes it stood in, and into those it stands in from now on. */
function moveInIndexes(
  store: Store,
  key: ObjectKey,
  before: KubeObject | undefined,
  after: KubeObject | undefined,
): void {
  const namesBefore: readonly string[] = before === undefined ? NONE : indexNamesOf(before);
  const namesAfter: readonly string[] = after === undefined ? NONE : indexNamesOf(after);
  for (const name of namesBefore) if (!namesAfter.includes(name)) leaveIndex(store, name, key);
  for (const name of namesAfter) enterIndex(store, name, key);
}

/**
 * Sets or removes (`undefined`) the object of a key and keeps the indexes true. O(1), and O(number of its indexes)
 * where it enters or leaves one.
 * @returns the object that stood there before
 */
export function putInStore(store: Store, key: ObjectKey, after: KubeObject | undefined): KubeObject | undefined {
  const before = store.objects.get(key);
  if (before === after) return before;
  if (after === undefined) {
    store.objects.delete(key);
    store.births.delete(key);
  } else {
    store.objects.set(key, after);
    if (before === undefined) store.births.set(key, store.nextBirth++);
  }
  if (before === undefined || after === undefined || !isIndexedAlike(before, after))
    moveInIndexes(store, key, before, after);
  const kind = (after ?? before)?.kind;
  for (const [definition, sum] of store.derived) if (definition.kind === kind) definition.change(sum, before, after);
  return before;
}

/**
 * Puts objects that were removed and are back where they stood in lists before. O(objects), for turns that are undone.
 * @param births the births they had
 */
export function restoreBirths(store: Store, births: ReadonlyMap<ObjectKey, number>): void {
  if (births.size === 0) return;
  for (const [key, birth] of births) store.births.set(key, birth);
  const isBornBefore = (a: ObjectKey, b: ObjectKey): number =>
    (store.births.get(a) as number) - (store.births.get(b) as number);
  const objects = [...store.objects].sort(([a], [b]) => isBornBefore(a, b));
  store.objects.clear();
  for (const [key, object] of objects) store.objects.set(key, object);
  const names = new Set<string>();
  for (const key of births.keys())
    for (const name of indexNamesOf(store.objects.get(key) as KubeObject)) names.add(name);
  for (const name of names) {
    const members = store.indexes.get(name) ?? new Set();
    store.own.delete(members);
    setMembers(store, name, new Set([...members].sort(isBornBefore)));
  }
}

/** The sum of a definition over a store. O(objects of its kind) the first time, O(1) from then on. */
export function derivedFrom<T>(store: Store, definition: Derived<T>): T {
  const known = store.derived.get(definition as Derived<unknown>);
  if (known !== undefined) return known as T;
  const sum = definition.create();
  for (const key of store.indexes.get(indexName.kind(definition.kind)) ?? [])
    definition.change(sum, undefined, store.objects.get(key));
  store.derived.set(definition as Derived<unknown>, sum);
  return sum;
}

/** What an actor may look at. Every answer is live: it holds what the turn itself wrote so far. */
export interface View {
  get<K extends SimulatedKind>(kind: K, namespace: string, name: string): KindMap[K] | undefined;
  find(key: ObjectKey): KubeObject | undefined;
  /** Objects of a kind, all or of one namespace, in order of creation. */
  list<K extends SimulatedKind>(kind: K, namespace?: string): readonly KindMap[K][];
  /** Objects with an owner reference to that uid. */
  ownedBy(uid: string): readonly KubeObject[];
  /** How many there are, without listing them. */
  ownedCount(uid: string): number;
  podsOnNode(nodeName: string): readonly Pod[];
  podsUsingClaim(namespace: string, claimName: string): readonly Pod[];
  podsWithLabel(namespace: string, key: string, value: string): readonly Pod[];
  eventsAbout(uid: string): readonly KubeEvent[];
  /** How many objects of a kind there are, without listing them. */
  count(kind: SimulatedKind): number;
  /** A sum that is kept up to date with every write. To be read, never written. */
  derived<T>(definition: Derived<T>): T;
}

/** A view on a store. */
export function viewOf(store: Store): View {
  const members = <T>(name: string): readonly T[] => {
    const found = store.indexes.get(name);
    return found ? (membersInOrder(store, name, found) as unknown as T[]) : NONE;
  };
  return {
    get: <K extends SimulatedKind>(kind: K, namespace: string, name: string) =>
      store.objects.get(keyOf(kind, namespace, name)) as KindMap[K] | undefined,
    find: (key) => store.objects.get(key),
    list: <K extends SimulatedKind>(kind: K, namespace?: string) =>
      members<KindMap[K]>(namespace === undefined ? indexName.kind(kind) : indexName.namespaced(kind, namespace)),
    ownedBy: (uid) => members(indexName.owner(uid)),
    ownedCount: (uid) => store.indexes.get(indexName.owner(uid))?.size ?? 0,
    podsOnNode: (nodeName) => members(indexName.node(nodeName)),
    podsUsingClaim: (namespace, claimName) => members(indexName.claim(namespace, claimName)),
    podsWithLabel: (namespace, key, value) => members(indexName.label(namespace, key, value)),
    eventsAbout: (uid) => members(indexName.about(uid)),
    count: (kind) => store.indexes.get(indexName.kind(kind))?.size ?? 0,
    derived: (definition) => derivedFrom(store, definition),
  };
}

/** The members of an index in order of birth. Where they do not stand so, they do from now on. */
function membersInOrder(store: Store, name: string, members: Set<ObjectKey>): KubeObject[] {
  const { objects, births } = store;
  const list: KubeObject[] = [];
  let last = -1;
  for (const key of members) {
    const birth = births.get(key) as number;
    if (birth < last) {
      const keys = [...members].sort((a, b) => (births.get(a) as number) - (births.get(b) as number));
      store.own.delete(members);
      setMembers(store, name, new Set(keys));
      return keys.map((member) => objects.get(member) as KubeObject);
    }
    last = birth;
    list.push(objects.get(key) as KubeObject);
  }
  return list;
}
