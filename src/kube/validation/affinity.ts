// Where a pod may run: affinity, tolerations, spreading, node selectors. k8s: core/validation
import { labelKeyErrors, labelValueErrors } from '../labels.ts';
import { type Loose, listAt, numberAt, objectAt, objectOr, optionalTextAt, textAt, textsAt } from '../loose.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../names.ts';
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalidAll,
  named,
  notSupported,
  required,
} from './field-error.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateLabelName } from './object-meta.ts';

const OPERATOR = 'not a valid selector operator';

function validateNodeExpression(path: string, expression: Loose, isLenient: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const operator = textAt(expression, 'operator');
  const values = textsAt(expression, 'values');
  const at = `${path}.values`;
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) errors.push(required(at, "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      errors.push(forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
  } else if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1)
      errors.push(required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
  } else errors.push(invalid(`${path}.operator`, named(operator), OPERATOR));
  errors.push(...validateLabelName(`${path}.key`, textAt(expression, 'key')));
  if (!isLenient)
    for (const [i, value] of values.entries())
      errors.push(...invalidAll(`${at}[${i}]`, value, labelValueErrors(value)));
  return errors;
}

function validateNodeField(path: string, expression: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const operator = textAt(expression, 'operator');
  const values = textsAt(expression, 'values');
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length !== 1)
      errors.push(
        required(`${path}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"),
      );
  } else errors.push(invalid(`${path}.operator`, named(operator), OPERATOR));
  const key = textAt(expression, 'key');
  if (key !== 'metadata.name') errors.push(invalid(`${path}.key`, key, 'not a valid field selector key'));
  else
    for (const [i, value] of values.entries())
      errors.push(...invalidAll(`${path}.values[${i}]`, value, dnsSubdomainErrors(value)));
  return errors;
}

function validateNodeTerm(path: string, term: Loose, isLenient: boolean): FieldError[] {
  return [
    ...listAt(term, 'matchExpressions').flatMap((expression, i) =>
      validateNodeExpression(`${path}.matchExpressions[${i}]`, expression, isLenient),
    ),
    ...listAt(term, 'matchFields').flatMap((expression, i) =>
      validateNodeField(`${path}.matchFields[${i}]`, expression),
    ),
  ];
}

/** k8s: ValidateNodeSelector; used by pods and by volumes. */
export function validateNodeSelector(path: string, selector: Loose): FieldError[] {
  const terms = listAt(selector, 'nodeSelectorTerms');
  if (terms.length === 0) return [required(`${path}.nodeSelectorTerms`, 'must have at least one node selector term')];
  return terms.flatMap((term, i) => validateNodeTerm(`${path}.nodeSelectorTerms[${i}]`, term, false));
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

function validateWeight(path: string, term: Loose): FieldError[] {
  const weight = numberAt(term, 'weight') ?? 0;
  return weight <= 0 || weight > 100 ? [invalid(`${path}.weight`, weight, 'must be in the range 1-100')] : [];
}

function validateNodeAffinity(path: string, affinity: Loose): FieldError[] {
  const selector = objectAt(affinity, REQUIRED);
  return [
    ...(selector === undefined ? [] : validateNodeSelector(`${path}.${REQUIRED}`, selector)),
    ...listAt(affinity, PREFERRED).flatMap((term, i) => {
      const at = `${path}.${PREFERRED}[${i}]`;
      return [...validateWeight(at, term), ...validateNodeTerm(`${at}.preference`, objectOr(term, 'preference'), true)];
    }),
  ];
}

/** Keys that are added to a selector must be keys, and must not be in it already. */
function validateLabelKeys(
  path: string,
  match: readonly string[],
  mismatch: readonly string[],
  selector: Loose | undefined,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, keys] of [
    ['matchLabelKeys', match],
    ['mismatchLabelKeys', mismatch],
  ] as const) {
    if (keys.length === 0) continue;
    if (selector === undefined)
      errors.push(forbidden(`${path}.${name}`, 'must not be specified when labelSelector is not set'));
    else
      for (const [i, key] of keys.entries())
        errors.push(...invalidAll(`${path}.${name}[${i}]`, key, labelKeyErrors(key)));
  }
  const index = new Map(match.map((key, i) => [key, i]));
  const seen = new Set(Object.keys(objectOr(selector, 'matchLabels')));
  for (const expression of listAt(selector, 'matchExpressions')) {
    const key = textAt(expression, 'key');
    const i = index.get(key);
    if (i !== undefined && seen.has(key))
      errors.push(invalid(`${path}[${i}]`, key, 'exists in both matchLabelKeys and labelSelector'));
    seen.add(key);
  }
  const mismatched = new Set(mismatch);
  for (const [i, key] of match.entries())
    if (mismatched.has(key))
      errors.push(invalid(`${path}.matchLabelKeys[${i}]`, key, 'exists in both matchLabelKeys and mismatchLabelKeys'));
  return errors;
}

function validatePodTerm(path: string, term: Loose): FieldError[] {
  const selector = objectAt(term, 'labelSelector');
  const errors = [
    ...validateLabelSelector(`${path}.labelSelector`, selector),
    ...validateLabelSelector(`${path}.namespaceSelector`, objectAt(term, 'namespaceSelector')),
  ];
  for (const namespace of textsAt(term, 'namespaces'))
    errors.push(...invalidAll(`${path}.namespace`, namespace, dnsLabelErrors(namespace)));
  errors.push(
    ...validateLabelKeys(path, textsAt(term, 'matchLabelKeys'), textsAt(term, 'mismatchLabelKeys'), selector),
  );
  const key = textAt(term, 'topologyKey');
  if (key === '') errors.push(required(`${path}.topologyKey`, 'can not be empty'));
  return [...errors, ...validateLabelName(`${path}.topologyKey`, key)];
}

function validatePodAffinity(path: string, affinity: Loose): FieldError[] {
  return [
    ...listAt(affinity, REQUIRED).flatMap((term, i) => validatePodTerm(`${path}.${REQUIRED}[${i}]`, term)),
    ...listAt(affinity, PREFERRED).flatMap((term, i) => {
      const at = `${path}.${PREFERRED}[${i}]`;
      return [
        ...validateWeight(at, term),
        ...validatePodTerm(`${at}.podAffinityTerm`, objectOr(term, 'podAffinityTerm')),
      ];
    }),
  ];
}

/** Node affinity, pod affinity and anti-affinity. */
export function validateAffinity(path: string, affinity: Loose | undefined): FieldError[] {
  const rules = [
    ['nodeAffinity', validateNodeAffinity],
    ['podAffinity', validatePodAffinity],
    ['podAntiAffinity', validatePodAffinity],
  ] as const;
  return rules.flatMap(([key, rule]) => {
    const part = objectAt(affinity, key);
    return part === undefined ? [] : rule(`${path}.${key}`, part);
  });
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** k8s: ValidateTolerations */
export function validateTolerations(path: string, tolerations: readonly Loose[]): FieldError[] {
  const errors: FieldError[] = [];
  for (const [i, toleration] of tolerations.entries()) {
    const at = `${path}[${i}]`;
    const key = textAt(toleration, 'key');
    const operator = textAt(toleration, 'operator');
    const effect = textAt(toleration, 'effect');
    const value = textAt(toleration, 'value');
    if (key !== '') errors.push(...validateLabelName(`${at}.key`, key));
    if (key === '' && operator !== 'Exists')
      errors.push(
        invalid(
          `${at}.operator`,
          named(operator),
          'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        ),
      );
    if (numberAt(toleration, 'tolerationSeconds') !== undefined && effect !== 'NoExecute')
      errors.push(invalid(`${at}.effect`, named(effect), "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    if (operator === '' || operator === 'Equal') {
      const wrong = labelValueErrors(value);
      if (wrong.length > 0) errors.push(invalid(`${at}.operator`, value, wrong.join(';')));
    } else if (operator === 'Exists') {
      if (value !== '')
        errors.push(invalid(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'"));
    } else errors.push(notSupported(`${at}.operator`, operator, ['Equal', 'Exists']));
    if (effect !== '' && !EFFECTS.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, EFFECTS));
  }
  return errors;
}

const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'];
const POLICIES = ['Honor', 'Ignore'];

/** k8s: validateTopologySpreadConstraints */
export function validateSpreadConstraints(path: string, constraints: readonly Loose[]): FieldError[] {
  const errors: FieldError[] = [];
  const lastOf = new Map(
    constraints.map((other, i) => [`${textAt(other, 'topologyKey')} ${textAt(other, 'whenUnsatisfiable')}`, i]),
  );
  for (const [i, constraint] of constraints.entries()) {
    const at = `${path}[${i}]`;
    const skew = numberAt(constraint, 'maxSkew') ?? 0;
    const key = textAt(constraint, 'topologyKey');
    const action = textAt(constraint, 'whenUnsatisfiable');
    if (skew <= 0) errors.push(invalid(`${at}.maxSkew`, skew, 'must be greater than zero'));
    if (key === '') errors.push(required(`${at}.topologyKey`, 'can not be empty'));
    if (!ACTIONS.includes(action)) errors.push(notSupported(`${at}.whenUnsatisfiable`, action, ACTIONS));
    const isRepeated = lastOf.get(`${key} ${action}`) !== i;
    if (isRepeated) errors.push(duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${key}, ${action}}`));
    const domains = numberAt(constraint, 'minDomains');
    if (domains !== undefined && domains <= 0)
      errors.push(invalid(`${at}.minDomains`, domains, 'must be greater than zero'));
    if (domains !== undefined && action !== 'DoNotSchedule')
      errors.push(
        invalid(
          `${at}.minDomains`,
          domains,
          `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`,
        ),
      );
    for (const name of ['nodeAffinityPolicy', 'nodeTaintsPolicy']) {
      const policy = optionalTextAt(constraint, name);
      if (policy !== undefined && !POLICIES.includes(policy))
        errors.push(notSupported(`${at}.${name}`, policy, POLICIES));
    }
    const selector = objectAt(constraint, 'labelSelector');
    errors.push(...validateLabelKeys(at, textsAt(constraint, 'matchLabelKeys'), [], selector));
    errors.push(...validateLabelSelector(`${at}.labelSelector`, selector));
  }
  return errors;
}
