// Roles and their bindings. k8s: rbac/validation
import { semanticEqual } from '../../deep-equal.ts';
import { type Loose, listAt, objectAt, objectOr, textAt, textsAt } from '../../loose.ts';
import { dnsSubdomainErrors, pathSegmentErrors } from '../../names.ts';
import { type FieldError, invalid, invalidAll, notSupported, required } from '../field-error.ts';
import { validateLabelSelector } from '../label-selector.ts';

const GROUP = 'rbac.authorization.k8s.io';
const SUBJECTS = ['ServiceAccount', 'User', 'Group'];

function validateRule(path: string, rule: Loose, isNamespaced: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const has = (key: string): boolean => textsAt(rule, key).length > 0;
  if (!has('verbs')) errors.push(required(`${path}.verbs`, 'verbs must contain at least one value'));
  if (has('nonResourceURLs')) {
    const at = `${path}.nonResourceURLs`;
    const urls = textsAt(rule, 'nonResourceURLs');
    if (isNamespaced) errors.push(invalid(at, urls, 'namespaced rules cannot apply to non-resource URLs'));
    if (has('apiGroups') || has('resources') || has('resourceNames'))
      errors.push(invalid(at, urls, 'rules cannot apply to both regular resources and non-resource URLs'));
    return errors;
  }
  if (!has('apiGroups'))
    errors.push(required(`${path}.apiGroups`, 'resource rules must supply at least one api group'));
  if (!has('resources')) errors.push(required(`${path}.resources`, 'resource rules must supply at least one resource'));
  return errors;
}

const validateRules = (role: Loose, isNamespaced: boolean): FieldError[] =>
  listAt(role, 'rules').flatMap((rule, i) => validateRule(`rules[${i}]`, rule, isNamespaced));

/** The rules of a Role. */
export const validateRole = (role: Loose): FieldError[] => validateRules(role, true);

/** The rules of a ClusterRole, and the roles it is put together of. */
export function validateClusterRole(role: Loose): FieldError[] {
  const errors = validateRules(role, false);
  const aggregation = objectAt(role, 'aggregationRule');
  if (aggregation === undefined) return errors;
  const at = 'aggregationRule.clusterRoleSelectors';
  const selectors = listAt(aggregation, 'clusterRoleSelectors');
  if (selectors.length === 0)
    errors.push(required(at, 'at least one clusterRoleSelector required if aggregationRule is non-nil'));
  return [...errors, ...selectors.flatMap((selector, i) => validateLabelSelector(`${at}[${i}]`, selector))];
}

function validateSubject(path: string, subject: Loose, isNamespaced: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const name = textAt(subject, 'name');
  const kind = textAt(subject, 'kind');
  const group = textAt(subject, 'apiGroup');
  if (name === '') errors.push(required(`${path}.name`));
  if (kind === 'ServiceAccount') {
    if (name !== '') errors.push(...invalidAll(`${path}.name`, name, dnsSubdomainErrors(name)));
    if (group !== '') errors.push(notSupported(`${path}.apiGroup`, group, ['']));
    if (!isNamespaced && textAt(subject, 'namespace') === '') errors.push(required(`${path}.namespace`));
  } else if (kind === 'User' || kind === 'Group') {
    // The group that is meant is filled in where there is none.
    if (group !== '' && group !== GROUP) errors.push(notSupported(`${path}.apiGroup`, group, [GROUP]));
  } else errors.push(notSupported(`${path}.kind`, kind, SUBJECTS));
  return errors;
}

function validateBinding(binding: Loose, kinds: readonly string[], isNamespaced: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const role = objectOr(binding, 'roleRef');
  const group = textAt(role, 'apiGroup');
  const kind = textAt(role, 'kind');
  const name = textAt(role, 'name');
  if (group !== '' && group !== GROUP) errors.push(notSupported('roleRef.apiGroup', group, [GROUP]));
  if (!kinds.includes(kind)) errors.push(notSupported('roleRef.kind', kind, kinds));
  if (name === '') errors.push(required('roleRef.name'));
  else errors.push(...invalidAll('roleRef.name', name, pathSegmentErrors(name)));
  const subjects = listAt(binding, 'subjects');
  return [...errors, ...subjects.flatMap((subject, i) => validateSubject(`subjects[${i}]`, subject, isNamespaced))];
}

/** A RoleBinding. Its service accounts may go without a namespace: that of the binding is meant. */
export const validateRoleBinding = (binding: Loose): FieldError[] =>
  validateBinding(binding, ['Role', 'ClusterRole'], true);

/** A ClusterRoleBinding. */
export const validateClusterRoleBinding = (binding: Loose): FieldError[] =>
  validateBinding(binding, ['ClusterRole'], false);

/** A binding keeps its role. */
export function validateSameRole(binding: Loose, previous: Loose): FieldError[] {
  const own = objectOr(binding, 'roleRef');
  const role = { apiGroup: GROUP, ...own };
  return semanticEqual(role, { apiGroup: GROUP, ...objectOr(previous, 'roleRef') })
    ? []
    : [invalid('roleRef', role, 'cannot change roleRef')];
}
