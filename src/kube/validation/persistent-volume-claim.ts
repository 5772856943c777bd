// Claims, on create and on update. k8s: core/validation ValidatePersistentVolumeClaim, …Update
import { semanticEqual } from '../deep-equal.ts';
import { type Loose, objectAt, objectOr, optionalTextAt, textAt, textsAt, withMember } from '../loose.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../names.ts';
import { canonicalQuantityText, compareQuantityTexts } from '../quantity.ts';
import { validateAmount } from './container-resources.ts';
import { type FieldError, forbidden, invalid, invalidAll, notSupported, required } from './field-error.ts';
import { validateLabelSelector } from './label-selector.ts';
import { FIELD_IMMUTABLE, NAME_RULES, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { unifiedDiff } from './unified-diff.ts';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const VOLUME_MODES = ['Block', 'Filesystem'];

/** Known modes, and ReadWriteOncePod only by itself. Claims and volumes share this. */
export function validateAccessModes(path: string, modes: readonly string[]): FieldError[] {
  const errors = modes
    .filter((mode) => !ACCESS_MODES.includes(mode))
    .map((mode) => notSupported(path, mode, ACCESS_MODES));
  const known = modes.filter((mode) => ACCESS_MODES.includes(mode));
  if (known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod'))
    errors.push(forbidden(path, 'may not use ReadWriteOncePod with other access modes'));
  return errors;
}

export function validateVolumeMode(path: string, mode: string | undefined): FieldError[] {
  return mode === undefined || VOLUME_MODES.includes(mode) ? [] : [notSupported(path, mode, VOLUME_MODES)];
}

/** An amount above zero. */
export function validatePositive(path: string, amount: unknown): FieldError[] {
  const text = typeof amount === 'string' || typeof amount === 'number' ? amount : '0';
  return compareQuantityTexts(text, 0) > 0
    ? []
    : [invalid(path, canonicalQuantityText(text) ?? '0', 'must be greater than zero')];
}

function validateDataSource(path: string, source: Loose): FieldError[] {
  const errors: FieldError[] = [];
  if (textAt(source, 'name') === '') errors.push(required(`${path}.name`));
  if (textAt(source, 'kind') === '') errors.push(required(`${path}.kind`));
  const group = textAt(source, 'apiGroup');
  if (group === '' && textAt(source, 'kind') !== 'PersistentVolumeClaim')
    errors.push(
      invalid(path, textAt(source, 'kind'), "must be 'PersistentVolumeClaim' when referencing the default apiGroup"),
    );
  if (group !== '') errors.push(...invalidAll(`${path}.apiGroup`, group, dnsSubdomainErrors(group)));
  const namespace = textAt(source, 'namespace');
  if (namespace !== '') errors.push(...invalidAll(`${path}.namespace`, namespace, dnsLabelErrors(namespace)));
  return errors;
}

/** The spec of a claim or of a claim template. */
export function validateClaimSpec(path: string, spec: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const modes = textsAt(spec, 'accessModes');
  if (modes.length === 0) errors.push(required(`${path}.accessModes`, 'at least 1 access mode is required'));
  errors.push(...validateLabelSelector(`${path}.selector`, objectAt(spec, 'selector')));
  errors.push(...validateAccessModes(`${path}.accessModes`, modes));
  const requests = objectOr(objectOr(spec, 'resources'), 'requests');
  const at = `${path}.resources[storage]`;
  if (!Object.hasOwn(requests, 'storage')) errors.push(required(at));
  else {
    const positive = validatePositive(at, requests.storage);
    errors.push(...(positive.length > 0 ? positive : validateAmount(at, 'storage', requests.storage)));
  }
  const storageClass = textAt(spec, 'storageClassName');
  errors.push(
    ...(storageClass === ''
      ? []
      : invalidAll(`${path}.storageClassName`, storageClass, dnsSubdomainErrors(storageClass))),
  );
  errors.push(...validateVolumeMode(`${path}.volumeMode`, optionalTextAt(spec, 'volumeMode')));
  const source = objectAt(spec, 'dataSource');
  const reference = objectAt(spec, 'dataSourceRef');
  if (source !== undefined) errors.push(...validateDataSource(`${path}.dataSource`, source));
  if (reference !== undefined) errors.push(...validateDataSource(`${path}.dataSourceRef`, reference));
  if (source !== undefined && reference !== undefined) {
    if (textAt(reference, 'namespace') !== '')
      errors.push(
        invalid(path, `${path}.dataSource`, 'may not be specified when dataSourceRef.namespace is specified'),
      );
    else if (['apiGroup', 'kind', 'name'].some((key) => textAt(source, key) !== textAt(reference, key)))
      errors.push(invalid(path, `${path}.dataSource`, 'must match dataSourceRef'));
  }
  const attributes = textAt(spec, 'volumeAttributesClassName');
  if (attributes !== '')
    errors.push(...invalidAll(`${path}.volumeAttributesClassName`, attributes, dnsSubdomainErrors(attributes)));
  return errors;
}

/** KUBE-10: a new claim. */
export function validateClaim(claim: Loose): FieldError[] {
  return [
    ...validateObjectMeta(objectOr(claim, 'metadata'), true, NAME_RULES.subdomain),
    ...validateClaimSpec('spec', objectOr(claim, 'spec')),
  ];
}

/** A spec as the server's inner type prints it, for the difference in the message. */
function printSpec(spec: Loose): string {
  const orNull = (value: unknown): unknown => value ?? null;
  const resources = objectOr(spec, 'resources');
  const source = objectAt(spec, 'dataSource');
  const reference = objectAt(spec, 'dataSourceRef');
  const named = (object: Loose): Loose => ({
    APIGroup: orNull(object.apiGroup),
    Kind: textAt(object, 'kind'),
    Name: textAt(object, 'name'),
  });
  return JSON.stringify(
    {
      AccessModes: orNull(spec.accessModes),
      Selector: orNull(spec.selector),
      Resources: { Limits: orNull(resources.limits), Requests: orNull(resources.requests) },
      VolumeName: textAt(spec, 'volumeName'),
      StorageClassName: orNull(spec.storageClassName),
      VolumeMode: orNull(spec.volumeMode),
      DataSource: source === undefined ? null : named(source),
      DataSourceRef: reference === undefined ? null : { ...named(reference), Namespace: orNull(reference.namespace) },
      VolumeAttributesClassName: orNull(spec.volumeAttributesClassName),
    },
    null,
    1,
  );
}

const requestOf = (spec: Loose): unknown => objectOr(objectOr(spec, 'resources'), 'requests').storage;
const amount = (value: unknown): string | number =>
  typeof value === 'string' || typeof value === 'number' ? value : 0;

function withRequest(spec: Loose, request: unknown): Loose {
  const resources = objectOr(spec, 'resources');
  const requests = objectAt(resources, 'requests');
  if (requests === undefined) return spec;
  return withMember(spec, 'resources', { ...resources, requests: { ...requests, storage: request } });
}

const IMMUTABLE =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** KUBE-11: an update of a claim. */
export function validateClaimUpdate(claim: Loose, previous: Loose): FieldError[] {
  const spec = objectOr(claim, 'spec');
  const old = objectOr(previous, 'spec');
  const errors = [
    ...validateObjectMetaUpdate(objectOr(claim, 'metadata'), objectOr(previous, 'metadata')),
    ...validateClaim(claim),
  ];
  const annotation = (object: Loose): string =>
    textAt(objectOr(objectOr(object, 'metadata'), 'annotations'), CLASS_ANNOTATION);
  if (annotation(claim) !== annotation(previous))
    errors.push(invalid(`metadata.annotations.${CLASS_ANNOTATION}`, annotation(claim), FIELD_IMMUTABLE));
  let masked = spec;
  let oldMasked = old;
  // The name of the volume is filled in once, by the controller or by hand.
  if (textAt(old, 'volumeName') === '') oldMasked = withMember(old, 'volumeName', spec.volumeName);
  // So is the class, when a default class appears after the claim.
  if (old.storageClassName === undefined && spec.storageClassName !== undefined)
    masked = withMember(masked, 'storageClassName', undefined);
  if (textAt(objectAt(claim, 'status'), 'phase') === 'Bound') {
    masked = withRequest(masked, requestOf(old));
    masked = withMember(masked, 'volumeAttributesClassName', old.volumeAttributesClassName);
  }
  if (!semanticEqual(masked, oldMasked))
    errors.push(forbidden('spec', `${IMMUTABLE}\n${unifiedDiff(printSpec(oldMasked), printSpec(masked))}`));
  const request = amount(requestOf(spec));
  const capacity = objectOr(objectOr(previous, 'status'), 'capacity').storage;
  if (compareQuantityTexts(request, amount(requestOf(old))) < 0 && compareQuantityTexts(request, amount(capacity)) <= 0)
    errors.push(forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity'));
  if (!semanticEqual(spec.volumeMode, old.volumeMode))
    errors.push(invalid('volumeMode', spec.volumeMode ?? null, FIELD_IMMUTABLE));
  const current = objectAt(previous, 'status')?.currentVolumeAttributesClassName;
  if (current !== undefined && !semanticEqual(spec.volumeAttributesClassName, old.volumeAttributesClassName)) {
    const next = optionalTextAt(spec, 'volumeAttributesClassName');
    const refuse = (to: string) =>
      errors.push(
        forbidden(
          'spec.volumeAttributesClassName',
          `update to ${to} is forbidden when status.currentVolumeAttributesClassName is not nil`,
        ),
      );
    if (next === undefined) refuse('nil');
    else if (next === '') refuse('empty string');
  }
  return errors;
}
