// What the API server accepts, but warns of in a header that kubectl prints as `Warning: …`.
// k8s: api/pod GetWarningsForPodTemplate, statefulset strategy WarningsOnCreate. The common ones; not all.
import { goQuote } from './go-quote.ts';
import { type Loose, listAt, numberAt, objectAt, objectOr, textAt } from './loose.ts';

/** KUBE-28: what to write instead of labels and annotations that have had their day. */
const OLD_NODE_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
};
const OLD_ANNOTATIONS: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
  'seccomp.security.alpha.kubernetes.io/pod': 'non-functional in v1.27+; use the "seccompProfile" field instead',
};

const oldLabel = (label: string): string | undefined =>
  Object.hasOwn(OLD_NODE_LABELS, label) ? OLD_NODE_LABELS[label] : undefined;

/** The terms of node affinity, required ones first, with their paths. */
function nodeTerms(path: string, spec: Loose): [path: string, term: Loose][] {
  const affinity = objectOr(objectOr(spec, 'affinity'), 'nodeAffinity');
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  const at = `${path}.affinity.nodeAffinity`;
  return [
    ...listAt(objectAt(affinity, required), 'nodeSelectorTerms').map((term, i): [string, Loose] => [
      `${at}.${required}.nodeSelectorTerms[${i}]`,
      term,
    ]),
    ...listAt(affinity, preferred).map((term, i): [string, Loose] => [
      `${at}.${preferred}[${i}].preference`,
      objectOr(term, 'preference'),
    ]),
  ];
}

function warnOfPlacement(path: string, spec: Loose): string[] {
  const warnings: string[] = [];
  for (const key of Object.keys(objectOr(spec, 'nodeSelector')).sort()) {
    const message = oldLabel(key);
    if (message !== undefined) warnings.push(`${path}.nodeSelector[${key}]: ${message}`);
  }
  for (const [at, term] of nodeTerms(path, spec))
    for (const [i, expression] of listAt(term, 'matchExpressions').entries()) {
      const key = textAt(expression, 'key');
      const message = oldLabel(key);
      if (message !== undefined) warnings.push(`${at}.matchExpressions[${i}].key: ${key} is ${message}`);
    }
  for (const [i, constraint] of listAt(spec, 'topologySpreadConstraints').entries()) {
    const key = textAt(constraint, 'topologyKey');
    const message = oldLabel(key);
    if (message !== undefined)
      warnings.push(`${path}.topologySpreadConstraints[${i}].topologyKey: ${key} is ${message}`);
  }
  return warnings;
}

/** A name for a port should mean one port. */
function warnOfPorts(path: string, containers: readonly Loose[]): string[] {
  const warnings: string[] = [];
  const first = new Map<string, string>();
  for (const [i, container] of containers.entries())
    for (const [j, port] of listAt(container, 'ports').entries()) {
      const name = textAt(port, 'name');
      const at = `${path}.containers[${i}].ports[${j}]`;
      const other = first.get(name);
      if (name !== '' && other !== undefined)
        warnings.push(
          `${at}: duplicate port name ${goQuote(name)} with ${other}, services and probes that select ports by name will use ${other}`,
        );
      else first.set(name, at);
    }
  return warnings;
}

function warnOfTemplate(path: string, template: Loose): string[] {
  const spec = objectOr(template, 'spec');
  const at = `${path}.spec`;
  const warnings = warnOfPlacement(at, spec);
  for (const key of Object.keys(objectOr(objectOr(template, 'metadata'), 'annotations')).sort()) {
    const message = Object.hasOwn(OLD_ANNOTATIONS, key) ? OLD_ANNOTATIONS[key] : undefined;
    if (message !== undefined) warnings.push(`${path}.metadata.annotations[${key}]: ${message}`);
  }
  for (const [i, secret] of listAt(spec, 'imagePullSecrets').entries())
    if (textAt(secret, 'name') === '') warnings.push(`${at}.imagePullSecrets[${i}].name: invalid empty name ""`);
  const grace = numberAt(spec, 'terminationGracePeriodSeconds');
  if (grace !== undefined && grace < 0)
    warnings.push(
      `${at}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  return [...warnings, ...warnOfPorts(at, listAt(spec, 'containers'))];
}

const HISTORY =
  'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended';

/**
 * Warnings about an object that is written, without the word `Warning:`.
 * @param kind its kind
 * @param object the object, with defaults
 */
export function warningsFor(kind: string, object: Loose): readonly string[] {
  const spec = objectOr(object, 'spec');
  switch (kind) {
    case 'StatefulSet':
      return [
        ...warnOfTemplate('spec.template', objectOr(spec, 'template')),
        ...((numberAt(spec, 'revisionHistoryLimit') ?? 0) < 0 ? [HISTORY] : []),
      ];
    case 'Deployment':
    case 'ReplicaSet':
      return warnOfTemplate('spec.template', objectOr(spec, 'template'));
    case 'Pod':
      return warnOfTemplate('', object).map((warning) => warning.replace(/^\./, ''));
    case 'Endpoints':
      return ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'];
    default:
      return [];
  }
}
