// Containers of pods and templates as describe tells them. Cells are separated by tabs.
// k8s: kubectl pkg/describe/describe.go describeContainers
import {
  type Container,
  type ContainerState,
  type ContainerStatus,
  canonicalQuantityText,
  compareBytes,
  milliOfText,
  type Pod,
  type Probe,
  unitsOfText,
} from '#kube';
import { isMap, type JsonMap } from '../patch/json.ts';
import { timeText } from './label-lines.ts';

const NONE = '<none>';
const INNER = '    ';
const DEEP = '      ';

/** Of what the containers are told: a template has neither statuses nor fields to look up. */
export interface ContainerScene {
  readonly statuses?: readonly ContainerStatus[];
  readonly pod?: Pod;
}

/** All containers of a list. Whatever surrounds it, a container stands two blanks deep; in a template three. */
export function containersLines(
  title: string,
  containers: readonly Container[],
  indent: string,
  scene: ContainerScene = {},
): string[] {
  if (containers.length === 0) return [`${indent}${title}: ${NONE}`];
  return [
    `${indent}${title}:`,
    ...containers.flatMap((container) => {
      const status = scene.statuses?.find((one) => one.name === container.name);
      return [`  ${indent === '' ? '' : ' '}${container.name}:`, ...containerLines(container, status, scene.pod)];
    }),
  ];
}

function containerLines(container: Container, status: ContainerStatus | undefined, pod: Pod | undefined): string[] {
  return [
    ...(status ? [`${INNER}Container ID:\t${status.containerID ?? ''}`] : []),
    `${INNER}Image:\t${container.image}`,
    ...(status ? [`${INNER}Image ID:\t${status.imageID ?? ''}`] : []),
    portLine('Port', container, 'containerPort'),
    portLine('Host Port', container, 'hostPort'),
    ...seccompLines(container.securityContext, INNER, DEEP),
    ...wordLines('Command', container.command),
    ...wordLines('Args', container.args),
    ...(status ? statusLines(status) : []),
    ...resourceLines(container.resources, INNER),
    ...probeLine('Liveness', container.livenessProbe),
    ...probeLine('Readiness', container.readinessProbe),
    ...probeLine('Startup', container.startupProbe),
    ...envFromLines(container.envFrom),
    ...envLines(container, pod),
    ...mountLines(container),
  ];
}

function portLine(title: string, { ports = [] }: Container, member: 'containerPort' | 'hostPort'): string {
  const texts = ports.map(
    (port) => `${port[member] ?? 0}/${port.protocol ?? 'TCP'}${port.name ? ` (${port.name})` : ''}`,
  );
  return `${INNER}${title}${texts.length > 1 ? 's' : ''}:\t${texts.join(', ') || NONE}`;
}

/** The profile of a security context, where it names one. */
export function seccompLines(context: unknown, indent: string, inner: string): string[] {
  const profile = isMap(context) ? context.seccompProfile : undefined;
  if (!isMap(profile)) return [];
  return [
    `${indent}SeccompProfile:\t${String(profile.type ?? '')}`,
    ...(profile.type === 'Localhost' ? [`${inner}LocalhostProfile:\t${String(profile.localhostProfile ?? '')}`] : []),
  ];
}

const wordLines = (title: string, words: readonly string[] | undefined): string[] =>
  words?.length
    ? [`${INNER}${title}:`, ...words.flatMap((word) => word.split('\n').map((line) => `${DEEP}${line}`))]
    : [];

/** Limits and requests of a container or a pod. k8s: describeResources */
export function resourceLines(resources: unknown, indent: string): string[] {
  const lines = (title: string, list: unknown): string[] => {
    const amounts = isMap(list) ? Object.entries(list).sort(([a], [b]) => compareBytes(a, b)) : [];
    if (amounts.length === 0) return [];
    return [
      `${indent}${title}:`,
      ...amounts.map(
        ([name, amount]) => `${indent}  ${name}:\t${canonicalQuantityText(String(amount)) ?? String(amount)}`,
      ),
    ];
  };
  return isMap(resources) ? [...lines('Limits', resources.limits), ...lines('Requests', resources.requests)] : [];
}

