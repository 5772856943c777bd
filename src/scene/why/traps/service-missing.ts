// Nobody creates the Service that a set names: the pods run, and their names do not resolve (DNS-7).
import { pairOf, serviceStep } from './governing-service.ts';
import type { Trap } from './trap.ts';

export const serviceMissing: Trap = {
  id: 'service-missing',
  title: 'The governing Service does not exist',
  kinds: ['StatefulSet'],
  applies: (input, object) => {
    const pair = pairOf(input, object);
    if (!pair || pair.service) return undefined;
    const { set, name } = pair;
    return {
      sentence: `${set.metadata.name} names the Service ${name}, which does not exist: its pods run, but names such as ${set.metadata.name}-0.${name} do not resolve. A set does not create its Service.`,
      rule: 'DNS-7',
      fixes: [serviceStep(pair)],
    };
  },
};
