// LINT-3: the Service that a set names is in another namespace.
import { addEntry, type Edit, fixes, fixOf, removeEntry, replaceScalar, scalarText } from '../edits.ts';
import { findingAt, listed } from '../finding.ts';
import type { Known, LintRule, SetCase, Written } from '../types.ts';

export const serviceElsewhere: LintRule = {
  id: 'LINT-3',
  title: 'Governing Service in another namespace',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#namespaces-of-services',
  *check({ sets, list, find }) {
    for (const one of sets) {
      const { written, set, name, namespace } = one;
      const { serviceName = '' } = set.spec;
      if (serviceName === '' || find('Service', namespace, serviceName)) continue;
      const others = list('Service').filter((service) => service.name === serviceName);
      if (others.length === 0) continue;
      const where = listed(others.map((service) => service.namespace));
      yield findingAt(
        written,
        ['spec', 'serviceName'],
        'warning',
        `The set is in namespace ${namespace}, and the Service "${serviceName}" in ${where}. A Service finds pods of its own namespace only, so ${name}-0 gets no name from it.`,
        fixes(...others.map((service) => moveFix(one, service))),
      );
    }
  },
};

/** Puts a Service that is not in the cluster yet into the set's namespace. */
function moveFix({ written, namespace }: SetCase, { written: service, isStored }: Known) {
  if (!service || isStored || service.file !== written.file) return undefined;
  return fixOf(written.file, `Put the Service into namespace ${namespace}`, [moveEdit(service, written, namespace)]);
}

function moveEdit(service: Written, set: Written, namespace: string): Edit | undefined {
  const path = ['metadata', 'namespace'];
  const { namespace: written } = (set.raw.metadata ?? {}) as { namespace?: unknown };
  if (typeof written !== 'string') return removeEntry(service, path);
  return (
    replaceScalar(service, path, scalarText(namespace)) ??
    addEntry(service, ['metadata'], [`namespace: ${scalarText(namespace)}`])
  );
}
