import { describe, expect, it } from 'vitest';
import { keyOf, type PersistentVolume, type PersistentVolumeClaim, type Pod } from '#kube';
import { newClaim, newClass, newPod, newVolume } from '../../scheduler/testing/drafts.ts';
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
  updateStatus,
} from '../../testing/scenario.ts';
import { pvProtectionController } from '../volume-protection/pv-protection-controller.ts';
import { pvcProtectionController } from '../volume-protection/pvc-protection-controller.ts';
import { persistentVolumeController } from './persistent-volume-controller.ts';

const NAME = 'persistentvolume-controller';
const claimKey = (name: string) => keyOf('PersistentVolumeClaim', 'default', name);
const volumeKey = (name: string) => keyOf('PersistentVolume', '', name);

const newCluster = () =>
  newTestCluster({
    hasDefaultClass: false,
    actors: [persistentVolumeController, pvcProtectionController, pvProtectionController],
  });

type TestCluster = ReturnType<typeof newCluster>;
const claimOf = (cluster: TestCluster, name: string) => getObject(cluster, 'PersistentVolumeClaim', name);
const volumeOf = (cluster: TestCluster, name: string) => getObject(cluster, 'PersistentVolume', name);
const ruleFor = (cluster: TestCluster, key: string) => reasonFor(cluster, NAME, key)?.rule;

describe('static binding', () => {
  it('PV-1 takes the smallest volume that is large enough', () => {
    const cluster = newCluster();
    createObject(cluster, newVolume('large', { capacity: { storage: '10Gi' } }));
    createObject(cluster, newVolume('small', { capacity: { storage: '500Mi' } }));
    createObject(cluster, newVolume('right', { capacity: { storage: '2Gi' } }));
    runUntilQuiet(cluster);
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'data').spec.volumeName).toBe('right');
    expect(volumeOf(cluster, 'right').status.phase).toBe('Bound');
    expect(volumeOf(cluster, 'large').status.phase).toBe('Available');
  });

  it('PV-1 prefers a volume with fewer access modes to a smaller one', () => {
    const cluster = newCluster();
    createObject(cluster, newVolume('many', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }));
    createObject(cluster, newVolume('one', { capacity: { storage: '5Gi' } }));
    runUntilQuiet(cluster);
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'data').spec.volumeName).toBe('one');
  });

  it('PV-1 leaves volumes of another class, access mode, volume mode or label alone', () => {
    const cluster = newCluster();
    createObject(cluster, newVolume('class', { storageClassName: 'fast' }));
    createObject(cluster, newVolume('access', { accessModes: ['ReadOnlyMany'] }));
    createObject(cluster, newVolume('mode', { volumeMode: 'Block' }));
    createObject(cluster, newVolume('label'));
    runUntilQuiet(cluster);
    createObject(cluster, newClaim('data', { storageClassName: '', selector: { matchLabels: { disk: 'ssd' } } }));
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'data').status.phase).toBe('Pending');
  });

  it('PV-2 writes the volume first and copies what it offers to the claim', () => {
    const cluster = newCluster();
    createObject(
      cluster,
      newVolume('pv', { capacity: { storage: '5Gi' }, accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] }),
    );
    runUntilQuiet(cluster);
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    const ticks = runUntilQuiet(cluster);
    expect(ticks.map(({ why }) => why?.rule)).toEqual(['PV-1', 'PV-2']);
    const claim = claimOf(cluster, 'data');
    expect(claim.status).toEqual({
      phase: 'Bound',
      accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
      capacity: { storage: '5Gi' },
    });
    expect(claim.metadata.annotations).toEqual({
      'pv.kubernetes.io/bind-completed': 'yes',
      'pv.kubernetes.io/bound-by-controller': 'yes',
    });
    const volume = volumeOf(cluster, 'pv');
    expect(volume.spec.claimRef).toMatchObject({
      kind: 'PersistentVolumeClaim',
      name: 'data',
      uid: claim.metadata.uid,
    });
    expect(volume.metadata.annotations).toEqual({ 'pv.kubernetes.io/bound-by-controller': 'yes' });
  });

  it('PV-1 gives a reserved volume to the claim it is reserved for, without a mark', () => {
    const cluster = newCluster();
    createObject(cluster, newVolume('free'));
    createObject(
      cluster,
      newVolume('mine', { capacity: { storage: '9Gi' }, claimRef: { namespace: 'default', name: 'data' } }),
    );
    runUntilQuiet(cluster);
    expect(volumeOf(cluster, 'mine').status.phase).toBe('Available');
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'data').spec.volumeName).toBe('mine');
    expect(volumeOf(cluster, 'mine').metadata.annotations).toBeUndefined();
  });

  it('PV-10 waits for the volume that a claim names, and says why it does not suit', () => {
    const cluster = newCluster();
    createObject(cluster, newClaim('data', { storageClassName: '', volumeName: 'pv' }));
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'data').status.phase).toBe('Pending');
    expect(eventsOf(cluster, claimOf(cluster, 'data'))).toEqual([]);
    createObject(cluster, newVolume('pv', { capacity: { storage: '500Mi' } }));
    runUntilQuiet(cluster);
    expect(eventsOf(cluster, claimOf(cluster, 'data'))).toEqual([
      'Warning VolumeMismatch Cannot bind to requested volume "pv": requested PV is too small',
    ]);
    expect(ruleFor(cluster, claimKey('data'))).toBe('PV-10');
    updateObject<PersistentVolume>(cluster, volumeKey('pv'), (pv) => ({
      ...pv,
      spec: { ...pv.spec, claimRef: { namespace: 'default', name: 'other' } },
    }));
    createObject(cluster, newClaim('more', { storageClassName: '', volumeName: 'pv' }));
    runUntilQuiet(cluster);
    expect(eventsOf(cluster, claimOf(cluster, 'more'))).toEqual([
      'Warning FailedBinding volume "pv" already bound to a different claim.',
    ]);
  });

  it('PV-10 binds the volume a claim names without a mark on the claim', () => {
    const cluster = newCluster();
    createObject(cluster, newVolume('pv', { capacity: { storage: '5Gi' } }));
    createObject(cluster, newVolume('other'));
    runUntilQuiet(cluster);
    createObject(cluster, newClaim('data', { storageClassName: '', volumeName: 'pv' }));
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'data').status.phase).toBe('Bound');
    expect(claimOf(cluster, 'data').metadata.annotations).toEqual({ 'pv.kubernetes.io/bind-completed': 'yes' });
  });

  it('PV-16 notices a volume that became free at the next full 15 seconds', () => {
    const cluster = newCluster();
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    run(cluster, 4_000);
    expect(ruleFor(cluster, claimKey('data'))).toBe('PV-6');
    createObject(cluster, newVolume('pv'));
    run(cluster, 10_900);
    expect(claimOf(cluster, 'data').status.phase).toBe('Pending');
    run(cluster, 200);
    expect(claimOf(cluster, 'data').status.phase).toBe('Bound');
  });

  it('PV-16 has nothing to do while nothing changes', () => {
    const cluster = newCluster();
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    runUntilQuiet(cluster);
    expect(runUntilQuiet(cluster, 1)).toEqual([]);
  });
});

