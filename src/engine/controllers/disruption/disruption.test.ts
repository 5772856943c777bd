import { describe, expect, it } from 'vitest';
import type { Pod, PodDisruptionBudget, StatefulSet } from '#kube';
import { type Cluster, nextTaskMs } from '../../kernel/index.ts';
import { podDraft, podKey } from '../../kubelet/testing/pods.ts';
import {
  call,
  createObject,
  deleteObject,
  eventsOf,
  getObject,
  newTestCluster,
  reasonFor,
  reportPod,
  run,
  updateObject,
  updateStatus,
} from '../../testing/scenario.ts';
import { disruptionController } from './disruption.ts';

const newCluster = (): Cluster => newTestCluster({ actors: [disruptionController] });

function createBudget(cluster: Cluster, spec: Partial<PodDisruptionBudget['spec']>): PodDisruptionBudget {
  return createObject<PodDisruptionBudget>(cluster, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'budget', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'app' } }, ...spec },
    status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  });
}

const createSet = (cluster: Cluster, replicas: number): StatefulSet =>
  createObject<StatefulSet>(cluster, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'app' } },
      serviceName: 'web',
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate' },
      template: { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
    },
    status: { replicas: 0, availableReplicas: 0 },
  });

/** Pods of a set, each ready where `ready` counts it. */
function createPods(cluster: Cluster, set: StatefulSet | undefined, count: number, ready = count): void {
  for (let i = 0; i < count; i += 1) {
    const draft = podDraft(`web-${i}`);
    const { uid, name } = set?.metadata ?? {};
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: name ?? '', uid: uid ?? '', controller: true };
    createObject<Pod>(cluster, { ...draft, metadata: { ...draft.metadata, ...(set && { ownerReferences: [owner] }) } });
    if (i < ready) reportPod(cluster, `web-${i}`);
  }
}

const budgetOf = (cluster: Cluster): PodDisruptionBudget => getObject(cluster, 'PodDisruptionBudget', 'budget');
const allowed = (cluster: Cluster): number => budgetOf(cluster).status.disruptionsAllowed;
const evict = (cluster: Cluster, name: string): boolean => call(cluster, (turn) => turn.evict(podKey(name)).ok);

