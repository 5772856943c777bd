// A pod can go where its volumes are, or where they can be had.
import { type Cycle, type Failure, type Filter, isNodeRelabelled, type NodeInfo, unresolvable } from '../plugin.ts';
import {
  boundClaimReason,
  claimsOfPod,
  NO_CLAIMS,
  type PodClaims,
  planVolumes,
  UNBOUND_IMMEDIATE,
  volumeReason,
} from '../pod-volumes.ts';

function failureOf({ view }: Cycle, { bound, delayed }: PodClaims, { node }: NodeInfo): Failure | undefined {
  const reasons: string[] = [];
  const reason = boundClaimReason(view, bound, node);
  if (reason !== undefined) reasons.push(reason);
  if (delayed.length > 0 && !planVolumes(view, delayed, node)) reasons.push(volumeReason.nothingToBind);
  return reasons.length > 0 ? unresolvable(...reasons) : undefined;
}

export const volumeBinding: Filter = {
  name: 'VolumeBinding',
  rule: 'SCHED-11',
  texts: [UNBOUND_IMMEDIATE, 'persistentvolumeclaim "', ...Object.values(volumeReason)],
  wokenBy: ['claim', 'volume', 'storage class'],
  isHelpedBy: isNodeRelabelled,
  prepare: (cycle) => {
    const claims = claimsOfPod(cycle.view, cycle.pod);
    if ('message' in claims) return { rejection: claims.message, about: claims.claim };
    return claims === NO_CLAIMS ? undefined : { check: (info) => failureOf(cycle, claims, info) };
  },
};
