// What the binding controller says of a claim that is not bound.
import type { ReasonRecord } from '#engine';
import { isTerminating, type KubeObject, type PersistentVolumeClaim } from '#kube';
import { reasonFor, type WhyInput } from '../input.ts';

/** The claim with the controller's reason, while it is Pending and that reason is one of these rules. */
export function pendingClaim(
  input: WhyInput,
  object: KubeObject,
  rules: readonly string[],
): { readonly claim: PersistentVolumeClaim; readonly reason: ReasonRecord } | undefined {
  const claim = object as PersistentVolumeClaim;
  if (claim.status.phase !== 'Pending' || isTerminating(claim)) return undefined;
  const reason = reasonFor(input, 'persistentvolume-controller', claim);
  return reason && rules.includes(reason.rule) ? { claim, reason } : undefined;
}
