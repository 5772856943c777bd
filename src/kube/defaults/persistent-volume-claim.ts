// What the API server fills into a claim. Which class it gets is admission's work. k8s: core/v1 defaults
import { isObject, type Loose, mapObject, objectOr, withDefault, withMember } from '../loose.ts';
import { defaultAmounts, defaultClaimSpec } from './pod-spec.ts';

/** Fills a PersistentVolumeClaim, or a claim template of a StatefulSet. */
export function defaultClaim(claim: Loose): Loose {
  const spec = defaultClaimSpec(isObject(claim.spec) ? claim.spec : {});
  const status = mapObject(withDefault(objectOr(claim, 'status'), 'phase', 'Pending'), 'capacity', defaultAmounts);
  return withMember(withMember(claim, 'spec', spec), 'status', status);
}
