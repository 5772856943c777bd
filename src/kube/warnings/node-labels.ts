// Labels of nodes that have had their day, wherever they are asked for. k8s: api/node/util.go
import { labelValueErrors } from '../labels.ts';
import { type Loose, listAt, textAt, textsAt } from '../loose.ts';

/** KUBE-28: what to write instead. */
const OLD: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
};

/** What is to be said of a label of nodes; undefined where there is nothing. */
export const oldNodeLabel = (label: string): string | undefined => (Object.hasOwn(OLD, label) ? OLD[label] : undefined);

/**
 * Warnings of one term that selects nodes.
 * @param areValuesChecked whether values that no label can have are told; elsewhere they are refused
 */
export function warnOfNodeTerms(path: string, term: Loose, areValuesChecked = false): string[] {
  return listAt(term, 'matchExpressions').flatMap((expression, i) => {
    const key = textAt(expression, 'key');
    const at = `${path}.matchExpressions[${i}]`;
    const message = oldNodeLabel(key);
    const warnings = message === undefined ? [] : [`${at}.key: ${key} is ${message}`];
    if (areValuesChecked)
      for (const [j, value] of textsAt(expression, 'values').entries())
        for (const error of labelValueErrors(value)) warnings.push(`${at}.values[${j}]: ${value} is invalid, ${error}`);
    return warnings;
  });
}
