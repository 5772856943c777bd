// A claim that was deleted while a pod uses it stays, marked for deletion, and goes with that pod (PV-17).
import { isTerminating, type PersistentVolumeClaim } from '#kube';
import type { Trap } from './trap.ts';

export const claimTerminating: Trap = {
  id: 'claim-terminating',
  title: 'The claim goes with its pod',
  kinds: ['PersistentVolumeClaim'],
  applies: (input, object) => {
    const claim = object as PersistentVolumeClaim;
    if (!isTerminating(claim)) return undefined;
    const { name, namespace = '' } = claim.metadata;
    const user = input.view.podsUsingClaim(namespace, name).find((pod) => !isTerminating(pod) && pod.spec.nodeName);
    if (!user) return undefined;
    return {
      sentence: `${name} is deleted while ${user.metadata.name} uses it: the claim, and its volume if its policy is Delete, go as soon as the pod does. A deletion cannot be taken back; copy the data while the pod runs.`,
      rule: 'PV-17',
      fixes: [],
    };
  },
};
