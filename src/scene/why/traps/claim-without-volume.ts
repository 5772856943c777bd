// A claim without a class, or of a class that makes no volumes, takes only volumes that a person creates (PV-6, PV-9).

import type { PersistentVolumeClaim } from '#kube';
import type { WhyInput } from '../input.ts';
import { idOf } from '../input.ts';
import { applyFile, kubectl } from '../steps.ts';
import type { WhyStep } from '../types.ts';
import { pendingClaim } from './claim-reason.ts';
import type { Trap } from './trap.ts';

/** A volume of the node's own disk that the claim may have, as a manifest. */
function manifest(claim: PersistentVolumeClaim, className: string): string {
  const { name, namespace } = claim.metadata;
  const { accessModes = ['ReadWriteOnce'], resources } = claim.spec;
  return `apiVersion: v1
kind: PersistentVolume
metadata:
  name: pv-${name}
spec:
  capacity:
    storage: ${JSON.stringify(resources?.requests?.storage ?? '1Gi')}
  accessModes: ${JSON.stringify(accessModes)}
  storageClassName: ${JSON.stringify(className)}
  claimRef:
    name: ${name}
    namespace: ${namespace ?? 'default'}
  hostPath:
    path: /mnt/${name}
`;
}

/** Where the claim left its class open: a class that becomes the default one is filled in (PV-7). */
function defaultSteps(input: WhyInput, claim: PersistentVolumeClaim): WhyStep[] {
  const [first] = input.view.list('StorageClass');
  if (claim.spec.storageClassName !== undefined || !first) return [];
  const { name } = first.metadata;
  return [
    kubectl(
      `Make ${name} the default StorageClass`,
      `annotate storageclass ${name} storageclass.kubernetes.io/is-default-class=true --overwrite`,
      'Every claim that leaves its class open gets this one from now on.',
    ),
  ];
}

export const claimWithoutVolume: Trap = {
  id: 'claim-without-volume',
  title: 'Nobody makes a volume for the claim',
  kinds: ['PersistentVolumeClaim'],
  applies: (input, object) => {
    const found = pendingClaim(input, object, ['PV-6', 'PV-9']);
    if (!found) return undefined;
    const { claim, reason } = found;
    const { name } = claim.metadata;
    const className = reason.rule === 'PV-9' ? String(reason.args?.class ?? '') : '';
    return {
      sentence:
        reason.rule === 'PV-9'
          ? `${name} waits for somebody to create a volume: the StorageClass ${className} makes none by itself.`
          : `${name} has no StorageClass, so nobody makes a volume for it: it takes one that a person creates without a class.`,
      rule: reason.rule,
      about: idOf(claim),
      fixes: [
        ...defaultSteps(input, claim),
        applyFile(`Create a volume for ${name}`, `pv-${name}.yaml`, manifest(claim, className)),
      ],
    };
  },
};
