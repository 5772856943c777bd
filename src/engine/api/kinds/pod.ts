// Pods: what the server adds to a new one, and how much time a deleted one gets.
import type { Condition, KindInfo, Pod } from '#kube';
import type { DeleteOptions } from '../../kernel/actor.ts';
import type { Transaction } from '../../kernel/turn.ts';
import { knownPod, learnPod } from '../admission/known-pods.ts';
import { hasLabelKeys, withLabelKeys } from '../admission/label-keys.ts';
import { hasServiceAccounts, priorityOf, withServiceAccount, withTolerations } from '../admission/pod-spec.ts';
import { qosClassOf } from '../admission/qos.ts';
import { withTopologyLabels } from '../admission/topology-labels.ts';
import { withPodCondition } from '../bind.ts';
import { forbidden } from '../errors.ts';
import type { Strategy } from '../strategy.ts';

/** What decides on a pod beside the pod itself. A class can come, change and go: pods that name one go the long way. */
const circumstanceOf = (tx: Transaction): string => (hasServiceAccounts(tx.world.config) ? 'accounts' : 'none');

const classOf = (pod: Pod): string | undefined => pod.spec?.priorityClassName as string | undefined;

const isGated = (spec: Pod['spec']): boolean => (spec.schedulingGates?.length ?? 0) > 0;

/** Rule SCHED-15: a pod with closed gates says so from the beginning. k8s: applySchedulingGatedCondition */
const gated: Condition = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'SchedulingGated',
  message: 'Scheduling is blocked due to non-empty scheduling gates',
};

function prepareForCreate(pod: Pod, tx: Transaction): Pod {
  const spec = withLabelKeys(pod, hasServiceAccounts(tx.world.config) ? withServiceAccount(pod.spec) : pod.spec);
  return {
    ...(spec.nodeName ? withTopologyLabels(pod, tx.view, spec.nodeName) : pod),
    spec: { ...spec, ...priorityOf(tx.view, classOf(pod)), tolerations: withTolerations(spec.tolerations) },
    status: {
      phase: 'Pending',
      qosClass: qosClassOf(spec),
      ...(isGated(spec) && { conditions: withPodCondition(undefined, gated, tx.now) }),
    },
  };
}

const admitCreate = (pod: Pod, tx: Transaction, info: KindInfo) =>
  priorityOf(tx.view, classOf(pod)) === undefined
    ? forbidden(info, pod.metadata.name, `no PriorityClass with name ${classOf(pod)} was found`)
    : undefined;

/**
 * Rule API-5: the seconds a deleted pod has. A pod without a node, or one that has ended, has none.
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
  newStatus: () => ({ phase: 'Pending' }),
  createKnown: (pod, tx) => (classOf(pod) || pod.spec?.nodeName ? undefined : knownPod(pod, circumstanceOf(tx))),
  learn: (given, accepted, tx) => {
    if (!hasLabelKeys(given.spec) && !isGated(given.spec)) learnPod(given, accepted, circumstanceOf(tx));
  },
  prepareForCreate,
  admitCreate,
  gracePeriodSeconds,
};
