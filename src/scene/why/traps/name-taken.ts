// A pod that is not the set's has the name of one that the set wants to create (STS-22).
import { controllerOf, isTerminating, matchesSelector, type Pod, type StatefulSet } from '#kube';
import { reasonOfSet } from '../accounts/index.ts';
import { idOf, type WhyInput } from '../input.ts';
import { inNamespace, kubectl } from '../steps.ts';
import type { WhyStep } from '../types.ts';
import type { Caught, Trap } from './trap.ts';

/**
 * A pod without a controller becomes the set's when it gets the labels that the set selects (STS-20). One that lacks
 * the set's claims could not be put right (STS-8).
 */
function adoptSteps(set: StatefulSet, pod: Pod): WhyStep[] {
  const wanted = Object.entries(set.spec.selector.matchLabels ?? {});
  const isSelectable = wanted.length > 0 && !set.spec.selector.matchExpressions?.length;
  if (set.spec.volumeClaimTemplates?.length) return [];
  if (controllerOf(pod) || !isSelectable || matchesSelector(set.spec.selector, pod.metadata.labels)) return [];
  const pairs = wanted.map(([key, value]) => `${key}=${value}`).join(' ');
  return [
    kubectl(
      `Let ${set.metadata.name} adopt ${pod.metadata.name}`,
      `label pod ${pod.metadata.name} ${pairs} --overwrite${inNamespace(pod)}`,
      'It becomes a pod of the set as it is, whatever it was made of.',
    ),
  ];
}

function caught(input: WhyInput, set: StatefulSet): { readonly pod: Pod; readonly caught: Caught } | undefined {
  const reason = reasonOfSet(input, set);
  const pod =
    reason?.rule === 'STS-22' && reason.about ? (input.view.find(reason.about) as Pod | undefined) : undefined;
  if (!pod || isTerminating(pod)) return undefined;
  const { name } = pod.metadata;
  const isOrdered = set.spec.podManagementPolicy === 'OrderedReady';
  return {
    pod,
    caught: {
      sentence: `${set.metadata.name} cannot create ${name}: a pod of that name is there and is not one of the set's.${isOrdered ? ' It stands in the way of every pod after it.' : ''}`,
      rule: 'STS-22',
      about: idOf(pod),
      fixes: [
        ...adoptSteps(set, pod),
        kubectl(
          `Delete the other ${name}`,
          `delete pod ${name} --wait=false${inNamespace(pod)}`,
          'It is gone for good.',
        ),
      ],
    },
  };
}

export const nameTaken: Trap = {
  id: 'name-taken',
  title: 'Another pod has the name',
  kinds: ['StatefulSet', 'Pod'],
  applies: (input, object) => {
    if (object.kind === 'StatefulSet') return caught(input, object as StatefulSet)?.caught;
    for (const set of input.view.list('StatefulSet', object.metadata.namespace ?? '')) {
      if (!object.metadata.name.startsWith(`${set.metadata.name}-`)) continue;
      const found = caught(input, set);
      if (found?.pod === object) return found.caught;
    }
    return undefined;
  },
};
