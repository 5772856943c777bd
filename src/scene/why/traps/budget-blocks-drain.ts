// A drain goes on asking while a budget refuses: the node is not emptied (API-17).
import { matchesSelector, type Pod, type PodDisruptionBudget } from '#kube';
import { idOf, type WhyInput } from '../input.ts';
import { deleteStep, isAllOrNothing, isDraining, isExhausted, refusedOn, relaxStep } from './budgets.ts';
import type { Caught, Trap } from './trap.ts';

/** Nodes of pods that a budget is about; a budget is about few of many. */
function drainedNodeOf(input: WhyInput, budget: PodDisruptionBudget): string | undefined {
  if (!isExhausted(budget)) return undefined;
  return input.view
    .list('Node')
    .find(
      ({ metadata }) =>
        isDraining(input, metadata.name) &&
        input.view
          .podsOnNode(metadata.name)
          .some(
            (pod) =>
              pod.metadata.namespace === budget.metadata.namespace &&
              matchesSelector(budget.spec.selector, pod.metadata.labels),
          ),
    )?.metadata.name;
}

function nodeOf(input: WhyInput, object: { readonly kind: string; readonly metadata: { readonly name: string } }) {
  if (object.kind === 'Node') return object.metadata.name;
  if (object.kind === 'Pod') return (object as Pod).spec.nodeName;
  return drainedNodeOf(input, object as PodDisruptionBudget);
}

export const budgetBlocksDrain: Trap = {
  id: 'budget-blocks-drain',
  title: 'A budget blocks the drain',
  kinds: ['Node', 'Pod', 'PodDisruptionBudget'],
  applies: (input, object): Caught | undefined => {
    const node = nodeOf(input, object);
    if (node === undefined || !isDraining(input, node)) return undefined;
    const refused = refusedOn(input, node);
    if (!refused || (object.kind === 'Pod' && refused.pod !== object)) return undefined;
    const { pod, budget } = refused;
    const { desiredHealthy, currentHealthy } = budget.status;
    const wait = isAllOrNothing(budget) ? '' : ' It allows one again when more pods are healthy.';
    return {
      sentence: `${pod.metadata.name} cannot be evicted from ${node}: budget ${budget.metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy}.${wait}`,
      rule: 'API-17',
      about: idOf(pod),
      fixes: [relaxStep(budget), deleteStep(pod)],
    };
  },
};
