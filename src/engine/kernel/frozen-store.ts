// A store as it stands at one moment, kept to be gone back to. It shares its objects and the members of its indexes with
// the store it was taken from; whichever of them changes next copies what it changes.
import type { KubeObject, ObjectKey } from '#kube';
import { indexName, isIndexOfKind, newStore, type Store } from './store.ts';

export interface FrozenStore {
  /** In order of birth. */
  readonly keys: readonly ObjectKey[];
  readonly objects: readonly KubeObject[];
  /** All but those of kinds, which are long, differ from moment to moment, and are soon made again. */
  readonly indexes: ReadonlyMap<string, Set<ObjectKey>>;
}

/** Keeps a store as it stands. O(objects), of which only two references each are copied. */
export function freezeStore(store: Store): FrozenStore {
  const indexes = new Map<string, Set<ObjectKey>>();
  for (const [name, members] of store.indexes) {
    if (isIndexOfKind(name)) continue;
    indexes.set(name, members);
    store.own.delete(members);
  }
  return { keys: [...store.objects.keys()], objects: [...store.objects.values()], indexes };
}

/** A store of its own that begins where a frozen one stands. O(objects), with little to do for each. */
export function thawStore({ keys, objects, indexes }: FrozenStore): Store {
  const store: Store = { ...newStore(), indexes: new Map(indexes), nextBirth: keys.length };
  const openIndex = (name: string): Set<ObjectKey> => {
    const members = store.indexes.get(name) ?? new Set();
    store.indexes.set(name, members);
    store.own.add(members);
    return members;
  };
  let last: KubeObject | undefined;
  let ofKind = new Set<ObjectKey>();
  let inNamespace: Set<ObjectKey> | undefined;
  for (let birth = 0; birth < keys.length; birth += 1) {
    const key = keys[birth] as ObjectKey;
    const object = objects[birth] as KubeObject;
    store.objects.set(key, object);
    store.births.set(key, birth);
    const { namespace } = object.metadata;
    if (object.kind !== last?.kind || namespace !== last.metadata.namespace) {
      ofKind = openIndex(indexName.kind(object.kind));
      inNamespace = namespace === undefined ? undefined : openIndex(indexName.namespaced(object.kind, namespace));
    }
    ofKind.add(key);
    inNamespace?.add(key);
    last = object;
  }
  return store;
}
