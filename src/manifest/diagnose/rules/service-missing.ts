// LINT-1: the Service that a set names is nowhere.
import { dnsLabelErrors, isHeadlessSpec, matchesLabels, type Service } from '#kube';
import { addDocument, fixes, fixOf, replaceScalar, scalarText } from '../edits.ts';
import { findingAt, inNamespace } from '../finding.ts';
import { containersOf, labelsOf } from '../pods.ts';
import type { LintContext, LintRule, SetCase } from '../types.ts';

export const serviceMissing: LintRule = {
  id: 'LINT-1',
  title: 'Governing Service missing',
  docs: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  *check(context) {
    for (const one of context.sets) {
      const { written, set, name, namespace } = one;
      const { serviceName = '' } = set.spec;
      if (serviceName === '' || context.list('Service').some((service) => service.name === serviceName)) continue;
      yield findingAt(
        written,
        ['spec', 'serviceName'],
        'warning',
        `The Service "${serviceName}" that serviceName names is neither in these files nor in the cluster, and nobody creates it by itself: the pods run${inNamespace(namespace)}, but names such as ${name}-0.${serviceName} lead nowhere until it is there.`,
        fixes(
          ...otherServices(context, one).map((other) =>
            fixOf(written.file, `Name the Service "${other}", which selects these pods`, [
              replaceScalar(written, ['spec', 'serviceName'], scalarText(other)),
            ]),
          ),
          fixOf(written.file, `Add a headless Service "${serviceName}"`, [
            dnsLabelErrors(serviceName).length === 0
              ? addDocument(written.file, serviceLines(one, serviceName))
              : undefined,
          ]),
        ),
      );
    }
  },
};

/** Headless Services that select the pods: one of them may have been meant, while the set is not in the cluster yet. */
export function otherServices({ list }: LintContext, one: SetCase): readonly string[] {
  if (one.stored) return [];
  return list('Service', one.namespace)
    .filter(({ object }) => {
      const { spec } = object as unknown as Service;
      return (
        isHeadlessSpec(spec) &&
        Object.keys(spec.selector ?? {}).length > 0 &&
        matchesLabels(spec.selector, labelsOf(one))
      );
    })
    .map(({ name }) => name)
    .slice(0, 3);
}

/** A headless Service for the pods of a set, as YAML. */
function serviceLines(one: SetCase, serviceName: string): readonly string[] {
  const { written, set } = one;
  const wanted = set.spec.selector?.matchLabels ?? {};
  const labels = Object.keys(wanted).length > 0 && matchesLabels(wanted, labelsOf(one)) ? wanted : labelsOf(one);
  const { namespace } = (written.raw.metadata ?? {}) as { namespace?: unknown };
  const ports = containersOf(one)
    .flatMap(({ container }) => container.ports ?? [])
    .filter(({ name, protocol }) => name !== undefined && (protocol ?? 'TCP') === 'TCP');
  const named = [...new Map(ports.map((port) => [port.name, port])).values()];
  return [
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    `  name: ${scalarText(serviceName)}`,
    ...(typeof namespace === 'string' ? [`  namespace: ${scalarText(namespace)}`] : []),
    'spec:',
    '  clusterIP: None',
    '  selector:',
    ...Object.entries(labels).map(([key, value]) => `    ${scalarText(key)}: ${scalarText(value)}`),
    ...(named.length > 0 ? ['  ports:'] : []),
    ...named.flatMap(({ name = '', containerPort }) => [
      `    - name: ${scalarText(name)}`,
      `      port: ${containerPort}`,
    ]),
  ];
}
