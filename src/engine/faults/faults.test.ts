import { describe, expect, it } from 'vitest';
import { type PersistentVolumeClaim, partsOfKey } from '#kube';
import { nodeLifecycleController } from '../controllers/node-lifecycle/index.ts';
import { provisioner } from '../controllers/provisioner/provisioner.ts';
import { imageTarget, kubelet, nodeKeyOf, PROVISIONER_FAULT } from '../kubelet/index.ts';
import { createPod, podKey, runUntilTrue, startPod, stateOf, statusOf, strike } from '../kubelet/testing/pods.ts';
import { rules } from '../rules-list.ts';
import { createObject, deleteObject, getObject, newTestCluster, run } from '../testing/scenario.ts';
import { faults, faultsFor } from './index.ts';

const newCluster = () => newTestCluster({ actors: [kubelet, nodeLifecycleController] });
type Cluster = ReturnType<typeof newCluster>;

const offered = (cluster: Cluster, id: string): string[] =>
  faultsFor(cluster.view, cluster.world.memory, id).map((offer) => offer.id);

describe('faults', () => {
  it('FAULT-1 are offered where they can strike, and taken back by the fault that undoes them', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    const node = nodeKeyOf('node-a');
    expect(offered(cluster, node)).toEqual(['node-down', 'node-unready']);
    expect(offered(cluster, podKey('web-0'))).toEqual([
      'pod-crash',
      'pod-crash-loop',
      'pod-not-ready',
      'pod-fail',
      'pod-ignores-sigterm',
      'image-pull-fails',
      'image-pull-slow',
      'image-crashes',
    ]);
    expect(offered(cluster, podKey('web-9'))).toEqual([]);
    strike(cluster, 'node-down', node);
    expect(offered(cluster, node)).toEqual(['node-up', 'node-unready']);
  });

  it('FAULT-1 change nothing where they have nothing to do, so that an act can be played on any branch', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    expect(strike(cluster, 'no-such-fault', podKey('web-0'))).toBeUndefined();
    expect(strike(cluster, 'pod-crash', podKey('web-9'))).toBeUndefined();
    expect(strike(cluster, 'node-down', podKey('web-0'))).toBeUndefined();
    expect(strike(cluster, 'node-up', nodeKeyOf('node-a'))).toBeUndefined();
    expect(strike(cluster, 'pod-crash-loop-ends', podKey('web-0'))).toBeUndefined();
  });

  it('FAULT-1 say in words what they did, each lasting one has an undo in the list, and ids are unique', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    const why = strike(cluster, 'node-down', nodeKeyOf('node-a'))?.why;
    expect(rules.get(why?.rule ?? '')?.sentence(why?.args ?? {})).toBe('node-a stops answering');
    const ids = faults.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const fault of faults) if (fault.undo !== undefined) expect(ids).toContain(fault.undo);
  });

  it('FAULT-2 strike a node: it falls silent until it is let answer again', () => {
    const cluster = newCluster();
    const node = nodeKeyOf('node-b');
    strike(cluster, 'node-down', node);
    run(cluster, 60_000);
    expect(getObject(cluster, 'Node', 'node-b').status.conditions.at(-1)).toMatchObject({
      type: 'Ready',
      status: 'Unknown',
    });
    strike(cluster, 'node-up', node);
    run(cluster, 10_000);
    expect(getObject(cluster, 'Node', 'node-b').status.conditions.at(-1)).toMatchObject({
      type: 'Ready',
      status: 'True',
    });
    expect(getObject(cluster, 'Node', 'node-b').spec.taints).toBeUndefined();
  });

  it('FAULT-2 end with the node they strike', () => {
    const cluster = newCluster();
    const node = nodeKeyOf('node-b');
    strike(cluster, 'node-down', node);
    deleteObject(cluster, node);
    run(cluster, 1000);
    expect(cluster.world.memory.has(`fault/node-down/${node}`)).toBe(false);
  });

  it('FAULT-3 strike one incarnation of a pod: its successor of the same name is sound', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    strike(cluster, 'pod-not-ready', podKey('web-0'));
    run(cluster, 1000);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('False');
    deleteObject(cluster, podKey('web-0'));
    run(cluster, 10_000);
    startPod(cluster, 'web-0');
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
    expect([...cluster.world.memory.keys()].filter((key) => key.startsWith('fault/'))).toEqual([]);
  });

  it('FAULT-3 strike a pod without a readiness probe as if it had one', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    strike(cluster, 'pod-not-ready', podKey('web-0'));
    run(cluster, 100);
    expect(stateOf(cluster, 'web-0')).toBe('running');
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('False');
    strike(cluster, 'pod-ready-again', podKey('web-0'));
    run(cluster, 100);
    expect(statusOf(cluster, 'web-0', 'Ready')).toBe('True');
  });

  it('FAULT-3 let a pod hang only where a liveness probe would ever restart it', () => {
    const cluster = newCluster();
    startPod(cluster, 'without');
    startPod(cluster, 'with', { container: { livenessProbe: { tcpSocket: { port: 80 } } } });
    expect(offered(cluster, podKey('without'))).not.toContain('pod-hang');
    expect(offered(cluster, podKey('with'))).toContain('pod-hang');
  });

  it('FAULT-4 strike an image on all nodes, in every pod that uses it', () => {
    const cluster = newCluster();
    startPod(cluster, 'web-0');
    strike(cluster, 'image-crashes', imageTarget('app:1'));
    createPod(cluster, 'web-1', { nodeName: 'node-b' });
    createPod(cluster, 'other', { container: { image: 'other:1' } });
    run(cluster, 30_000);
    expect(stateOf(cluster, 'web-0')).toBe('CrashLoopBackOff');
    expect(stateOf(cluster, 'web-1')).toBe('CrashLoopBackOff');
    expect(stateOf(cluster, 'other')).toBe('running');
    strike(cluster, 'image-runs', imageTarget('app:1'));
    run(cluster, 60_000);
    expect(stateOf(cluster, 'web-0')).toBe('running');
    expect(stateOf(cluster, 'web-1')).toBe('running');
  });

  it('FAULT-4 make pulls of an image slow', () => {
    const cluster = newCluster();
    strike(cluster, 'image-pull-slow', imageTarget('app:1'));
    createPod(cluster, 'web-0');
    expect(runUntilTrue(cluster, () => stateOf(cluster, 'web-0') === 'running', 200_000)).toBeGreaterThan(90_000);
  });

  it('FAULT-5 stop the provisioner where a person points at a claim', () => {
    const cluster = newTestCluster({ actors: [provisioner] });
    const claim = createObject<PersistentVolumeClaim>(cluster, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'default' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      status: { phase: 'Pending' },
    });
    const id = `PersistentVolumeClaim/default/${claim.metadata.name}`;
    const [offer] = faultsFor(cluster.view, cluster.world.memory, id);
    expect(offer?.id).toBe('provisioner-stops');
    expect(partsOfKey(offer?.target ?? '').kind).toBe('Provisioner');
    strike(cluster, 'provisioner-stops', offer?.target ?? '');
    expect(cluster.world.memory.has(PROVISIONER_FAULT)).toBe(true);
    strike(cluster, 'provisioner-goes-on', offer?.target ?? '');
    expect(cluster.world.memory.has(PROVISIONER_FAULT)).toBe(false);
    expect([...cluster.world.tasks.values()].map(({ key }) => key)).toContain(id);
  });
});
