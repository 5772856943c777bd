// The cluster before the first act.
import { describe, expect, it } from 'vitest';
import { DEFAULT_NODES, newSimulation } from './bootstrap.ts';
import { fingerprintOf, runUntil } from './kernel/index.ts';

describe('a new simulation', () => {
  it('has three ready nodes, one in each zone, with room and a pod network each', () => {
    const { view } = newSimulation();
    const nodes = view.list('Node');
    expect(nodes.map(({ metadata }) => metadata.name)).toEqual(['node-a', 'node-b', 'node-c']);
    expect(nodes[1]).toMatchObject({
      metadata: {
        labels: {
          'kubernetes.io/hostname': 'node-b',
          'topology.kubernetes.io/zone': 'zone-b',
        },
      },
      spec: { podCIDR: '10.244.1.0/24' },
      status: { allocatable: { cpu: '4', memory: '16Gi', pods: '110' } },
    });
    expect(
      nodes.every(({ status }) => status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True')),
    ).toBe(true);
    expect(nodes.every(({ spec }) => spec.taints === undefined)).toBe(true);
  });

  it('has the namespaces, the Service of the API server and the default StorageClass of a fresh cluster', () => {
    const { view } = newSimulation();
    expect(view.list('Namespace').map(({ metadata }) => metadata.name)).toEqual([
      'default',
      'kube-system',
      'kube-public',
      'kube-node-lease',
    ]);
    expect(view.get('Service', 'default', 'kubernetes')?.spec).toMatchObject({
      clusterIP: '10.96.0.1',
      type: 'ClusterIP',
    });
    expect(view.list('StorageClass')).toMatchObject([
      {
        metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
        provisioner: 'sim.example/provisioner',
        reclaimPolicy: 'Delete',
        volumeBindingMode: 'WaitForFirstConsumer',
      },
    ]);
    expect(newSimulation({ hasDefaultClass: false }).view.count('StorageClass')).toBe(0);
  });

  it('takes nodes, objects and chance from its setup, and leaves the kubelet and the provisioner out where they are played by hand', () => {
    const setup = {
      seed: 7,
      epochMs: 0,
      kubelet: 'manual',
      provisioner: 'manual',
      nodes: [
        {
          name: 'big',
          cpu: 64,
          memory: '256Gi',
          pods: 500,
          labels: { disk: 'ssd' },
          taints: [{ key: 'gpu', effect: 'NoSchedule' }],
        },
      ],
      objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } }],
    } as const;
    const cluster = newSimulation(setup);
    expect(cluster.view.list('Node')).toMatchObject([
      {
        metadata: { creationTimestamp: '1970-01-01T00:00:00Z', labels: { disk: 'ssd' } },
        spec: { taints: [{ key: 'gpu', effect: 'NoSchedule' }] },
        status: { capacity: { cpu: '64', memory: '256Gi', pods: '500' } },
      },
    ]);
    expect(cluster.view.find('ConfigMap/default/settings')).toBeDefined();
    expect(cluster.actors.has('kubelet')).toBe(false);
    expect([...cluster.actors.keys()].some((name) => name.includes('provisioner'))).toBe(false);
    expect(fingerprintOf(newSimulation(setup).world)).toBe(fingerprintOf(cluster.world));
    expect(fingerprintOf(newSimulation({ ...setup, seed: 8 }).world)).not.toBe(fingerprintOf(cluster.world));
  });

  it('stays as it is while nobody does anything', () => {
    const cluster = newSimulation();
    const before = cluster.world.store.objects.size;
    runUntil(cluster, 600_000);
    expect(cluster.view.count('Node')).toBe(DEFAULT_NODES.length);
    expect(cluster.view.count('Pod')).toBe(0);
    expect(cluster.world.store.objects.size).toBe(before);
  });

  it('throws when the API server refuses an object of the setup', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Not A Name' } };
    expect(() => newSimulation({ objects: [object] })).toThrow('ConfigMap "Not A Name" is invalid');
  });
});
