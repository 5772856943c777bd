// Pods: what the server adds to a new one, and how much time a deleted one gets.
import type { Pod } from '#kube';
import type { DeleteOptions } from '../../kernel/actor.ts';
import type { Strategy } from '../strategy.ts';

/**
 * The seconds a deleted pod has. A pod without a node, or one that has ended, has none.
 * k8s: podStrategy.CheckGracefulDelete
 */
function gracePeriodSeconds(pod: Pod, options: DeleteOptions): number {
  if (pod.spec.nodeName === undefined || pod.spec.nodeName === '') return 0;
  if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') return 0;
  const seconds = options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}

export const podStrategy: Strategy<Pod> = {
  kind: 'Pod',
  hasGeneration: true,
  hasStatus: true,
  prepareForCreate: (pod) => ({ ...pod, status: { phase: 'Pending' } }),
  gracePeriodSeconds,
};
