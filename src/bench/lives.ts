// What becomes of a set of many pods, measured: its deploy, its roll-out and its end.
import type { Cluster } from '#engine';
import { type Cost, measure } from './measure.ts';
import {
  clusterFor,
  countTurns,
  createAll,
  deleteSet,
  isDeleted,
  isReady,
  isRolledOut,
  runUntilHolds,
  setImage,
  type Turns,
  webObjects,
} from './workloads.ts';

/** One run from an act to the state that it leads to. */
export interface Run {
  readonly cost: Cost;
  readonly ticks: number;
  /** Turns that actors had, those that changed nothing as well. */
  readonly turns: number;
}

export const PHASES = ['deploy', 'rollOut', 'remove'] as const;
export type Phase = (typeof PHASES)[number];

/** A set from its deploy to its end. */
export type Life = Readonly<Record<Phase, Run>>;

function runOf(cluster: Cluster, turns: Turns, begin: () => void, isOver: () => boolean): Run {
  const turnsBefore = turns.count;
  const { value, cost } = measure(() => {
    begin();
    return runUntilHolds(cluster, isOver);
  });
  return { cost, ticks: value, turns: turns.count - turnsBefore };
}

/** Deploys so many pods at once, gives all of them another image, ten in a hundred at a time, and deletes the set. */
export function lifeOf(replicas: number): Life {
  const { cluster, turns } = countTurns(clusterFor(replicas));
  const objects = webObjects({ replicas, podManagementPolicy: 'Parallel', maxUnavailable: '10%' });
  return {
    deploy: runOf(
      cluster,
      turns,
      () => createAll(cluster, objects),
      () => isReady(cluster, replicas),
    ),
    rollOut: runOf(
      cluster,
      turns,
      () => setImage(cluster, 'nginx:1.28'),
      () => isRolledOut(cluster),
    ),
    remove: runOf(
      cluster,
      turns,
      () => deleteSet(cluster),
      () => isDeleted(cluster),
    ),
  };
}

/** Deploys pods one after another. */
export function orderedDeploy(replicas: number): Run {
  const { cluster, turns } = countTurns(clusterFor(replicas));
  return runOf(
    cluster,
    turns,
    () => createAll(cluster, webObjects({ replicas, podManagementPolicy: 'OrderedReady' })),
    () => isReady(cluster, replicas),
  );
}

/** Gives pods another image one after another, as a set without maxUnavailable does. */
export function gradualRollOut(replicas: number): Run {
  const { cluster, turns } = countTurns(clusterFor(replicas));
  createAll(cluster, webObjects({ replicas, podManagementPolicy: 'Parallel' }));
  runUntilHolds(cluster, () => isReady(cluster, replicas));
  return runOf(
    cluster,
    turns,
    () => setImage(cluster, 'nginx:1.28'),
    () => isRolledOut(cluster),
  );
}
