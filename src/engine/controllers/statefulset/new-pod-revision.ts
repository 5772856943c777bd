// Which revision a new pod is made of. Pure.
import type { ControllerRevision, PodTemplateSpec, StatefulSet } from '#kube';
import { startOf } from './pod-identity.ts';
import { templateOf } from './revisions.ts';
import type { Sync } from './sync.ts';

/** The lowest ordinal that a rolling update may touch: `partition` counts from `ordinals.start`. */
export const updateFrom = (set: StatefulSet): number =>
  startOf(set) + (set.spec.updateStrategy.rollingUpdate?.partition ?? 0);

/**
 * STS-18: the ordinals below this one come back at the current revision. Without a rollingUpdate block (an explicit
 * `type: RollingUpdate` alone) the count of current pods in the status stands in for the partition.
 * k8s: newVersionedStatefulSetPod
 */
export function currentBelow(set: StatefulSet): number {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  if (type !== 'RollingUpdate') return startOf(set);
  return rollingUpdate ? updateFrom(set) : startOf(set) + (set.status?.currentReplicas ?? 0);
}

/** STS-18: the revision of a new pod, with its template. */
export function newPodRevision(
  { set, revisions }: Pick<Sync, 'set' | 'revisions'>,
  ordinal: number,
): { revision: ControllerRevision; template: PodTemplateSpec } {
  const revision = ordinal < currentBelow(set) ? revisions.current : revisions.update;
  return { revision, template: templateOf(revision) ?? set.spec.template };
}
