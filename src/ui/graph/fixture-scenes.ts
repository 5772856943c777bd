// Clusters at telling moments, made by hand: for tests, and for looking at the canvas. No part of the built page.
import type { Facts, PodFacts, PodState } from '#scene';
import { nodeFixtures, REV_1, REV_2, REV_3, ROLLING_AT_MS, setFixture } from './fixtures.ts';

/** The rolling update that the design draws. */
export function rollingUpdate(): Facts[] {
  const image = 'registry.example/library/nginx:1.28';
  const ips = ['10.244.1.5', '10.244.2.8', '10.244.3.4', '10.244.1.9', '10.244.2.9'];
  const facts = setFixture({
    kept: 1,
    current: REV_1,
    update: REV_2,
    workingOn: [2],
    thought: {
      sentence: 'waiting for web-2 to terminate before updating web-1',
      aside: 'OrderedReady, reverse ordinal order',
      rule: 'STS-3',
      title: 'A terminating pod holds up every other step',
      acting: false,
      about: 'Pod/default/web-2',
    },
    podOf: (ordinal) => ({
      ip: ips[ordinal] ?? '10.244.1.1',
      nodeName: ['node-a', 'node-b', 'node-c', 'node-a', 'node-b'][ordinal] ?? 'node-a',
      ...(ordinal === 1 ? { incarnation: 2 } : {}),
      ...(ordinal === 2
        ? {
            state: 'terminating' as const,
            word: 'Terminating',
            graceMs: 30_000,
            graceEndsMs: ROLLING_AT_MS + 18_000,
            sinceMs: ROLLING_AT_MS - 12_000,
          }
        : {}),
      ...(ordinal > 2 ? { revision: REV_2, isUpdated: true, incarnation: 2, image } : {}),
    }),
  });
  return [...facts, ...nodeFixtures(facts)];
}

/** Every state once, and a slot without a pod. */
export function everyState(): Facts[] {
  const at = ROLLING_AT_MS;
  const states: readonly Partial<PodFacts>[] = [
    { state: 'pending' },
    { state: 'unschedulable' },
    { state: 'creating' },
    { state: 'init' },
    { state: 'not-ready' },
    { state: 'ready' },
    { state: 'ready-not-available', sinceMs: at - 7000, availableAtMs: at + 3000 },
    { state: 'terminating', graceMs: 30_000, graceEndsMs: at + 18_000 },
    { state: 'crash-loop', exitCode: 1, restarts: 5, retryAtMs: at + 80_000 },
    { state: 'pull-failed', retryAtMs: at + 40_000, image: 'nginx:1.82' },
    { state: 'completed', exitCode: 0 },
    { state: 'unknown', sinceMs: at - 160_000 },
  ];
  const facts = setFixture({
    replicas: states.length + 1,
    update: REV_2,
    podOf: (ordinal) => {
      const patch = states[ordinal];
      return (
        patch && {
          revision: [REV_2, REV_1, REV_3][ordinal % 3] ?? REV_2,
          isUpdated: ordinal % 3 === 0,
          incarnation: 2,
          ...patch,
        }
      );
    },
  });
  return [...facts, ...nodeFixtures(facts)];
}

/**
 * Many replicas in the middle of an update.
 *
 * @param count - how many
 */
export function manyReplicas(count: number): Facts[] {
  const frontier = Math.floor(count * 0.612);
  const odd: Readonly<Record<number, Partial<PodFacts>>> = {
    [Math.floor(count * 0.118)]: { state: 'unknown', sinceMs: 0 },
    [Math.floor(count * 0.731)]: { state: 'pull-failed', restarts: 0, retryAtMs: ROLLING_AT_MS + 60_000 },
    [Math.floor(count * 0.847)]: { state: 'crash-loop', exitCode: 1, restarts: 6, retryAtMs: ROLLING_AT_MS + 130_000 },
  };
  const moving: readonly PodState[] = [
    'creating',
    'creating',
    'not-ready',
    'creating',
    'creating',
    'not-ready',
    'not-ready',
    'ready-not-available',
    'ready-not-available',
  ];
  const facts = setFixture({
    replicas: count,
    policy: 'Parallel',
    update: REV_2,
    partition: 0,
    thought: {
      sentence: 'waiting: 20 pods are unavailable, and 20 is the limit',
      aside: `maxUnavailable, next is web-${frontier - 9}`,
      rule: 'STS-9',
      title: 'No more pods than maxUnavailable are unavailable at once',
      acting: false,
    },
    workingOn: count > 100 ? [frontier] : [],
    podOf: (ordinal) => {
      const isUpdated = ordinal >= frontier;
      const state =
        ordinal < frontier && ordinal >= frontier - 8
          ? 'terminating'
          : (isUpdated && moving[ordinal - frontier]) || 'ready';
      return {
        revision: isUpdated ? REV_2 : REV_1,
        isUpdated,
        state,
        ...(state === 'terminating' ? { graceMs: 30_000, graceEndsMs: ROLLING_AT_MS + 18_000 } : {}),
        ...(state === 'ready-not-available'
          ? { sinceMs: ROLLING_AT_MS - 7000, availableAtMs: ROLLING_AT_MS + 3000 }
          : {}),
        ...(odd[ordinal] ? { ...odd[ordinal], readyCondition: false } : {}),
      };
    },
  });
  return [...facts, ...nodeFixtures(facts)];
}

/** Six nodes, one of which has fallen silent with web-2 on it. */
export function silentNode(): Facts[] {
  const at = ROLLING_AT_MS;
  const nodes = ['node-a', 'node-b', 'node-c', 'node-d', 'node-e'];
  const facts = setFixture({
    kept: 1,
    workingOn: [2],
    thought: {
      sentence: 'waiting for web-2 to be Running and Ready',
      aside: 'it may still be running on node-c, so no second web-2 is made',
      rule: 'STS-4',
      title: 'At most one pod for each ordinal',
      acting: false,
      about: 'Pod/default/web-2',
    },
    podOf: (ordinal) => ({
      nodeName: nodes[ordinal] ?? 'node-a',
      ...(ordinal === 2 ? { state: 'unknown' as const, sinceMs: at - 160_000, readyCondition: false } : {}),
    }),
  }).map((found) => (found.type === 'claim' && /-[25]$/.test(found.name) ? { ...found, zone: 'c' } : found));
  const all = nodeFixtures(facts, [...nodes, 'node-f']).map((node) =>
    node.name === 'node-c'
      ? {
          ...node,
          isReady: false,
          isSilent: true,
          silentSinceMs: at - 160_000,
          taints: ['node.kubernetes.io/unreachable:NoExecute'],
        }
      : node,
  );
  return [...facts, ...all];
}
