// Pods that carry the same labels, counted together: a budget looks at a handful of groups instead of at every pod.
// The sums follow from the pods alone and are kept true by every write (Derived).
import {
  controllerOf,
  isPodReady,
  isTerminating,
  type KubeObject,
  type LabelSelector,
  matchesSelector,
  type OwnerReference,
  type Pod,
  type StringMap,
} from '#kube';
import type { Derived, View } from '../../kernel/index.ts';

/** Labels that are another on every pod of a set; groups leave them out. */
const UNIQUE_LABELS = ['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index'];

export interface PodGroup {
  /** The labels that all of them have. */
  readonly labels: StringMap;
  pods: number;
  /** Ready, and not being deleted. */
  healthy: number;
  /** Pods without a controller. */
  unmanaged: number;
  /** Their controllers by uid, with the number of pods of each. */
  readonly controllers: Map<string, { readonly ref: OwnerReference; pods: number }>;
}

type Groups = Map<string, Map<string, PodGroup>>;

/** Labels never change in place, so each set of them is written out once. */
const signatures = new WeakMap<StringMap, { readonly text: string; readonly labels: StringMap }>();
const NO_LABELS: StringMap = {};

function signatureOf(labels: StringMap): { readonly text: string; readonly labels: StringMap } {
  const known = signatures.get(labels);
  if (known) return known;
  const pairs = Object.entries(labels).filter(([key]) => !UNIQUE_LABELS.includes(key));
  pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  const made = { text: JSON.stringify(pairs), labels: Object.fromEntries(pairs) };
  signatures.set(labels, made);
  return made;
}

const isHealthy = (pod: Pod): boolean => isPodReady(pod) && !isTerminating(pod);

function count(groups: Groups, pod: Pod, step: 1 | -1): void {
  const { namespace = '', labels = NO_LABELS } = pod.metadata;
  const signature = signatureOf(labels);
  const own = groups.get(namespace) ?? new Map<string, PodGroup>();
  if (own.size === 0) groups.set(namespace, own);
  let group = own.get(signature.text);
  if (!group) {
    group = { labels: signature.labels, pods: 0, healthy: 0, unmanaged: 0, controllers: new Map() };
    own.set(signature.text, group);
  }
  group.pods += step;
  if (isHealthy(pod)) group.healthy += step;
  const ref = controllerOf(pod);
  if (!ref) group.unmanaged += step;
  else {
    const controller = group.controllers.get(ref.uid);
    if (!controller) group.controllers.set(ref.uid, { ref, pods: step });
    else {
      controller.pods += step;
      if (controller.pods === 0) group.controllers.delete(ref.uid);
    }
  }
  if (group.pods === 0) own.delete(signature.text);
}

const podGroups: Derived<Groups> = {
  kind: 'Pod',
  create: () => new Map(),
  change: (groups: Groups, before: KubeObject | undefined, after: KubeObject | undefined) => {
    if (before && after && isSameToBudgets(before as Pod, after as Pod)) return;
    if (before) count(groups, before as Pod, -1);
    if (after) count(groups, after as Pod, 1);
  },
};

/** Whether a change of a pod is no news to any budget. */
export const isSameToBudgets = (before: Pod, after: Pod): boolean =>
  before.metadata.labels === after.metadata.labels &&
  before.metadata.ownerReferences === after.metadata.ownerReferences &&
  isHealthy(before) === isHealthy(after);

const looksAtUnique = (selector: LabelSelector): boolean =>
  UNIQUE_LABELS.some(
    (key) => selector.matchLabels?.[key] !== undefined || selector.matchExpressions?.some((part) => part.key === key),
  );

/**
 * The groups of pods that a selector matches in a namespace. O(groups), or O(pods of the namespace) for a selector that
 * looks at the name or the number of a pod.
 */
export function groupsFor(view: View, namespace: string, selector: LabelSelector | undefined): readonly PodGroup[] {
  if (!selector) return [];
  if (!looksAtUnique(selector)) {
    const own = view.derived(podGroups).get(namespace);
    return own ? [...own.values()].filter(({ labels }) => matchesSelector(selector, labels)) : [];
  }
  const groups: Groups = new Map();
  for (const pod of view.list('Pod', namespace))
    if (matchesSelector(selector, pod.metadata.labels)) count(groups, pod, 1);
  return [...(groups.get(namespace)?.values() ?? [])];
}
