// Paths inside volumes, file modes, and the fields that files may be filled from. k8s: core/validation
import { type Loose, numberAt, objectAt, textAt } from '../loose.ts';
import { VOLUME_FIELDS, validateFieldSelector, validateResourceSelector } from './downward-api.ts';
import { type FieldError, invalid, required } from './field-error.ts';

export const isAbsolute = (path: string): boolean => path.startsWith('/');

const FILE_MODE = 'must be a number between 0 and 0777 (octal), both inclusive';

export function validateFileMode(path: string, mode: unknown): FieldError[] {
  return typeof mode === 'number' && (mode < 0 || mode > 0o777) ? [invalid(path, mode, FILE_MODE)] : [];
}

/** No part of the path is `..`. */
export function validateNoBacksteps(path: string, target: string): FieldError[] {
  return /(?:^|\/)\.\.(?:\/|$)/.test(target) ? [invalid(path, target, "must not contain '..'")] : [];
}

/** Relative and without `..`. k8s: validateLocalDescendingPath */
export function validateRelativePath(path: string, target: string): FieldError[] {
  const errors = isAbsolute(target) ? [invalid(path, target, 'must be a relative path')] : [];
  return [...errors, ...validateNoBacksteps(path, target)];
}

/** As a relative path, and not beginning with `..` in any other way. k8s: ValidateLocalNonReservedPath */
export function validateFilePath(path: string, target: string): FieldError[] {
  const errors = validateRelativePath(path, target);
  if (target.startsWith('..') && !target.startsWith('../'))
    errors.push(invalid(path, target, "must not start with '..'"));
  return errors;
}

/** Which keys become which files. */
export function validateKeysToPaths(path: string, items: readonly Loose[]): FieldError[] {
  return items.flatMap((item, i) => validateKeyToPath(`${path}[${i}]`, item));
}

export function validateKeyToPath(path: string, item: Loose): FieldError[] {
  const errors: FieldError[] = [];
  if (textAt(item, 'key') === '') errors.push(required(`${path}.key`));
  if (textAt(item, 'path') === '') errors.push(required(`${path}.path`));
  errors.push(...validateFilePath(`${path}.path`, textAt(item, 'path')));
  errors.push(...validateFileMode(`${path}.mode`, numberAt(item, 'mode')));
  return errors;
}

/** Files filled from the pod itself. All errors stand at the path of the volume, as upstream has it. */
export function validateDownwardFiles(path: string, items: readonly Loose[]): FieldError[] {
  return items.flatMap((item) => validateDownwardFile(path, item));
}

export function validateDownwardFile(path: string, item: Loose): FieldError[] {
  const errors: FieldError[] = [];
  if (textAt(item, 'path') === '') errors.push(required(`${path}.path`));
  errors.push(...validateFilePath(`${path}.path`, textAt(item, 'path')));
  const field = objectAt(item, 'fieldRef');
  const resource = objectAt(item, 'resourceFieldRef');
  if (field !== undefined) {
    errors.push(...validateFieldSelector(`${path}.fieldRef`, field, VOLUME_FIELDS));
    if (resource !== undefined)
      errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
  } else if (resource !== undefined)
    errors.push(...validateResourceSelector(`${path}.resourceFieldRef`, resource, true));
  else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  errors.push(...validateFileMode(`${path}.mode`, numberAt(item, 'mode')));
  return errors;
}
