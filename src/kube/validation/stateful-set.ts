// StatefulSets, on create and on update. k8s: apps/validation ValidateStatefulSet, ValidateStatefulSetUpdate
import { canonicalJson } from '../canonical-json.ts';
import { semanticEqual } from '../deep-equal.ts';
import { isEmptySelector } from '../labels.ts';
import { type Loose, listAt, numberAt, objectAt, objectOr, textAt, withMember } from '../loose.ts';
import { dnsLabelErrors } from '../names.ts';
import {
  type FieldError,
  forbidden,
  invalid,
  invalidAll,
  named,
  nonNegative,
  notSupported,
  required,
  type Shown,
  shown,
} from './field-error.ts';
import { intOrStringOf, validateAtMostAll, validateIntOrPercent, validateNotZero } from './int-or-percent.ts';
import { asLabelSelector, isUsableSelector, shownSelector, validateLabelSelector } from './label-selector.ts';
import { NAME_RULES, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validateClaimSpec } from './persistent-volume-claim.ts';
import { validateLongRunning, validatePodTemplate, validateSelectorMatch } from './pod-template.ts';

/** The block as the server's inner type prints it. */
function shownRollingUpdate(block: Loose | undefined): string {
  if (block === undefined) return 'null';
  const unavailable = intOrStringOf(block.maxUnavailable);
  return `{"Partition":${numberAt(block, 'partition') ?? 0},"MaxUnavailable":${canonicalJson(unavailable ?? null)}}`;
}

const shownStrategy = (strategy: Loose): Shown =>
  shown(
    `{"Type":${canonicalJson(textAt(strategy, 'type'))},"RollingUpdate":${shownRollingUpdate(objectAt(strategy, 'rollingUpdate'))}}`,
  );

function validateStrategy(path: string, strategy: Loose): FieldError[] {
  const type = textAt(strategy, 'type');
  const block = objectAt(strategy, 'rollingUpdate');
  const at = `${path}.rollingUpdate`;
  if (type === '') return [required(path)];
  if (type === 'OnDelete')
    return block === undefined
      ? []
      : [invalid(at, shown(shownRollingUpdate(block)), "only allowed for updateStrategy 'RollingUpdate'")];
  if (type !== 'RollingUpdate')
    return [invalid(path, shownStrategy(strategy), "must be 'RollingUpdate' or 'OnDelete'")];
  if (block === undefined) return [];
  const errors = nonNegative(`${at}.partition`, block.partition);
  const unavailable = intOrStringOf(block.maxUnavailable);
  if (unavailable === undefined) return errors;
  return [
    ...errors,
    ...validateIntOrPercent(`${at}.maxUnavailable`, unavailable),
    ...validateNotZero(`${at}.maxUnavailable`, unavailable, 'cannot be 0'),
    ...validateAtMostAll(`${at}.maxUnavailable`, unavailable),
  ];
}

const RETENTION = ['Retain', 'Delete'];

function validateRetention(path: string, policy: Loose | undefined): FieldError[] {
  if (policy === undefined) return [];
  return ['whenDeleted', 'whenScaled'].flatMap((key) => {
    const value = textAt(policy, key);
    return RETENTION.includes(value) ? [] : [notSupported(`${path}.${key}`, value, RETENTION)];
  });
}

interface SpecOptions {
  /** On create only: claim templates and the name of the service. */
  readonly isNew: boolean;
  readonly withTemplate: boolean;
}

/** Claims appear in the pods as volumes, so mounts may name them. */
function claimVolumes(spec: Loose): Loose[] {
  // KUBE-8: two templates of one name are accepted; the pod gets one volume.
  const names = new Set(
    listAt(spec, 'volumeClaimTemplates').map((template) => textAt(objectAt(template, 'metadata'), 'name')),
  );
  return [...names]
    .filter((name) => dnsLabelErrors(name).length === 0)
    .map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
}

/** The controller gives each pod its own host name and sub-domain: what the template says of them is never used. */
const withoutHostNames = (template: Loose): Loose =>
  withMember(template, 'spec', { ...objectOr(template, 'spec'), hostname: undefined, subdomain: undefined });

