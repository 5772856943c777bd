// Names, labels, annotations, owners and finalizers, which every object has. k8s: apimachinery api/validation

import { semanticEqual } from '../deep-equal.ts';
import { goQuote } from '../go-quote.ts';
import { labelKeyErrors, labelValueErrors } from '../labels.ts';
import { flagAt, type Loose, listAt, objectOr, textAt, textsAt } from '../loose.ts';
import { byteLength, dnsLabelErrors, dnsSubdomainErrors, pathSegmentErrors } from '../names.ts';
import { type FieldError, forbidden, invalid, invalidAll, nonNegative, required, tooLong } from './field-error.ts';

/** What is wrong with a name; empty when nothing is. */
export type NameRule = (name: string) => readonly string[];

const ANNOTATIONS_BYTES_MAX = 256 * 1024;
/** Go visits maps at random; sorted keys make one order of it. */
const sorted = (map: Loose): string[] => Object.keys(map).sort();
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A label key, or anything else that is written like one. */
export const validateLabelName = (path: string, key: string): FieldError[] =>
  invalidAll(path, key, labelKeyErrors(key));

/** Labels; errors stand at the path of the whole map. */
export function validateLabels(path: string, labels: Loose): FieldError[] {
  return sorted(labels).flatMap((key) => [
    ...validateLabelName(path, key),
    ...invalidAll(path, text(labels[key]), labelValueErrors(text(labels[key]))),
  ]);
}

/** Annotations: keys as label keys, but in any case; all together at most 256 kB. */
export function validateAnnotations(path: string, annotations: Loose): FieldError[] {
  const errors = sorted(annotations).flatMap((key) => invalidAll(path, key, labelKeyErrors(key.toLowerCase())));
  let bytes = 0;
  for (const key of Object.keys(annotations)) bytes += byteLength(key) + byteLength(text(annotations[key]));
  if (bytes > ANNOTATIONS_BYTES_MAX) errors.push(tooLong(path, ANNOTATIONS_BYTES_MAX));
  return errors;
}

function validateOwners(path: string, owners: readonly Loose[]): FieldError[] {
  const errors: FieldError[] = [];
  let controller = '';
  for (const owner of owners) {
    const apiVersion = textAt(owner, 'apiVersion');
    // "apps/" has a group but no version.
    if (apiVersion === '' || apiVersion.endsWith('/'))
      errors.push(invalid(`${path}.apiVersion`, apiVersion, 'version must not be empty'));
    for (const key of ['kind', 'name', 'uid'])
      if (textAt(owner, key) === '') errors.push(invalid(`${path}.${key}`, '', 'must not be empty'));
    if (apiVersion === 'v1' && textAt(owner, 'kind') === 'Event')
      errors.push(invalid(path, owner, '/v1, Kind=Event is disallowed from being an owner'));
    if (flagAt(owner, 'controller') !== true) continue;
    const name = `${textAt(owner, 'kind')}/${textAt(owner, 'name')}`;
    if (controller === '') controller = name;
    else
      errors.push(
        invalid(
          path,
          owners,
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`,
        ),
      );
  }
  return errors;
}

const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

function validateFinalizers(path: string, finalizers: readonly string[]): FieldError[] {
  const errors = finalizers.flatMap((finalizer) => invalidAll(path, finalizer, labelKeyErrors(finalizer)));
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion'))
    errors.push(invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  return errors;
}

/** A finalizer without a domain must be one of the few that Kubernetes knows. */
function validateFinalizerNames(path: string, finalizers: readonly string[]): FieldError[] {
  return finalizers.flatMap((finalizer, i) =>
    finalizer.includes('/') || STANDARD_FINALIZERS.has(finalizer)
      ? []
      : [invalid(`${path}[${i}]`, finalizer, 'name is neither a standard finalizer name nor is it fully qualified')],
  );
}

/**
 * Metadata of a new object.
 * @param metadata the metadata
 * @param isNamespaced whether objects of the kind live in a namespace
 * @param nameRule what the kind asks of names
 * k8s: ValidateObjectMeta
 */
export function validateObjectMeta(metadata: Loose, isNamespaced: boolean, nameRule: NameRule): FieldError[] {
  const errors: FieldError[] = [];
  const prefix = textAt(metadata, 'generateName');
  const name = textAt(metadata, 'name');
  // A prefix may end in a dash, which the generated name will not.
  if (prefix !== '') errors.push(...invalidAll('metadata.generateName', prefix, nameRule(maskTrailingDash(prefix))));
  if (name === '') errors.push(required('metadata.name', 'name or generateName is required'));
  else errors.push(...invalidAll('metadata.name', name, nameRule(name)));
  const namespace = textAt(metadata, 'namespace');
  if (!isNamespaced) {
    if (namespace !== '') errors.push(forbidden('metadata.namespace', 'not allowed on this type'));
  } else if (namespace === '') errors.push(required('metadata.namespace'));
  else errors.push(...invalidAll('metadata.namespace', namespace, dnsLabelErrors(namespace)));
  errors.push(...nonNegative('metadata.generation', metadata.generation));
  errors.push(...validateLabels('metadata.labels', objectOr(metadata, 'labels')));
  errors.push(...validateAnnotations('metadata.annotations', objectOr(metadata, 'annotations')));
  errors.push(...validateOwners('metadata.ownerReferences', listAt(metadata, 'ownerReferences')));
  const finalizers = textsAt(metadata, 'finalizers');
  errors.push(...validateFinalizers('metadata.finalizers', finalizers));
  errors.push(...validateFinalizerNames('metadata.finalizers', finalizers));
  return errors;
}

const maskTrailingDash = (prefix: string): string =>
  prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix;

const IMMUTABLE = ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'];

/** The words for a field that may not change. */
export const FIELD_IMMUTABLE = 'field is immutable';

/**
 * Metadata of an update.
 * @param next the metadata as handed in
 * @param previous the stored metadata
 * k8s: ValidateObjectMetaUpdate
 */
export function validateObjectMetaUpdate(next: Loose, previous: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const finalizers = textsAt(next, 'finalizers');
  if (textAt(previous, 'deletionTimestamp') !== '') {
    const old = new Set(textsAt(previous, 'finalizers'));
    const extra = [...new Set(finalizers.filter((finalizer) => !old.has(finalizer)))].sort();
    if (extra.length > 0)
      errors.push(
        forbidden(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${extra.map(goQuote).join(', ')}}`,
        ),
      );
  }
  if (textAt(next, 'resourceVersion') === '')
    errors.push(invalid('metadata.resourceVersion', '', 'must be specified for an update'));
  if (Number(next.generation ?? 0) < Number(previous.generation ?? 0))
    errors.push(invalid('metadata.generation', next.generation ?? 0, 'must not be decremented'));
  for (const key of IMMUTABLE)
    if (!semanticEqual(next[key], previous[key]))
      errors.push(invalid(`metadata.${key}`, next[key] ?? (key.startsWith('d') ? null : ''), FIELD_IMMUTABLE));
  errors.push(...validateLabels('metadata.labels', objectOr(next, 'labels')));
  errors.push(...validateAnnotations('metadata.annotations', objectOr(next, 'annotations')));
  errors.push(...validateOwners('metadata.ownerReferences', listAt(next, 'ownerReferences')));
  errors.push(...validateFinalizerNames('metadata.finalizers', finalizers));
  return errors;
}

/** Name rules by what they ask. */
export const NAME_RULES = {
  label: dnsLabelErrors,
  subdomain: dnsSubdomainErrors,
  pathSegment: pathSegmentErrors,
} as const satisfies Record<string, NameRule>;
