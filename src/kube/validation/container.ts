// Containers and init containers of a pod spec. k8s: core/validation validateContainers and below
import { type Loose, listAt, numberAt, objectAt, objectOr, optionalTextAt, textAt } from '../loose.ts';
import { dnsLabelErrors, portNameErrors } from '../names.ts';
import { validateEnv, validateEnvFrom } from './container-env.ts';
import { validateDevices, validateMounts } from './container-mounts.ts';
import { validateResources } from './container-resources.ts';
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
import { validateLifecycle, validatePortNumber, validateProbes } from './handlers.ts';
import { validateContainerSecurity } from './security-context.ts';

/** What a container is checked against. */
export interface ContainerContext {
  /** Valid volumes of the pod by name. */
  readonly volumes: ReadonlyMap<string, Loose>;
  /** Names in the pod's resourceClaims. */
  readonly claimNames: ReadonlySet<string>;
  readonly graceSeconds: number | undefined;
  readonly os: string;
  readonly restartPolicy: string;
  readonly isHostUsers: boolean;
}

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function validatePorts(path: string, ports: readonly Loose[]): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, port] of ports.entries()) {
    const at = `${path}[${i}]`;
    const name = textAt(port, 'name');
    if (name !== '') {
      const wrong = portNameErrors(name);
      if (wrong.length > 0) errors.push(...invalidAll(`${at}.name`, name, wrong));
      else if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
      else names.add(name);
    }
    const number = numberAt(port, 'containerPort') ?? 0;
    if (number === 0) errors.push(required(`${at}.containerPort`));
    else errors.push(...validatePortNumber(`${at}.containerPort`, number));
    const hostPort = numberAt(port, 'hostPort') ?? 0;
    if (hostPort !== 0) errors.push(...validatePortNumber(`${at}.hostPort`, hostPort));
    const protocol = textAt(port, 'protocol');
    if (protocol === '') errors.push(required(`${at}.protocol`));
    else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${at}.protocol`, protocol, PROTOCOLS));
  }
  return errors;
}

function validateResizePolicy(path: string, policies: readonly Loose[], restartPolicy: string): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [i, policy] of policies.entries()) {
    const resource = textAt(policy, 'resourceName');
    const restart = textAt(policy, 'restartPolicy');
    if (seen.has(resource)) errors.push(duplicate(`${path}[${i}]`, resource));
    seen.add(resource);
    if (resource === '') errors.push(required(path));
    else if (resource !== 'cpu' && resource !== 'memory') errors.push(notSupported(path, resource, ['cpu', 'memory']));
    if (restart === '') errors.push(required(path));
    else if (restart !== 'NotRequired' && restart !== 'RestartContainer')
      errors.push(notSupported(path, restart, ['NotRequired', 'RestartContainer']));
    if (restartPolicy === 'Never' && restart !== 'NotRequired')
      errors.push(invalid(path, restart, "must be 'NotRequired' when `restartPolicy` is 'Never'"));
  }
  return errors;
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];

/** What holds for containers of every sort. k8s: validateContainerCommon */
function validateCommon(path: string, container: Loose, context: ContainerContext): FieldError[] {
  const errors: FieldError[] = [];
  const name = textAt(container, 'name');
  errors.push(...(name === '' ? [required(`${path}.name`)] : invalidAll(`${path}.name`, name, dnsLabelErrors(name))));
  if (textAt(container, 'image') === '') errors.push(required(`${path}.image`));
  const message = textAt(container, 'terminationMessagePolicy');
  if (message === '') errors.push(required(`${path}.terminationMessagePolicy`));
  else if (!MESSAGE_POLICIES.includes(message))
    errors.push(notSupported(`${path}.terminationMessagePolicy`, message, MESSAGE_POLICIES));
  errors.push(...validatePorts(`${path}.ports`, listAt(container, 'ports')));
  errors.push(...validateEnv(`${path}.env`, listAt(container, 'env')));
  errors.push(...validateEnvFrom(`${path}.envFrom`, listAt(container, 'envFrom')));
  errors.push(...validateMounts(`${path}.volumeMounts`, container, context.volumes));
  errors.push(...validateDevices(`${path}.volumeDevices`, container, context.volumes));
  const pull = textAt(container, 'imagePullPolicy');
  if (pull === '') errors.push(required(`${path}.imagePullPolicy`));
  else if (!PULL_POLICIES.includes(pull)) errors.push(notSupported(`${path}.imagePullPolicy`, pull, PULL_POLICIES));
  errors.push(...validateResources(`${path}.resources`, objectOr(container, 'resources'), context.claimNames));
  errors.push(
    ...validateResizePolicy(`${path}.resizePolicy`, listAt(container, 'resizePolicy'), context.restartPolicy),
  );
  errors.push(
    ...validateContainerSecurity(
      `${path}.securityContext`,
      objectAt(container, 'securityContext'),
      context.isHostUsers,
    ),
  );
  return errors;
}

const RESTART_POLICIES = ['Always', 'Never', 'OnFailure'];

/** The container's own restart policy and its rules. */
function validateRestart(path: string, container: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const policy = optionalTextAt(container, 'restartPolicy');
  const rules = listAt(container, 'restartPolicyRules');
  if (policy === undefined) {
    if (rules.length === 0) return errors;
    errors.push(required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
  } else if (!RESTART_POLICIES.includes(policy))
    errors.push(notSupported(`${path}.restartPolicy`, policy, RESTART_POLICIES));
  if (rules.length > 20) errors.push(tooLong(`${path}.restartPolicyRules`, 20));
  for (const [i, rule] of rules.entries()) {
    const at = `${path}.restartPolicyRules[${i}]`;
    const action = textAt(rule, 'action');
    if (action !== 'Restart') errors.push(notSupported(`${at}.action`, action, ['Restart']));
    const codes = objectAt(rule, 'exitCodes');
    if (codes === undefined) errors.push(required(`${at}.exitCodes`, 'must be specified'));
    else if (!['In', 'NotIn'].includes(textAt(codes, 'operator')))
      errors.push(notSupported(`${at}.exitCodes.operator`, textAt(codes, 'operator'), ['In', 'NotIn']));
    if (Array.isArray(codes?.values) && codes.values.length > 255) errors.push(tooLong(`${at}.exitCodes.values`, 255));
  }
  return errors;
}

/** Two containers cannot take the same port of the host. Errors name the list, not the container. */
function validateHostPorts(path: string, containers: readonly Loose[]): FieldError[] {
  const errors: FieldError[] = [];
  const taken = new Set<string>();
  for (const [i, container] of containers.entries())
    for (const [j, port] of listAt(container, 'ports').entries()) {
      const number = numberAt(port, 'hostPort') ?? 0;
      if (number === 0) continue;
      const key = `${textAt(port, 'protocol')}/${textAt(port, 'hostIP')}/${number}`;
      if (taken.has(key)) errors.push(duplicate(`${path}[${i}].ports[${j}].hostPort`, key));
      taken.add(key);
    }
  return errors;
}

/** The containers of a pod spec; at least one. */
export function validateContainers(
  path: string,
  containers: readonly Loose[],
  context: ContainerContext,
): FieldError[] {
  if (containers.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, container] of containers.entries()) {
    const at = `${path}[${i}]`;
    errors.push(...validateCommon(at, container, context));
    const name = textAt(container, 'name');
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    names.add(name);
    const lifecycle = objectAt(container, 'lifecycle');
    if (lifecycle !== undefined)
      errors.push(...validateLifecycle(`${at}.lifecycle`, lifecycle, context.graceSeconds, context.os));
    errors.push(...validateProbes(at, container, context.graceSeconds), ...validateRestart(at, container));
  }
  return [...errors, ...validateHostPorts(path, containers)];
}

const NOT_FOR_INIT = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];

/** Init containers; those with restartPolicy Always are sidecars and may have probes. */
export function validateInitContainers(
  path: string,
  containers: readonly Loose[],
  regular: readonly Loose[],
  context: ContainerContext,
): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set(regular.map((container) => textAt(container, 'name')));
  for (const [i, container] of containers.entries()) {
    const at = `${path}[${i}]`;
    errors.push(...validateCommon(at, container, context));
    const isSidecar = textAt(container, 'restartPolicy') === 'Always';
    if (isSidecar && listAt(container, 'restartPolicyRules').length > 0)
      errors.push(
        forbidden(
          `${at}.restartPolicyRules`,
          'restartPolicyRules are not allowed for init containers with restart policy Always',
        ),
      );
    else if (!isSidecar && optionalTextAt(container, 'restartPolicy') !== undefined)
      errors.push(...validateRestart(at, container));
    const name = textAt(container, 'name');
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    else if (name !== '') names.add(name);
    errors.push(...validateHostPorts(path, [container]));
    if (isSidecar) {
      const lifecycle = objectAt(container, 'lifecycle');
      if (lifecycle !== undefined)
        errors.push(...validateLifecycle(`${at}.lifecycle`, lifecycle, context.graceSeconds, context.os));
      errors.push(...validateProbes(at, container, context.graceSeconds));
    } else
      for (const key of NOT_FOR_INIT)
        if (objectAt(container, key) !== undefined)
          errors.push(forbidden(`${at}.${key}`, 'may not be set for init containers without restartPolicy=Always'));
  }
  return errors;
}

/** Images of pods, unlike those of templates, may not be padded. */
export const validateImagePadding = (path: string, containers: readonly Loose[]): FieldError[] =>
  containers.flatMap((container, i) => {
    const image = textAt(container, 'image');
    return image.trim() === image
      ? []
      : [invalid(`${path}[${i}].image`, image, 'must not have leading or trailing whitespace')];
  });
