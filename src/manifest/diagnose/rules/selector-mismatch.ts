// LINT-6: a set would not find the pods that it makes.
import { isEmptySelector, matchesLabels, matchesSelector, objectAt, objectOr, type StringMap } from '#kube';
import { addEntry, type Edit, fixes, fixOf, replaceScalar, scalarText } from '../edits.ts';
import { findingAt, listed } from '../finding.ts';
import { labelsOf } from '../pods.ts';
import type { LintRule, SetCase } from '../types.ts';

const LABELS = ['spec', 'template', 'metadata', 'labels'];

export const selectorMismatch: LintRule = {
  id: 'LINT-6',
  title: 'Selector does not match the template',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-selector',
  *check({ sets }) {
    for (const one of sets) {
      const { written, set } = one;
      const { selector } = set.spec;
      const labels = labelsOf(one);
      if (objectAt(objectOr(written.raw, 'spec'), 'selector') === undefined) {
        yield findingAt(
          written,
          ['spec', 'selector'],
          'error',
          'A set needs a selector: the labels by which it knows its own pods, the same as in its template.',
          fixes(Object.keys(labels).length > 0 ? selectFix(one, labels) : undefined),
        );
        continue;
      }
      if (isEmptySelector(selector) || matchesSelector(selector, labels)) continue;
      const wanted = selector.matchLabels ?? {};
      const isByPairs = !matchesLabels(wanted, labels);
      yield findingAt(
        written,
        LABELS,
        'error',
        isByPairs
          ? `The selector asks for ${pairs(wanted)}, and the template's pods carry ${pairs(labels) || 'no labels'}: the set would not find the pods that it makes, so the server refuses it.`
          : 'The expressions of the selector do not hold for the labels of the template: the set would not find the pods that it makes, so the server refuses it.',
        isByPairs ? fixes(labelFix(one, wanted), one.stored ? undefined : askFix(one, wanted)) : [],
      );
    }
  },
};

const pairs = (labels: StringMap): string => listed(Object.entries(labels).map(([key, value]) => `${key}: ${value}`));

const linesOf = (labels: StringMap): string[] =>
  Object.entries(labels).map(([key, value]) => `${scalarText(key)}: ${scalarText(value)}`);

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** A selector made of the template's labels. */
function selectFix({ written }: SetCase, labels: StringMap) {
  const lines = ['selector:', '  matchLabels:', ...indented(indented(linesOf(labels)))];
  return fixOf(written.file, "Add a selector for the template's labels", [addEntry(written, ['spec'], lines)]);
}

/** Gives the template what the selector asks for. */
function labelFix(one: SetCase, wanted: StringMap) {
  const { written } = one;
  const labels = labelsOf(one);
  const wrong = Object.entries(wanted).filter(([key, value]) => labels[key] !== value);
  const missing = Object.fromEntries(wrong.filter(([key]) => labels[key] === undefined));
  const edits: (Edit | undefined)[] = wrong
    .filter(([key]) => labels[key] !== undefined)
    .map(([key, value]) => replaceScalar(written, [...LABELS, key], scalarText(value)));
  if (Object.keys(missing).length > 0) edits.push(addLabels(one, missing));
  return fixOf(written.file, `Give the template the label ${pairs(Object.fromEntries(wrong))}`, edits);
}

function addLabels({ written }: SetCase, missing: StringMap): Edit | undefined {
  const template = objectOr(objectOr(written.raw, 'spec'), 'template');
  const lines = linesOf(missing);
  // Braces take one field at a time.
  const inLabels = () => addEntry(written, LABELS, lines);
  if ('labels' in objectOr(template, 'metadata')) return inLabels();
  if ('metadata' in template) return addEntry(written, LABELS.slice(0, -1), ['labels:', ...indented(lines)]);
  return addEntry(written, LABELS.slice(0, -2), ['metadata:', '  labels:', ...indented(indented(lines))]);
}

/** Lets the selector ask for what the template has, where both have the keys. */
function askFix(one: SetCase, wanted: StringMap) {
  const labels = labelsOf(one);
  const wrong = Object.entries(wanted).filter(([key, value]) => labels[key] !== value);
  if (wrong.some(([key]) => labels[key] === undefined)) return undefined;
  const { written } = one;
  return fixOf(
    written.file,
    `Let the selector ask for ${pairs(Object.fromEntries(wrong.map(([key]) => [key, labels[key] ?? ''])))}`,
    wrong.map(([key]) =>
      replaceScalar(written, ['spec', 'selector', 'matchLabels', key], scalarText(labels[key] ?? '')),
    ),
  );
}
