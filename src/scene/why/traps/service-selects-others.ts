// A governing Service whose selector does not match the pods, or that has none, has no endpoints (DNS-13, DNS-9).
import { matchesLabels, type StringMap } from '#kube';
import { patch } from '../steps.ts';
import { pairOf, selectorOf, serviceIdOf } from './governing-service.ts';
import type { Trap } from './trap.ts';

/** What a merge patch needs to put one selector in the place of another: keys that go are set to null. */
function replaced(before: StringMap, after: StringMap): Record<string, string | null> {
  const gone = Object.keys(before).filter((key) => after[key] === undefined);
  return { ...Object.fromEntries(gone.map((key) => [key, null])), ...after };
}

export const serviceSelectsOthers: Trap = {
  id: 'service-selects-others',
  title: 'The governing Service does not select the pods',
  kinds: ['StatefulSet', 'Service'],
  applies: (input, object) => {
    const pair = pairOf(input, object);
    if (!pair?.service || pair.service.spec.type === 'ExternalName') return undefined;
    const { set, name, service } = pair;
    const selector = service.spec.selector ?? {};
    const labels = set.spec.template.metadata?.labels ?? {};
    const isEmpty = Object.keys(selector).length === 0;
    if (!isEmpty && matchesLabels(selector, labels)) return undefined;
    const misfit = Object.entries(selector).find(([key, value]) => labels[key] !== value);
    const pods = `the pods of ${set.metadata.name}`;
    return {
      sentence: isEmpty
        ? `Service ${name} has no selector: nobody puts ${pods} behind it, and their names do not resolve.`
        : `Service ${name} selects ${misfit?.[0]}=${misfit?.[1]}, which ${pods} do not carry: their names do not resolve.`,
      rule: isEmpty ? 'DNS-9' : 'DNS-13',
      about: serviceIdOf(pair),
      fixes: [
        patch(`Let ${name} select ${pods}`, 'service', service, {
          spec: { selector: replaced(selector, selectorOf(set)) },
        }),
      ],
    };
  },
};
