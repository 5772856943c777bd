// Pods that a selector picks out, found by the narrowest index there is.
import { type LabelSelector, matchesSelector, type Pod } from '#kube';
import type { View } from '../kernel/index.ts';
import { placeOfPod } from './node-totals.ts';
import type { Cycle } from './plugin.ts';

/** Pods of a namespace whose labels the selector matches. O(pods that share its first label). */
export function podsMatching(view: View, namespace: string, selector: LabelSelector | undefined): readonly Pod[] {
  if (selector === undefined) return [];
  for (const key in selector.matchLabels)
    return view
      .podsWithLabel(namespace, key, selector.matchLabels[key] as string)
      .filter((pod) => matchesSelector(selector, pod.metadata.labels));
  return view.list('Pod', namespace).filter((pod) => matchesSelector(selector, pod.metadata.labels));
}

/** The node a pod counts on in this attempt; undefined for the pod itself, for victims, and for pods without a node. */
export const countedPlace = ({ pod, without }: Cycle, other: Pod): string | undefined =>
  other.metadata.uid === pod.metadata.uid || without.has(other.metadata.uid) ? undefined : placeOfPod(other);
