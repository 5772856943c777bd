// Volumes that gather several sources in one directory. k8s: core/validation validateProjectedVolumeSource
import { type Loose, listAt, numberAt, objectAt, optionalTextAt, textAt } from '../loose.ts';
import { type FieldError, forbidden, invalid, required } from './field-error.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateDownwardFile, validateFileMode, validateFilePath, validateKeyToPath } from './volume-paths.ts';

const CONFLICT = 'conflicting duplicate paths';

/** Remembers the paths written so far. */
function pathClaims(): (path: string) => boolean {
  const taken = new Set<string>();
  return (path) => {
    if (taken.has(path)) return false;
    taken.add(path);
    return true;
  };
}

/** A Secret or ConfigMap among the sources. */
function validateNamed(
  path: string,
  volumePath: string,
  source: Loose,
  claim: (path: string) => boolean,
): FieldError[] {
  const name = textAt(source, 'name');
  const errors = name === '' ? [required(`${path}.name`)] : [];
  for (const [i, item] of listAt(source, 'items').entries()) {
    errors.push(...validateKeyToPath(`${path}.items[${i}]`, item));
    const target = textAt(item, 'path');
    if (target !== '' && !claim(target)) errors.push(invalid(volumePath, name, CONFLICT));
  }
  return errors;
}

function validateToken(path: string, volumePath: string, token: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const seconds = numberAt(token, 'expirationSeconds') ?? 0;
  if (seconds < 600)
    errors.push(invalid(`${path}.expirationSeconds`, seconds, 'may not specify a duration less than 10 minutes'));
  if (seconds > 2 ** 32)
    errors.push(invalid(`${path}.expirationSeconds`, seconds, 'may not specify a duration larger than 2^32 seconds'));
  const target = textAt(token, 'path');
  if (target === '') errors.push(required(`${volumePath}.path`));
  else errors.push(...validateFilePath(`${volumePath}.path`, target));
  return errors;
}

function validateTrustBundle(
  path: string,
  volumePath: string,
  bundle: Loose,
  claim: (path: string) => boolean,
): FieldError[] {
  const errors: FieldError[] = [];
  const name = optionalTextAt(bundle, 'name');
  const signer = optionalTextAt(bundle, 'signerName');
  if (name !== undefined && signer !== undefined)
    errors.push(invalid(path, bundle, 'only one of name and signerName may be used'));
  else if (name !== undefined) {
    if (name === '') errors.push(required(`${path}.name`, 'must be a valid object name'));
    const selector = objectAt(bundle, 'labelSelector');
    if (selector !== undefined)
      errors.push(invalid(`${path}.labelSelector`, selector, 'labelSelector must be unset if name is specified'));
  } else if (signer !== undefined) {
    if (signer === '') errors.push(required(`${path}.signerName`, 'must be a valid signer name'));
    errors.push(...validateLabelSelector(`${path}.labelSelector`, objectAt(bundle, 'labelSelector')));
  } else errors.push(required(path, 'either name or signerName must be specified'));
  const target = textAt(bundle, 'path');
  if (target === '') errors.push(required(`${path}.path`));
  errors.push(...validateFilePath(`${path}.path`, target));
  if (!claim(target)) errors.push(invalid(volumePath, target, CONFLICT));
  return errors;
}

/** @param path where the projected volume stands */
export function validateProjected(path: string, projected: Loose): FieldError[] {
  const errors = validateFileMode(`${path}.defaultMode`, numberAt(projected, 'defaultMode'));
  const claim = pathClaims();
  for (const [i, source] of listAt(projected, 'sources').entries()) {
    const at = `${path}.sources[${i}]`;
    let found = 0;
    for (const key of ['secret', 'configMap']) {
      const member = objectAt(source, key);
      if (member === undefined) continue;
      found++;
      errors.push(...validateNamed(`${at}.${key}`, path, member, claim));
    }
    const downward = objectAt(source, 'downwardAPI');
    if (downward !== undefined) {
      found++;
      for (const item of listAt(downward, 'items')) {
        errors.push(...validateDownwardFile(`${at}.downwardAPI`, item));
        const target = textAt(item, 'path');
        if (target !== '' && !claim(target)) errors.push(invalid(path, target, CONFLICT));
      }
    }
    const token = objectAt(source, 'serviceAccountToken');
    if (token !== undefined) {
      found++;
      errors.push(...validateToken(`${at}.serviceAccountToken`, path, token));
    }
    const bundle = objectAt(source, 'clusterTrustBundle');
    if (bundle !== undefined) {
      found++;
      errors.push(...validateTrustBundle(`${at}.clusterTrustBundle`, path, bundle, claim));
    }
    if (objectAt(source, 'podCertificate') !== undefined) found++;
    if (found > 1) errors.push(forbidden(at, 'may not specify more than 1 volume type per source'));
  }
  return errors;
}
