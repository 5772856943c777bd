// Security contexts of pods and containers. The insides of windowsOptions are not looked at.
// k8s: core/validation ValidateSecurityContext, validatePodSpecSecurityContext
import { goJson } from '../go-fields.ts';
import { flagAt, type Loose, listAt, numberAt, objectAt, optionalTextAt, textAt, textsAt } from '../loose.ts';
import { rangeError } from '../names.ts';
import { duplicate, type FieldError, invalid, notSupported, required, shown, tooLong } from './field-error.ts';
import { validateRelativePath } from './volume-paths.ts';

const ID_MAX = 2_147_483_647;

function validateId(path: string, id: number | undefined): FieldError[] {
  return id !== undefined && (id < 0 || id > ID_MAX) ? [invalid(path, id, rangeError(0, ID_MAX))] : [];
}

const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];

function validateSeccomp(path: string, profile: Loose | undefined): FieldError[] {
  if (profile === undefined) return [];
  const errors: FieldError[] = [];
  const type = textAt(profile, 'type');
  if (type === '') errors.push(required(`${path}.type`, 'type is required when seccompProfile is set'));
  else if (!PROFILE_TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, PROFILE_TYPES));
  const local = optionalTextAt(profile, 'localhostProfile');
  if (type === 'Localhost') {
    if (local === undefined)
      errors.push(required(`${path}.localhostProfile`, 'must be set when seccomp type is Localhost'));
    else errors.push(...validateRelativePath(`${path}.localhostProfile`, local));
  } else if (local !== undefined) {
    const whole = shown(`{"Type":${JSON.stringify(type)},"LocalhostProfile":${JSON.stringify(local)}}`);
    errors.push(invalid(`${path}.localhostProfile`, whole, 'can only be set when seccomp type is Localhost'));
  }
  return errors;
}

const APP_ARMOR_LENGTH_MAX = 4095;

function validateAppArmor(path: string, profile: Loose | undefined): FieldError[] {
  if (profile === undefined) return [];
  const type = textAt(profile, 'type');
  const local = optionalTextAt(profile, 'localhostProfile');
  const at = `${path}.localhostProfile`;
  if (type === '') return [required(`${path}.type`, 'type is required when appArmorProfile is set')];
  if (!PROFILE_TYPES.includes(type)) return [notSupported(`${path}.type`, type, PROFILE_TYPES)];
  if (type !== 'Localhost')
    return local === undefined ? [] : [invalid(at, local, 'can only be set when AppArmor type is Localhost')];
  if (local === undefined) return [required(at, 'must be set when AppArmor type is Localhost')];
  const errors: FieldError[] = [];
  if (local.trim() !== local) errors.push(invalid(at, local, 'must not be padded with whitespace'));
  else if (local === '') errors.push(required(at, 'must be set when AppArmor type is Localhost'));
  if (local.length > APP_ARMOR_LENGTH_MAX) errors.push(tooLong(at, APP_ARMOR_LENGTH_MAX));
  return errors;
}

const PROC_MOUNTS = ['Default', 'Unmasked'];

/** @param isHostUsers false only when the pod says hostUsers: false */
export function validateContainerSecurity(
  path: string,
  context: Loose | undefined,
  isHostUsers: boolean,
): FieldError[] {
  if (context === undefined) return [];
  const errors = [
    ...validateId(`${path}.runAsUser`, numberAt(context, 'runAsUser')),
    ...validateId(`${path}.runAsGroup`, numberAt(context, 'runAsGroup')),
  ];
  const procMount = optionalTextAt(context, 'procMount');
  if (procMount !== undefined) {
    if (!PROC_MOUNTS.includes(procMount)) errors.push(notSupported(`${path}.procMount`, procMount, PROC_MOUNTS));
    if (isHostUsers && procMount === 'Unmasked')
      errors.push(invalid(`${path}.procMount`, procMount, '`hostUsers` must be false to use `Unmasked`'));
  }
  errors.push(...validateSeccomp(`${path}.seccompProfile`, objectAt(context, 'seccompProfile')));
  if (flagAt(context, 'allowPrivilegeEscalation') === false) {
    const whole = shown(goJson('v1.SecurityContext', context));
    const refuse = (what: string) =>
      errors.push(invalid(path, whole, `cannot set \`allowPrivilegeEscalation\` to false and ${what}`));
    if (flagAt(context, 'privileged') === true) refuse('`privileged` to true');
    for (const capability of textsAt(objectAt(context, 'capabilities'), 'add'))
      if (capability === 'CAP_SYS_ADMIN') refuse('`capabilities.Add` CAP_SYS_ADMIN');
  }
  errors.push(...validateAppArmor(`${path}.appArmorProfile`, objectAt(context, 'appArmorProfile')));
  return errors;
}

