import { describe, expect, it } from 'vitest';
import type { Draft, Node } from '#kube';
import { type Cluster, nextTaskMs } from '../../kernel/index.ts';
import { kubelet, nodeKeyOf } from '../../kubelet/index.ts';
import { createPod, podKey, startPod, statusOf, strike } from '../../kubelet/testing/pods.ts';
import {
  createObject,
  deleteObject,
  eventsOf,
  getObject,
  newTestCluster,
  reasonFor,
  run,
  updateObject,
  updateStatus,
} from '../../testing/scenario.ts';
import { nodeLifecycleController } from './node-lifecycle.ts';

const zone = (name: string, zoneName: string) => ({ name, zone: zoneName });
const newCluster = (nodes = ['a', 'b', 'c'].map((letter) => zone(`node-${letter}`, `zone-${letter}`))): Cluster =>
  newTestCluster({ actors: [kubelet, nodeLifecycleController], nodes });
/** Without a kubelet: conditions are set by hand. */
const newHandFed = (nodes: number): Cluster =>
  newTestCluster({
    actors: [nodeLifecycleController],
    nodes: Array.from({ length: nodes }, (_, i) => ({ name: `node-${i}` })),
  });

const taintsOf = (cluster: Cluster, name: string): string[] =>
  (getObject(cluster, 'Node', name).spec.taints ?? []).map(
    ({ key, effect }) => `${key.replace('node.kubernetes.io/', '')}:${effect}`,
  );

const setReady = (cluster: Cluster, name: string, status: 'True' | 'False' | 'Unknown'): Node =>
  updateStatus<Node>(cluster, nodeKeyOf(name), (node) => ({
    ...node,
    status: {
      ...node.status,
      conditions: node.status.conditions.map((condition) =>
        condition.type === 'Ready' ? { ...condition, status } : condition,
      ),
    },
  }));

