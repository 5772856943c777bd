import { describe, expect, it } from 'vitest';
import type { Node, Pod } from '#kube';
import { type Cluster, nextTaskMs } from '../../kernel/index.ts';
import { nodeKeyOf } from '../../kubelet/index.ts';
import { createPod, podDraft, podKey } from '../../kubelet/testing/pods.ts';
import {
  createObject,
  deleteObject,
  findObject,
  getObject,
  newTestCluster,
  reasonFor,
  run,
  updateObject,
  updateStatus,
} from '../../testing/scenario.ts';
import { podGarbageCollector } from './pod-gc.ts';

const newCluster = (): Cluster => newTestCluster({ actors: [podGarbageCollector] });

function makeUnready(cluster: Cluster): void {
  updateStatus<Node>(cluster, nodeKeyOf('node-a'), (node) => ({
    ...node,
    status: { ...node.status, conditions: [{ type: 'Ready', status: 'Unknown' }] },
  }));
}
const takeOutOfService = (cluster: Cluster): Node =>
  updateObject<Node>(cluster, nodeKeyOf('node-a'), (node) => ({
    ...node,
    spec: {
      ...node.spec,
      taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }],
    },
  }));

describe('the pod garbage collector', () => {
  it('NODE-7 removes the pods of a node that is gone, 40 s after it first missed it, and not before', () => {
    const cluster = newCluster();
    createPod(cluster, 'web-0');
    createPod(cluster, 'far', { nodeName: 'node-b' });
    run(cluster, 5000);
    deleteObject(cluster, nodeKeyOf('node-a'));
    run(cluster, 54_000);
    expect(findObject(cluster, 'Pod', 'web-0')).toBeDefined();
    expect(reasonFor(cluster, 'pod-garbage-collector', nodeKeyOf('node-a'))).toMatchObject({
      rule: 'NODE-7',
      acting: false,
    });
    run(cluster, 2000);
    expect(findObject(cluster, 'Pod', 'web-0')).toBeUndefined();
    expect(findObject(cluster, 'Pod', 'far')).toBeDefined();
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('NODE-7 fails such a pod before it goes, with a condition, so that others see how it ended', () => {
    const cluster = newCluster();
    createObject<Pod>(cluster, {
      ...podDraft('held'),
      metadata: { ...podDraft('held').metadata, finalizers: ['example.com/hold'] },
    });
    deleteObject(cluster, nodeKeyOf('node-a'));
    run(cluster, 70_000);
    const { status, metadata } = getObject(cluster, 'Pod', 'held');
    expect(status.phase).toBe('Failed');
    expect(status).toMatchObject({ observedGeneration: 1 });
    expect(status.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      observedGeneration: 1,
      reason: 'DeletionByPodGC',
      message: 'PodGC: node no longer exists',
    });
    expect(metadata.deletionTimestamp).toBeDefined();
  });

  it('NODE-7 leaves the pods alone when the node comes back in time', () => {
    const cluster = newCluster();
    createPod(cluster, 'web-0');
    const node = getObject(cluster, 'Node', 'node-a');
    deleteObject(cluster, nodeKeyOf('node-a'));
    run(cluster, 30_000);
    createObject<Node>(cluster, { ...node, metadata: { name: 'node-a' } });
    run(cluster, 120_000);
    expect(findObject(cluster, 'Pod', 'web-0')).toBeDefined();
  });

  it('NODE-8 removes only pods that are being deleted, on a node that is out of service and not ready', () => {
    const cluster = newCluster();
    createPod(cluster, 'staying');
    createPod(cluster, 'going');
    run(cluster, 1000);
    deleteObject(cluster, podKey('going'));
    takeOutOfService(cluster);
    run(cluster, 60_000);
    expect(findObject(cluster, 'Pod', 'going')).toBeDefined();
    makeUnready(cluster);
    run(cluster, 21_000);
    expect(findObject(cluster, 'Pod', 'going')).toBeUndefined();
    expect(findObject(cluster, 'Pod', 'staying')).toBeDefined();
    deleteObject(cluster, podKey('staying'));
    run(cluster, 21_000);
    expect(findObject(cluster, 'Pod', 'staying')).toBeUndefined();
  });

  it('NODE-9 fails a pod that is being deleted and has no node', () => {
    const cluster = newCluster();
    const { nodeName: _, ...spec } = podDraft('held').spec;
    createObject<Pod>(cluster, {
      ...podDraft('held'),
      metadata: { ...podDraft('held').metadata, finalizers: ['example.com/hold'] },
      spec,
    });
    deleteObject(cluster, podKey('held'));
    run(cluster, 21_000);
    expect(getObject(cluster, 'Pod', 'held').status.phase).toBe('Failed');
    expect(nextTaskMs(cluster)).toBeUndefined();
  });
});
