// Node selector terms: how pods and volumes say which nodes suit them. k8s: component-helpers/scheduling nodeaffinity
import type { LabelSelectorRequirement, Node, NodeSelectorTerm } from '#kube';

const isInteger = (text: string | undefined): text is string => text !== undefined && /^[+-]?\d+$/.test(text);

/** True when one requirement holds for the value of its key; undefined when the node does not have the key. */
function holds(requirement: LabelSelectorRequirement, value: string | undefined): boolean {
  const values = requirement.values ?? [];
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return isInteger(value) && isInteger(values[0]) && Number(value) > Number(values[0]);
    case 'Lt':
      return isInteger(value) && isInteger(values[0]) && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

/** True when a node fulfils every requirement of a term. A term without requirements suits no node. */
export function matchesNodeSelectorTerm(term: NodeSelectorTerm, node: Node): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length === 0 && fields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  return (
    expressions.every((requirement) => holds(requirement, labels[requirement.key])) &&
    fields.every((requirement) =>
      holds(requirement, requirement.key === 'metadata.name' ? node.metadata.name : undefined),
    )
  );
}

/** True when a node fulfils one of the terms. No terms at all suit every node. k8s: nodeaffinity.NodeSelector.Match */
export const matchesNodeSelectorTerms = (terms: readonly NodeSelectorTerm[] | undefined, node: Node): boolean =>
  terms === undefined || terms.some((term) => matchesNodeSelectorTerm(term, node));
