// The facts of the moment shown, by id. A thousand pods may stand here: whoever draws one of them subscribes to that one,
// and hears of a change at most once for each picture of the screen.
import type { Frame } from '#bridge';
import type { Facts } from '#scene';
import { newFrameBatch, onNextFrame, type Schedule } from './frame-batch.ts';

/** The kinds of facts: `pod`, `set`, `node` and so on. */
export type FactsType = Facts['type'];

/** Facts of one kind. */
export type FactsOf<T extends FactsType> = Extract<Facts, { readonly type: T }>;

type Listener = () => void;
type ChangesListener = (changed: ReadonlySet<string>) => void;

/** Facts by id, with one subscription for each id. */
export interface FactsStore {
  /** Takes in a frame. What it says is there to be read at once; listeners hear of it with the next picture. */
  applyFrame(frame: Pick<Frame, 'isWhole' | 'set' | 'gone'>): void;
  getFacts(id: string): Facts | undefined;
  /** The ids of one kind, in natural order: `web-2` before `web-10`. The same array until one comes or goes. */
  getIds(type: FactsType): readonly string[];
  subscribe(id: string, listener: Listener): () => void;
  subscribeIds(type: FactsType, listener: Listener): () => void;
  /** Hears all changes of one picture at once, with their ids. */
  subscribeAll(listener: ChangesListener): () => void;
  /** Tells the listeners now what they would hear with the next picture. */
  flush(): void;
}

const naturalOrder = new Intl.Collator('en', { numeric: true });

/**
 * Makes an empty store.
 *
 * @param schedule - how to wait for the next picture; tests pass their own
 * @returns the store
 */
export function newFactsStore(schedule: Schedule = onNextFrame): FactsStore {
  const byId = new Map<string, Facts>();
  const members = new Map<FactsType, Set<string>>();
  const sortedIds = new Map<FactsType, readonly string[]>();
  const listeners = new Map<string, Set<Listener>>();
  const listListeners = new Map<FactsType, Set<Listener>>();
  const changesListeners = new Set<ChangesListener>();
  let changed = new Set<string>();
  let changedTypes = new Set<FactsType>();

  const flush = () => {
    if (changed.size === 0 && changedTypes.size === 0) return;
    const [ids, types] = [changed, changedTypes];
    changed = new Set();
    changedTypes = new Set();
    for (const type of types) for (const listener of [...(listListeners.get(type) ?? [])]) listener();
    for (const id of ids) for (const listener of [...(listeners.get(id) ?? [])]) listener();
    for (const listener of [...changesListeners]) listener(ids);
  };
  const flushSoon = newFrameBatch(flush, schedule);

  const membersOf = (type: FactsType) => getOrAdd(members, type, () => new Set<string>());
  const markMembership = (type: FactsType) => {
    sortedIds.delete(type);
    changedTypes.add(type);
  };
  const put = (facts: Facts) => {
    const before = byId.get(facts.id);
    if (before && isSame(before, facts)) return;
    if (before && before.type !== facts.type) remove(facts.id);
    if (before?.type !== facts.type) {
      membersOf(facts.type).add(facts.id);
      markMembership(facts.type);
    }
    byId.set(facts.id, facts);
    changed.add(facts.id);
  };
  const remove = (id: string) => {
    const before = byId.get(id);
    if (!before) return;
    byId.delete(id);
    membersOf(before.type).delete(id);
    markMembership(before.type);
    changed.add(id);
  };

  return {
    applyFrame(frame) {
      if (frame.isWhole) {
        const kept = new Set(frame.set.map(({ id }) => id));
        for (const id of [...byId.keys()]) if (!kept.has(id)) remove(id);
      }
      for (const id of frame.gone) remove(id);
      for (const facts of frame.set) put(facts);
      if (changed.size > 0) flushSoon();
    },
    getFacts: (id) => byId.get(id),
    getIds: (type) => getOrAdd(sortedIds, type, () => [...membersOf(type)].sort(naturalOrder.compare)),
    subscribe: (id, listener) => {
      const own = getOrAdd(listeners, id, () => new Set<Listener>());
      own.add(listener);
      return () => {
        own.delete(listener);
        if (own.size === 0 && listeners.get(id) === own) listeners.delete(id);
      };
    },
    subscribeIds: (type, listener) => {
      const own = getOrAdd(listListeners, type, () => new Set<Listener>());
      own.add(listener);
      return () => own.delete(listener);
    },
    subscribeAll: (listener) => {
      changesListeners.add(listener);
      return () => changesListeners.delete(listener);
    },
    flush,
  };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** A whole frame repeats what has not changed; telling it apart keeps a seek from drawing everything anew. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  }
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)));
}

const store = newFactsStore();

/** The store of the page. */
export const facts: FactsStore = store;

/**
 * Takes a frame into the store of the page.
 *
 * @param frame - what has changed since the last one, or everything
 */
export const applyFrame = store.applyFrame;

/**
 * Reads the facts of one object from the store of the page.
 *
 * @param id - such as `Pod/default/web-0`
 * @returns undefined where no such object is at this moment
 */
export const getFacts = store.getFacts;

/**
 * Narrows facts to one kind.
 *
 * @param type - the kind wanted
 * @param found - what the store gave
 * @returns undefined where there are none, or they are of another kind
 */
export function asFacts<T extends FactsType>(type: T, found: Facts | undefined): FactsOf<T> | undefined {
  return found?.type === type ? (found as FactsOf<T>) : undefined;
}
