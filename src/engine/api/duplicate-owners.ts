// Equal owner references are kept once. k8s: dedupOwnerReferences in apiserver/pkg/endpoints/handlers
import type { OwnerReference } from '#kube';
import { isSame } from '#lib';

/** References with every one of them once, in their order; the given list where that is the same. */
export function withoutDuplicates(refs: readonly OwnerReference[]): readonly OwnerReference[] {
  if (refs.length < 2) return refs;
  const kept = refs.filter((ref, index) => refs.findIndex((other) => isSame(other, ref)) === index);
  return kept.length === refs.length ? refs : kept;
}

/**
 * The warning about references that are there twice.
 * @param refs what the writer sent
 * @param isPatched patches are looked at later than new objects, which the words say
 * @returns one warning, or none
 */
export function warningsOfDuplicates(refs: readonly OwnerReference[] | undefined, isPatched: boolean): string[] {
  if (refs === undefined || withoutDuplicates(refs) === refs) return [];
  const twice = refs.filter((ref, index) => refs.findIndex((other) => isSame(other, ref)) !== index);
  const when = isPatched ? ' after mutating admission happens' : '';
  const uids = twice.map(({ uid }) => uid).join(', ');
  return [
    `.metadata.ownerReferences contains duplicate entries${when}; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${uids}`,
  ];
}
