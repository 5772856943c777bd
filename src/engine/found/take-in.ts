// A cluster that did not begin here: its objects are taken in as they are, with their uids, times and states, and what
// controllers and nodes would know of them is read back.
import { type KubeObject, keyOf } from '#kube';
import { endpointSliceController } from '../controllers/endpoint-slice/endpoint-slice-controller.ts';
import { elsewhereKey } from '../controllers/garbage-collector/owners.ts';
import { annotation } from '../controllers/persistent-volume/annotations.ts';
import { driverOf } from '../controllers/persistent-volume/storage-class.ts';
import { foundProvisionerKey } from '../controllers/provisioner/provisioned-volume.ts';
import { actNow, type Cluster, done, takeInObjects } from '../kernel/index.ts';
import { adoptNodes } from '../kubelet/index.ts';

/**
 * Takes the objects of a living cluster into a new world.
 * @param isNowKnown whether virtual time 0 is when they were looked at, but for minutes
 */
export function takeInFound(cluster: Cluster, objects: readonly KubeObject[], isNowKnown: boolean): void {
  const { counters } = cluster.world;
  for (const { metadata } of objects) {
    const version = Number(metadata.resourceVersion);
    if (Number.isSafeInteger(version)) counters.resourceVersion = Math.max(counters.resourceVersion, version);
  }
  takeInObjects(cluster, objects);
  actNow(cluster, 'bootstrap', 'found', (turn) => {
    const uids = new Set(objects.map(({ metadata }) => metadata.uid));
    // GC-8: an owner of a living object is in its cluster, whether it was looked at or not.
    for (const object of objects)
      for (const ref of object.metadata.ownerReferences ?? [])
        if (!uids.has(ref.uid)) turn.remember(elsewhereKey(ref.uid), true);
    for (const { metadata } of turn.view.list('PersistentVolume')) {
      const name = metadata.annotations?.[annotation.provisionedBy];
      if (name === undefined) continue;
      turn.remember(foundProvisionerKey(name), true);
      // Provisioners that were built in once go by their driver's name on claims.
      turn.remember(foundProvisionerKey(driverOf(name)), true);
    }
    adoptNodes(turn, isNowKnown);
    // Names were answered all the time: slices that were not looked at are there before anything moves.
    for (const { metadata } of turn.view.list('Service'))
      if (turn.view.ownedCount(metadata.uid) === 0)
        endpointSliceController.reconcile(turn, keyOf('Service', metadata.namespace, metadata.name));
    return done;
  });
}
