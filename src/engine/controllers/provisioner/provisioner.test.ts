import { describe, expect, it } from 'vitest';
import { keyOf } from '#kube';
import { applyFault } from '../../faults/index.ts';
import { PROVISIONER_TARGET } from '../../faults/provisioner-stops.ts';
import { actNow, runUntil } from '../../kernel/index.ts';
import { newClaim, newClass } from '../../scheduler/testing/drafts.ts';
import {
  createObject,
  deleteObject,
  eventsOf,
  findObject,
  getObject,
  newTestCluster,
  reasonFor,
  run,
  runUntilQuiet,
  updateObject,
} from '../../testing/scenario.ts';
import { persistentVolumeController } from '../persistent-volume/persistent-volume-controller.ts';
import { pvProtectionController } from '../volume-protection/pv-protection-controller.ts';
import { pvcProtectionController } from '../volume-protection/pvc-protection-controller.ts';
import { provisioner } from './provisioner.ts';

const NAME = 'sim.example/provisioner';
const CLAIM = keyOf('PersistentVolumeClaim', 'default', 'data');

const newCluster = (setup: { readonly provisioner?: 'auto' | 'manual' } = {}) => {
  const cluster = newTestCluster({
    ...setup,
    hasDefaultClass: false,
    timing: { provisionMs: 1000, deleteVolumeMs: 500 },
    actors: [persistentVolumeController, provisioner, pvcProtectionController, pvProtectionController],
  });
  createObject(cluster, newClass('fast', { mountOptions: ['noatime'] }));
  return cluster;
};

const volumeOf = (cluster: ReturnType<typeof newCluster>) => {
  const { volumeName = '' } = getObject(cluster, 'PersistentVolumeClaim', 'data').spec;
  return getObject(cluster, 'PersistentVolume', volumeName);
};

describe('the simulated provisioner', () => {
  it('PV-21 needs its time for a volume', () => {
    const cluster = newCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
    run(cluster, 800);
    expect(reasonFor(cluster, NAME, CLAIM)).toMatchObject({ rule: 'PV-21', acting: false });
    expect(cluster.view.count('PersistentVolume')).toBe(0);
    run(cluster, 500);
    expect(getObject(cluster, 'PersistentVolumeClaim', 'data').status.phase).toBe('Bound');
  });

  it('FAULT-5 makes no volume while it is stopped, and goes on with every claim afterwards', () => {
    const cluster = newCluster();
    actNow(cluster, 'user', 'stop', (turn) => applyFault(turn, 'provisioner-stops', PROVISIONER_TARGET));
    createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
    run(cluster, 60_000);
    expect(reasonFor(cluster, NAME, CLAIM)).toMatchObject({ rule: 'FAULT-5', acting: false });
    expect(cluster.view.count('PersistentVolume')).toBe(0);
    actNow(cluster, 'user', 'go on', (turn) => applyFault(turn, 'provisioner-goes-on', PROVISIONER_TARGET));
    run(cluster, 5_000);
    expect(getObject(cluster, 'PersistentVolumeClaim', 'data').status.phase).toBe('Bound');
  });

  it('PV-22 makes a volume of the requested size that belongs to the claim', () => {
    const cluster = newCluster();
    const claim = createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
    runUntilQuiet(cluster);
    const volume = volumeOf(cluster);
    expect(volume.metadata.name).toBe(`pvc-${claim.metadata.uid}`);
    expect(volume.metadata.annotations).toEqual({ 'pv.kubernetes.io/provisioned-by': NAME });
    expect(volume.spec).toMatchObject({
      capacity: { storage: '1Gi' },
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: 'fast',
      mountOptions: ['noatime'],
    });
    expect(volume.spec.nodeAffinity).toBeUndefined();
    expect(eventsOf(cluster, claim).slice(1)).toEqual([
      'Normal Provisioning External provisioner is provisioning volume for claim "default/data"',
      `Normal ProvisioningSucceeded Successfully provisioned volume ${volume.metadata.name}`,
    ]);
  });

  it('PV-22 ties a volume to the zone of the chosen node where the class says so', () => {
    const cluster = newCluster();
    createObject(
      cluster,
      newClass('zonal', { volumeBindingMode: 'WaitForFirstConsumer', parameters: { topology: 'zone' } }),
    );
    createObject(cluster, newClaim('data', { storageClassName: 'zonal' }));
    runUntilQuiet(cluster);
    expect(cluster.view.count('PersistentVolume')).toBe(0);
    updateObject(cluster, CLAIM, (claim) => ({
      ...claim,
      metadata: { ...claim.metadata, annotations: { 'volume.kubernetes.io/selected-node': 'node-b' } },
    }));
    runUntilQuiet(cluster);
    expect(volumeOf(cluster).spec.nodeAffinity?.required?.nodeSelectorTerms).toEqual([
      { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['zone-b'] }] },
    ]);
  });

  it('PV-21 gives up a claim that was deleted in the meantime', () => {
    const cluster = newCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
    run(cluster, 500);
    deleteObject(cluster, CLAIM);
    runUntilQuiet(cluster);
    expect(cluster.view.count('PersistentVolume')).toBe(0);
    expect([...cluster.world.memory.keys()]).toEqual([]);
  });

  it('PV-14 and PV-23 delete a released volume, and retain one of another policy', () => {
    const cluster = newCluster();
    createObject(cluster, newClass('kept', { reclaimPolicy: 'Retain' }));
    createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
    createObject(cluster, newClaim('more', { storageClassName: 'kept' }));
    runUntilQuiet(cluster);
    const { name } = volumeOf(cluster).metadata;
    deleteObject(cluster, CLAIM);
    deleteObject(cluster, keyOf('PersistentVolumeClaim', 'default', 'more'));
    run(cluster, 300);
    expect(getObject(cluster, 'PersistentVolume', name).status.phase).toBe('Released');
    expect(reasonFor(cluster, NAME, keyOf('PersistentVolume', '', name))?.rule).toBe('PV-14');
    const rules: (string | undefined)[] = [];
    runUntil(cluster, cluster.world.counters.nowMs + 60_000, ({ why }) => rules.push(why?.rule));
    expect(findObject(cluster, 'PersistentVolume', name)).toBeUndefined();
    expect(rules).toContain('PV-23');
    expect(cluster.view.list('PersistentVolume').map(({ status }) => status.phase)).toEqual(['Released']);
  });

  it('PV-21 is off where volumes are made by hand', () => {
    const cluster = newCluster({ provisioner: 'manual' });
    createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
    runUntilQuiet(cluster);
    expect(getObject(cluster, 'PersistentVolumeClaim', 'data').status.phase).toBe('Pending');
  });
});
