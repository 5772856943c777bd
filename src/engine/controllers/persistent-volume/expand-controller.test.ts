import { describe, expect, it } from 'vitest';
import { keyOf, type PersistentVolumeClaim } from '#kube';
import { newClaim, newClass, newVolume } from '../../scheduler/testing/drafts.ts';
import {
  createObject,
  eventsOf,
  getObject,
  newTestCluster,
  reasonFor,
  runUntilQuiet,
  updateObject,
  updateStatus,
} from '../../testing/scenario.ts';
import { expandController } from './expand-controller.ts';
import { persistentVolumeController } from './persistent-volume-controller.ts';

const CLAIM = keyOf('PersistentVolumeClaim', 'default', 'data');

const newCluster = () => {
  const cluster = newTestCluster({
    hasDefaultClass: false,
    actors: [persistentVolumeController, expandController],
    provisioner: 'manual',
  });
  createObject(cluster, newClass('fast', { allowVolumeExpansion: true }));
  createObject(cluster, newVolume('large', { capacity: { storage: '2Gi' }, storageClassName: 'fast' }));
  createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
  runUntilQuiet(cluster);
  return cluster;
};

const grow = (cluster: ReturnType<typeof newCluster>, storage: string) => {
  updateObject<PersistentVolumeClaim>(cluster, CLAIM, (claim) => ({
    ...claim,
    spec: { ...claim.spec, resources: { requests: { storage } } },
  }));
  runUntilQuiet(cluster);
};

const expanding = (cluster: ReturnType<typeof newCluster>): string[] =>
  eventsOf(cluster, getObject(cluster, 'PersistentVolumeClaim', 'data')).filter((event) =>
    event.includes('ExternalExpanding'),
  );
const ruleFor = (cluster: ReturnType<typeof newCluster>) =>
  reasonFor(cluster, 'persistentvolume-expander-controller', CLAIM)?.rule;

describe('claims that ask for more', () => {
  it('PV-26 wait for an outside controller, which is told once for each wish', () => {
    const cluster = newCluster();
    grow(cluster, '3Gi');
    expect(expanding(cluster)).toEqual([
      'Normal ExternalExpanding waiting for an external controller to expand this PVC',
    ]);
    expect(ruleFor(cluster)).toBe('PV-26');
    updateStatus<PersistentVolumeClaim>(cluster, CLAIM, (claim) => ({
      ...claim,
      status: { ...claim.status, capacity: { storage: '3Gi' } },
    }));
    runUntilQuiet(cluster);
    expect(ruleFor(cluster)).toBeUndefined();
    expect(expanding(cluster)).toHaveLength(1);
  });

  it('PV-26 wait for nothing while they have as much as they ask for', () => {
    const cluster = newCluster();
    expect(getObject(cluster, 'PersistentVolumeClaim', 'data').status.capacity).toEqual({ storage: '2Gi' });
    grow(cluster, '2Gi');
    expect(expanding(cluster)).toEqual([]);
    expect(ruleFor(cluster)).toBeUndefined();
  });
});