function statusLines(status: ContainerStatus): string[] {
  return [
    ...stateLines('State', status.state),
    ...(status.lastState?.terminated ? stateLines('Last State', status.lastState) : []),
    `${INNER}Ready:\t${status.ready ? 'True' : 'False'}`,
    `${INNER}Restart Count:\t${status.restartCount}`,
  ];
}

/** k8s: describeStatus */
function stateLines(title: string, { running, waiting, terminated }: ContainerState): string[] {
  if (running) return [`${INNER}${title}:\tRunning`, `${DEEP}Started:\t${timeText(running.startedAt)}`];
  if (waiting) return [`${INNER}${title}:\tWaiting`, ...(waiting.reason ? [`${DEEP}Reason:\t${waiting.reason}`] : [])];
  if (!terminated) return [`${INNER}${title}:\tWaiting`];
  return [
    `${INNER}${title}:\tTerminated`,
    ...(terminated.reason ? [`${DEEP}Reason:\t${terminated.reason}`] : []),
    ...(terminated.message ? [`${DEEP}Message:\t${terminated.message}`] : []),
    `${DEEP}Exit Code:\t${terminated.exitCode}`,
    ...(terminated.signal ? [`${DEEP}Signal:\t${terminated.signal}`] : []),
    `${DEEP}Started:\t${timeText(terminated.startedAt)}`,
    `${DEEP}Finished:\t${timeText(terminated.finishedAt)}`,
  ];
}

const probeLine = (title: string, probe: Probe | undefined): string[] =>
  probe ? [`${INNER}${title}:\t${probeText(probe)}`] : [];

/** `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3`. k8s: DescribeProbe */
function probeText(probe: Probe): string {
  const { initialDelaySeconds = 0, timeoutSeconds = 1, periodSeconds = 10 } = probe;
  const { successThreshold = 1, failureThreshold = 3, exec, httpGet, tcpSocket, grpc } = probe;
  const attributes = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  if (exec) return `exec [${(exec.command ?? []).join(' ')}] ${attributes}`;
  if (httpGet) {
    const { scheme = 'HTTP', port, path = '/' } = httpGet;
    const host = hostOf(httpGet);
    const shown = host.includes(':') ? `[${host}]` : host;
    return `http-get ${scheme.toLowerCase()}://${shown}:${port}${path === '' || path.startsWith('/') ? '' : '/'}${urlPath(path)} ${attributes}`;
  }
  if (tcpSocket) return `tcp-socket ${hostOf(tcpSocket)}:${tcpSocket.port} ${attributes}`;
  return grpc ? `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${attributes}` : `unknown ${attributes}`;
}

const hostOf = (action: object): string => {
  const { host } = action as { readonly host?: unknown };
  return typeof host === 'string' ? host : '';
};

/** Go escapes what a path may not hold, the question mark among it. */
const urlPath = (path: string): string =>
  encodeURI(path.replaceAll('\uFFFD', '')).replaceAll('?', '%3F').replaceAll('#', '%23');

/** k8s: describeContainerEnvFrom */
function envFromLines(envFrom: unknown): string[] {
  if (!Array.isArray(envFrom) || envFrom.length === 0) return [];
  const lines = envFrom.filter(isMap).map(({ configMapRef, secretRef, prefix }) => {
    const from = isMap(configMapRef) ? 'ConfigMap' : 'Secret';
    const ref = isMap(configMapRef) ? configMapRef : isMap(secretRef) ? secretRef : {};
    const prefixed = typeof prefix === 'string' && prefix !== '' ? ` with prefix '${prefix}'` : '';
    return `${DEEP}${String(ref.name ?? '')}\t${from}${prefixed}\tOptional: ${ref.optional === true}`;
  });
  return [`${INNER}Environment Variables from:`, ...lines];
}

