import { describe, expect, it } from 'vitest';
import { keyOf } from '#kube';
import { persistentVolumeController } from '../controllers/persistent-volume/persistent-volume-controller.ts';
import { provisioner } from '../controllers/provisioner/provisioner.ts';
import {
  createObject,
  deleteObject,
  eventsOf,
  getObject,
  newTestCluster,
  reasonFor,
  run,
  runUntilQuiet,
  updateObject,
} from '../testing/scenario.ts';
import { defaultScheduler } from './default-scheduler.ts';
import { AFTER, cordon, NO_HELP, NO_VICTIMS, nodeOf, podKey, refusalTextOf, ruleFor } from './testing/cluster.ts';
import { newClaim, newClass, newPod, newVolume, onHost } from './testing/drafts.ts';

describe('volumes', () => {
  const newStorageCluster = () => {
    const cluster = newTestCluster({
      hasDefaultClass: false,
      timing: { provisionMs: 1000 },
      actors: [defaultScheduler, persistentVolumeController, provisioner],
    });
    createObject(cluster, newClass('now'));
    createObject(cluster, newClass('late', { volumeBindingMode: 'WaitForFirstConsumer' }));
    const local = { provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer' };
    createObject(cluster, newClass('local', local));
    return cluster;
  };

  it('SCHED-11 refuses a pod whose claim is missing or not bound yet, whatever the node', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 100);
    expect(refusalTextOf(cluster, 'a')).toBe(
      '0/3 nodes are available: persistentvolumeclaim "data" not found. not found',
    );
    createObject(cluster, newClaim('data', { storageClassName: 'now' }));
    run(cluster, 100);
    expect(refusalTextOf(cluster, 'a')).toBe(
      '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found',
    );
    expect(reasonFor(cluster, 'default-scheduler', podKey('a'))).toMatchObject({
      rule: 'SCHED-11',
      about: keyOf('PersistentVolumeClaim', 'default', 'data'),
    });
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('node-a');
  });

  it('SCHED-3 chooses a node first where the class waits for it, and binds the pod after its volumes', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 500);
    const claim = getObject(cluster, 'PersistentVolumeClaim', 'data');
    expect(claim.metadata.annotations?.['volume.kubernetes.io/selected-node']).toBe('node-a');
    expect(nodeOf(cluster, 'a')).toBeUndefined();
    expect(getObject(cluster, 'Pod', 'a').status.nominatedNodeName).toBe('node-a');
    expect(ruleFor(cluster, 'a')).toBe('SCHED-3');
    run(cluster, 1_000);
    expect(nodeOf(cluster, 'a')).toBe('node-a');
    expect(getObject(cluster, 'Pod', 'a').status.nominatedNodeName).toBeUndefined();
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'a'))).toEqual([
      'Normal Scheduled Successfully assigned default/a to node-a',
    ]);
  });

  it('SCHED-3 counts a pod that waits for its volumes as on its node', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    createObject(cluster, newPod('a', { claims: ['data'], requests: { cpu: '4' } }));
    run(cluster, 100);
    createObject(cluster, newPod('b', { requests: { cpu: '4' } }));
    run(cluster, 100);
    expect(nodeOf(cluster, 'b')).toBe('node-b');
  });

  it('SCHED-3 reserves a local volume and goes to its node', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newVolume('disk', { storageClassName: 'local', nodeAffinity: onHost('node-c') }));
    run(cluster, 100);
    createObject(cluster, newClaim('data', { storageClassName: 'local' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 1_000);
    expect(nodeOf(cluster, 'a')).toBe('node-c');
    expect(getObject(cluster, 'PersistentVolumeClaim', 'data').spec.volumeName).toBe('disk');
  });

  it('SCHED-11 keeps a pod to the nodes that reach its volume, and waits for a volume where none can be made', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newVolume('disk', { storageClassName: 'local', nodeAffinity: onHost('node-c') }));
    run(cluster, 100);
    createObject(cluster, newClaim('data', { storageClassName: 'local' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 1_000);
    deleteObject(cluster, podKey('a'), { gracePeriodSeconds: 0 });
    cordon(cluster, 'node-c');
    createObject(cluster, newPod('b', { claims: ['data'] }));
    run(cluster, 1_000);
    expect(refusalTextOf(cluster, 'b')).toBe(
      `0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match PersistentVolume's node affinity. ${AFTER} 0/3 nodes are available: 3 ${NO_HELP}.`,
    );
    createObject(cluster, newClaim('more', { storageClassName: 'local' }));
    createObject(cluster, newPod('c', { claims: ['more'] }));
    run(cluster, 100);
    expect(refusalTextOf(cluster, 'c')).toContain("2 node(s) didn't find available persistent volumes to bind");
    createObject(cluster, newVolume('new', { storageClassName: 'local', nodeAffinity: onHost('node-b') }));
    run(cluster, 1_000);
    expect(nodeOf(cluster, 'c')).toBe('node-b');
  });

  it('SCHED-4 gives up a node that was taken off the claim, and tries again', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 300);
    updateObject(cluster, keyOf('PersistentVolumeClaim', 'default', 'data'), (claim) => {
      const { annotations: _all, ...metadata } = claim.metadata;
      return { ...claim, metadata };
    });
    run(cluster, 300);
    expect(eventsOf(cluster, getObject(cluster, 'Pod', 'a'))).toEqual([
      'Warning FailedScheduling running PreBind plugin "VolumeBinding": binding volumes: provisioning failed for PVC "data"',
    ]);
    expect(ruleFor(cluster, 'a')).toBe('SCHED-4');
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'a')).toBe('node-a');
  });

  it('SCHED-4 gives up after ten minutes', () => {
    const cluster = newTestCluster({ hasDefaultClass: false, actors: [defaultScheduler, persistentVolumeController] });
    createObject(cluster, newClass('late', { provisioner: 'gone.example', volumeBindingMode: 'WaitForFirstConsumer' }));
    createObject(cluster, newClaim('data', { storageClassName: 'late' }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    run(cluster, 599_000);
    expect(ruleFor(cluster, 'a')).toBe('SCHED-3');
    run(cluster, 1_500);
    expect(refusalTextOf(cluster, 'a')).toBe(
      'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
    );
  });

  it('SCHED-10 keeps a second pod from a claim that is for one pod', () => {
    const cluster = newStorageCluster();
    createObject(cluster, newClaim('data', { storageClassName: 'now', accessModes: ['ReadWriteOncePod'] }));
    createObject(cluster, newPod('a', { claims: ['data'] }));
    runUntilQuiet(cluster);
    createObject(cluster, newPod('b', { claims: ['data'] }));
    runUntilQuiet(cluster);
    expect(refusalTextOf(cluster, 'b')).toBe(
      `0/3 nodes are available: 3 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod. ${AFTER} 0/3 nodes are available: 3 ${NO_VICTIMS}.`,
    );
    expect(ruleFor(cluster, 'b')).toBe('SCHED-10');
    deleteObject(cluster, podKey('a'), { gracePeriodSeconds: 0 });
    runUntilQuiet(cluster);
    expect(nodeOf(cluster, 'b')).toBe('node-a');
  });
});
