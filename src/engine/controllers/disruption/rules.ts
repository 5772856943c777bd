// The rules of disruption budgets, in the words that the page shows.
import type { Rule } from '../../rules.ts';

const DOCS = 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/';

const pods = (count: string | number | undefined): string => (count === 1 ? '1 pod' : `${count} pods`);

export const disruptionRules: readonly Rule[] = [
  {
    id: 'PDB-1',
    title: 'How many must be healthy',
    sentence: ({ budget, desired }) => `budget ${budget} wants ${pods(desired)} to be healthy`,
    docs: DOCS,
    upstream: 'disruption.getExpectedPodCount',
  },
  {
    id: 'PDB-2',
    title: 'How many there should be',
    sentence: ({ budget, problem }) => `budget ${budget} allows no eviction: ${problem}`,
    docs: DOCS,
    upstream: 'disruption.getExpectedScale',
  },
  {
    id: 'PDB-3',
    title: 'No eviction allowed',
    sentence: ({ budget, healthy, desired, expected }) =>
      expected === 0
        ? `budget ${budget} allows no eviction: it expects no pods`
        : `budget ${budget} allows no eviction: ${pods(desired)} must stay healthy, and ${healthy === 1 ? '1 is' : `${healthy} are`}`,
    docs: DOCS,
    upstream: 'disruption.updatePdbStatus',
  },
  {
    id: 'PDB-4',
    title: 'Evicted pods that are still there',
    sentence: ({ budget }) => `budget ${budget} counts evicted pods as gone for two minutes`,
    docs: DOCS,
    upstream: 'disruption.buildDisruptedPodMap',
  },
  {
    id: 'PDB-5',
    title: 'Not disrupted after all',
    sentence: ({ pod }) =>
      `${pod} was to be disrupted and is still there after two minutes: its DisruptionTarget condition is reset`,
    docs: 'https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions',
    upstream: 'disruption.syncStalePodDisruption',
  },
];
