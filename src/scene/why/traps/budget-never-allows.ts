// A budget that wants every pod healthy allows no eviction, ever (PDB-3).
import type { PodDisruptionBudget } from '#kube';
import { isAllOrNothing, relaxStep } from './budgets.ts';
import type { Trap } from './trap.ts';

export const budgetNeverAllows: Trap = {
  id: 'budget-never-allows',
  title: 'The budget never allows an eviction',
  kinds: ['PodDisruptionBudget'],
  applies: (_, object) => {
    const budget = object as PodDisruptionBudget;
    if (!isAllOrNothing(budget)) return undefined;
    const { desiredHealthy, expectedPods } = budget.status;
    return {
      sentence: `Budget ${budget.metadata.name} wants ${desiredHealthy} healthy pods of ${expectedPods}: no pod may ever be evicted, so a drain of their nodes does not end.`,
      rule: 'PDB-3',
      fixes: [relaxStep(budget)],
    };
  },
};
