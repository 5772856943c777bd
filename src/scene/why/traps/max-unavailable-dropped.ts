// maxUnavailable is not stored while its feature gate is off, and nobody is told (API-8).
import type { StatefulSet } from '#kube';
import type { Trap } from './trap.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The maxUnavailable that was applied, whether it was stored or not. */
function appliedOf(set: StatefulSet): unknown {
  const text = set.metadata.annotations?.[LAST_APPLIED];
  if (!text?.includes('"maxUnavailable"')) return undefined;
  try {
    const applied = JSON.parse(text) as Partial<StatefulSet>;
    return applied.spec?.updateStrategy?.rollingUpdate?.maxUnavailable;
  } catch {
    // The annotation is a person's to change: what cannot be read says nothing.
    return undefined;
  }
}

export const maxUnavailableDropped: Trap = {
  id: 'max-unavailable-dropped',
  title: 'maxUnavailable was dropped',
  kinds: ['StatefulSet'],
  applies: (_, object) => {
    const set = object as StatefulSet;
    const applied = appliedOf(set);
    if (applied === undefined || set.spec.updateStrategy.rollingUpdate?.maxUnavailable !== undefined) return undefined;
    return {
      sentence: `The manifest of ${set.metadata.name} asks for maxUnavailable ${applied}, which was not stored: the feature gate MaxUnavailableStatefulSet is off in 1.36. Pods are updated one at a time.`,
      rule: 'API-8',
      fixes: [],
    };
  },
};
