import { describe, expect, it } from 'vitest';
import { keyOf } from '#kube';
import { newClaim, newPod, newVolume } from '../../scheduler/testing/drafts.ts';
import {
  call,
  createObject,
  deleteObject,
  findObject,
  getObject,
  newTestCluster,
  reasonFor,
  runUntilQuiet,
} from '../../testing/scenario.ts';
import { persistentVolumeController } from '../persistent-volume/persistent-volume-controller.ts';
import { pvProtectionController } from './pv-protection-controller.ts';
import { pvcProtectionController } from './pvc-protection-controller.ts';

const CLAIM = keyOf('PersistentVolumeClaim', 'default', 'data');
const VOLUME = keyOf('PersistentVolume', '', 'pv');
const POD = keyOf('Pod', 'default', 'user');

const newCluster = () => {
  const cluster = newTestCluster({
    hasDefaultClass: false,
    actors: [persistentVolumeController, pvcProtectionController, pvProtectionController],
  });
  createObject(cluster, newVolume('pv'));
  runUntilQuiet(cluster);
  createObject(cluster, newClaim('data', { storageClassName: '' }));
  createObject(cluster, newPod('user', { claims: ['data'] }));
  runUntilQuiet(cluster);
  return cluster;
};

describe('protection of claims and volumes in use', () => {
  it('PV-17 keeps a deleted claim while a pod with a node uses it', () => {
    const cluster = newCluster();
    call(cluster, (turn) => turn.bind(POD, 'node-a'));
    deleteObject(cluster, CLAIM);
    runUntilQuiet(cluster);
    expect(getObject(cluster, 'PersistentVolumeClaim', 'data').metadata.deletionTimestamp).toBeDefined();
    expect(reasonFor(cluster, 'pvc-protection-controller', CLAIM)).toMatchObject({ rule: 'PV-17', about: POD });
    deleteObject(cluster, POD, { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(findObject(cluster, 'PersistentVolumeClaim', 'data')).toBeUndefined();
  });

  it('PV-18 lets a claim go that only a pod without a node uses', () => {
    const cluster = newCluster();
    deleteObject(cluster, CLAIM);
    runUntilQuiet(cluster);
    expect(findObject(cluster, 'PersistentVolumeClaim', 'data')).toBeUndefined();
    expect(reasonFor(cluster, 'pvc-protection-controller', CLAIM)?.rule).toBe('PV-18');
  });

  it('PV-19 keeps a deleted volume while it is bound', () => {
    const cluster = newCluster();
    deleteObject(cluster, VOLUME);
    runUntilQuiet(cluster);
    expect(getObject(cluster, 'PersistentVolume', 'pv').metadata.deletionTimestamp).toBeDefined();
    expect(reasonFor(cluster, 'pv-protection-controller', VOLUME)).toMatchObject({ rule: 'PV-19', about: CLAIM });
  });

  it('PV-20 lets a deleted volume go once its claim is gone', () => {
    const cluster = newCluster();
    deleteObject(cluster, VOLUME);
    runUntilQuiet(cluster);
    deleteObject(cluster, CLAIM);
    runUntilQuiet(cluster);
    expect(findObject(cluster, 'PersistentVolume', 'pv')).toBeUndefined();
    expect(reasonFor(cluster, 'pv-protection-controller', VOLUME)?.rule).toBe('PV-20');
  });
});
