// Probes and lifecycle hooks. k8s: core/validation validateHandler, validateProbe, validateLifecycle
import { type Loose, listAt, numberAt, objectAt, optionalTextAt, textAt, textsAt } from '../loose.ts';
import { httpHeaderErrors, portNameErrors, rangeError } from '../names.ts';
import { type FieldError, forbidden, invalid, invalidAll, nonNegative, notSupported, required } from './field-error.ts';

const isPortNumber = (port: number): boolean => port >= 1 && port <= 65_535;
const PORT_RANGE = rangeError(1, 65_535);

/** A port by number. */
export const validatePortNumber = (path: string, port: number): FieldError[] =>
  isPortNumber(port) ? [] : [invalid(path, port, PORT_RANGE)];

/** A port by number or by the name it has in the container. */
export function validatePortOrName(path: string, port: unknown): FieldError[] {
  if (typeof port === 'string') return invalidAll(path, port, portNameErrors(port));
  return validatePortNumber(path, typeof port === 'number' ? port : 0);
}

function validateHttpGet(path: string, action: Loose): FieldError[] {
  const errors: FieldError[] = [];
  if (textAt(action, 'path') === '') errors.push(required(`${path}.path`));
  errors.push(...validatePortOrName(`${path}.port`, action.port));
  const scheme = textAt(action, 'scheme');
  if (scheme !== 'HTTP' && scheme !== 'HTTPS') errors.push(notSupported(`${path}.scheme`, scheme, ['HTTP', 'HTTPS']));
  for (const header of listAt(action, 'httpHeaders')) {
    const name = textAt(header, 'name');
    errors.push(...invalidAll(`${path}.httpHeaders`, name, httpHeaderErrors(name)));
  }
  return errors;
}

function validateSleep(path: string, action: Loose, graceSeconds: number | undefined): FieldError[] {
  const seconds = numberAt(action, 'seconds') ?? 0;
  return graceSeconds !== undefined && (seconds < 0 || seconds > graceSeconds)
    ? [invalid(path, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`)]
    : [];
}

const HANDLERS: Readonly<
  Record<string, (path: string, action: Loose, graceSeconds: number | undefined) => FieldError[]>
> = {
  exec: (path, action) => (textsAt(action, 'command').length === 0 ? [required(`${path}.command`)] : []),
  httpGet: validateHttpGet,
  tcpSocket: (path, action) => validatePortOrName(`${path}.port`, action.port),
  grpc: (path, action) => validatePortNumber(`${path}.port`, numberAt(action, 'port') ?? 0),
  sleep: validateSleep,
};

/** Exactly one handler, and that one complete. */
function validateHandler(path: string, handler: Loose, graceSeconds: number | undefined): FieldError[] {
  const errors: FieldError[] = [];
  let found = 0;
  for (const [key, rule] of Object.entries(HANDLERS)) {
    const action = objectAt(handler, key);
    if (action === undefined) continue;
    if (found++ > 0) errors.push(forbidden(`${path}.${key}`, 'may not specify more than 1 handler type'));
    else errors.push(...rule(`${path}.${key}`, action, graceSeconds));
  }
  if (found === 0) errors.push(required(path, 'must specify a handler type'));
  return errors;
}

const COUNTS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];

function validateProbe(path: string, probe: Loose, graceSeconds: number | undefined): FieldError[] {
  const errors = validateHandler(path, probe, graceSeconds);
  for (const count of COUNTS) errors.push(...nonNegative(`${path}.${count}`, probe[count]));
  const grace = numberAt(probe, 'terminationGracePeriodSeconds');
  if (grace !== undefined && grace <= 0)
    errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
  return errors;
}

/** The three probes of a container, in upstream's order. */
export function validateProbes(path: string, container: Loose, graceSeconds: number | undefined): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = objectAt(container, key);
    if (probe === undefined) continue;
    const at = `${path}.${key}`;
    errors.push(...validateProbe(at, probe, graceSeconds));
    if (key === 'readinessProbe') {
      const grace = numberAt(probe, 'terminationGracePeriodSeconds');
      if (grace !== undefined)
        errors.push(invalid(`${at}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'));
    } else if ((numberAt(probe, 'successThreshold') ?? 0) !== 1)
      errors.push(invalid(`${at}.successThreshold`, numberAt(probe, 'successThreshold') ?? 0, 'must be 1'));
  }
  return errors;
}

const WINDOWS_SIGNALS = ['SIGKILL', 'SIGTERM'];

/** @param os the pod's spec.os.name; '' when not given */
export function validateLifecycle(
  path: string,
  lifecycle: Loose,
  graceSeconds: number | undefined,
  os: string,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of ['postStart', 'preStop']) {
    const hook = objectAt(lifecycle, key);
    if (hook !== undefined) errors.push(...validateHandler(`${path}.${key}`, hook, graceSeconds));
  }
  const signal = optionalTextAt(lifecycle, 'stopSignal');
  if (signal === undefined) return errors;
  if (os === '')
    errors.push(forbidden(`${path}.stopSignal`, 'may not be set for containers with empty `spec.os.name`'));
  else if (os === 'windows' && !WINDOWS_SIGNALS.includes(signal))
    errors.push(notSupported(`${path}.stopSignal`, signal, WINDOWS_SIGNALS));
  else if (os === 'linux' && !LINUX_SIGNALS.includes(signal))
    errors.push(notSupported(`${path}.stopSignal`, signal, LINUX_SIGNALS));
  return errors;
}

const REALTIME = [
  'SIGRTMIN',
  ...Array.from({ length: 15 }, (_, i) => `SIGRTMIN+${i + 1}`),
  ...Array.from({ length: 14 }, (_, i) => `SIGRTMAX-${i + 1}`),
  'SIGRTMAX',
];
const LINUX_SIGNALS = [
  ...'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP'
    .split(' ')
    .map((name) => `SIG${name}`),
  ...'TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ'.split(' ').map((name) => `SIG${name}`),
  ...REALTIME,
].sort();
