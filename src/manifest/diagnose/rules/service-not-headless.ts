// LINT-2: the Service that a set names has an address of its own.
import { keyOf, objectOr, type Service } from '#kube';
import { addEntry, fixes, fixOf, replaceScalar } from '../edits.ts';
import { findingAt } from '../finding.ts';
import type { Known, LintContext, LintRule } from '../types.ts';

export const serviceNotHeadless: LintRule = {
  id: 'LINT-2',
  title: 'Governing Service not headless',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/service/#headless-services',
  *check(context) {
    for (const { written, set, name, namespace } of context.sets) {
      const { serviceName = '' } = set.spec;
      const service = serviceName === '' ? undefined : context.find('Service', namespace, serviceName);
      if (!service) continue;
      const { type = 'ClusterIP' } = (service.object as unknown as Service).spec;
      if (type !== 'ExternalName' && clusterIpOf(context, service) === 'None') continue;
      const isJudged = service.written !== undefined && context.files.includes(service.written.file);
      const place = isJudged && service.written ? service.written : written;
      const what =
        type === 'ExternalName'
          ? `is only an alias for another name (type ExternalName), so no pod of "${name}" stands behind it`
          : `has an address of its own. Names of single pods, such as ${name}-0.${serviceName}, are promised for headless Services only`;
      const isOpen = type === 'ClusterIP' && !service.isStored && place === service.written;
      yield findingAt(
        place,
        place === written ? ['spec', 'serviceName'] : ['spec', type === 'ExternalName' ? 'type' : 'clusterIP'],
        'warning',
        `The Service "${serviceName}", which the StatefulSet "${name}" names as its serviceName, ${what}.`,
        fixes(
          isOpen
            ? fixOf(place.file, 'Make the Service headless (clusterIP: None)', [
                replaceScalar(place, ['spec', 'clusterIP'], 'None') ?? addEntry(place, ['spec'], ['clusterIP: None']),
              ])
            : undefined,
        ),
      );
    }
  },
};

/** The address that a Service will have: the one in the cluster stays where the file says nothing. */
function clusterIpOf({ cluster }: LintContext, { object, name, namespace }: Known): unknown {
  const written = objectOr(object, 'spec').clusterIP;
  if (written !== undefined && written !== '') return written;
  return (cluster.find(keyOf('Service', namespace, name)) as Service | undefined)?.spec.clusterIP;
}
