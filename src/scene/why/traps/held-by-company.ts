// Required affinity and anti-affinity leave no node for a pod (SCHED-13).
import { holdOf, scaleDownSteps } from './hold.ts';
import type { Trap } from './trap.ts';

export const heldByCompany: Trap = {
  id: 'held-by-company',
  title: 'Affinity rules leave no node',
  kinds: ['Pod'],
  applies: (input, object) => {
    const hold = holdOf(input, object);
    if (hold?.kind !== 'company') return undefined;
    const { name } = hold.pod.metadata;
    const isAnti = hold.told.includes('anti-affinity');
    return {
      sentence: isAnti
        ? `${name} may not be where others like it are, and every node that would suit it has one: ${hold.told}. More nodes, or a preferred instead of a required rule, would let it in.`
        : `${name} must be near pods that no suitable node has: ${hold.told}.`,
      rule: 'SCHED-13',
      fixes: isAnti ? scaleDownSteps(input, hold.pod) : [],
    };
  },
};
