// No node has room for what a pod requests (SCHED-5).
import { holdOf, scaleDownSteps } from './hold.ts';
import type { Trap } from './trap.ts';

export const heldByRoom: Trap = {
  id: 'held-by-room',
  title: 'No node has room',
  kinds: ['Pod'],
  applies: (input, object) => {
    const hold = holdOf(input, object);
    if (hold?.kind !== 'room') return undefined;
    const { pod } = hold;
    const asked = pod.spec.containers
      .flatMap(({ resources }) => Object.entries(resources?.requests ?? {}))
      .map(([resource, amount]) => `${resource} ${amount}`);
    const request = asked.length > 0 ? `, which requests ${asked.join(', ')}` : '';
    return {
      sentence: `No node has room for ${pod.metadata.name}${request}: ${hold.told}. Requests count, not use; terminating pods count until they are gone.`,
      rule: 'SCHED-5',
      fixes: scaleDownSteps(input, pod),
    };
  },
};
