// What the API server fills into a PodDisruptionBudget: nothing but the counters that its status always shows.
import { type Loose, objectOr, withDefault, withMember } from '../loose.ts';

const COUNTERS = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'];

/** Fills a PodDisruptionBudget. */
export const defaultPodDisruptionBudget = (budget: Loose): Loose =>
  withMember(
    budget,
    'status',
    COUNTERS.reduce((status, counter) => withDefault(status, counter, 0), objectOr(budget, 'status')),
  );
