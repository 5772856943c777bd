import { describe, expect, it } from 'vitest';
import { conditionOf, type Node, type Taint, type Toleration } from '#kube';
import { type Cluster, nextTaskMs } from '../../kernel/index.ts';
import { nodeKeyOf } from '../../kubelet/index.ts';
import { createPod, podKey } from '../../kubelet/testing/pods.ts';
import {
  deleteObject,
  eventsOf,
  findObject,
  getObject,
  newTestCluster,
  reasonFor,
  run,
  updateObject,
} from '../../testing/scenario.ts';
import { taintEvictionController, toleratedMs } from './taint-eviction.ts';

const newCluster = (): Cluster => newTestCluster({ actors: [taintEvictionController] });
const UNREACHABLE: Taint = { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' };
const forSeconds = (seconds?: number): Toleration => ({
  key: UNREACHABLE.key,
  operator: 'Exists',
  effect: 'NoExecute',
  ...(seconds !== undefined && { tolerationSeconds: seconds }),
});

const taint = (cluster: Cluster, taints: readonly Taint[]): Node =>
  updateObject<Node>(cluster, nodeKeyOf('node-a'), (node) => ({ ...node, spec: { ...node.spec, taints } }));
const isDeleted = (cluster: Cluster, name: string): boolean =>
  findObject(cluster, 'Pod', name)?.metadata.deletionTimestamp !== undefined;

describe('eviction by taints', () => {
  it('EVICT-1 lets a pod stay as long as it tolerates the taint, 300 s unless it says otherwise', () => {
    const cluster = newCluster();
    createPod(cluster, 'default-one');
    createPod(cluster, 'short', { tolerations: [forSeconds(20)] });
    taint(cluster, [UNREACHABLE]);
    run(cluster, 19_900);
    expect(isDeleted(cluster, 'short')).toBe(false);
    expect(reasonFor(cluster, 'taint-eviction-controller', nodeKeyOf('node-a'))).toMatchObject({
      rule: 'EVICT-1',
      args: { pods: 2, seconds: 20 },
      acting: false,
    });
    run(cluster, 200);
    expect(isDeleted(cluster, 'short')).toBe(true);
    run(cluster, 279_700);
    expect(isDeleted(cluster, 'default-one')).toBe(false);
    run(cluster, 300);
    expect(isDeleted(cluster, 'default-one')).toBe(true);
  });

  it('EVICT-2 deletes with a condition and an event that say why; the pod then waits for its node', () => {
    const cluster = newCluster();
    const pod = createPod(cluster, 'web-0', { tolerations: [forSeconds(5)] });
    taint(cluster, [UNREACHABLE]);
    run(cluster, 6000);
    const after = getObject(cluster, 'Pod', 'web-0');
    expect(conditionOf(after.status, 'DisruptionTarget')).toMatchObject({
      observedGeneration: 1,
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    });
    expect(eventsOf(cluster, pod)).toEqual(['Normal TaintManagerEviction Marking for deletion Pod default/web-0']);
    expect(nextTaskMs(cluster)).toBeUndefined();
    taint(cluster, [UNREACHABLE, { key: 'other', effect: 'NoExecute' }]);
    run(cluster, 6000);
    expect(findObject(cluster, 'Pod', 'web-0')).toBeDefined();
  });

  it('EVICT-3 cancels the deletion when the taint goes in time, and says so', () => {
    const cluster = newCluster();
    const pod = createPod(cluster, 'web-0');
    taint(cluster, [UNREACHABLE]);
    run(cluster, 100_000);
    taint(cluster, []);
    run(cluster, 600_000);
    expect(isDeleted(cluster, 'web-0')).toBe(false);
    expect(eventsOf(cluster, pod)).toEqual(['Normal TaintManagerEviction Cancelling deletion of Pod default/web-0']);
    taint(cluster, [UNREACHABLE]);
    run(cluster, 299_000);
    expect(isDeleted(cluster, 'web-0')).toBe(false);
  });

  it('EVICT-3 cancels it also when the pod goes by itself, and begins anew for its successor', () => {
    const cluster = newCluster();
    createPod(cluster, 'web-0', { tolerations: [forSeconds(60)] });
    taint(cluster, [UNREACHABLE]);
    run(cluster, 50_000);
    deleteObject(cluster, podKey('web-0'), { gracePeriodSeconds: 0 });
    run(cluster, 1000);
    createPod(cluster, 'web-0', { tolerations: [forSeconds(60)] });
    run(cluster, 59_000);
    expect(isDeleted(cluster, 'web-0')).toBe(false);
    run(cluster, 2000);
    expect(isDeleted(cluster, 'web-0')).toBe(true);
  });

  it('EVICT-4 deletes at once what does not tolerate the taint, and never what tolerates it for ever', () => {
    const cluster = newCluster();
    createPod(cluster, 'strict');
    createPod(cluster, 'patient', { tolerations: [{ operator: 'Exists' }] });
    taint(cluster, [{ key: 'maintenance', effect: 'NoExecute' }]);
    run(cluster, 100);
    expect(isDeleted(cluster, 'strict')).toBe(true);
    run(cluster, 3_600_000);
    expect(isDeleted(cluster, 'patient')).toBe(false);
    createPod(cluster, 'late');
    run(cluster, 100);
    expect(isDeleted(cluster, 'late')).toBe(true);
  });

  it('EVICT-4 counts the shortest of the tolerations that are used', () => {
    const other: Taint = { key: 'other', value: 'x', effect: 'NoExecute' };
    const tolerations: Toleration[] = [
      forSeconds(300),
      { key: 'other', operator: 'Equal', value: 'x', tolerationSeconds: 30 },
    ];
    expect(toleratedMs(tolerations, [UNREACHABLE])).toBe(300_000);
    expect(toleratedMs(tolerations, [UNREACHABLE, other])).toBe(30_000);
    expect(toleratedMs(tolerations, [{ ...other, value: 'y' }])).toBe(0);
    expect(toleratedMs([forSeconds()], [UNREACHABLE])).toBeUndefined();
    expect(toleratedMs([forSeconds(-1)], [UNREACHABLE])).toBe(0);
  });
});
