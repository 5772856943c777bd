// The revisions of a workload, oldest first: ControllerRevisions of a StatefulSet, ReplicaSets of a Deployment.
import type { View } from '#engine';
import {
  type ControllerRevision,
  controllerOf,
  type KubeObject,
  matchesSelector,
  type PodTemplateSpec,
  type ReplicaSet,
  type StatefulSet,
  type StringMap,
} from '#kube';
import { isMap, type JsonMap } from './patch/json.ts';
import { patchStructOf } from './patch/schema.ts';
import { applyStrategicPatch } from './patch/strategic-apply.ts';

export interface Revision {
  readonly number: number;
  readonly cause: string;
  readonly template: PodTemplateSpec;
  /** The template as `rollout history` shows it. */
  readonly shown: PodTemplateSpec;
  /** What a ControllerRevision keeps: a patch for its set. */
  readonly patch?: JsonMap;
  /** Annotations of the ReplicaSet of a Deployment. */
  readonly annotations?: StringMap;
}

const CHANGE_CAUSE = 'kubernetes.io/change-cause';
const REVISION = 'deployment.kubernetes.io/revision';
const TEMPLATE_HASH = 'pod-template-hash';

/** All revisions of a StatefulSet or a Deployment by number. */
export function revisionsOf(view: View, object: KubeObject): readonly Revision[] {
  const owned = view.ownedBy(object.metadata.uid).filter((one) => controllerOf(one)?.uid === object.metadata.uid);
  const revisions =
    object.kind === 'Deployment'
      ? owned.filter((one) => one.kind === 'ReplicaSet').map((one) => revisionOfReplicaSet(one as ReplicaSet))
      : owned
          .filter((one) => one.kind === 'ControllerRevision' && isSelected(object as StatefulSet, one))
          .map((one) => revisionOfController(object, one as ControllerRevision));
  return revisions.filter((revision) => revision.number > 0).sort((a, b) => a.number - b.number);
}

const isSelected = (set: StatefulSet, one: KubeObject): boolean =>
  matchesSelector(set.spec.selector, one.metadata.labels);

const causeOf = (object: KubeObject): string => object.metadata.annotations?.[CHANGE_CAUSE] || '<none>';

function revisionOfController(set: KubeObject, revision: ControllerRevision): Revision {
  const patch = isMap(revision.data) ? revision.data : {};
  const applied = applyStrategicPatch(set as unknown as JsonMap, patch, patchStructOf(set.apiVersion, set.kind));
  const spec = applied.spec as { readonly template: PodTemplateSpec };
  const { template } = spec;
  return { number: revision.revision, cause: causeOf(revision), template, shown: template, patch };
}

/** The label that tells ReplicaSets apart is none of the template's own; the history shows it, and the cause as an annotation. */
function revisionOfReplicaSet(set: ReplicaSet): Revision {
  const { template } = set.spec;
  const { [TEMPLATE_HASH]: _hash, ...labels } = template.metadata?.labels ?? {};
  const cause = set.metadata.annotations?.[CHANGE_CAUSE];
  const annotations = { ...template.metadata?.annotations, ...(cause && { [CHANGE_CAUSE]: cause }) };
  return {
    number: Number(set.metadata.annotations?.[REVISION] ?? 0),
    cause: causeOf(set),
    template: { ...template, metadata: { ...template.metadata, labels } },
    shown: { ...template, metadata: { ...template.metadata, annotations } },
    annotations: set.metadata.annotations ?? {},
  };
}