/** k8s: describeContainerEnvVars */
function envLines(container: Container, pod: Pod | undefined): string[] {
  const { env } = container;
  if (!env?.length) return [`${INNER}Environment:\t${NONE}`];
  return [
    `${INNER}Environment:`,
    ...env.flatMap(({ name, value, valueFrom }) => {
      if (isMap(valueFrom)) return [`${DEEP}${name}:\t${sourceText(valueFrom, container, pod)}`];
      return (value ?? '').split('\n').map((line, i) => (i === 0 ? `${DEEP}${name}:\t${line}` : `${DEEP}\t${line}`));
    }),
  ];
}

function sourceText(source: JsonMap, container: Container, pod: Pod | undefined): string {
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = source;
  if (isMap(fieldRef)) {
    const path = String(fieldRef.fieldPath ?? '');
    return `${fieldText(path, pod)} (${String(fieldRef.apiVersion ?? 'v1')}:${path})`;
  }
  if (isMap(resourceFieldRef)) {
    const resource = String(resourceFieldRef.resource ?? '');
    return `${amountText(resource, resourceFieldRef.divisor, container)} (${resource})`;
  }
  const keyed = isMap(secretKeyRef) ? secretKeyRef : isMap(configMapKeyRef) ? configMapKeyRef : undefined;
  if (!keyed) return '';
  const where = isMap(secretKeyRef) ? 'in secret' : 'of config map';
  return `<set to the key '${String(keyed.key)}' ${where} '${String(keyed.name)}'>\tOptional: ${keyed.optional === true}`;
}

/** kubectl itself knows two fields of a pod; for the others it would have to be the server. k8s: EnvValueRetriever */
function fieldText(path: string, pod: Pod | undefined): string {
  if (!pod) return '';
  if (path === 'metadata.name') return pod.metadata.name;
  return path === 'metadata.namespace' ? (pod.metadata.namespace ?? '') : '';
}

/** What `limits.cpu` of a container comes to in a unit, rounded up. k8s: ExtractContainerResourceValue */
function amountText(resource: string, divisor: unknown, { resources }: Container): string {
  const [, list, name] = /^(limits|requests)\.(cpu|memory|ephemeral-storage)$/.exec(resource) ?? [];
  if (name === undefined) return '';
  const amount = resources?.[list as 'limits' | 'requests']?.[name] ?? 0;
  const unit = divisor === undefined || String(divisor) === '0' ? '1' : String(divisor);
  const size = name === 'cpu' ? milliOfText : unitsOfText;
  const whole = Math.ceil(size(amount) / (size(unit) || 1));
  return whole === 0 && list === 'limits' && name !== 'ephemeral-storage' ? 'node allocatable' : String(whole);
}

/** Mounts and devices by their paths. k8s: describeContainerVolumes */
function mountLines(container: Container): string[] {
  const mounts = [...(container.volumeMounts ?? [])].sort((a, b) => compareBytes(a.mountPath, b.mountPath));
  const none = mounts.length === 0 ? `\t${NONE}` : '';
  const devices = (Array.isArray(container.volumeDevices) ? container.volumeDevices : [])
    .filter(isMap)
    .map(({ devicePath, name }) => `${DEEP}${String(devicePath)} from ${String(name)}`)
    .sort(compareBytes);
  return [
    `${INNER}Mounts:${none}`,
    ...mounts.map(({ mountPath, name, readOnly, subPath }) => {
      const flags = [readOnly ? 'ro' : 'rw', ...(subPath ? [`path=${JSON.stringify(subPath)}`] : [])];
      return `${DEEP}${mountPath} from ${name} (${flags.join(',')})`;
    }),
    ...(devices.length > 0 ? [`${INNER}Devices:${none}`, ...devices] : []),
  ];
}
