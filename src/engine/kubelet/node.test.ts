import { describe, expect, it } from 'vitest';
import type { Draft, Node } from '#kube';
import { nodeLifecycleController } from '../controllers/node-lifecycle/index.ts';
import { nextTaskMs } from '../kernel/index.ts';
import {
  createObject,
  deleteObject,
  eventsOf,
  findObject,
  getObject,
  newTestCluster,
  reasonFor,
  run,
} from '../testing/scenario.ts';
import { kubelet } from './kubelet.ts';
import { recordKey } from './record.ts';
import { nodeKeyOf } from './session.ts';
import { createPod, podKey, startPod, stateOf, statusOf, strike } from './testing/pods.ts';

const NODE = nodeKeyOf('node-a');
const newCluster = () => newTestCluster({ actors: [kubelet, nodeLifecycleController] });

describe('a node that does not answer', () => {
  it('KUBELET-18 does nothing: pods stay as they were last seen, also those that are being deleted', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    createPod(cluster, 'web-1');
    run(cluster, 100);
    strike(cluster, 'node-down', NODE);
    deleteObject(cluster, podKey('web-0'));
    run(cluster, 40_000);
    expect(getObject(cluster, 'Pod', 'web-0').metadata.deletionTimestamp).toBeDefined();
    expect(stateOf(cluster, 'web-0')).toBe('running');
    expect(stateOf(cluster, 'web-1')).toBe('ContainerCreating');
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({
      rule: 'KUBELET-18',
      args: { isEnding: 1 },
      acting: false,
    });
  });

  it('KUBELET-18 finishes what was asked of it, and reports readiness anew, when it answers again', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    startPod(cluster, 'web-1');
    const since = getObject(cluster, 'Pod', 'web-1').status.conditions?.find(
      ({ type }) => type === 'Ready',
    )?.lastTransitionTime;
    strike(cluster, 'node-down', NODE);
    deleteObject(cluster, podKey('web-0'));
    run(cluster, 70_000);
    expect(statusOf(cluster, 'web-1', 'Ready')).toBe('False');
    strike(cluster, 'node-up', NODE);
    run(cluster, 20_000);
    expect(findObject(cluster, 'Pod', 'web-0')).toBeUndefined();
    expect(statusOf(cluster, 'web-1', 'Ready')).toBe('True');
    expect(getObject(cluster, 'Pod', 'web-1').status.containerStatuses?.[0]?.restartCount).toBe(0);
    const ready = getObject(cluster, 'Pod', 'web-1').status.conditions?.find(({ type }) => type === 'Ready');
    expect(ready?.lastTransitionTime).toBe(since);
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('KUBELET-19 goes on running what was removed by force, until it answers again', () => {
    const cluster = newCluster();
    const pod = startPod(cluster, 'web-0');
    strike(cluster, 'node-down', NODE);
    deleteObject(cluster, podKey('web-0'), { gracePeriodSeconds: 0 });
    run(cluster, 30_000);
    expect(cluster.world.memory.has(recordKey(pod.metadata.uid))).toBe(true);
    strike(cluster, 'node-up', NODE);
    run(cluster, 20_000);
    expect(cluster.world.memory.has(recordKey(pod.metadata.uid))).toBe(false);
  });
});

describe('what a kubelet reports of its node', () => {
  it('KUBELET-21 is a change of its health, with an event, and never a heartbeat', () => {
    const cluster = newCluster();
    expect(run(cluster, 600_000)).toEqual([]);
    strike(cluster, 'node-unready', NODE);
    run(cluster, 3000);
    const ready = () => getObject(cluster, 'Node', 'node-a').status.conditions.find(({ type }) => type === 'Ready');
    expect(ready()).toMatchObject({ status: 'False', reason: 'KubeletNotReady' });
    expect(eventsOf(cluster, getObject(cluster, 'Node', 'node-a'))).toEqual([
      'Normal NodeNotReady Node node-a status is now: NodeNotReady',
    ]);
    strike(cluster, 'node-ready', NODE);
    run(cluster, 3000);
    expect(ready()).toMatchObject({ status: 'True', reason: 'KubeletReady' });
  });

  it('KUBELET-21 is made soon after a person has added a machine by creating its Node', () => {
    const cluster = newCluster();
    run(cluster, 10_000);
    createObject(cluster, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-d' }, spec: {} } as Draft<Node>);
    run(cluster, 5000);
    const { status, spec } = getObject(cluster, 'Node', 'node-d');
    expect(status.conditions.find(({ type }) => type === 'Ready')?.status).toBe('True');
    expect(status.allocatable.pods).toBe('110');
    expect(spec.taints).toBeUndefined();
    startPod(cluster, 'web-0', { nodeName: 'node-d' });
    expect(stateOf(cluster, 'web-0')).toBe('running');
  });

  it('KUBELET-6 gives a pod with hostNetwork the address of its node', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0', { hostNetwork: true });
    const { podIP, hostIP } = getObject(cluster, 'Pod', 'web-0').status;
    expect(podIP).toMatch(/^192\.168\./);
    expect(podIP).toBe(hostIP);
  });

  it('KUBELET-6 gives no address while the network of its node is down', () => {
    const cluster = newCluster();
    strike(cluster, 'node-unready', NODE);
    run(cluster, 3000);
    createPod(cluster, 'web-0');
    run(cluster, 30_000);
    expect(getObject(cluster, 'Pod', 'web-0').status.podIP).toBeUndefined();
    expect(reasonFor(cluster, 'kubelet', podKey('web-0'))).toMatchObject({ rule: 'KUBELET-6' });
    strike(cluster, 'node-ready', NODE);
    run(cluster, 20_000);
    expect(stateOf(cluster, 'web-0')).toBe('running');
  });
});
