// Disruption budgets. k8s: policy/validation ValidatePodDisruptionBudget. Metadata get only the generic checks.
import { canonicalJson } from '../canonical-json.ts';
import { type Loose, objectAt, objectOr, optionalTextAt } from '../loose.ts';
import { type FieldError, invalid, notSupported, shown } from './field-error.ts';
import { intOrStringOf, validateAtMostAll, validateIntOrPercent } from './int-or-percent.ts';
import { shownSelector, validateLabelSelector } from './label-selector.ts';
import { NAME_RULES, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';

const POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];

/** The spec as the server's inner type prints it. */
function shownSpec(spec: Loose): string {
  const selector = objectAt(spec, 'selector');
  const policy = optionalTextAt(spec, 'unhealthyPodEvictionPolicy');
  return (
    `{"MinAvailable":${canonicalJson(spec.minAvailable)},"Selector":${selector === undefined ? 'null' : shownSelector(selector).shown},` +
    `"MaxUnavailable":${canonicalJson(spec.maxUnavailable)},"UnhealthyPodEvictionPolicy":${canonicalJson(policy)}}`
  );
}

function validateSpec(spec: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const values = ['minAvailable', 'maxUnavailable'].map((key) => [key, intOrStringOf(spec[key])] as const);
  if (values.every(([, value]) => value !== undefined))
    errors.push(invalid('spec', shown(shownSpec(spec)), 'minAvailable and maxUnavailable cannot be both set'));
  for (const [key, value] of values)
    if (value !== undefined)
      errors.push(...validateIntOrPercent(`spec.${key}`, value), ...validateAtMostAll(`spec.${key}`, value));
  errors.push(...validateLabelSelector('spec.selector', objectAt(spec, 'selector')));
  const policy = optionalTextAt(spec, 'unhealthyPodEvictionPolicy');
  if (policy !== undefined && !POLICIES.includes(policy))
    errors.push(notSupported('spec.unhealthyPodEvictionPolicy', policy, POLICIES));
  return errors;
}

/** KUBE-14: a new PodDisruptionBudget. */
export function validatePodDisruptionBudget(budget: Loose): FieldError[] {
  const errors = validateSpec(objectOr(budget, 'spec'));
  // The registry looks at metadata only once the kind itself has nothing to say.
  return errors.length > 0 ? errors : validateObjectMeta(objectOr(budget, 'metadata'), true, NAME_RULES.pathSegment);
}

/** An update of a PodDisruptionBudget. */
export function validatePodDisruptionBudgetUpdate(budget: Loose, previous: Loose): FieldError[] {
  const errors = validateSpec(objectOr(budget, 'spec'));
  return errors.length > 0
    ? errors
    : validateObjectMetaUpdate(objectOr(budget, 'metadata'), objectOr(previous, 'metadata'));
}
