// Requests and limits. k8s: core/validation validateResourceRequirements
import { labelKeyErrors } from '../labels.ts';
import { type Loose, listAt, objectOr, textAt } from '../loose.ts';
import { dnsLabelErrors } from '../names.ts';
import { canonicalQuantityText, compareQuantityTexts, milliOf, parseQuantity, unitsOf } from '../quantity.ts';
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalidAll,
  NEGATIVE,
  named,
  notFound,
  required,
  shown,
} from './field-error.ts';

const STANDARD: ReadonlySet<string> = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
]);
const CONTAINER: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const WHOLE: ReadonlySet<string> = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

const isHugePages = (name: string): boolean => name.startsWith('hugepages-');
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');
const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && labelKeyErrors(`requests.${name}`).length === 0;
const isOvercommitAllowed = (name: string): boolean => isNative(name) && !isHugePages(name);

const amountOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '0';
const canonical = (value: unknown): string => canonicalQuantityText(amountOf(value)) ?? '0';

/** Neither negative, nor a fraction where only whole things exist. k8s: ValidateResourceQuantityValue */
export function validateAmount(path: string, name: string, value: unknown): FieldError[] {
  const text = amountOf(value);
  const errors: FieldError[] = [];
  if (compareQuantityTexts(text, 0) < 0) errors.push(invalid(path, canonical(value), NEGATIVE));
  const { quantity } = parseQuantity(text);
  const isFraction = quantity !== undefined && milliOf(quantity) % 1000n !== 0n;
  if ((WHOLE.has(name) || isExtended(name)) && isFraction)
    errors.push(invalid(path, shown(`"${canonical(value)}"`), 'must be an integer'));
  return errors;
}

/** k8s: validateContainerResourceName. Names are Go strings of a named type, so they are shown as JSON. */
function validateName(path: string, name: string): FieldError[] {
  const errors = labelKeyErrors(name).map((message) => invalid(path, named(name), message));
  const isPlain = !name.includes('/');
  if (errors.length === 0 && isPlain && !STANDARD.has(name) && !/^(?:requests\.)?hugepages-/.test(name))
    errors.push(invalid(path, named(name), 'must be a standard resource type or fully qualified'));
  if (isPlain && !CONTAINER.has(name) && !isHugePages(name))
    errors.push(invalid(path, named(name), 'must be a standard resource for containers'));
  else if (!isPlain && !isNative(name) && !isExtended(name))
    errors.push(invalid(path, named(name), "doesn't follow extended resource name standard"));
  return errors;
}

function validateHugePages(path: string, name: string, value: unknown): FieldError[] {
  const page = parseQuantity(name.slice('hugepages-'.length)).quantity;
  const amount = parseQuantity(amountOf(value)).quantity;
  const isMultiple =
    page !== undefined && page.value > 0n && amount !== undefined && unitsOf(amount) % unitsOf(page) === 0n;
  return isMultiple
    ? []
    : [invalid(path, canonical(value), `${canonical(value)} is not positive integer multiple of ${name}`)];
}

/**
 * Requests and limits of a container.
 * @param claimNames names in the pod's resourceClaims
 */
export function validateResources(path: string, resources: Loose, claimNames: ReadonlySet<string>): FieldError[] {
  const errors: FieldError[] = [];
  const limits = objectOr(resources, 'limits');
  const requests = objectOr(resources, 'requests');
  let hasCpuOrMemory = false;
  let hasHugePages = false;
  const common = (at: string, name: string, value: unknown): void => {
    errors.push(...validateName(at, name), ...validateAmount(at, name, value));
    hasHugePages ||= isHugePages(name);
    hasCpuOrMemory ||= name === 'cpu' || name === 'memory';
  };
  for (const name of Object.keys(limits).sort()) {
    const at = `${path}.limits[${name}]`;
    common(at, name, limits[name]);
    if (isHugePages(name)) errors.push(...validateHugePages(at, name, limits[name]));
  }
  for (const name of Object.keys(requests).sort()) {
    const at = `${path}.requests[${name}]`;
    const wanted = amountOf(requests[name]);
    common(at, name, wanted);
    if (Object.hasOwn(limits, name)) {
      const limit = amountOf(limits[name]);
      const order = compareQuantityTexts(wanted, limit);
      const shownLimit = `${name} limit of ${canonical(limit)}`;
      if (order !== 0 && !isOvercommitAllowed(name))
        errors.push(invalid(`${path}.requests`, canonical(wanted), `must be equal to ${shownLimit}`));
      else if (order > 0)
        errors.push(invalid(`${path}.requests`, canonical(wanted), `must be less than or equal to ${shownLimit}`));
    } else if (!isOvercommitAllowed(name))
      errors.push(required(`${path}.limits`, 'Limit must be set for non overcommitable resources'));
    if (isHugePages(name)) errors.push(...validateHugePages(at, name, wanted));
  }
  if (hasHugePages && !hasCpuOrMemory) errors.push(forbidden(path, 'HugePages require cpu or memory'));
  errors.push(...validateClaimNames(`${path}.claims`, listAt(resources, 'claims'), claimNames));
  return errors;
}

function validateClaimNames(path: string, claims: readonly Loose[], claimNames: ReadonlySet<string>): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  const seenClaims = new Set<string>();
  for (const [i, claim] of claims.entries()) {
    const at = `${path}[${i}]`;
    const name = textAt(claim, 'name');
    const request = textAt(claim, 'request');
    if (name === '') {
      errors.push(required(at));
      continue;
    }
    if (seen.has(name)) errors.push(duplicate(at, name));
    else {
      if (request !== '') errors.push(...invalidAll(`${at}.request`, request, dnsLabelErrors(request)));
      const key = request === '' ? name : `${name}/${request}`;
      if (seen.has(key)) errors.push(duplicate(at, key));
      else if (request === '' && seenClaims.has(name)) errors.push(duplicate(at, name));
      seen.add(key);
      seenClaims.add(name);
    }
    if (!claimNames.has(name)) {
      const known = claimNames.size === 0 ? ' which is empty' : `: ${[...claimNames].sort().join(', ')}`;
      errors.push(notFound(at, name, `must be one of the names in pod.spec.resourceClaims${known}`));
    }
  }
  return errors;
}