describe('disruption budgets', () => {
  it('PDB-1 rounds percentages up, both of minAvailable and of maxUnavailable', () => {
    const wanted = (spec: Partial<PodDisruptionBudget['spec']>): number => {
      const cluster = newCluster();
      createPods(cluster, createSet(cluster, 3), 3);
      createBudget(cluster, spec);
      run(cluster, 100);
      return budgetOf(cluster).status.desiredHealthy;
    };
    expect(wanted({ minAvailable: '50%' })).toBe(2);
    expect(wanted({ maxUnavailable: '50%' })).toBe(1);
    expect(wanted({ minAvailable: 3 })).toBe(3);
    expect(wanted({ maxUnavailable: 1 })).toBe(2);
    expect(wanted({ maxUnavailable: 5 })).toBe(0);
  });

  it('PDB-2 expects what the controllers of the pods are meant to have; for a plain minAvailable the pods that are there', () => {
    const cluster = newCluster();
    createPods(cluster, createSet(cluster, 5), 3);
    createBudget(cluster, { maxUnavailable: 1 });
    run(cluster, 100);
    expect(budgetOf(cluster).status).toMatchObject({
      expectedPods: 5,
      desiredHealthy: 4,
      currentHealthy: 3,
      disruptionsAllowed: 0,
    });
    updateObject<PodDisruptionBudget>(cluster, 'PodDisruptionBudget/default/budget', (budget) => {
      const { maxUnavailable: _, ...spec } = budget.spec;
      return { ...budget, spec: { ...spec, minAvailable: 1 } };
    });
    run(cluster, 100);
    expect(budgetOf(cluster).status).toMatchObject({
      expectedPods: 3,
      desiredHealthy: 1,
      disruptionsAllowed: 2,
      observedGeneration: 2,
    });
  });

  it('PDB-2 allows nothing when the controller of a pod is gone, and says so', () => {
    const cluster = newCluster();
    createPods(cluster, createSet(cluster, 3), 3);
    deleteObject(cluster, 'StatefulSet/default/web');
    createBudget(cluster, { maxUnavailable: 1 });
    run(cluster, 100);
    expect(budgetOf(cluster).status.conditions?.[0]).toMatchObject({
      type: 'DisruptionAllowed',
      status: 'False',
      reason: 'SyncFailed',
      message: 'found no controllers for pod "web-0"',
    });
    expect(eventsOf(cluster, budgetOf(cluster)).join()).toContain(
      'Warning CalculateExpectedPodCountFailed Failed to calculate the number of expected pods: found no controllers for pod "web-0"',
    );
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('PDB-2 warns of pods without a controller', () => {
    const cluster = newCluster();
    createPods(cluster, undefined, 2);
    createBudget(cluster, { maxUnavailable: 1 });
    run(cluster, 100);
    expect(allowed(cluster)).toBe(0);
    expect(eventsOf(cluster, budgetOf(cluster)).join()).toContain(
      'selector: &LabelSelector{MatchLabels:map[string]string{app: app,},MatchExpressions:[]LabelSelectorRequirement{},}) were found to be unmanaged',
    );
  });

  it('PDB-3 allows as many evictions as there are healthy pods beyond the wanted ones', () => {
    const cluster = newCluster();
    createPods(cluster, createSet(cluster, 3), 3, 2);
    createBudget(cluster, { maxUnavailable: 1 });
    run(cluster, 100);
    expect(allowed(cluster)).toBe(0);
    expect(budgetOf(cluster).status.conditions?.[0]).toMatchObject({
      status: 'False',
      reason: 'InsufficientPods',
      message: '',
    });
    expect(reasonFor(cluster, 'disruption-controller', 'PodDisruptionBudget/default/budget')).toMatchObject({
      rule: 'PDB-3',
      args: { healthy: 2, desired: 2 },
    });
    reportPod(cluster, 'web-2');
    run(cluster, 100);
    expect(allowed(cluster)).toBe(1);
    expect(budgetOf(cluster).status.conditions?.[0]).toMatchObject({ status: 'True', reason: 'SufficientPods' });
    deleteObject(cluster, podKey('web-0'));
    run(cluster, 100);
    expect(budgetOf(cluster).status).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 0 });
  });

  it('PDB-3 allows nothing, with an event, while no pod matches', () => {
    const cluster = newCluster();
    createBudget(cluster, { maxUnavailable: 1 });
    run(cluster, 100);
    expect(budgetOf(cluster).status).toEqual({
      conditions: [expect.objectContaining({ status: 'False', reason: 'InsufficientPods', observedGeneration: 1 })],
      currentHealthy: 0,
      desiredHealthy: 0,
      disruptionsAllowed: 0,
      expectedPods: 0,
      observedGeneration: 1,
    });
    expect(eventsOf(cluster, budgetOf(cluster))).toEqual(['Normal NoPods No matching pods found (x2)']);
    expect(cluster.view.list('Event')[0]?.source.component).toBe('controllermanager');
  });

  it('PDB-3 counts only pods that its selector matches, also by labels that each pod has for itself', () => {
    const cluster = newCluster();
    createPods(cluster, createSet(cluster, 2), 2);
    const draft = podDraft('other');
    createObject<Pod>(cluster, { ...draft, metadata: { ...draft.metadata, labels: { app: 'other' } } });
    reportPod(cluster, 'other');
    updateObject<Pod>(cluster, podKey('web-1'), (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, 'apps.kubernetes.io/pod-index': '1' } },
    }));
    createBudget(cluster, { minAvailable: 1, selector: { matchLabels: { 'apps.kubernetes.io/pod-index': '1' } } });
    run(cluster, 100);
    expect(budgetOf(cluster).status).toMatchObject({ expectedPods: 1, currentHealthy: 1 });
    updateObject<PodDisruptionBudget>(cluster, 'PodDisruptionBudget/default/budget', (budget) => ({
      ...budget,
      spec: { ...budget.spec, selector: {} },
    }));
    run(cluster, 100);
    expect(budgetOf(cluster).status).toMatchObject({ expectedPods: 3, currentHealthy: 3 });
  });

  it('PDB-4 counts an evicted pod that is still there as gone for two minutes', () => {
    const cluster = newCluster();
    createPods(cluster, createSet(cluster, 3), 3);
    createBudget(cluster, { maxUnavailable: 1 });
    run(cluster, 1000);
    const now = call(cluster, (turn) => turn.now);
    updateStatus<PodDisruptionBudget>(cluster, 'PodDisruptionBudget/default/budget', (budget) => ({
      ...budget,
      status: { ...budget.status, disruptionsAllowed: 0, disruptedPods: { 'web-1': now, 'web-9': now } },
    }));
    run(cluster, 100);
    expect(budgetOf(cluster).status).toMatchObject({
      currentHealthy: 2,
      disruptionsAllowed: 0,
      disruptedPods: { 'web-1': now },
    });
    run(cluster, 121_000);
    expect(budgetOf(cluster).status).toMatchObject({ currentHealthy: 3, disruptionsAllowed: 1 });
    expect(budgetOf(cluster).status.disruptedPods).toBeUndefined();
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'web-1'))).toEqual([
      "Warning NotDeleted Pod was expected by PDB default/default to be deleted but it wasn't",
    ]);
  });

  it('PDB-4 lets evictions through one after the other, as the eviction API notes them', () => {
    const cluster = newCluster();
    createPods(cluster, createSet(cluster, 3), 3);
    createBudget(cluster, { maxUnavailable: 1 });
    run(cluster, 1000);
    expect(evict(cluster, 'web-0')).toBe(true);
    expect(evict(cluster, 'web-1')).toBe(false);
    run(cluster, 1000);
    expect(evict(cluster, 'web-1')).toBe(false);
    expect(budgetOf(cluster).status).toMatchObject({ currentHealthy: 2, disruptionsAllowed: 0 });
  });

  it('PDB-5 resets DisruptionTarget on a pod that was not deleted within two minutes', () => {
    const cluster = newCluster();
    createPods(cluster, undefined, 1);
    const now = call(cluster, (turn) => turn.now);
    updateStatus<Pod>(cluster, podKey('web-0'), (pod) => ({
      ...pod,
      status: {
        ...pod.status,
        conditions: [
          { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', lastTransitionTime: now },
        ],
      },
    }));
    run(cluster, 119_000);
    expect(getObject(cluster, 'Pod', 'web-0').status.conditions?.[0]?.status).toBe('True');
    run(cluster, 2000);
    expect(getObject(cluster, 'Pod', 'web-0').status.conditions?.[0]).toMatchObject({
      type: 'DisruptionTarget',
      status: 'False',
    });
  });
});
