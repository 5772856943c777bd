// The rules of faults, in the words that the page shows.
import type { Rule } from '../rules.ts';

const inWords: Rule['sentence'] = ({ words }) => String(words ?? 'a fault strikes');

export const faultRules: readonly Rule[] = [
  { id: 'FAULT-1', title: 'A fault', sentence: inWords },
  { id: 'FAULT-2', title: 'A fault of a node', sentence: inWords },
  { id: 'FAULT-3', title: 'A fault of a pod', sentence: inWords },
  { id: 'FAULT-4', title: 'A fault of an image', sentence: inWords },
  { id: 'FAULT-5', title: 'A fault of the provisioner', sentence: inWords },
];
