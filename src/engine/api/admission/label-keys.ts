// Selectors of a new pod, completed by its own labels. k8s: podStrategy mutatePodAffinity, mutateTopologySpreadConstraints
import type { LabelSelector, Pod, PodAffinityTerm, PodSpec, StringMap } from '#kube';

/** What names labels of the pod that narrow its selector. */
interface Keyed {
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: readonly string[];
  readonly mismatchLabelKeys?: readonly string[];
}

/** What of a pod names other pods, in the order of the API. */
interface Parts {
  readonly affinities: readonly (readonly ['podAffinity' | 'podAntiAffinity', Terms])[];
  readonly constraints: readonly Keyed[];
}
interface Terms {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly { readonly podAffinityTerm: PodAffinityTerm }[];
}

function partsOf(spec: PodSpec): Parts {
  const { podAffinity, podAntiAffinity } = (spec.affinity ?? {}) as Readonly<Record<string, Terms | undefined>>;
  return {
    affinities: [
      ...(podAffinity ? [['podAffinity', podAffinity] as const] : []),
      ...(podAntiAffinity ? [['podAntiAffinity', podAntiAffinity] as const] : []),
    ],
    constraints: (spec.topologySpreadConstraints ?? []) as readonly Keyed[],
  };
}

const hasKeys = ({ matchLabelKeys = [], mismatchLabelKeys = [] }: Keyed): boolean =>
  matchLabelKeys.length + mismatchLabelKeys.length > 0;

const termsOf = (terms: Terms): readonly Keyed[] => [
  ...(terms.requiredDuringSchedulingIgnoredDuringExecution ?? []),
  ...(terms.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
];

/** Whether labels of the pod become a part of its spec, so that pods of one template differ. */
export function hasLabelKeys(spec: PodSpec): boolean {
  if (!spec.affinity && !spec.topologySpreadConstraints) return false;
  const { affinities, constraints } = partsOf(spec);
  return constraints.some(hasKeys) || affinities.some(([, terms]) => termsOf(terms).some(hasKeys));
}

function narrowed<T extends Keyed>(given: T, labels: StringMap): T {
  const { labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] } = given;
  if (!labelSelector || !hasKeys(given)) return given;
  const requirements = (keys: readonly string[], operator: 'In' | 'NotIn') =>
    keys.flatMap((key) => (labels[key] === undefined ? [] : [{ key, operator, values: [labels[key]] }]));
  const added = [...requirements(matchLabelKeys, 'In'), ...requirements(mismatchLabelKeys, 'NotIn')];
  if (added.length === 0) return given;
  const matchExpressions = [...(labelSelector.matchExpressions ?? []), ...added];
  return { ...given, labelSelector: { ...labelSelector, matchExpressions } };
}

function narrowedTerms(terms: Terms, labels: StringMap): Terms {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
  } = terms;
  return {
    ...terms,
    ...(required && {
      requiredDuringSchedulingIgnoredDuringExecution: required.map((term) => narrowed(term as Keyed, labels)),
    }),
    ...(preferred && {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map((weighted) => ({
        ...weighted,
        podAffinityTerm: narrowed(weighted.podAffinityTerm as Keyed, labels),
      })),
    }),
  } as Terms;
}

/** Rule POD-6: the spec with the pod's values of the label keys in its selectors; the same spec where there are none. */
export function withLabelKeys(pod: Pod, spec: PodSpec): PodSpec {
  if (!hasLabelKeys(spec)) return spec;
  const labels = pod.metadata.labels ?? {};
  const { affinities, constraints } = partsOf(spec);
  const terms = Object.fromEntries(affinities.map(([name, given]) => [name, narrowedTerms(given, labels)]));
  return {
    ...spec,
    ...(spec.affinity && { affinity: { ...spec.affinity, ...terms } }),
    ...(spec.topologySpreadConstraints && {
      topologySpreadConstraints: constraints.map((constraint) => narrowed(constraint, labels)),
    }),
  } as PodSpec;
}
