// Volumes, on create and on update. k8s: core/validation ValidatePersistentVolume, …Update
import { canonicalJson } from '../canonical-json.ts';
import { semanticEqual } from '../deep-equal.ts';
import { isObject, type Loose, objectAt, objectOr, optionalTextAt, textAt, textsAt } from '../loose.ts';
import { dnsSubdomainErrors } from '../names.ts';
import { compareQuantityTexts, parseQuantity, unitsOf } from '../quantity.ts';
import { validateNodeSelector } from './affinity.ts';
import { type FieldError, forbidden, invalid, invalidAll, notSupported, required, shown } from './field-error.ts';
import { FIELD_IMMUTABLE, NAME_RULES, validateObjectMeta } from './object-meta.ts';
import { validateAccessModes, validatePositive, validateVolumeMode } from './persistent-volume-claim.ts';
import { validateVolumeSource } from './volume-source.ts';

const RECLAIM_POLICIES = ['Delete', 'Recycle', 'Retain'];

function validateCapacity(path: string, capacity: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const names = Object.keys(capacity).sort();
  if (names.length === 0) errors.push(required(path));
  if (names.length !== 1 || names[0] !== 'storage')
    errors.push(notSupported(path, shown(names.length === 0 ? 'null' : canonicalJson(capacity)), ['storage']));
  for (const name of names) {
    const at = `${path}[${name}]`;
    const value = capacity[name];
    const text = typeof value === 'string' || typeof value === 'number' ? value : '0';
    const { quantity } = parseQuantity(text);
    if (quantity !== undefined && compareQuantityTexts(text, 0) < 0)
      errors.push(invalid(at, Number(unitsOf(quantity)), 'must be a valid resource quantity'));
    errors.push(...validatePositive(at, text));
  }
  return errors;
}

function validateNodeAffinity(path: string, affinity: Loose | undefined): FieldError[] {
  if (affinity === undefined) return [];
  const selector = objectAt(affinity, 'required');
  return selector === undefined
    ? [required(`${path}.required`, 'must specify required node constraints')]
    : validateNodeSelector(`${path}.required`, selector);
}

/** A path that comes to `/` after cleaning. */
const isRoot = (path: string): boolean =>
  path.startsWith('/') && path.split('/').every((part) => part === '' || part === '.');

function validateSpec(path: string, spec: Loose, name: string): FieldError[] {
  const modes = textsAt(spec, 'accessModes');
  const errors = modes.length === 0 ? [required(`${path}.accessModes`)] : [];
  errors.push(...validateAccessModes(`${path}.accessModes`, modes));
  errors.push(...validateCapacity(`${path}.capacity`, objectOr(spec, 'capacity')));
  const reclaim = textAt(spec, 'persistentVolumeReclaimPolicy');
  const at = `${path}.persistentVolumeReclaimPolicy`;
  if (reclaim !== '' && !RECLAIM_POLICIES.includes(reclaim)) errors.push(notSupported(at, reclaim, RECLAIM_POLICIES));
  const affinity = objectAt(spec, 'nodeAffinity');
  errors.push(...validateNodeAffinity(`${path}.nodeAffinity`, affinity));
  errors.push(
    ...validateVolumeSource(path, spec, { volumeName: name, isPersistent: true }, (key) =>
      key === 'local' && affinity === undefined
        ? [required(`${path}.nodeAffinity`, 'Local volume requires node affinity')]
        : [],
    ),
  );
  if (isRoot(textAt(objectAt(spec, 'hostPath'), 'path')) && reclaim === 'Recycle')
    errors.push(forbidden(at, "may not be 'recycle' for a hostPath mount of '/'"));
  const storageClass = textAt(spec, 'storageClassName');
  if (storageClass !== '')
    errors.push(...invalidAll(`${path}.storageClassName`, storageClass, dnsSubdomainErrors(storageClass)));
  errors.push(...validateVolumeMode(`${path}.volumeMode`, optionalTextAt(spec, 'volumeMode')));
  const attributes = optionalTextAt(spec, 'volumeAttributesClassName');
  if (attributes === undefined) return errors;
  const attributesPath = `${path}.volumeAttributesClassName`;
  errors.push(
    ...(attributes === ''
      ? [required(attributesPath, 'an empty string is disallowed')]
      : invalidAll(attributesPath, attributes, dnsSubdomainErrors(attributes))),
  );
  if (objectAt(spec, 'csi') === undefined)
    errors.push(required(`${path}.csi`, 'has to be specified when using volumeAttributesClassName'));
  return errors;
}

/** KUBE-12: a new volume. */
export function validateVolume(volume: Loose): FieldError[] {
  const metadata = objectOr(volume, 'metadata');
  return [
    ...validateObjectMeta(metadata, false, NAME_RULES.subdomain),
    ...validateSpec('spec', objectOr(volume, 'spec'), textAt(metadata, 'name')),
  ];
}

const NOT_SOURCES: ReadonlySet<string> = new Set(['claimRef', 'nodeAffinity', 'capacity']);

/** The part of a spec that says where the data are. */
const sourceOf = (spec: Loose): Loose =>
  Object.fromEntries(Object.entries(spec).filter(([key, value]) => isObject(value) && !NOT_SOURCES.has(key)));

/** An update of a volume: where its data are never changes. */
export function validateVolumeUpdate(volume: Loose, previous: Loose): FieldError[] {
  const spec = objectOr(volume, 'spec');
  const old = objectOr(previous, 'spec');
  const errors = validateVolume(volume);
  if (!semanticEqual(sourceOf(spec), sourceOf(old)))
    errors.push(forbidden('spec.persistentvolumesource', 'spec.persistentvolumesource is immutable after creation'));
  if (!semanticEqual(spec.volumeMode, old.volumeMode))
    errors.push(invalid('volumeMode', spec.volumeMode ?? null, FIELD_IMMUTABLE));
  if (old.nodeAffinity !== undefined && !semanticEqual(spec.nodeAffinity, old.nodeAffinity))
    errors.push(
      invalid(
        'nodeAffinity',
        spec.nodeAffinity ?? null,
        `${FIELD_IMMUTABLE}, except for updating from beta label to GA`,
      ),
    );
  if (old.volumeAttributesClassName !== undefined && spec.volumeAttributesClassName === undefined)
    errors.push(forbidden('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'));
  return errors;
}
