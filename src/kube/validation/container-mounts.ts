// What a container mounts. k8s: core/validation ValidateVolumeMounts, ValidateVolumeDevices
import { flagAt, type Loose, listAt, objectAt, optionalTextAt, textAt } from '../loose.ts';
import { type FieldError, forbidden, invalid, notFound, notSupported, required } from './field-error.ts';
import { validateNoBacksteps, validateRelativePath } from './volume-paths.ts';

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const RECURSIVE = ['Disabled', 'Enabled', 'IfPossible'];

/** Errors about how a mount is made stand at the path of the whole list, as upstream has it. */
function validateMountOptions(path: string, mount: Loose, container: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const propagation = optionalTextAt(mount, 'mountPropagation');
  if (propagation !== undefined) {
    const at = `${path}.mountPropagation`;
    if (!PROPAGATIONS.includes(propagation)) errors.push(notSupported(at, propagation, PROPAGATIONS));
    if (propagation === 'Bidirectional' && flagAt(objectAt(container, 'securityContext'), 'privileged') !== true)
      errors.push(forbidden(at, 'Bidirectional mount propagation is available only to privileged containers'));
  }
  const recursive = optionalTextAt(mount, 'recursiveReadOnly');
  if (recursive === undefined || recursive === 'Disabled') return errors;
  const at = `${path}.recursiveReadOnly`;
  if (!RECURSIVE.includes(recursive)) return [...errors, notSupported(at, recursive, RECURSIVE)];
  if (flagAt(mount, 'readOnly') !== true) errors.push(forbidden(at, 'may only be specified when readOnly is true'));
  if (propagation !== undefined && propagation !== 'None')
    errors.push(forbidden(at, 'may only be specified when mountPropagation is None or not specified'));
  return errors;
}

/** Mounts of file systems. @param volumes valid volumes of the pod by name */
export function validateMounts(path: string, container: Loose, volumes: ReadonlyMap<string, Loose>): FieldError[] {
  const errors: FieldError[] = [];
  const devices = listAt(container, 'volumeDevices');
  const deviceNames = new Set(devices.map((device) => textAt(device, 'name')));
  const devicePaths = new Set(devices.map((device) => textAt(device, 'devicePath')));
  const paths = new Set<string>();
  for (const [i, mount] of listAt(container, 'volumeMounts').entries()) {
    const at = `${path}[${i}]`;
    const name = textAt(mount, 'name');
    const mountPath = textAt(mount, 'mountPath');
    if (name === '') errors.push(required(`${at}.name`));
    if (!volumes.has(name)) errors.push(notFound(`${at}.name`, name));
    if (mountPath === '') errors.push(required(`${at}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${at}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
    if (deviceNames.has(name)) errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeDevices'));
    if (devicePaths.has(mountPath))
      errors.push(invalid(`${at}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'));
    const subPath = textAt(mount, 'subPath');
    const expression = textAt(mount, 'subPathExpr');
    if (subPath !== '') errors.push(...validateRelativePath(`${path}.subPath`, subPath));
    if (expression !== '') {
      if (subPath !== '')
        errors.push(invalid(`${at}.subPathExpr`, expression, 'subPathExpr and subPath are mutually exclusive'));
      errors.push(...validateRelativePath(`${path}.subPathExpr`, expression));
    }
    errors.push(...validateMountOptions(path, mount, container));
  }
  return errors;
}

/** Raw block devices. */
export function validateDevices(path: string, container: Loose, volumes: ReadonlyMap<string, Loose>): FieldError[] {
  const errors: FieldError[] = [];
  const mounts = listAt(container, 'volumeMounts');
  const mountNames = new Set(mounts.map((mount) => textAt(mount, 'name')));
  const mountPaths = new Set(mounts.map((mount) => textAt(mount, 'mountPath')));
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const [i, device] of listAt(container, 'volumeDevices').entries()) {
    const at = `${path}[${i}]`;
    const name = textAt(device, 'name');
    const devicePath = textAt(device, 'devicePath');
    const volume = volumes.get(name);
    if (name === '') errors.push(required(`${at}.name`));
    if (names.has(name)) errors.push(invalid(`${at}.name`, name, 'must be unique'));
    if (volume === undefined) errors.push(notFound(`${at}.name`, name));
    else if (!objectAt(volume, 'persistentVolumeClaim') && !objectAt(volume, 'ephemeral'))
      errors.push(
        invalid(
          `${at}.name`,
          name,
          'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
        ),
      );
    if (devicePath === '') errors.push(required(`${at}.devicePath`));
    if (paths.has(devicePath)) errors.push(invalid(`${at}.devicePath`, devicePath, 'must be unique'));
    if (validateNoBacksteps('', devicePath).length > 0)
      errors.push(invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    if (mountNames.has(name)) errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeMounts'));
    if (mountPaths.has(devicePath))
      errors.push(invalid(`${at}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts'));
    if (name !== '') names.add(name);
  }
  return errors;
}
