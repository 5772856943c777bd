// A ReadWriteOncePod claim serves one pod in the whole cluster.
import type { Pod } from '#kube';
import { placeOfPod } from '../node-totals.ts';
import { type Cycle, type Filter, isNodeNew, resolvable } from '../plugin.ts';

const REASON =
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';
const FAILURE = resolvable(REASON);

/** The nodes on which another pod uses one of the pod's claims that only one pod may use. */
function nodesOfRivals({ view, pod, without }: Cycle): ReadonlySet<string> {
  const namespace = pod.metadata.namespace ?? '';
  const nodes = new Set<string>();
  for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
    if (!persistentVolumeClaim) continue;
    const { claimName } = persistentVolumeClaim;
    const claim = view.get('PersistentVolumeClaim', namespace, claimName);
    if (!claim?.spec.accessModes?.includes('ReadWriteOncePod')) continue;
    for (const other of view.podsUsingClaim(namespace, claimName)) {
      const place = isRival(pod, other, without) ? placeOfPod(other) : undefined;
      if (place !== undefined) nodes.add(place);
    }
  }
  return nodes;
}

const isRival = (pod: Pod, other: Pod, without: ReadonlySet<string>): boolean =>
  other.metadata.uid !== pod.metadata.uid && !without.has(other.metadata.uid);

export const volumeRestrictions: Filter = {
  name: 'VolumeRestrictions',
  rule: 'SCHED-10',
  texts: [REASON],
  wokenBy: ['pod gone', 'claim'],
  isHelpedBy: isNodeNew,
  prepare: (cycle) => {
    const nodes = nodesOfRivals(cycle);
    // Wherever the other pod is, the claim is in use: no node will do. Only there could its removal help.
    return nodes.size === 0 ? undefined : { check: () => FAILURE };
  },
};
