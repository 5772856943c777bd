// A claim of a StorageClass that does not exist waits for ever (PV-8).
import { applyFile } from '../steps.ts';
import { pendingClaim } from './claim-reason.ts';
import type { Trap } from './trap.ts';

const manifest = (name: string): string => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: ${JSON.stringify(name)}
provisioner: sim.example/provisioner
volumeBindingMode: WaitForFirstConsumer
`;

export const classMissing: Trap = {
  id: 'class-missing',
  title: 'The StorageClass does not exist',
  kinds: ['PersistentVolumeClaim'],
  applies: (input, object) => {
    const found = pendingClaim(input, object, ['PV-8']);
    if (!found) return undefined;
    const name = String(found.reason.args?.class ?? '');
    return {
      sentence: `${found.claim.metadata.name} asks for the StorageClass ${name}, which does not exist. It waits until somebody creates that class; the class of a claim cannot be changed.`,
      rule: 'PV-8',
      fixes: [applyFile(`Create the StorageClass ${name}`, `${name}.yaml`, manifest(name))],
    };
  },
};