describe('the node controller', () => {
  it('NODE-1 taints a cordoned node at once, and takes the taint away when it is uncordoned', () => {
    const cluster = newCluster();
    run(cluster, 1000);
    updateObject<Node>(cluster, nodeKeyOf('node-a'), (node) => ({
      ...node,
      spec: { ...node.spec, unschedulable: true },
    }));
    run(cluster, 100);
    expect(taintsOf(cluster, 'node-a')).toEqual(['unschedulable:NoSchedule']);
    updateObject<Node>(cluster, nodeKeyOf('node-a'), (node) => {
      const { unschedulable: _, ...spec } = node.spec;
      return { ...node, spec };
    });
    run(cluster, 100);
    expect(taintsOf(cluster, 'node-a')).toEqual([]);
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('NODE-1 leaves taints of a person alone', () => {
    const cluster = newCluster();
    const mine = { key: 'dedicated', value: 'db', effect: 'NoSchedule' };
    updateObject<Node>(cluster, nodeKeyOf('node-a'), (node) => ({
      ...node,
      spec: { ...node.spec, unschedulable: true, taints: [mine] },
    }));
    run(cluster, 100);
    expect(taintsOf(cluster, 'node-a')).toEqual(['dedicated:NoSchedule', 'unschedulable:NoSchedule']);
  });

  it('NODE-2 waits for 50 s of silence, NODE-3 then marks the node Unknown and its pods not ready', () => {
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0');
    strike(cluster, 'node-down', nodeKeyOf('node-a'));
    run(cluster, 49_900);
    expect(reasonFor(cluster, 'node-controller', nodeKeyOf('node-a'))).toMatchObject({ rule: 'NODE-2', acting: false });
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
    run(cluster, 200);
    const node = getObject(cluster, 'Node', 'node-a');
    expect(node.status.conditions.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
    expect(node.status.conditions.find(({ type }) => type === 'DiskPressure')?.status).toBe('Unknown');
    expect(taintsOf(cluster, 'node-a')).toEqual(['unreachable:NoSchedule']);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('False');
    expect(statusOf(cluster, 'web-0', 'ContainersReady')).toBe('True');
    expect(getObject(cluster, 'Pod', 'web-0').status.phase).toBe('Running');
    expect(eventsOf(cluster, pod)).toContain('Warning NodeNotReady Node is not ready');
    expect(eventsOf(cluster, node)).toContain('Normal NodeNotReady Node node-a status is now: NodeNotReady');
  });

  it('NODE-3 does not touch pods when it is the kubelet itself that says the node is not ready', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    strike(cluster, 'node-unready', nodeKeyOf('node-a'));
    run(cluster, 60_000);
    expect(taintsOf(cluster, 'node-a')).toEqual(['not-ready:NoSchedule', 'not-ready:NoExecute']);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
  });

  it('NODE-4 taints NoExecute at its next look, at most 5 s later', () => {
    const cluster = newCluster();
    strike(cluster, 'node-down', nodeKeyOf('node-a'));
    run(cluster, 55_200);
    expect(taintsOf(cluster, 'node-a')).toEqual(['unreachable:NoSchedule', 'unreachable:NoExecute']);
    expect(run(cluster, 60_000)).toEqual([]);
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('NODE-4 taints one node of a zone in ten seconds', () => {
    const cluster = newHandFed(6);
    run(cluster, 1000);
    setReady(cluster, 'node-0', 'Unknown');
    setReady(cluster, 'node-1', 'Unknown');
    run(cluster, 4300);
    expect(taintsOf(cluster, 'node-0')).toContain('unreachable:NoExecute');
    expect(taintsOf(cluster, 'node-1')).toEqual(['unreachable:NoSchedule']);
    run(cluster, 9500);
    expect(taintsOf(cluster, 'node-1')).toEqual(['unreachable:NoSchedule']);
    run(cluster, 600);
    expect(taintsOf(cluster, 'node-1')).toContain('unreachable:NoExecute');
  });

  it('NODE-4 swaps the taints when Unknown becomes False', () => {
    const cluster = newHandFed(3);
    setReady(cluster, 'node-0', 'Unknown');
    run(cluster, 6000);
    setReady(cluster, 'node-0', 'False');
    run(cluster, 6000);
    expect(taintsOf(cluster, 'node-0').sort()).toEqual(['not-ready:NoExecute', 'not-ready:NoSchedule']);
  });

  it('NODE-5 taints no node NoExecute while all are not ready, and takes such taints away', () => {
    const cluster = newHandFed(2);
    setReady(cluster, 'node-0', 'Unknown');
    run(cluster, 10_000);
    expect(taintsOf(cluster, 'node-0')).toContain('unreachable:NoExecute');
    setReady(cluster, 'node-1', 'Unknown');
    run(cluster, 120_000);
    expect(taintsOf(cluster, 'node-0')).toEqual(['unreachable:NoSchedule']);
    expect(taintsOf(cluster, 'node-1')).toEqual(['unreachable:NoSchedule']);
    expect(reasonFor(cluster, 'node-controller', nodeKeyOf('node-1'))?.rule).toBe('NODE-5');
    setReady(cluster, 'node-1', 'True');
    run(cluster, 30_000);
    expect(taintsOf(cluster, 'node-0')).toContain('unreachable:NoExecute');
    expect(taintsOf(cluster, 'node-1')).toEqual([]);
  });

  it('NODE-5 taints no node NoExecute while most of a small zone is not ready', () => {
    const cluster = newHandFed(5);
    for (const name of ['node-0', 'node-1', 'node-2']) setReady(cluster, name, 'Unknown');
    run(cluster, 120_000);
    expect(['node-0', 'node-1', 'node-2'].flatMap((name) => taintsOf(cluster, name))).not.toContain(
      'unreachable:NoExecute',
    );
  });

  it('NODE-6 takes the NoSchedule taint at once and the NoExecute taint at the next look when a node is ready again', () => {
    const cluster = newHandFed(3);
    run(cluster, 1000);
    setReady(cluster, 'node-0', 'Unknown');
    run(cluster, 10_000);
    setReady(cluster, 'node-0', 'True');
    run(cluster, 100);
    expect(taintsOf(cluster, 'node-0')).toEqual(['unreachable:NoExecute']);
    run(cluster, 5000);
    expect(taintsOf(cluster, 'node-0')).toEqual([]);
  });

  it('NODE-6 sets nothing right by itself: a pod is ready again when its kubelet says so', () => {
    const cluster = newCluster();
    createPod(cluster, 'web-0');
    run(cluster, 20_000);
    strike(cluster, 'node-down', nodeKeyOf('node-a'));
    run(cluster, 60_000);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('False');
    strike(cluster, 'node-up', nodeKeyOf('node-a'));
    run(cluster, 2000);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toBeUndefined();
  });

  it('NODE-10 tells of nodes that come and go at its next look', () => {
    const cluster = newHandFed(2);
    run(cluster, 6000);
    const gone = getObject(cluster, 'Node', 'node-1');
    deleteObject(cluster, nodeKeyOf('node-1'));
    const fresh = createObject(cluster, { ...gone, metadata: { name: 'node-2' } } as Draft<Node>);
    run(cluster, 3900);
    expect(eventsOf(cluster, fresh)).toEqual([]);
    run(cluster, 200);
    expect(eventsOf(cluster, fresh)).toEqual([
      'Normal RegisteredNode Node node-2 event: Registered Node node-2 in Controller',
    ]);
    expect(eventsOf(cluster, gone)).toEqual([
      'Normal RemovingNode Node node-1 event: Removing Node node-1 from Controller',
    ]);
    expect(eventsOf(cluster, getObject(cluster, 'Node', 'node-0'))).toEqual([]);
    deleteObject(cluster, nodeKeyOf('node-2'));
    createObject(cluster, { ...gone, metadata: { name: 'node-2' } } as Draft<Node>);
    run(cluster, 6000);
    expect(eventsOf(cluster, fresh)).toHaveLength(1);
  });
});
