// LINT-4: the Service that a set names selects other pods than the set's, or none.
import { isObject, matchesLabels, type Service, type StringMap, textAt } from '#kube';
import { addEntry, fixes, fixOf, replaceScalar, scalarText } from '../edits.ts';
import { findingAt, listed } from '../finding.ts';
import { labelsOf, ofTemplate } from '../pods.ts';
import type { Known, LintContext, LintRule, SetCase } from '../types.ts';

export const serviceOtherLabels: LintRule = {
  id: 'LINT-4',
  title: 'Governing Service selects other labels',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
  *check(context) {
    for (const one of context.sets) {
      const { written, set, name, namespace } = one;
      const { serviceName = '' } = set.spec;
      const service = serviceName === '' ? undefined : context.find('Service', namespace, serviceName);
      if (!service) continue;
      const { selector = {}, type } = (service.object as unknown as Service).spec;
      if (type === 'ExternalName') continue;
      const wanted = ofTemplate(selector);
      const isEmpty = Object.keys(selector).length === 0;
      if (isEmpty ? hasEndpointsByHand(context, service) : matchesLabels(wanted, labelsOf(one))) continue;
      const isJudged = service.written !== undefined && context.files.includes(service.written.file);
      const place = isJudged && service.written ? service.written : written;
      yield findingAt(
        place,
        place === written ? ['spec', 'serviceName'] : ['spec', 'selector'],
        'warning',
        isEmpty
          ? `The Service "${serviceName}" has no selector, so no pod of the StatefulSet "${name}" gets a name from it unless somebody writes endpoints by hand.`
          : `The Service "${serviceName}" selects ${pairs(wanted)}, and the pods of the StatefulSet "${name}" carry ${pairs(labelsOf(one)) || 'no labels'}: it finds none of them, and ${name}-0.${serviceName} leads nowhere.`,
        place === written ? [] : fixes(isEmpty ? addFix(one, service) : replaceFix(one, service, wanted)),
      );
    }
  },
};

const pairs = (labels: StringMap): string => listed(Object.entries(labels).map(([key, value]) => `${key}: ${value}`));

/** Endpoints of a Service without a selector are written by whoever made it. */
function hasEndpointsByHand({ list }: LintContext, { name, namespace }: Known): boolean {
  if (list('Endpoints', namespace).some((endpoints) => endpoints.name === name)) return true;
  return list('EndpointSlice', namespace).some(({ object }) => {
    const { metadata } = object;
    const labels = isObject(metadata) ? metadata.labels : undefined;
    return isObject(labels) && textAt(labels, 'kubernetes.io/service-name') === name;
  });
}

function addFix(one: SetCase, { written }: Known) {
  const labels = one.set.spec.selector?.matchLabels ?? labelsOf(one);
  if (!written || Object.keys(labels).length === 0) return undefined;
  const lines = Object.entries(labels).map(([key, value]) => `  ${scalarText(key)}: ${scalarText(value)}`);
  return fixOf(written.file, `Select the pods of "${one.name}"`, [
    addEntry(written, ['spec'], ['selector:', ...lines]),
  ]);
}

/** Possible where the pods have a label of each key that is asked for, with another value. */
function replaceFix(one: SetCase, { written }: Known, wanted: StringMap) {
  const labels = labelsOf(one);
  const wrong = Object.entries(wanted).filter(([key, value]) => labels[key] !== value);
  if (!written || wrong.some(([key]) => labels[key] === undefined)) return undefined;
  return fixOf(
    written.file,
    `Select the pods of "${one.name}"`,
    wrong.map(([key]) => replaceScalar(written, ['spec', 'selector', key], scalarText(labels[key] ?? ''))),
  );
}
