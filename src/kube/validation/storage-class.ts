// Storage classes, on create and on update. k8s: storage/validation ValidateStorageClass, …Update
import { canonicalJson } from '../canonical-json.ts';
import { semanticEqual } from '../deep-equal.ts';
import { labelKeyErrors } from '../labels.ts';
import { type Loose, listAt, objectOr, textAt, textsAt } from '../loose.ts';
import { byteLength } from '../names.ts';
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalidAll,
  notSupported,
  required,
  tooLong,
} from './field-error.ts';
import {
  FIELD_IMMUTABLE,
  NAME_RULES,
  validateLabelName,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from './object-meta.ts';

const PARAMETERS_MAX = 512;
const PARAMETER_BYTES_MAX = 256 * 1024;
const RECLAIM_POLICIES = ['Delete', 'Retain'];
const BINDING_MODES = ['Immediate', 'WaitForFirstConsumer'];

function validateParameters(path: string, parameters: Loose): FieldError[] {
  const keys = Object.keys(parameters).sort();
  if (keys.length > PARAMETERS_MAX) return [tooLong(path, PARAMETERS_MAX)];
  const errors = keys.includes('') ? [invalid(path, '', 'field can not be empty.')] : [];
  let bytes = 0;
  for (const key of keys) bytes += byteLength(key) + byteLength(textAt(parameters, key));
  if (bytes > PARAMETER_BYTES_MAX) errors.push(tooLong(path, PARAMETER_BYTES_MAX));
  return errors;
}

function validateTopologies(path: string, topologies: readonly Loose[]): FieldError[] {
  const errors: FieldError[] = [];
  const seenTerms = new Set<string>();
  for (const [i, term] of topologies.entries()) {
    const values = new Map<string, string[]>();
    for (const [j, expression] of listAt(term, 'matchLabelExpressions').entries()) {
      const at = `${path}[${i}].matchLabelExpressions[${j}]`;
      const key = textAt(expression, 'key');
      const wanted = textsAt(expression, 'values');
      if (wanted.length === 0) errors.push(required(`${at}.values`));
      const seen = new Set<string>();
      for (const [k, value] of wanted.entries()) {
        if (seen.has(value)) errors.push(duplicate(`${at}.values[${k}]`, value));
        seen.add(value);
      }
      errors.push(...validateLabelName(`${at}.key`, key));
      if (values.has(key)) errors.push(duplicate(`${at}.key`, key));
      values.set(key, [...wanted].sort());
    }
    const text = canonicalJson(Object.fromEntries(values));
    if (seenTerms.has(text)) errors.push(duplicate(`${path}[${i}].matchLabelExpressions`, ''));
    seenTerms.add(text);
  }
  return errors;
}

/** KUBE-13: a new StorageClass. */
export function validateStorageClass(storageClass: Loose): FieldError[] {
  const errors = validateObjectMeta(objectOr(storageClass, 'metadata'), false, NAME_RULES.subdomain);
  const provisioner = textAt(storageClass, 'provisioner');
  if (provisioner === '') errors.push(required('provisioner'));
  else {
    const lower = provisioner.toLowerCase();
    errors.push(...invalidAll('provisioner', lower, labelKeyErrors(lower)));
  }
  errors.push(...validateParameters('parameters', objectOr(storageClass, 'parameters')));
  const reclaim = textAt(storageClass, 'reclaimPolicy');
  if (reclaim !== '' && !RECLAIM_POLICIES.includes(reclaim))
    errors.push(notSupported('reclaimPolicy', reclaim, RECLAIM_POLICIES));
  const mode = textAt(storageClass, 'volumeBindingMode');
  if (mode === '') errors.push(required('volumeBindingMode'));
  else if (!BINDING_MODES.includes(mode)) errors.push(notSupported('volumeBindingMode', mode, BINDING_MODES));
  return [...errors, ...validateTopologies('allowedTopologies', listAt(storageClass, 'allowedTopologies'))];
}

/** An update of a StorageClass: what decides how volumes are made never changes. */
export function validateStorageClassUpdate(storageClass: Loose, previous: Loose): FieldError[] {
  const errors = validateObjectMetaUpdate(objectOr(storageClass, 'metadata'), objectOr(previous, 'metadata'));
  for (const key of ['parameters', 'provisioner', 'reclaimPolicy'])
    if (!semanticEqual(storageClass[key], previous[key]))
      errors.push(forbidden(key, `updates to ${key} are forbidden.`));
  if (!semanticEqual(storageClass.volumeBindingMode, previous.volumeBindingMode))
    errors.push(invalid('volumeBindingMode', storageClass.volumeBindingMode ?? null, FIELD_IMMUTABLE));
  return errors;
}
