// Deployments and ReplicaSets. k8s: apps/validation ValidateDeployment, ValidateReplicaSet and their updates
import { canonicalJson } from '../canonical-json.ts';
import { semanticEqual } from '../deep-equal.ts';
import { plainValue } from '../int-or-string.ts';
import { isEmptySelector } from '../labels.ts';
import { type Loose, numberAt, objectAt, objectOr, textAt } from '../loose.ts';
import {
  type FieldError,
  forbidden,
  invalid,
  nonNegative,
  notSupported,
  required,
  type Shown,
  shown,
} from './field-error.ts';
import { intOrStringOf, validateAtMostAll, validateIntOrPercent } from './int-or-percent.ts';
import { asLabelSelector, isUsableSelector, shownSelector, validateLabelSelector } from './label-selector.ts';
import { FIELD_IMMUTABLE, NAME_RULES, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validateLongRunning, validatePodTemplate, validateSelectorMatch } from './pod-template.ts';

const STRATEGIES = ['Recreate', 'RollingUpdate'];

/** The strategy as the server's inner type prints it. */
function shownStrategy(strategy: Loose): Shown {
  const block = objectAt(strategy, 'rollingUpdate');
  const inner =
    block === undefined
      ? 'null'
      : `{"MaxUnavailable":${canonicalJson(block.maxUnavailable ?? 0)},"MaxSurge":${canonicalJson(block.maxSurge ?? 0)}}`;
  return shown(`{"Type":${canonicalJson(textAt(strategy, 'type'))},"RollingUpdate":${inner}}`);
}

function validateStrategy(path: string, strategy: Loose): FieldError[] {
  const type = textAt(strategy, 'type');
  const block = objectAt(strategy, 'rollingUpdate');
  const at = `${path}.rollingUpdate`;
  if (type === 'Recreate')
    return block === undefined ? [] : [forbidden(at, "may not be specified when strategy `type` is 'Recreate'")];
  if (type !== 'RollingUpdate') return [notSupported(path, shownStrategy(strategy), STRATEGIES)];
  if (block === undefined) return [required(at, 'this should be defaulted and never be nil')];
  const unavailable = intOrStringOf(block.maxUnavailable) ?? 0;
  const surge = intOrStringOf(block.maxSurge) ?? 0;
  const errors = [
    ...validateIntOrPercent(`${at}.maxUnavailable`, unavailable),
    ...validateIntOrPercent(`${at}.maxSurge`, surge),
  ];
  if (plainValue(unavailable) === 0 && plainValue(surge) === 0)
    errors.push(
      invalid(`${at}.maxUnavailable`, shown(canonicalJson(unavailable)), 'may not be 0 when `maxSurge` is 0'),
    );
  return [...errors, ...validateAtMostAll(`${at}.maxUnavailable`, unavailable)];
}

/** Selector and template, which Deployments and ReplicaSets have in common. */
function validatePods(spec: Loose, kind: 'deployment' | 'replicaset'): FieldError[] {
  const errors: FieldError[] = [];
  const selector = objectAt(spec, 'selector');
  if (selector === undefined) errors.push(required('spec.selector'));
  else {
    errors.push(...validateLabelSelector('spec.selector', selector));
    const parsed = asLabelSelector(selector);
    if (parsed !== undefined && isEmptySelector(parsed))
      errors.push(invalid('spec.selector', shownSelector(selector), `empty selector is invalid for ${kind}`));
  }
  if (!isUsableSelector(selector))
    return [...errors, invalid('spec.selector', shownSelector(selector ?? {}), 'invalid label selector')];
  const template = objectOr(spec, 'template');
  return [
    ...errors,
    ...validateSelectorMatch('spec.template', selector, template),
    ...validatePodTemplate('spec.template', template),
    ...validateLongRunning('spec.template', template, 'ReplicaSet'),
  ];
}

function validateDeploymentSpec(spec: Loose): FieldError[] {
  const errors = [
    ...nonNegative('spec.replicas', spec.replicas),
    ...validatePods(spec, 'deployment'),
    ...validateStrategy('spec.strategy', objectOr(spec, 'strategy')),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ];
  const deadline = numberAt(spec, 'progressDeadlineSeconds');
  if (deadline === undefined) return errors;
  errors.push(...nonNegative('spec.progressDeadlineSeconds', deadline));
  if (deadline <= (numberAt(spec, 'minReadySeconds') ?? 0))
    errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
  return errors;
}

const validateReplicaSetSpec = (spec: Loose): FieldError[] => [
  ...nonNegative('spec.replicas', spec.replicas),
  ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
  ...validatePods(spec, 'replicaset'),
];

/** The selector may not change. */
function validateSameSelector(spec: Loose, old: Loose): FieldError[] {
  const selector = objectAt(spec, 'selector');
  if (semanticEqual(selector, objectAt(old, 'selector'))) return [];
  return [invalid('spec.selector', selector === undefined ? null : shownSelector(selector), FIELD_IMMUTABLE)];
}

/** KUBE-15: a new Deployment. */
export const validateDeployment = (deployment: Loose): FieldError[] => [
  ...validateObjectMeta(objectOr(deployment, 'metadata'), true, NAME_RULES.subdomain),
  ...validateDeploymentSpec(objectOr(deployment, 'spec')),
];

/** An update of a Deployment. */
export const validateDeploymentUpdate = (deployment: Loose, previous: Loose): FieldError[] => [
  ...validateObjectMetaUpdate(objectOr(deployment, 'metadata'), objectOr(previous, 'metadata')),
  ...validateDeploymentSpec(objectOr(deployment, 'spec')),
  ...validateSameSelector(objectOr(deployment, 'spec'), objectOr(previous, 'spec')),
];

/** A new ReplicaSet. */
export const validateReplicaSet = (replicaSet: Loose): FieldError[] => [
  ...validateObjectMeta(objectOr(replicaSet, 'metadata'), true, NAME_RULES.subdomain),
  ...validateReplicaSetSpec(objectOr(replicaSet, 'spec')),
];

/** An update of a ReplicaSet. */
export const validateReplicaSetUpdate = (replicaSet: Loose, previous: Loose): FieldError[] => [
  ...validateObjectMetaUpdate(objectOr(replicaSet, 'metadata'), objectOr(previous, 'metadata')),
  ...validateReplicaSetSpec(objectOr(replicaSet, 'spec')),
  ...validateSameSelector(objectOr(replicaSet, 'spec'), objectOr(previous, 'spec')),
];
