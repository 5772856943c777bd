// The names of pods are promised for headless Services only (DNS-23), and an alias knows no pods (DNS-8).
import { inNamespace, kubectl } from '../steps.ts';
import { pairOf, serviceIdOf } from './governing-service.ts';
import type { Trap } from './trap.ts';

export const serviceNotHeadless: Trap = {
  id: 'service-not-headless',
  title: 'The governing Service is not headless',
  kinds: ['StatefulSet', 'Service'],
  applies: (input, object) => {
    const pair = pairOf(input, object);
    if (!pair?.service) return undefined;
    const { set, name, service } = pair;
    const isAlias = service.spec.type === 'ExternalName';
    if (!isAlias && service.spec.clusterIP === 'None') return undefined;
    return {
      sentence: isAlias
        ? `Service ${name} is an alias (ExternalName) and knows no pods: the names of the pods of ${set.metadata.name} do not resolve.`
        : `Service ${name} has a cluster IP: its name leads to any pod of ${set.metadata.name}, and a name for each pod is promised for headless Services only.`,
      rule: isAlias ? 'DNS-8' : 'DNS-23',
      about: serviceIdOf(pair),
      fixes: [
        kubectl(
          `Delete Service ${name}, to create it again with clusterIP: None`,
          `delete service ${name}${inNamespace(service)}`,
          'clusterIP cannot be changed later. Until the Service is created again, its name does not resolve.',
        ),
      ],
    };
  },
};
