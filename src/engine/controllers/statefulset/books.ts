// Two sums over the store that every write keeps true: the pods of each set's name, and the claims of each template and
// set, by ordinal. Rosters are built from them and told which ordinals to look at again.
import type { KubeObject, ObjectKey, PersistentVolumeClaim, Pod } from '#kube';
import { controllerOf, keyOf, ordinalOf, parentNameOf } from '#kube';
import type { Derived } from '../../kernel/index.ts';

/** The objects named `<name>-<ordinal>` of one name in one namespace. */
export interface Book<T> {
  readonly byOrdinal: Map<number, T>;
  /** Ordinals that changed are added to each of these: whoever reads empties its own. */
  readonly readers: Set<Set<number>>;
}

/** Books by `namespace/name`. */
type Books<T> = Map<string, Book<T>>;

/** All pods whose names end in an ordinal, and the owned ones whose names are not their set's (STS-21). */
interface PodBooks {
  readonly books: Books<Pod>;
  /** By the uid of the controlling set: pods that do not bear its name. */
  readonly misnamed: Map<string, Set<ObjectKey>>;
}

/** The book of a name, opened when it is not there yet. */
export function bookOf<T>(books: Books<T>, name: string): Book<T> {
  const known = books.get(name);
  if (known) return known;
  const opened: Book<T> = { byOrdinal: new Map(), readers: new Set() };
  books.set(name, opened);
  return opened;
}

/** `namespace/name` of a book. */
export const bookName = (namespace: string, name: string): string => `${namespace}/${name}`;

/** Writes an object's place; an empty book that nobody reads is closed. */
function enter<T extends KubeObject>(books: Books<T>, object: T, present: T | undefined): void {
  const { name, namespace } = object.metadata;
  const ordinal = ordinalOf(name);
  if (ordinal < 0) return;
  const parent = parentNameOf(name);
  // `web-03` is no pod of `web`: the name of ordinal 3 is `web-3`.
  if (name.length !== parent.length + 1 + digitsOf(ordinal)) return;
  const key = bookName(namespace ?? '', parent);
  const book = bookOf(books, key);
  if (present) book.byOrdinal.set(ordinal, present);
  else book.byOrdinal.delete(ordinal);
  for (const reader of book.readers) reader.add(ordinal);
  if (book.byOrdinal.size === 0 && book.readers.size === 0) books.delete(key);
}

function digitsOf(ordinal: number): number {
  let digits = 1;
  for (let rest = ordinal; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
  return digits;
}

function misnamedOwner(pod: Pod): string | undefined {
  const owner = controllerOf(pod);
  return owner?.kind === 'StatefulSet' && parentNameOf(pod.metadata.name) !== owner.name ? owner.uid : undefined;
}

/** The pods by the set's name that their own name holds. */
export const podBooks: Derived<PodBooks> = {
  kind: 'Pod',
  create: () => ({ books: new Map(), misnamed: new Map() }),
  change: (sum, before, after) => {
    const pod = (after ?? before) as Pod;
    enter(sum.books, pod, after as Pod | undefined);
    const key = keyOf('Pod', pod.metadata.namespace, pod.metadata.name);
    const ownerBefore = before && misnamedOwner(before as Pod);
    const ownerAfter = after && misnamedOwner(after as Pod);
    if (ownerBefore === ownerAfter) return;
    if (ownerBefore !== undefined) {
      const keys = sum.misnamed.get(ownerBefore);
      keys?.delete(key);
      if (keys?.size === 0) sum.misnamed.delete(ownerBefore);
    }
    if (ownerAfter !== undefined) sum.misnamed.set(ownerAfter, (sum.misnamed.get(ownerAfter) ?? new Set()).add(key));
  },
};

/** The claims by `<template>-<set>`. */
export const claimBooks: Derived<Books<PersistentVolumeClaim>> = {
  kind: 'PersistentVolumeClaim',
  create: () => new Map(),
  change: (books, before, after) =>
    enter(books, (after ?? before) as PersistentVolumeClaim, after as PersistentVolumeClaim | undefined),
};
