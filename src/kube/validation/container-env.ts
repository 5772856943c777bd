// Environment variables of a container. k8s: core/validation ValidateEnv, ValidateEnvFrom
import { type Loose, objectAt, textAt } from '../loose.ts';
import { configKeyErrors, dnsLabelErrors, dnsSubdomainErrors, envNameErrors } from '../names.ts';
import { ENV_FIELDS, validateFieldSelector, validateResourceSelector } from './downward-api.ts';
import { type FieldError, invalid, invalidAll, required } from './field-error.ts';
import { validateNoBacksteps } from './volume-paths.ts';

function validateKeyRef(path: string, ref: Loose): FieldError[] {
  const name = textAt(ref, 'name');
  const key = textAt(ref, 'key');
  return [
    ...invalidAll(`${path}.name`, name, dnsSubdomainErrors(name)),
    ...(key === '' ? [required(`${path}.key`)] : invalidAll(`${path}.key`, key, configKeyErrors(key))),
  ];
}

function validateFileRef(path: string, ref: Loose): FieldError[] {
  const [key, volume, file] = [textAt(ref, 'key'), textAt(ref, 'volumeName'), textAt(ref, 'path')];
  return [
    ...(key === '' ? [required(`${path}.key`)] : invalidAll(`${path}.key`, key, envNameErrors(key))),
    ...(volume === ''
      ? [required(`${path}.volumeName`)]
      : invalidAll(`${path}.volumeName`, volume, dnsLabelErrors(volume))),
    ...(file === '' ? [required(`${path}.path`)] : validateNoBacksteps(`${path}.path`, file)),
  ];
}

const ENV_SOURCES: Readonly<Record<string, (path: string, ref: Loose) => FieldError[]>> = {
  fieldRef: (path, ref) => validateFieldSelector(path, ref, ENV_FIELDS),
  resourceFieldRef: (path, ref) => validateResourceSelector(path, ref, false),
  configMapKeyRef: validateKeyRef,
  secretKeyRef: validateKeyRef,
  fileKeyRef: validateFileRef,
};
const ONE_OF_SOURCES =
  'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
const ONE_AT_A_TIME = 'may not have more than one field specified at a time';

/** Variables that are named one by one. */
export function validateEnv(path: string, env: readonly Loose[]): FieldError[] {
  const errors: FieldError[] = [];
  for (const [i, variable] of env.entries()) {
    const name = textAt(variable, 'name');
    if (name === '') errors.push(required(`${path}[${i}].name`));
    else errors.push(...invalidAll(`${path}[${i}].name`, name, envNameErrors(name)));
    const from = objectAt(variable, 'valueFrom');
    if (from === undefined) continue;
    const at = `${path}[${i}].valueFrom`;
    let found = 0;
    for (const [key, rule] of Object.entries(ENV_SOURCES)) {
      const ref = objectAt(from, key);
      if (ref === undefined) continue;
      found++;
      errors.push(...rule(`${at}.${key}`, ref));
    }
    if (found === 0) errors.push(invalid(at, '', ONE_OF_SOURCES));
    else if (textAt(variable, 'value') !== '')
      errors.push(invalid(at, '', 'may not be specified when `value` is not empty'));
    else if (found > 1) errors.push(invalid(at, '', ONE_AT_A_TIME));
  }
  return errors;
}

/** Variables that are taken over in bulk. */
export function validateEnvFrom(path: string, sources: readonly Loose[]): FieldError[] {
  const errors: FieldError[] = [];
  for (const [i, source] of sources.entries()) {
    const prefix = textAt(source, 'prefix');
    if (prefix !== '') errors.push(...invalidAll(`${path}[${i}].prefix`, prefix, envNameErrors(prefix)));
    let found = 0;
    for (const key of ['configMapRef', 'secretRef']) {
      const ref = objectAt(source, key);
      if (ref === undefined) continue;
      found++;
      const name = textAt(ref, 'name');
      const at = `${path}[${i}].${key}.name`;
      // Upstream treats the name as a prefix, so one trailing dash is let through.
      const masked = name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
      errors.push(...(name === '' ? [required(at)] : invalidAll(at, name, dnsSubdomainErrors(masked))));
    }
    if (found === 0) errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    else if (found > 1) errors.push(invalid(path, '', ONE_AT_A_TIME));
  }
  return errors;
}
