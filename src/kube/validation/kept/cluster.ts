// Kinds that set up a cluster: priorities, webhooks, custom kinds. k8s: scheduling, admissionregistration and
// apiextensions validation, as far as real manifests run into it
import { type Loose, listAt, numberAt, objectAt, objectOr, optionalTextAt, textAt, textsAt } from '../../loose.ts';
import { dnsSubdomainErrors } from '../../names.ts';
import { duplicate, type FieldError, forbidden, invalid, invalidAll, notSupported, required } from '../field-error.ts';
import { validateLabelSelector } from '../label-selector.ts';

const PRIORITY_MAX = 1_000_000_000;
const PREEMPTION = ['PreemptLowerPriority', 'Never'];

/** A PriorityClass. */
export function validatePriorityClass(priority: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const value = numberAt(priority, 'value') ?? 0;
  if (value > PRIORITY_MAX)
    errors.push(forbidden('value', `maximum allowed value of a user defined priority is ${PRIORITY_MAX}`));
  const policy = optionalTextAt(priority, 'preemptionPolicy');
  if (policy !== undefined && !PREEMPTION.includes(policy))
    errors.push(notSupported('preemptionPolicy', policy, PREEMPTION));
  return errors;
}

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const QUOTA_NAMES: ReadonlySet<string> = new Set([
  ...COMPUTE.flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
  'requests.storage',
  'pods',
  'resourcequotas',
  'services',
  'services.nodeports',
  'services.loadbalancers',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
]);

/** The names in a ResourceQuota: those of its own, and anything with a domain before it. */
export function validateResourceQuota(quota: Loose): FieldError[] {
  return Object.keys(objectOr(objectOr(quota, 'spec'), 'hard'))
    .filter((name) => !name.includes('/') && !name.startsWith('hugepages-') && !QUOTA_NAMES.has(name))
    .sort()
    .flatMap((name) => [
      invalid(`spec.hard[${name}]`, name, 'must be a standard resource type or fully qualified'),
      invalid(`spec.hard[${name}]`, name, 'must be a standard resource for quota'),
    ]);
}

const SIDE_EFFECTS = ['None', 'NoneOnDryRun'];
const FAILURE_POLICIES = ['Fail', 'Ignore'];
const TIMEOUT_MAX_SECONDS = 30;

function validateHook(path: string, hook: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const name = textAt(hook, 'name');
  const nameErrors = dnsSubdomainErrors(name);
  if (name === '') errors.push(required(`${path}.name`));
  else if (nameErrors.length > 0) errors.push(...invalidAll(`${path}.name`, name, nameErrors));
  else if (name.split('.').length < 3)
    errors.push(invalid(`${path}.name`, name, 'should be a domain with at least three segments separated by dots'));
  const failure = optionalTextAt(hook, 'failurePolicy');
  if (failure !== undefined && !FAILURE_POLICIES.includes(failure))
    errors.push(notSupported(`${path}.failurePolicy`, failure, FAILURE_POLICIES));
  const effects = optionalTextAt(hook, 'sideEffects');
  if (effects === undefined)
    errors.push(required(`${path}.sideEffects`, `must specify one of ${SIDE_EFFECTS.join(', ')}`));
  else if (!SIDE_EFFECTS.includes(effects)) errors.push(notSupported(`${path}.sideEffects`, effects, SIDE_EFFECTS));
  const timeout = numberAt(hook, 'timeoutSeconds');
  if (timeout !== undefined && (timeout < 1 || timeout > TIMEOUT_MAX_SECONDS))
    errors.push(
      invalid(
        `${path}.timeoutSeconds`,
        timeout,
        `the timeout value must be between 1 and ${TIMEOUT_MAX_SECONDS} seconds`,
      ),
    );
  for (const key of ['namespaceSelector', 'objectSelector'])
    errors.push(...validateLabelSelector(`${path}.${key}`, objectAt(hook, key)));
  const client = objectOr(hook, 'clientConfig');
  if ((client.url === undefined) === (objectAt(client, 'service') === undefined))
    errors.push(required(`${path}.clientConfig`, 'exactly one of url or service is required'));
  return errors;
}

/** The webhooks of either configuration. */
export function validateWebhooks(configuration: Loose): FieldError[] {
  const names = new Set<string>();
  return listAt(configuration, 'webhooks').flatMap((hook, i) => {
    const at = `webhooks[${i}]`;
    const errors = validateHook(at, hook);
    if (textsAt(hook, 'admissionReviewVersions').length === 0)
      errors.push(required(`${at}.admissionReviewVersions`, 'must specify one of v1, v1beta1'));
    const name = textAt(hook, 'name');
    if (name !== '' && names.has(name)) errors.push(duplicate(`${at}.name`, name));
    names.add(name);
    return errors;
  });
}

const SCOPES = ['Cluster', 'Namespaced'];

/** A CustomResourceDefinition: its names, its scope and its versions. The schemas are not looked into. */
export function validateCustomKind(definition: Loose): FieldError[] {
  const spec = objectOr(definition, 'spec');
  const errors: FieldError[] = [];
  const name = textAt(objectOr(definition, 'metadata'), 'name');
  const group = textAt(spec, 'group');
  const names = objectOr(spec, 'names');
  const plural = textAt(names, 'plural');
  if (name !== `${plural}.${group}`)
    errors.push(invalid('metadata.name', name, 'must be spec.names.plural+"."+spec.group'));
  if (group === '') errors.push(required('spec.group'));
  const scope = textAt(spec, 'scope');
  if (scope === '') errors.push(required('spec.scope'));
  else if (!SCOPES.includes(scope)) errors.push(notSupported('spec.scope', scope, SCOPES));
  for (const [i, version] of listAt(spec, 'versions').entries())
    if (!objectAt(objectAt(version, 'schema'), 'openAPIV3Schema'))
      errors.push(required(`spec.versions[${i}].schema.openAPIV3Schema`, 'schemas are required'));
  for (const key of ['plural', 'kind']) if (textAt(names, key) === '') errors.push(required(`spec.names.${key}`));
  return errors;
}