describe('claims that wait', () => {
  it('PV-6 says that there is neither a volume nor a class', () => {
    const cluster = newCluster();
    createObject(cluster, newClaim('data'));
    runUntilQuiet(cluster);
    expect(eventsOf(cluster, claimOf(cluster, 'data'))).toEqual([
      'Normal FailedBinding no persistent volumes available for this claim and no storage class is set',
    ]);
  });

  it('PV-7 fills in a default class that appears later, but not where the claim asks for none', () => {
    const cluster = newCluster();
    createObject(cluster, newClaim('open'));
    createObject(cluster, newClaim('none', { storageClassName: '' }));
    run(cluster, 1_000);
    const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    createObject(cluster, { ...newClass('standard'), metadata: { name: 'standard', annotations } });
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'open').spec.storageClassName).toBe('standard');
    expect(claimOf(cluster, 'none').spec.storageClassName).toBe('');
    expect(ruleFor(cluster, claimKey('open'))).toBe('PV-5');
  });

  it('PV-8 waits for a class that does not exist, until the look after it was created', () => {
    const cluster = newCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
    run(cluster, 2_000);
    expect(eventsOf(cluster, claimOf(cluster, 'data'))).toEqual([
      'Warning ProvisioningFailed storageclass.storage.k8s.io "fast" not found',
    ]);
    expect(ruleFor(cluster, claimKey('data'))).toBe('PV-8');
    createObject(cluster, newClass('fast'));
    run(cluster, 12_900);
    expect(ruleFor(cluster, claimKey('data'))).toBe('PV-8');
    run(cluster, 200);
    expect(ruleFor(cluster, claimKey('data'))).toBe('PV-5');
  });

  it('PV-5 asks the provisioner by annotations and says so once', () => {
    const cluster = newCluster();
    createObject(cluster, newClass('fast'));
    createObject(cluster, newClaim('data', { storageClassName: 'fast' }));
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'data').metadata.annotations).toEqual({
      'volume.beta.kubernetes.io/storage-provisioner': 'sim.example/provisioner',
      'volume.kubernetes.io/storage-provisioner': 'sim.example/provisioner',
    });
    expect(eventsOf(cluster, claimOf(cluster, 'data'))).toEqual([
      "Normal ExternalProvisioning Waiting for a volume to be created either by the external provisioner 'sim.example/provisioner' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
    ]);
  });

  it('PV-5 names the CSI driver that took over a built-in provisioner', () => {
    const cluster = newCluster();
    createObject(cluster, newClass('ebs', { provisioner: 'kubernetes.io/aws-ebs' }));
    createObject(cluster, newClaim('data', { storageClassName: 'ebs' }));
    runUntilQuiet(cluster);
    expect(reasonFor(cluster, NAME, claimKey('data'))?.args?.provisioner).toBe('ebs.csi.aws.com');
  });

  it('PV-9 waits for a person where the class makes no volumes', () => {
    const cluster = newCluster();
    createObject(cluster, newClass('local', { provisioner: 'kubernetes.io/no-provisioner' }));
    createObject(cluster, newClaim('data', { storageClassName: 'local' }));
    runUntilQuiet(cluster);
    expect(eventsOf(cluster, claimOf(cluster, 'data'))).toEqual([
      'Warning ProvisioningFailed no volume plugin matched name: kubernetes.io/no-provisioner',
    ]);
  });

  it('PV-3 leaves a claim alone until a pod that uses it has a node', () => {
    const cluster = newCluster();
    createObject(cluster, newClass('late', { volumeBindingMode: 'WaitForFirstConsumer' }));
    createObject(cluster, newVolume('pv', { storageClassName: 'late' }));
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    runUntilQuiet(cluster);
    expect(eventsOf(cluster, claimOf(cluster, 'data'))).toEqual([
      'Normal WaitForFirstConsumer waiting for first consumer to be created before binding',
    ]);
    updateObject<PersistentVolumeClaim>(cluster, claimKey('data'), (claim) => ({
      ...claim,
      metadata: { ...claim.metadata, annotations: { 'volume.kubernetes.io/selected-node': 'node-a' } },
    }));
    runUntilQuiet(cluster);
    expect(ruleFor(cluster, claimKey('data'))).toBe('PV-5');
  });

  it('PV-4 names the pods that were refused, at the next look', () => {
    const cluster = newCluster();
    createObject(cluster, newClass('late', { volumeBindingMode: 'WaitForFirstConsumer' }));
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    for (const name of ['b', 'a']) createObject(cluster, newPod(name, { claims: ['data'] }));
    run(cluster, 1_000);
    for (const name of ['b', 'a']) refuse(cluster, name);
    runUntilQuiet(cluster);
    expect(eventsOf(cluster, claimOf(cluster, 'data')).at(-1)).toBe(
      'Normal WaitForPodScheduled waiting for pods a,b to be scheduled',
    );
  });
});

