// A claim with its volume as the page draws it.
import { isTerminating, keyOf, type PersistentVolume, type PersistentVolumeClaim } from '#kube';
import type { SceneInput } from './pod-facts.ts';
import { reasonBy, thoughtOf } from './thought.ts';
import type { ClaimFacts } from './types.ts';

/** The zone that a volume can be used in, where its node affinity names just one. */
function zoneOf(volume: PersistentVolume | undefined): string | undefined {
  for (const term of volume?.spec.nodeAffinity?.required?.nodeSelectorTerms ?? [])
    for (const expression of term.matchExpressions ?? [])
      if (expression.key === 'topology.kubernetes.io/zone' && expression.values?.length === 1)
        return expression.values[0];
  return undefined;
}

/** The claim template that a claim of this name comes from: what stands before the set's name. */
const templateOf = (claimName: string): string => {
  const first = claimName.indexOf('-');
  return first < 0 ? claimName : claimName.slice(0, first);
};

/** The facts of a claim. O(pods that use it). */
export function claimFacts(input: SceneInput, claim: PersistentVolumeClaim): ClaimFacts {
  const { name, namespace = '', uid } = claim.metadata;
  const id = keyOf('PersistentVolumeClaim', namespace, name);
  const { volumeName, storageClassName } = claim.spec;
  const volume = volumeName ? input.view.get('PersistentVolume', '', volumeName) : undefined;
  const isUsed = input.view.podsUsingClaim(namespace, name).length > 0;
  const reason = reasonBy(input.moment, ['sim.example/provisioner', 'persistentvolume-controller'], id);
  const request = claim.spec.resources?.requests?.storage;
  const capacity = claim.status.capacity?.storage ?? (request === undefined ? undefined : String(request));
  const zone = zoneOf(volume);
  return {
    type: 'claim',
    id,
    name,
    namespace,
    uid,
    phase: claim.status.phase,
    isTerminating: isTerminating(claim),
    isKept: claim.status.phase === 'Bound' && !isUsed,
    template: templateOf(name),
    ...(storageClassName !== undefined && { storageClass: storageClassName }),
    ...(volumeName !== undefined && { volumeName }),
    ...(volume && { volumeUid: volume.metadata.uid }),
    ...(capacity !== undefined && { capacity }),
    ...(zone !== undefined && { zone }),
    ...(reason && { thought: thoughtOf(reason) }),
  };
}