const SYSCTL = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL_RE = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;
const SYSCTL_LENGTH_MAX = 253;

/** Which of the host's namespaces a sysctl belongs to. k8s: sysctl.GetNamespace */
function sysctlNamespace(name: string): 'net' | 'ipc' | undefined {
  const dotted = name.replaceAll('/', '.');
  if (/^(?:net)\./.test(dotted)) return 'net';
  return /^(?:kernel\.(?:shm|msg)|fs\.mqueue\.)/.test(dotted) || dotted === 'kernel.sem' ? 'ipc' : undefined;
}

function validateSysctls(path: string, context: Loose, spec: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [i, sysctl] of listAt(context, 'sysctls').entries()) {
    const at = `${path}[${i}].name`;
    const name = textAt(sysctl, 'name');
    if (name === '') errors.push(required(at));
    else if (name.length > SYSCTL_LENGTH_MAX || !SYSCTL_RE.test(name))
      errors.push(
        invalid(
          at,
          name,
          `must have at most ${SYSCTL_LENGTH_MAX} characters and match regex ^(${SYSCTL}[\\./])*${SYSCTL}$`,
        ),
      );
    else if (seen.has(name)) errors.push(duplicate(at, name));
    const namespace = sysctlNamespace(name);
    if (namespace === 'net' && spec.hostNetwork === true)
      errors.push(invalid(at, name, "may not be specified when 'hostNetwork' is true"));
    if (namespace === 'ipc' && spec.hostIPC === true)
      errors.push(invalid(at, name, "may not be specified when 'hostIPC' is true"));
    seen.add(name);
  }
  return errors;
}

/** A member that must be one of a few words, if it is there. */
function oneOf(path: string, context: Loose, key: string, words: readonly string[]): FieldError[] {
  const value = optionalTextAt(context, key);
  return value === undefined || words.includes(value) ? [] : [notSupported(`${path}.${key}`, value, words)];
}

/** The pod's own context. */
export function validatePodSecurity(path: string, context: Loose | undefined, spec: Loose): FieldError[] {
  if (context === undefined) return [];
  const errors = [
    ...validateId(`${path}.fsGroup`, numberAt(context, 'fsGroup')),
    ...validateId(`${path}.runAsUser`, numberAt(context, 'runAsUser')),
    ...validateId(`${path}.runAsGroup`, numberAt(context, 'runAsGroup')),
  ];
  const groups = Array.isArray(context.supplementalGroups) ? context.supplementalGroups : [];
  for (const [i, group] of groups.entries())
    if (typeof group === 'number') errors.push(...validateId(`${path}.supplementalGroups[${i}]`, group));
  if (spec.shareProcessNamespace === true && spec.hostPID === true)
    errors.push(
      invalid(`${path}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled'),
    );
  errors.push(...validateSysctls(`${path}.sysctls`, context, spec));
  errors.push(...oneOf(path, context, 'fsGroupChangePolicy', ['Always', 'OnRootMismatch']));
  errors.push(...validateSeccomp(`${path}.seccompProfile`, objectAt(context, 'seccompProfile')));
  errors.push(...validateAppArmor(`${path}.appArmorProfile`, objectAt(context, 'appArmorProfile')));
  errors.push(...oneOf(path, context, 'supplementalGroupsPolicy', ['Merge', 'Strict']));
  errors.push(...oneOf(path, context, 'seLinuxChangePolicy', ['MountOption', 'Recursive']));
  return errors;
}
