// The list of strategies. A kind with rules of its own is one file and one line here; all others are kept as they are.
import { plainStrategy, type Strategy } from '../strategy.ts';
import { podStrategy } from './pod.ts';

const list: readonly Strategy[] = [
  podStrategy as unknown as Strategy,
  { kind: 'StatefulSet', hasGeneration: true, hasStatus: true },
  { kind: 'Deployment', hasGeneration: true, hasStatus: true },
  { kind: 'ReplicaSet', hasGeneration: true, hasStatus: true },
  { kind: 'PodDisruptionBudget', hasGeneration: true, hasStatus: true },
  { kind: 'PersistentVolumeClaim', hasStatus: true },
  { kind: 'PersistentVolume', hasStatus: true },
  { kind: 'Service', hasStatus: true },
  { kind: 'Node', hasStatus: true },
  { kind: 'Namespace', hasStatus: true },
];

const byKind = new Map(list.map((strategy) => [strategy.kind, strategy]));

/** The strategy of a kind by its name in object keys. */
export const strategyOf = (storeKind: string): Strategy => byKind.get(storeKind) ?? plainStrategy;
