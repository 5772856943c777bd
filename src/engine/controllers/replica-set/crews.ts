// The pods of each ReplicaSet as sums that the store keeps with every write of a pod, so that a sync which has nothing
// to adopt, release or delete costs the same for three pods and for ten thousand.
import {
  controllerOf,
  isPodReady,
  isTerminating,
  type KubeObject,
  keyOf,
  matchesLabels,
  matchesSelector,
  type ObjectKey,
  type Pod,
  type ReplicaSet,
  type StringMap,
} from '#kube';
import type { Derived, View } from '../../kernel/index.ts';

/** Pods of one owner that bear the same labels: a selector matches all of them or none. */
interface Crew {
  readonly labels: StringMap | undefined;
  /** Neither ended nor on their way out. */
  active: number;
  /** Of these. */
  ready: number;
  /** On their way out, and not ended. */
  terminating: number;
  /** Active and not ready: creation time and name, ascending. */
  readonly unready: string[];
}

interface Crews {
  /** By the uid of the controlling ReplicaSet, then by labels. */
  readonly byOwner: Map<string, Map<string, Crew>>;
  /** Active pods that nobody controls, by namespace. */
  readonly orphans: Map<string, Map<ObjectKey, Pod>>;
}

/** What a sync counts. */
export interface PodCounts {
  readonly active: number;
  /** With all labels of the template. */
  readonly labelled: number;
  readonly ready: number;
  readonly available: number;
  readonly terminating: number;
}

/** Neither Succeeded nor Failed. */
export const hasEnded = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';

/** Neither ended nor on its way out. k8s: controller.IsPodActive */
export const isActive = (pod: Pod): boolean => !hasEnded(pod) && !isTerminating(pod);

/** Labels as a text, worked out once for all pods that share them. */
const texts = new WeakMap<StringMap, string>();

function textOf(labels: StringMap | undefined): string {
  if (labels === undefined) return '';
  const known = texts.get(labels);
  if (known !== undefined) return known;
  const text = JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
  texts.set(labels, text);
  return text;
}

const ageOf = ({ metadata }: Pod): string => `${metadata.creationTimestamp} ${metadata.name}`;

/** Where a text stands, or would stand, among ascending ones. */
function placeOf(ages: readonly string[], age: string): number {
  let low = 0;
  let high = ages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ages[middle] as string) < age) low = middle + 1;
    else high = middle;
  }
  return low;
}

function count({ byOwner }: Crews, ownerUid: string, pod: Pod, sign: 1 | -1): void {
  if (hasEnded(pod)) return;
  const ofOwner = byOwner.get(ownerUid) ?? new Map<string, Crew>();
  byOwner.set(ownerUid, ofOwner);
  const { labels } = pod.metadata;
  const text = textOf(labels);
  const crew = ofOwner.get(text) ?? { labels, active: 0, ready: 0, terminating: 0, unready: [] };
  ofOwner.set(text, crew);
  if (isTerminating(pod)) crew.terminating += sign;
  else {
    crew.active += sign;
    if (isPodReady(pod)) crew.ready += sign;
    else if (sign === 1) crew.unready.splice(placeOf(crew.unready, ageOf(pod)), 0, ageOf(pod));
    else crew.unready.splice(placeOf(crew.unready, ageOf(pod)), 1);
  }
  if (crew.active > 0 || crew.terminating > 0) return;
  ofOwner.delete(text);
  if (ofOwner.size === 0) byOwner.delete(ownerUid);
}

function countOrphan({ orphans }: Crews, pod: Pod, sign: 1 | -1): void {
  if (!isActive(pod)) return;
  const { namespace = '', name } = pod.metadata;
  const inNamespace = orphans.get(namespace) ?? new Map<ObjectKey, Pod>();
  orphans.set(namespace, inNamespace);
  if (sign === 1) inNamespace.set(keyOf('Pod', namespace, name), pod);
  else inNamespace.delete(keyOf('Pod', namespace, name));
  if (inNamespace.size === 0) orphans.delete(namespace);
}

function take(crews: Crews, pod: Pod, sign: 1 | -1): void {
  const owner = controllerOf(pod);
  if (!owner) countOrphan(crews, pod, sign);
  else if (owner.kind === 'ReplicaSet') count(crews, owner.uid, pod, sign);
}

/** Whether an owned pod counts as it did before. */
const isSameShare = (before: Pod, after: Pod): boolean =>
  controllerOf(after) !== undefined &&
  before.metadata.uid === after.metadata.uid &&
  before.metadata.ownerReferences === after.metadata.ownerReferences &&
  before.metadata.labels === after.metadata.labels &&
  hasEnded(before) === hasEnded(after) &&
  isTerminating(before) === isTerminating(after) &&
  isPodReady(before) === isPodReady(after);

/** Kept by the store with every write of a pod. */
export const podCrews: Derived<Crews> = {
  kind: 'Pod',
  create: () => ({ byOwner: new Map(), orphans: new Map() }),
  change: (crews, before: KubeObject | undefined, after: KubeObject | undefined) => {
    if (before && after && isSameShare(before as Pod, after as Pod)) return;
    if (before) take(crews, before as Pod, -1);
    if (after) take(crews, after as Pod, 1);
  },
};

/** The pods of a set by their sums. */
export interface Muster extends PodCounts {
  /** The oldest pod that is not ready. */
  readonly late: ObjectKey | undefined;
}

/**
 * Counts the pods of a set without looking at them: O(labels that differ, and pods without an owner).
 * @returns undefined where somebody has to be adopted or let go, or where readiness alone does not make a pod available
 */
export function musterOf(view: View, set: ReplicaSet): Muster | undefined {
  if ((set.spec.minReadySeconds ?? 0) > 0) return undefined;
  const { byOwner, orphans } = view.derived(podCrews);
  for (const pod of orphans.get(set.metadata.namespace ?? '')?.values() ?? [])
    if (matchesSelector(set.spec.selector, pod.metadata.labels)) return undefined;
  let [active, labelled, ready, terminating] = [0, 0, 0, 0];
  let late: string | undefined;
  for (const crew of byOwner.get(set.metadata.uid)?.values() ?? []) {
    if (!matchesSelector(set.spec.selector, crew.labels)) {
      if (crew.active > 0) return undefined;
      continue;
    }
    active += crew.active;
    ready += crew.ready;
    terminating += crew.terminating;
    if (matchesLabels(set.spec.template.metadata?.labels, crew.labels)) labelled += crew.active;
    const [oldest] = crew.unready;
    if (oldest !== undefined && (late === undefined || oldest < late)) late = oldest;
  }
  const name = late?.slice(late.indexOf(' ') + 1);
  return {
    active,
    labelled,
    ready,
    available: ready,
    terminating,
    late: name === undefined ? undefined : keyOf('Pod', set.metadata.namespace, name),
  };
}
