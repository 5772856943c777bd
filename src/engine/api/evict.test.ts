// Evictions: deletions that a disruption budget can refuse.
import { describe, expect, it } from 'vitest';
import { type Draft, keyOf, type Pod, type PodDisruptionBudget } from '#kube';
import type { Cluster } from '../kernel/index.ts';
import {
  accepted,
  call,
  createObject,
  deleteObject,
  findObject,
  getObject,
  newTestCluster,
  refused,
  reportPod,
  updateStatus,
} from '../testing/scenario.ts';

const podKey = keyOf('Pod', 'default', 'web-0');
const budgetKey = keyOf('PodDisruptionBudget', 'default', 'web');

const budget = (name: string, spec: Partial<PodDisruptionBudget['spec']> = {}): Draft<PodDisruptionBudget> => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name },
  spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } }, ...spec },
  status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
});

/** A running pod on a node, ready or not. */
function clusterWithPod(ready = true): Cluster {
  const cluster = newTestCluster({ actors: [] });
  const draft: Draft<Pod> = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-0', labels: { app: 'web' } },
    spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }] },
    status: { phase: 'Pending' },
  };
  createObject(cluster, draft);
  call(cluster, (turn) => turn.bind(podKey, 'node-a'));
  reportPod(cluster, 'web-0', { ready });
  return cluster;
}

const evict = (cluster: Cluster) => call(cluster, (turn) => turn.evict(podKey));
const observe = (cluster: Cluster, status: Partial<PodDisruptionBudget['status']>) =>
  updateStatus<PodDisruptionBudget>(cluster, budgetKey, (found) => ({
    ...found,
    status: {
      observedGeneration: 1,
      disruptionsAllowed: 0,
      currentHealthy: 2,
      desiredHealthy: 2,
      expectedPods: 3,
      ...status,
    },
  }));
const isEvicted = (cluster: Cluster): boolean =>
  findObject(cluster, 'Pod', 'web-0')?.metadata.deletionTimestamp !== undefined;
const VIOLATES = "429 TooManyRequests: Cannot evict pod as it would violate the pod's disruption budget.";

describe('eviction', () => {
  it('API-17 marks the pod as disrupted and deletes it with its grace where no budget matches', () => {
    const cluster = clusterWithPod();
    createObject(cluster, budget('other', { selector: { matchLabels: { app: 'db' } } }));
    accepted(evict(cluster));
    const pod = getObject(cluster, 'Pod', 'web-0');
    expect(pod.metadata.deletionGracePeriodSeconds).toBe(30);
    expect(pod.status.conditions).toContainEqual(
      expect.objectContaining({
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'EvictionByEvictionAPI',
        message: 'Eviction API: evicting',
      }),
    );
  });

  it('API-17 refuses while the budget is spent or not yet looked at, and says which budget and why', () => {
    const cluster = clusterWithPod();
    createObject(cluster, budget('web'));
    const early = evict(cluster);
    expect(refused(early)).toBe(VIOLATES);
    expect(early.ok ? undefined : early.error.details?.causes?.[0]?.message).toBe(
      'The disruption budget web is still being processed by the server.',
    );
    observe(cluster, {});
    const late = evict(cluster);
    expect(refused(late)).toBe(VIOLATES);
    expect(late.ok ? undefined : late.error.details?.causes?.[0]?.message).toBe(
      'The disruption budget web needs 2 healthy pods and has 2 currently',
    );
    expect(isEvicted(cluster)).toBe(false);
  });

  it('API-17 takes one disruption out of the budget and notes the pod there', () => {
    const cluster = clusterWithPod();
    createObject(cluster, budget('web'));
    observe(cluster, { disruptionsAllowed: 1, currentHealthy: 3 });
    accepted(evict(cluster));
    expect(isEvicted(cluster)).toBe(true);
    expect(getObject(cluster, 'PodDisruptionBudget', 'web').status).toMatchObject({
      disruptionsAllowed: 0,
      disruptedPods: { 'web-0': '2026-01-01T00:00:00Z' },
      conditions: [{ type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods' }],
    });
  });

  it('API-17 lets a pod that is not ready go while the budget is met without it, or always where it says so', () => {
    const met = clusterWithPod(false);
    createObject(met, budget('web'));
    observe(met, {});
    accepted(evict(met));
    expect(getObject(met, 'PodDisruptionBudget', 'web').status.disruptedPods).toBeUndefined();
    const unmet = clusterWithPod(false);
    createObject(unmet, budget('web'));
    observe(unmet, { currentHealthy: 1 });
    expect(refused(evict(unmet))).toBe(VIOLATES);
    deleteObject(unmet, budgetKey);
    createObject(unmet, budget('web', { unhealthyPodEvictionPolicy: 'AlwaysAllow' }));
    observe(unmet, { currentHealthy: 1 });
    accepted(evict(unmet));
  });

  it('API-17 asks no budget for pods that do not run, and cannot tell between two budgets', () => {
    const pending = clusterWithPod();
    createObject(pending, budget('web'));
    reportPod(pending, 'web-0', { phase: 'Failed' });
    accepted(evict(pending));
    expect(findObject(pending, 'Pod', 'web-0')).toBeUndefined();
    expect(refused(evict(pending))).toBe('404 NotFound: pods "web-0" not found');
    const two = clusterWithPod();
    createObject(two, budget('web'));
    createObject(two, budget('second', { selector: {} }));
    expect(refused(evict(two))).toBe(
      '500 InternalError: This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  });
});
