// The list of strategies. A kind with rules of its own is one strategy and one line here; all others are kept as they are.
import { plainStrategy, type Strategy } from '../strategy.ts';
import { endpointSliceStrategy, namespaceStrategy, nodeStrategy } from './cluster.ts';
import { podStrategy } from './pod.ts';
import { serviceStrategy } from './service.ts';
import { claimStrategy, volumeStrategy } from './storage.ts';
import { deploymentStrategy, disruptionBudgetStrategy, replicaSetStrategy, statefulSetStrategy } from './workloads.ts';

const list = [
  podStrategy,
  statefulSetStrategy,
  deploymentStrategy,
  replicaSetStrategy,
  disruptionBudgetStrategy,
  claimStrategy,
  volumeStrategy,
  serviceStrategy,
  namespaceStrategy,
  nodeStrategy,
  endpointSliceStrategy,
] as unknown as readonly Strategy[];

const byKind = new Map(list.map((strategy) => [strategy.kind, strategy]));

/** The strategy of a kind by its name in object keys. */
export const strategyOf = (storeKind: string): Strategy => byKind.get(storeKind) ?? plainStrategy;
