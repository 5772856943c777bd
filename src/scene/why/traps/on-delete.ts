// With OnDelete no pod is updated unless somebody deletes it (STS-14).
import { partsOfKey, type StatefulSet } from '#kube';
import { reasonOfSet } from '../accounts/index.ts';
import { inNamespace, kubectl, patch } from '../steps.ts';
import { count } from '../words.ts';
import type { Trap } from './trap.ts';

export const onDelete: Trap = {
  id: 'on-delete',
  title: 'OnDelete updates no pod by itself',
  kinds: ['StatefulSet'],
  applies: (input, object) => {
    const set = object as StatefulSet;
    const reason = reasonOfSet(input, set);
    if (reason?.rule !== 'STS-14' || reason.about === undefined) return undefined;
    const { name } = partsOfKey(reason.about);
    const others = set.status.replicas - (set.status.updatedReplicas ?? 0) - 1;
    const who =
      others > 0
        ? `${name} and ${count(others, 'more pod')} of an old template stay until somebody deletes them`
        : `${name} stays at its old template until somebody deletes it`;
    return {
      sentence: `The update strategy of ${set.metadata.name} is OnDelete: ${who}.`,
      rule: 'STS-14',
      fixes: [
        kubectl(`Delete ${name}`, `delete pod ${name} --wait=false${inNamespace(set)}`),
        patch('Update by itself from now on', 'statefulset', set, {
          spec: { updateStrategy: { type: 'RollingUpdate' } },
        }),
      ],
    };
  },
};
