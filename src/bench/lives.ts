// What becomes of a set of many pods, measured: its deploy, its roll-out and its end.
import type { Cluster } from '#engine';
import { type Cost, measure } from './measure.ts';
import {
  clusterFor,
  countTurns,
  createAll,
  deletePod,
  deleteSet,
  deploymentOf,
  isDeleted,
  isDeploymentReady,
  isReady,
  isRolledOut,
  runFor,
  runUntilHolds,
  setDeploymentImage,
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

function runOf(cluster: Cluster, turns: Turns, begin: () => void, isOver: () => boolean): Run {
  const turnsBefore = turns.count;
  const { value, cost } = measure(() => {
    begin();
    return runUntilHolds(cluster, isOver);
  });
  return { cost, ticks: value, turns: turns.count - turnsBefore };
}

/**
 * Deploys so many pods at once, gives all of them another image, ten in a hundred at a time, and deletes the set.
 * @param replicas how many pods
 */
export function lifeOf(replicas: number): Readonly<Record<'deploy' | 'rollOut' | 'remove', Run>> {
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

/** Deploys a Deployment of so many pods, and gives all of them another image. There is room for all that it surges. */
export function deploymentLife(replicas: number): Readonly<Record<'deploy' | 'rollOut', Run>> {
  const { cluster, turns } = countTurns(clusterFor(replicas * 2));
  return {
    deploy: runOf(
      cluster,
      turns,
      () => createAll(cluster, [deploymentOf(replicas, 'nginx:1.27')]),
      () => isDeploymentReady(cluster, replicas),
    ),
    rollOut: runOf(
      cluster,
      turns,
      () => setDeploymentImage(cluster, 'nginx:1.28'),
      () => isDeploymentReady(cluster, replicas),
    ),
  };
}

/** Deletes twenty pods of a set that fills three nodes: all others wait for a place there. */
export function crowdedDeletes(replicas: number): Run {
  const { cluster, turns } = countTurns(clusterFor(300));
  createAll(cluster, webObjects({ replicas, podManagementPolicy: 'Parallel', hasClaims: false }));
  runFor(cluster, 60_000);
  const turnsBefore = turns.count;
  const { value, cost } = measure(() => {
    for (let ordinal = 0; ordinal < 20; ordinal += 1) deletePod(cluster, `web-${ordinal}`);
    return runFor(cluster, 60_000);
  });
  return { cost, ticks: value, turns: turns.count - turnsBefore };
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