function validateSpec(spec: Loose, { isNew, withTemplate }: SpecOptions): FieldError[] {
  const errors: FieldError[] = [];
  const policy = textAt(spec, 'podManagementPolicy');
  if (policy === '') errors.push(required('spec.podManagementPolicy'));
  else if (policy !== 'OrderedReady' && policy !== 'Parallel')
    errors.push(invalid('spec.podManagementPolicy', named(policy), "must be 'OrderedReady' or 'Parallel'"));
  errors.push(...validateStrategy('spec.updateStrategy', objectOr(spec, 'updateStrategy')));
  errors.push(
    ...validateRetention(
      'spec.persistentVolumeClaimRetentionPolicy',
      objectAt(spec, 'persistentVolumeClaimRetentionPolicy'),
    ),
  );
  if (isNew)
    for (const [i, template] of listAt(spec, 'volumeClaimTemplates').entries())
      errors.push(...validateClaimSpec(`spec.volumeClaimTemplates[${i}].spec`, objectOr(template, 'spec')));
  errors.push(...nonNegative('spec.replicas', spec.replicas));
  errors.push(...nonNegative('spec.minReadySeconds', spec.minReadySeconds));
  errors.push(...nonNegative('spec.ordinals.start', objectAt(spec, 'ordinals')?.start));
  const service = textAt(spec, 'serviceName');
  if (isNew && service !== '') errors.push(...invalidAll('spec.serviceName', service, dnsLabelErrors(service)));
  const selector = objectAt(spec, 'selector');
  if (selector === undefined) errors.push(required('spec.selector'));
  else {
    errors.push(...validateLabelSelector('spec.selector', selector));
    const parsed = asLabelSelector(selector);
    if (parsed !== undefined && isEmptySelector(parsed))
      errors.push(invalid('spec.selector', shownSelector(selector), 'empty selector is invalid for statefulset'));
  }
  const template = objectOr(spec, 'template');
  if (!isUsableSelector(selector)) errors.push(invalid('spec.selector', shownSelector(selector ?? {}), ''));
  else if (withTemplate) {
    errors.push(...validateSelectorMatch('spec.template', selector, template));
    errors.push(...validatePodTemplate('spec.template', withoutHostNames(template), claimVolumes(spec)));
  }
  return [...errors, ...validateLongRunning('spec.template', template, 'StatefulSet')];
}

/** KUBE-7: a new StatefulSet, with defaults. */
export function validateStatefulSet(set: Loose): FieldError[] {
  return [
    ...validateObjectMeta(objectOr(set, 'metadata'), true, NAME_RULES.label),
    ...validateSpec(objectOr(set, 'spec'), { isNew: true, withTemplate: true }),
  ];
}

/** Fields of the spec that may change. */
const MUTABLE_FIELDS = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

const FORBIDDEN =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

/** KUBE-9: an update. What was already wrong in the stored object is let through. */
export function validateStatefulSetUpdate(set: Loose, previous: Loose): FieldError[] {
  const spec = objectOr(set, 'spec');
  const old = objectOr(previous, 'spec');
  const isOldTemplateValid = validateSpec(old, { isNew: false, withTemplate: true }).length === 0;
  const errors = [
    ...validateObjectMetaUpdate(objectOr(set, 'metadata'), objectOr(previous, 'metadata')),
    ...validateSpec(spec, { isNew: false, withTemplate: isOldTemplateValid }),
  ];
  let masked = spec;
  for (const field of MUTABLE_FIELDS) masked = withMember(masked, field, old[field]);
  if (!semanticEqual(masked, old)) errors.push(forbidden('spec', FORBIDDEN));
  return errors;
}

const COUNTERS = ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'];

/** A write to the status. */
export function validateStatefulSetStatus(set: Loose, previous: Loose): FieldError[] {
  const status = objectOr(set, 'status');
  const count = (key: string): number => numberAt(status, key) ?? 0;
  const errors = [...COUNTERS, 'observedGeneration', 'collisionCount'].flatMap((key) =>
    nonNegative(`status.${key}`, status[key]),
  );
  for (const key of COUNTERS.slice(1))
    if (count(key) > count('replicas'))
      errors.push(invalid(`status.${key}`, count(key), 'cannot be greater than status.replicas'));
  if (count('availableReplicas') > count('readyReplicas'))
    errors.push(
      invalid('status.availableReplicas', count('availableReplicas'), 'cannot be greater than status.readyReplicas'),
    );
  errors.push(...validateObjectMetaUpdate(objectOr(set, 'metadata'), objectOr(previous, 'metadata')));
  const collisions = numberAt(objectAt(previous, 'status'), 'collisionCount');
  if (collisions !== undefined && (numberAt(status, 'collisionCount') ?? -1) < collisions)
    errors.push(invalid('status.collisionCount', count('collisionCount'), 'cannot be decremented'));
  return errors;
}
