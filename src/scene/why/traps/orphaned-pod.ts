// A pod that a set has made and that has no controller any more: nobody replaces, updates or scales it (GC-3, STS-20).
import { controllerOf, isTerminating, matchesSelector, type Pod, parentNameOf } from '#kube';
import { inNamespace, kubectl } from '../steps.ts';
import type { Trap } from './trap.ts';

const MADE_BY_SET = 'statefulset.kubernetes.io/pod-name';

export const orphanedPod: Trap = {
  id: 'orphaned-pod',
  title: 'The pod has no controller',
  kinds: ['Pod'],
  applies: (input, object) => {
    const pod = object as Pod;
    const { name, namespace = '', labels } = pod.metadata;
    if (controllerOf(pod) || isTerminating(pod) || labels?.[MADE_BY_SET] === undefined) return undefined;
    const setName = parentNameOf(name);
    const set = input.view.get('StatefulSet', namespace, setName);
    // A set that is there and matches adopts it in its next sync.
    if (set && !isTerminating(set) && matchesSelector(set.spec.selector, labels)) return undefined;
    return {
      sentence: `${name} runs on without a controller: nobody replaces, updates or scales it. A StatefulSet ${setName} whose selector matches its labels adopts it.`,
      rule: 'STS-20',
      fixes: [
        kubectl(`Delete ${name}`, `delete pod ${name} --wait=false${inNamespace(pod)}`, 'Nobody creates it again.'),
      ],
    };
  },
};
