// The volumes of the cluster by who may take them, so that binding one claim does not look at every volume.
import type { KubeObject, PersistentVolume } from '#kube';
import type { Derived } from '../../kernel/index.ts';
import { classOfVolume } from './storage-class.ts';

export interface VolumeIndex {
  /** Volumes that no claim refers to, by class and then by name. */
  readonly free: Map<string, Map<string, PersistentVolume>>;
  /** Volumes that name a claim, by `namespace/name` of the claim and then by name. */
  readonly byClaim: Map<string, Map<string, PersistentVolume>>;
}

/** The place of a claim in the index. */
export const claimPlace = (namespace: string | undefined, name: string | undefined): string =>
  `${namespace ?? ''}/${name ?? ''}`;

function mapOf(
  index: VolumeIndex,
  volume: PersistentVolume,
): readonly [Map<string, Map<string, PersistentVolume>>, string] {
  const ref = volume.spec.claimRef;
  return ref === undefined ? [index.free, classOfVolume(volume)] : [index.byClaim, claimPlace(ref.namespace, ref.name)];
}

/** Kept by the store with every write of a volume. */
export const volumeIndex: Derived<VolumeIndex> = {
  kind: 'PersistentVolume',
  create: () => ({ free: new Map(), byClaim: new Map() }),
  change: (index, before: KubeObject | undefined, after: KubeObject | undefined) => {
    if (before) {
      const [map, place] = mapOf(index, before as PersistentVolume);
      const members = map.get(place);
      members?.delete(before.metadata.name);
      if (members?.size === 0) map.delete(place);
    }
    if (after) {
      const [map, place] = mapOf(index, after as PersistentVolume);
      const members = map.get(place);
      if (members) members.set(after.metadata.name, after as PersistentVolume);
      else map.set(place, new Map([[after.metadata.name, after as PersistentVolume]]));
    }
  },
};
