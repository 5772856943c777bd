// ConfigMaps and Secrets. k8s: core/validation ValidateConfigMap, ValidateSecret
import { semanticEqual } from '../../deep-equal.ts';
import { flagAt, type Loose, objectOr, textAt } from '../../loose.ts';
import { byteLength, configKeyErrors } from '../../names.ts';
import { type FieldError, forbidden, invalid, invalidAll, required, tooLong } from '../field-error.ts';
import { FIELD_IMMUTABLE } from '../object-meta.ts';

const BYTES_MAX = 1024 * 1024;

const keysOf = (map: Loose): string[] => Object.keys(map).sort();

/** Keys that are file names, none of them in both bags, and all of it no larger than a megabyte. */
export function validateConfigMap(map: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const data = objectOr(map, 'data');
  const binary = objectOr(map, 'binaryData');
  let bytes = 0;
  for (const [bag, own, other, name] of [
    ['data', data, binary, 'binaryData'],
    ['binaryData', binary, data, 'data'],
  ] as const)
    for (const key of keysOf(own)) {
      errors.push(...invalidAll(`${bag}[${key}]`, key, configKeyErrors(key)));
      if (Object.hasOwn(other, key)) errors.push(invalid(`${bag}[${key}]`, key, `duplicate of key present in ${name}`));
      bytes += byteLength(textAt(own, key));
    }
  if (bytes > BYTES_MAX) errors.push(tooLong('', BYTES_MAX));
  return errors;
}

/** Keys that a Secret of a type must have: all of one list. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};
const BASIC_AUTH = ['username', 'password'] as const;

/** Keys, and what the type asks for. Values are not there to be looked at (KCTL-9). */
export function validateSecret(secret: Loose): FieldError[] {
  const data: Loose = { ...objectOr(secret, 'data'), ...objectOr(secret, 'stringData') };
  const errors = keysOf(data).flatMap((key) => invalidAll(`data[${key}]`, key, configKeyErrors(key)));
  const type = textAt(secret, 'type');
  const lacks = (key: string): boolean => !Object.hasOwn(data, key);
  if (type === 'kubernetes.io/service-account-token') {
    const account = 'kubernetes.io/service-account.name';
    if (textAt(objectOr(objectOr(secret, 'metadata'), 'annotations'), account) === '')
      errors.push(required(`metadata.annotations[${account}]`));
  } else if (type === 'kubernetes.io/basic-auth' && BASIC_AUTH.every(lacks))
    errors.push(...BASIC_AUTH.map((key) => required(`data[${key}]`)));
  const needed = Object.hasOwn(NEEDED, type) ? (NEEDED[type] ?? []) : [];
  return [...errors, ...needed.filter(lacks).map((key) => required(`data[${key}]`))];
}

/** What `immutable` and the type of a Secret forbid. k8s: ValidateConfigMapUpdate, ValidateSecretUpdate */
export function validateSealed(object: Loose, previous: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const type = textAt(object, 'type');
  const oldType = textAt(previous, 'type');
  if ((type || 'Opaque') !== (oldType || 'Opaque')) errors.push(invalid('type', type, FIELD_IMMUTABLE));
  if (flagAt(previous, 'immutable') !== true) return errors;
  const sealed = 'field is immutable when `immutable` is set';
  if (flagAt(object, 'immutable') !== true) errors.push(forbidden('immutable', sealed));
  for (const bag of ['data', 'binaryData'])
    if (!semanticEqual(object[bag], previous[bag])) errors.push(forbidden(bag, sealed));
  return errors;
}
