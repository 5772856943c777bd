// What rules ask of the pods that a set or another workload will make.
import {
  type Container,
  isObject,
  type LabelSelector,
  type Loose,
  listAt,
  matchesSelector,
  numberAt,
  objectAt,
  objectOr,
  type StringMap,
} from '#kube';
import type { Known, LintContext, Path, SetCase } from './types.ts';

/** The way to the pods' own spec in a set. */
export const POD_SPEC: Path = ['spec', 'template', 'spec'];

/** A container of a set's template with the way to it. */
export interface PlacedContainer {
  readonly container: Container;
  readonly path: Path;
  readonly isInit: boolean;
}

/** All containers of a set's template, init containers first. */
export function containersOf({ set }: SetCase): readonly PlacedContainer[] {
  const spec = set.spec.template.spec as unknown as Loose;
  return (['initContainers', 'containers'] as const).flatMap((field) =>
    listAt(spec, field).map((container, index) => ({
      container: container as unknown as Container,
      path: [...POD_SPEC, field, index],
      isInit: field === 'initContainers',
    })),
  );
}

/** The labels of a set's template. */
export const labelsOf = ({ set }: SetCase): StringMap => set.spec.template.metadata?.labels ?? {};

/** Labels that the controller gives to each pod beside those of the template. */
const OWN_LABELS: ReadonlySet<string> = new Set([
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-revision-hash',
]);

/** Wanted pairs without those that the controller sees to, so that the rest can be compared with a template. */
export const ofTemplate = (wanted: StringMap): StringMap =>
  Object.fromEntries(Object.entries(wanted).filter(([key]) => !OWN_LABELS.has(key)));

/** A selector without what the controller sees to. */
const selectorOfTemplate = (selector: LabelSelector): LabelSelector => ({
  ...selector,
  ...(selector.matchLabels && { matchLabels: ofTemplate(selector.matchLabels) }),
  ...(selector.matchExpressions && {
    matchExpressions: selector.matchExpressions.filter(({ key }) => !OWN_LABELS.has(key)),
  }),
});

/** Something that makes pods, with the labels that they get. */
export interface Workload {
  readonly kind: string;
  readonly name: string;
  readonly labels: StringMap;
  /** How many pods; undefined where that is not said, as for a DaemonSet. */
  readonly replicas: number | undefined;
}

const SCALED: ReadonlySet<string> = new Set(['StatefulSet', 'Deployment', 'ReplicaSet', 'ReplicationController']);
const KINDS = [...SCALED, 'DaemonSet', 'Job', 'CronJob', 'Pod'];

/** Workloads by namespace, gathered once for each context. */
const gathered = new WeakMap<LintContext, Map<string, readonly Workload[]>>();

/** Everything in a namespace that makes pods. Pods and ReplicaSets of a controller count with their controller. */
export function workloadsIn(context: LintContext, namespace: string): readonly Workload[] {
  const known = gathered.get(context) ?? new Map<string, readonly Workload[]>();
  gathered.set(context, known);
  const found = known.get(namespace) ?? gather(context, namespace);
  known.set(namespace, found);
  return found;
}

function gather({ list }: LintContext, namespace: string): readonly Workload[] {
  return KINDS.flatMap((kind) =>
    list(kind, namespace)
      .filter(({ object }) => !listAt(objectOr(object, 'metadata'), 'ownerReferences').some((ref) => ref.controller))
      .map((known) => ({
        kind,
        name: known.name,
        labels: labelsOfPods(kind, known.object),
        replicas:
          kind === 'Pod'
            ? 1
            : SCALED.has(kind)
              ? (numberAt(objectOr(known.object, 'spec'), 'replicas') ?? 1)
              : undefined,
      })),
  );
}

function labelsOfPods(kind: string, object: Loose): StringMap {
  if (kind === 'Pod') return labelsIn(object);
  const spec = objectOr(object, 'spec');
  const template = kind === 'CronJob' ? objectOr(objectOr(spec, 'jobTemplate'), 'spec') : spec;
  return labelsIn(objectOr(template, 'template'));
}

function labelsIn(object: Loose): StringMap {
  const labels = objectAt(objectOr(object, 'metadata'), 'labels');
  return isObject(labels) ? (labels as StringMap) : {};
}

/** The workloads whose pods a selector matches. */
export const workloadsOf = (context: LintContext, namespace: string, selector: LabelSelector): readonly Workload[] =>
  workloadsIn(context, namespace).filter(({ labels }) => matchesSelector(selectorOfTemplate(selector), labels));

/** The autoscaler that keeps the replicas of a set, if there is one. */
export const autoscalerOf = ({ list }: LintContext, { name, namespace }: SetCase): Known | undefined =>
  list('HorizontalPodAutoscaler', namespace).find(({ object }) => {
    const target = objectOr(objectOr(object, 'spec'), 'scaleTargetRef');
    return target.kind === 'StatefulSet' && target.name === name;
  });
