// What a pod is told of the place of its node. k8s: admission PodTopologyLabels
import type { Pod, StringMap } from '#kube';
import type { View } from '../../kernel/store.ts';

const KEYS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

/** Rule POD-5: a pod with the labels of its node that say where that is; the same pod where there are none. */
export function withTopologyLabels(pod: Pod, view: View, nodeName: string): Pod {
  const labels = view.get('Node', '', nodeName)?.metadata.labels ?? {};
  const copied = KEYS.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  if (copied.length === 0) return pod;
  const all: StringMap = { ...pod.metadata.labels, ...Object.fromEntries(copied) };
  return { ...pod, metadata: { ...pod.metadata, labels: all } };
}
