// A pod may name the nodes that suit it, by labels.
import { matchesLabels, type Node, type Pod } from '#kube';
import { matchesNodeSelectorTerms } from '../node-selector.ts';
import { type Filter, unresolvable } from '../plugin.ts';

const REASON = "node(s) didn't match Pod's node affinity/selector";
const FAILURE = unresolvable(REASON);

/** True when a pod's node selector and required node affinity hold. k8s: nodeaffinity.RequiredNodeAffinity.Match */
export const suitsNode = ({ spec }: Pod, node: Node): boolean =>
  matchesLabels(spec.nodeSelector, node.metadata.labels) &&
  matchesNodeSelectorTerms(
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms,
    node,
  );

export const nodeAffinity: Filter = {
  name: 'NodeAffinity',
  rule: 'SCHED-8',
  texts: [REASON],
  wokenBy: [],
  isHelpedBy: (pod, before, after) =>
    after !== undefined && suitsNode(pod, after) && !(before && suitsNode(pod, before)),
  prepare: ({ pod }) =>
    pod.spec.nodeSelector === undefined &&
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution === undefined
      ? undefined
      : { check: ({ node }) => (suitsNode(pod, node) ? undefined : FAILURE) },
};
