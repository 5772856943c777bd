// One tick as the invariants look at it: what stood before, what stands after, and words for what is broken.
import { type KindMap, type KubeObject, keyOf, type ObjectKey, type SimulatedKind } from '#kube';
import { type Cluster, keyOfObject, type ObjectChange, type Tick } from '../kernel/index.ts';

/** A tick with the worlds on both sides of it. The cluster stands after it. */
export interface Passage {
  readonly cluster: Cluster;
  readonly tick: Tick;
  readonly changes: ReadonlyMap<ObjectKey, ObjectChange>;
}

/** Acts of these are those of people and tests; everybody else is a component of the cluster. */
const PEOPLE: ReadonlySet<string> = new Set(['user', 'kubectl', 'hand', 'test', 'bootstrap']);

/** Whether a tick is an act of a person, or of the hand that stands for a kubelet. */
export const isByPerson = ({ tick }: Passage): boolean => PEOPLE.has(tick.actor);

/** A tick that the cluster has just made. */
export const newPassage = (cluster: Cluster, tick: Tick): Passage => ({
  cluster,
  tick,
  changes: new Map(tick.objects.map((change) => [change.key, change])),
});

/** Says what is broken, and by which tick. Throws, always. */
export function broken({ tick }: Passage, what: string): never {
  const why = tick.why ? ` because of ${tick.why.rule}` : '';
  throw new Error(`${what}\n  at ${tick.atMs} ms, by ${tick.actor} on ${tick.key}${why}`);
}

/** Throws with what is broken where a condition does not hold. */
export function holds(passage: Passage, condition: boolean, what: () => string): void {
  if (!condition) broken(passage, what());
}

/** An object as it was before the tick. */
export function objectBefore<K extends SimulatedKind>(
  { cluster, changes }: Passage,
  kind: K,
  namespace: string,
  name: string,
): KindMap[K] | undefined {
  const change = changes.get(keyOf(kind, namespace, name));
  return change ? (change.before as KindMap[K] | undefined) : cluster.view.get(kind, namespace, name);
}

/** All objects of a kind as they were before the tick. */
export function listBefore<K extends SimulatedKind>({ cluster, changes, tick }: Passage, kind: K): KindMap[K][] {
  const stayed = cluster.view.list(kind).filter((object) => !changes.has(keyOfObject(object)));
  const changed = tick.objects.flatMap(({ before }) => (before?.kind === kind ? [before as KindMap[K]] : []));
  return [...stayed, ...changed];
}

/** True where a key held one object before and holds another one, of another uid, now. */
const isReplaced = ({ before, after }: ObjectChange): boolean =>
  before !== undefined && after !== undefined && before.metadata.uid !== after.metadata.uid;

/** Changes as births, deaths and changes of one and the same object. */
export function lifeOf(change: ObjectChange): {
  readonly born: KubeObject | undefined;
  readonly gone: KubeObject | undefined;
  readonly same: { readonly before: KubeObject; readonly after: KubeObject } | undefined;
} {
  const { before, after } = change;
  if (before && after && !isReplaced(change)) return { born: undefined, gone: undefined, same: { before, after } };
  return { born: after, gone: before, same: undefined };
}