/** Marks a pod as the scheduler does when it finds no node. */
function refuse(cluster: TestCluster, name: string): void {
  const conditions = [{ type: 'PodScheduled', status: 'False' as const, reason: 'Unschedulable' }];
  updateStatus<Pod>(cluster, keyOf('Pod', 'default', name), (pod) => ({
    ...pod,
    status: { ...pod.status, conditions },
  }));
}

describe('claims and volumes that part', () => {
  const bound = () => {
    const cluster = newCluster();
    createObject(cluster, newVolume('pv'));
    runUntilQuiet(cluster);
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    runUntilQuiet(cluster);
    return cluster;
  };

  it('API-20 moves the time of a volume with its phase, and leaves it alone otherwise', () => {
    const cluster = newCluster();
    const since = () => volumeOf(cluster, 'pv').status.lastPhaseTransitionTime;
    expect(createObject(cluster, newVolume('pv')).status).toEqual({
      phase: 'Pending',
      lastPhaseTransitionTime: '2026-01-01T00:00:00Z',
    });
    run(cluster, 5000);
    expect(since()).toBe('2026-01-01T00:00:00Z');
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    run(cluster, 5000);
    expect(volumeOf(cluster, 'pv').status.phase).toBe('Bound');
    expect(since()).toBe('2026-01-01T00:00:05Z');
    updateStatus<PersistentVolume>(cluster, volumeKey('pv'), (volume) => ({
      ...volume,
      status: { phase: 'Bound', message: 'hello' },
    }));
    expect(volumeOf(cluster, 'pv').status).toMatchObject({ message: 'hello' });
    expect(since()).toBe('2026-01-01T00:00:05Z');
  });

  it('PV-13 keeps a released volume and its old reference, and gives it to nobody', () => {
    const cluster = bound();
    deleteObject(cluster, claimKey('data'));
    runUntilQuiet(cluster);
    expect(findObject(cluster, 'PersistentVolumeClaim', 'data')).toBeUndefined();
    expect(volumeOf(cluster, 'pv').status.phase).toBe('Released');
    expect(ruleFor(cluster, volumeKey('pv'))).toBe('PV-13');
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'data').status.phase).toBe('Pending');
  });

  it('PV-11 makes a released volume available again when a person removes the reference', () => {
    const cluster = bound();
    deleteObject(cluster, claimKey('data'));
    runUntilQuiet(cluster);
    updateObject<PersistentVolume>(cluster, volumeKey('pv'), (pv) => {
      const { claimRef: _old, ...spec } = pv.spec;
      return { ...pv, spec };
    });
    runUntilQuiet(cluster);
    expect(volumeOf(cluster, 'pv').status.phase).toBe('Available');
    expect(ruleFor(cluster, volumeKey('pv'))).toBe('PV-11');
  });

  it('PV-12 calls a claim Lost whose volume is gone, once and for all', () => {
    const cluster = bound();
    updateObject<PersistentVolume>(cluster, volumeKey('pv'), (pv) => ({
      ...pv,
      metadata: { ...pv.metadata, finalizers: [] },
    }));
    deleteObject(cluster, volumeKey('pv'));
    runUntilQuiet(cluster);
    expect(claimOf(cluster, 'data').status).toEqual({ phase: 'Lost' });
    expect(eventsOf(cluster, claimOf(cluster, 'data'))).toEqual([
      'Warning ClaimLost Bound claim has lost its PersistentVolume. Data on the volume is lost!',
    ]);
  });

  it('PV-12 calls a claim Lost whose volume belongs to another', () => {
    const cluster = bound();
    updateObject<PersistentVolume>(cluster, volumeKey('pv'), (pv) => ({
      ...pv,
      spec: { ...pv.spec, claimRef: { ...pv.spec.claimRef, name: 'other', uid: 'another' } },
    }));
    updateObject<PersistentVolumeClaim>(cluster, claimKey('data'), (claim) => ({
      ...claim,
      metadata: { ...claim.metadata, labels: { looked: 'at' } },
    }));
    runUntilQuiet(cluster);
    expect(eventsOf(cluster, claimOf(cluster, 'data'))).toEqual([
      'Warning ClaimMisbound Two claims are bound to the same volume, this one is bound incorrectly',
    ]);
  });

  it('PV-15 fails to delete a volume that no provisioner made', () => {
    const cluster = newCluster();
    createObject(cluster, newVolume('pv', { persistentVolumeReclaimPolicy: 'Delete' }));
    runUntilQuiet(cluster);
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    runUntilQuiet(cluster);
    deleteObject(cluster, claimKey('data'));
    runUntilQuiet(cluster);
    expect(volumeOf(cluster, 'pv').status.phase).toBe('Failed');
    expect(eventsOf(cluster, volumeOf(cluster, 'pv'))).toEqual([
      'Warning VolumeFailedDelete error getting deleter volume plugin for volume "pv": no deletable volume plugin matched',
    ]);
  });

  it('PV-15 deletes a directory under /tmp, and no other', () => {
    const cluster = newCluster();
    const spec = { persistentVolumeReclaimPolicy: 'Delete' };
    createObject(cluster, newVolume('temporary', { ...spec, hostPath: { path: '/tmp/pv' } }));
    createObject(cluster, newVolume('other', { ...spec, hostPath: { path: '/mnt/pv' } }));
    runUntilQuiet(cluster);
    for (const name of ['a', 'b']) createObject(cluster, newClaim(name, { storageClassName: '' }));
    runUntilQuiet(cluster);
    for (const name of ['a', 'b']) deleteObject(cluster, claimKey(name));
    runUntilQuiet(cluster);
    expect(findObject(cluster, 'PersistentVolume', 'temporary')).toBeUndefined();
    expect(eventsOf(cluster, volumeOf(cluster, 'other'))).toEqual([
      'Warning VolumeFailedDelete host_path deleter only supports /tmp/.+ but received provided /mnt/pv',
    ]);
  });

  it('PV-15 hands out a recycled directory again', () => {
    const cluster = newCluster();
    createObject(cluster, newVolume('pv', { persistentVolumeReclaimPolicy: 'Recycle', hostPath: { path: '/tmp/pv' } }));
    runUntilQuiet(cluster);
    createObject(cluster, newClaim('data', { storageClassName: '' }));
    runUntilQuiet(cluster);
    deleteObject(cluster, claimKey('data'));
    runUntilQuiet(cluster);
    expect(volumeOf(cluster, 'pv').status.phase).toBe('Available');
    expect(volumeOf(cluster, 'pv').spec.claimRef).toBeUndefined();
  });
});
