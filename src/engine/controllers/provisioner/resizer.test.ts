import { describe, expect, it } from 'vitest';
import { keyOf, type PersistentVolumeClaim } from '#kube';
import { newClaim, newClass, newPod } from '../../scheduler/testing/drafts.ts';
import {
  call,
  createObject,
  eventsOf,
  getObject,
  newTestCluster,
  reasonFor,
  reportPod,
  run,
  runUntilQuiet,
  updateObject,
} from '../../testing/scenario.ts';
import { expandController } from '../persistent-volume/expand-controller.ts';
import { persistentVolumeController } from '../persistent-volume/persistent-volume-controller.ts';
import { provisioner } from './provisioner.ts';
import { resizer } from './resizer.ts';

const CLAIM = keyOf('PersistentVolumeClaim', 'default', 'data');

/** A bound claim of 1Gi that may grow, and a pod that is about to use it. */
const newCluster = () => {
  const cluster = newTestCluster({
    hasDefaultClass: false,
    timing: { resizeMs: 500, fileSystemResizeMs: 500 },
    actors: [persistentVolumeController, expandController, provisioner, resizer],
  });
  createObject(cluster, newClass('fast', { allowVolumeExpansion: true }));
  createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
  createObject(cluster, newPod('user', { claims: ['data'] }));
  runUntilQuiet(cluster);
  return cluster;
};

type TestCluster = ReturnType<typeof newCluster>;

const startUser = (cluster: TestCluster): void => {
  call(cluster, (turn) => turn.bind(keyOf('Pod', 'default', 'user'), 'node-a'));
  reportPod(cluster, 'user');
};

const grow = (cluster: TestCluster, storage: string): PersistentVolumeClaim =>
  updateObject<PersistentVolumeClaim>(cluster, CLAIM, (claim) => ({
    ...claim,
    spec: { ...claim.spec, resources: { requests: { storage } } },
  }));

const claimOf = (cluster: TestCluster) => getObject(cluster, 'PersistentVolumeClaim', 'data');
const ruleFor = (cluster: TestCluster) => reasonFor(cluster, 'external-resizer sim.example/provisioner', CLAIM)?.rule;

describe('growing claims', () => {
  it('PV-24 enlarges the volume first, PV-25 then the file system while the pod runs', () => {
    const cluster = newCluster();
    startUser(cluster);
    grow(cluster, '3Gi');
    run(cluster, 300);
    expect(claimOf(cluster).status.conditions?.map(({ type }) => type)).toEqual(['Resizing']);
    expect(ruleFor(cluster)).toBe('PV-24');
    run(cluster, 400);
    const { volumeName = '' } = claimOf(cluster).spec;
    expect(getObject(cluster, 'PersistentVolume', volumeName).spec.capacity).toEqual({ storage: '3Gi' });
    expect(claimOf(cluster).status.conditions?.map(({ type }) => type)).toEqual(['FileSystemResizePending']);
    expect(claimOf(cluster).status.capacity).toEqual({ storage: '1Gi' });
    runUntilQuiet(cluster);
    expect(claimOf(cluster).status.capacity).toEqual({ storage: '3Gi' });
    expect(claimOf(cluster).status.conditions).toBeUndefined();
    expect(eventsOf(cluster, claimOf(cluster)).slice(-4)).toEqual([
      'Normal ExternalExpanding waiting for an external controller to expand this PVC',
      `Normal Resizing External resizer is resizing volume ${volumeName}`,
      'Normal FileSystemResizeRequired Require file system resize of volume on node',
      `Normal FileSystemResizeSuccessful MountVolume.NodeExpandVolume succeeded for volume "${volumeName}"`,
    ]);
  });

  it('PV-25 waits for a pod that mounts the claim', () => {
    const cluster = newCluster();
    grow(cluster, '3Gi');
    runUntilQuiet(cluster);
    expect(claimOf(cluster).status.capacity).toEqual({ storage: '1Gi' });
    expect(ruleFor(cluster)).toBe('PV-25');
    startUser(cluster);
    runUntilQuiet(cluster);
    expect(claimOf(cluster).status.capacity).toEqual({ storage: '3Gi' });
  });
});
