// Volumes of older provisioners say by labels in which zone they are.
import type { Node, PersistentVolume } from '#kube';
import { isClaimBound } from '../../controllers/persistent-volume/volume-matching.ts';
import { type Filter, isNodeRelabelled, unresolvable } from '../plugin.ts';

const REASON = 'node(s) had no available volume zone';
const FAILURE = unresolvable(REASON);
const LABELS = [
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
];
/** Several zones in one label. k8s: cloud-provider volume helpers */
const SEPARATOR = '__';

const isInZone = (volume: PersistentVolume, node: Node): boolean =>
  LABELS.every((label) => {
    const value = volume.metadata.labels?.[label];
    return value === undefined || value.split(SEPARATOR).includes(node.metadata.labels?.[label] ?? '');
  });

export const volumeZone: Filter = {
  name: 'VolumeZone',
  rule: 'SCHED-11',
  texts: [REASON],
  wokenBy: ['claim', 'volume'],
  isHelpedBy: isNodeRelabelled,
  prepare: ({ view, pod }) => {
    const volumes: PersistentVolume[] = [];
    for (const { persistentVolumeClaim } of pod.spec.volumes ?? []) {
      if (!persistentVolumeClaim) continue;
      const claim = view.get('PersistentVolumeClaim', pod.metadata.namespace ?? '', persistentVolumeClaim.claimName);
      const volume =
        claim && isClaimBound(claim) ? view.get('PersistentVolume', '', claim.spec.volumeName ?? '') : undefined;
      if (volume && LABELS.some((label) => volume.metadata.labels?.[label] !== undefined)) volumes.push(volume);
    }
    if (volumes.length === 0) return undefined;
    return { check: ({ node }) => (volumes.every((volume) => isInZone(volume, node)) ? undefined : FAILURE) };
  },
};
