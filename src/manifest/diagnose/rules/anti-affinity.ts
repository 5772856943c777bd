// LINT-13: an anti-affinity that does not mean the set's own pods, and no others either.
import {
  formatSelector,
  type LabelSelector,
  type Loose,
  listAt,
  matchesSelector,
  objectAt,
  objectOr,
  textsAt,
} from '#kube';
import { fixes, fixOf, replaceScalar, scalarText } from '../edits.ts';
import { findingAt } from '../finding.ts';
import { labelsOf, POD_SPEC, workloadsIn } from '../pods.ts';
import type { LintRule, Path, SetCase } from '../types.ts';

/** One term with the way to it. */
interface Term {
  readonly path: Path;
  readonly term: Loose;
}

export const antiAffinity: LintRule = {
  id: 'LINT-13',
  title: 'Anti-affinity matches none of the pods',
  docs: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
  *check(context) {
    for (const one of context.sets) {
      const terms = termsOf(one);
      // One term that keeps the pods apart is enough: the others may be about somebody else.
      if (terms.some(({ term }) => isAbout(term, one.namespace, labelsOf(one)))) continue;
      for (const { path, term } of terms) {
        const selector = objectAt(term, 'labelSelector') as LabelSelector | undefined;
        if (selector === undefined || isElsewhere(term, one.namespace)) continue;
        const isOfOthers = workloadsIn(context, one.namespace).some(({ labels }) => matchesSelector(selector, labels));
        if (isOfOthers) continue;
        yield findingAt(
          one.written,
          [...path, 'labelSelector'],
          'warning',
          `This anti-affinity is about pods with ${formatSelector(selector)}. The pods of "${one.name}" are not such, nor is any other pod here: it keeps nothing apart, and two of them may share a node.`,
          fixes(ownLabelFix(one, path, selector)),
        );
      }
    }
  },
};

function termsOf({ set }: SetCase): readonly Term[] {
  const own = objectOr(objectOr(set.spec.template.spec as unknown as Loose, 'affinity'), 'podAntiAffinity');
  const at = [...POD_SPEC, 'affinity', 'podAntiAffinity'];
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  return [
    ...listAt(own, required).map((term, index) => ({ path: [...at, required, index], term })),
    ...listAt(own, preferred).map((weighted, index) => ({
      path: [...at, preferred, index, 'podAffinityTerm'],
      term: objectOr(weighted, 'podAffinityTerm'),
    })),
  ];
}

/** A term of other namespaces, or of some that are chosen by label, is not about the set alone. */
const isElsewhere = (term: Loose, namespace: string): boolean => {
  const namespaces = textsAt(term, 'namespaces');
  return (
    term.namespaceSelector !== undefined || (namespaces.length > 0 && !namespaces.every((one) => one === namespace))
  );
};

function isAbout(term: Loose, namespace: string, labels: Readonly<Record<string, string>>): boolean {
  const namespaces = textsAt(term, 'namespaces');
  const isOwn = namespaces.length === 0 || namespaces.includes(namespace);
  return isOwn && matchesSelector(objectAt(term, 'labelSelector') as LabelSelector | undefined, labels);
}

/** Possible where the selector names a label that the pods have, with another value. */
function ownLabelFix(one: SetCase, path: Path, { matchLabels = {}, matchExpressions = [] }: LabelSelector) {
  const labels = labelsOf(one);
  const { written } = one;
  const pairs = Object.entries(matchLabels).filter(([key, value]) => labels[key] !== value);
  const lists = matchExpressions
    .map((expression, index) => ({ ...expression, index }))
    .filter(({ key, operator, values }) => operator === 'In' && values?.length === 1 && labels[key] !== values[0]);
  if (matchExpressions.some(({ operator, values }) => operator !== 'In' || values?.length !== 1)) return undefined;
  if ([...pairs.map(([key]) => key), ...lists.map(({ key }) => key)].some((key) => labels[key] === undefined))
    return undefined;
  const at = [...path, 'labelSelector'];
  return fixOf(written.file, `Ask for the labels of "${one.name}"`, [
    ...pairs.map(([key]) => replaceScalar(written, [...at, 'matchLabels', key], scalarText(labels[key] ?? ''))),
    ...lists.map(({ key, index }) =>
      replaceScalar(written, [...at, 'matchExpressions', index, 'values', 0], scalarText(labels[key] ?? '')),
    ),
  ]);
}
