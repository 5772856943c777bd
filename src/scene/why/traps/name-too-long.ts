// The label controller-revision-hash holds the set's name and a hash in 63 bytes: a longer name lets no pod be made.
import type { StatefulSet } from '#kube';
import { reasonOfSet } from '../accounts/index.ts';
import { inNamespace, kubectl } from '../steps.ts';
import type { Trap } from './trap.ts';

/** What is left for the name beside a dash and a hash of ten characters. */
const NAME_MAX = 52;

export const nameTooLong: Trap = {
  id: 'name-too-long',
  title: 'The name is too long for its pods',
  kinds: ['StatefulSet'],
  applies: (input, object) => {
    const set = object as StatefulSet;
    const { name } = set.metadata;
    const reason = reasonOfSet(input, set);
    if (name.length <= NAME_MAX || reason?.rule !== 'STS-23') return undefined;
    if (!/must be no more than 63/.test(String(reason.args?.message ?? ''))) return undefined;
    return {
      sentence: `The name ${name} has ${name.length} characters: with the hash of its revision it does not fit into the 63 bytes of a label, so no pod can be created. A name of at most ${NAME_MAX} characters fits.`,
      rule: 'STS-23',
      fixes: [
        kubectl(
          'Delete the set, to apply it under a shorter name',
          `delete statefulset ${name} --wait=false${inNamespace(set)}`,
        ),
      ],
    };
  },
};
