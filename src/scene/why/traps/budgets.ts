// Disruption budgets that let nothing go.
import { isTerminating, matchesSelector, type Pod, type PodDisruptionBudget } from '#kube';
import type { WhyInput } from '../input.ts';
import { inNamespace, kubectl, patch } from '../steps.ts';
import type { WhyStep } from '../types.ts';

/** Whether a budget asks for every pod that there should be: it can never allow an eviction. */
export const isAllOrNothing = ({ status }: PodDisruptionBudget): boolean =>
  status.expectedPods > 0 && status.desiredHealthy >= status.expectedPods;

/** Whether a budget refuses the next eviction. */
export const isExhausted = ({ status }: PodDisruptionBudget): boolean =>
  status.expectedPods > 0 && status.disruptionsAllowed === 0;

/** A pod of a node that a drain cannot evict, with the budget that refuses. */
export interface Refused {
  readonly pod: Pod;
  readonly budget: PodDisruptionBudget;
}

/** The first pod on a node whose budget refuses its eviction. O(pods on the node × budgets of their namespaces). */
export function refusedOn(input: WhyInput, nodeName: string): Refused | undefined {
  for (const pod of input.view.podsOnNode(nodeName)) {
    if (isTerminating(pod)) continue;
    const budget = input.view
      .list('PodDisruptionBudget', pod.metadata.namespace ?? '')
      .find((one) => isExhausted(one) && matchesSelector(one.spec.selector, pod.metadata.labels));
    if (budget) return { pod, budget };
  }
  return undefined;
}

/** Whether somebody has drained a node, and it is still cordoned. */
export function isDraining(input: WhyInput, nodeName: string): boolean {
  if (!input.view.get('Node', '', nodeName)?.spec.unschedulable) return false;
  return input.acts.some(
    ({ act }) =>
      act.type === 'kubectl' && act.command.startsWith('drain ') && act.command.split(/\s+/).includes(nodeName),
  );
}

/** Lets one pod be away at a time. */
export const relaxStep = (budget: PodDisruptionBudget): WhyStep =>
  patch('Let one pod be away at a time', 'pdb', budget, { spec: { minAvailable: null, maxUnavailable: 1 } });

/** A deletion asks no budget. */
export const deleteStep = (pod: Pod): WhyStep =>
  kubectl(
    `Delete ${pod.metadata.name} itself`,
    `delete pod ${pod.metadata.name} --wait=false${inNamespace(pod)}`,
    'A deletion asks no budget: fewer pods than it wants are healthy for a while.',
  );
