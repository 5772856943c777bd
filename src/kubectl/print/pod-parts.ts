// The parts of pods and pod templates that describe tells of both. Cells are separated by tabs.
// k8s: kubectl pkg/describe/describe.go
import {
  type Container,
  type ContainerState,
  type ContainerStatus,
  compareBytes,
  formatRfc1123z,
  type PodSpec,
  type Probe,
  parseTime,
  type StringMap,
  type Toleration,
  type Volume,
} from '#kube';
import { isMap } from '../patch/json.ts';

const NONE = '<none>';
const HIDDEN_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';
const ANNOTATION_LENGTH_MAX = 140;

/** Labels or annotations: the first beside the title, each other below it. */
export function labelLines(indent: string, title: string, labels: StringMap | undefined, separator = '='): string[] {
  const keys = Object.keys(labels ?? {})
    .filter((key) => key !== HIDDEN_ANNOTATION)
    .sort(compareBytes);
  if (keys.length === 0) return [`${indent}${title}:\t${NONE}`];
  return keys.flatMap((key, i) => {
    const start = i === 0 ? `${indent}${title}:\t` : `${indent}\t`;
    const value = labels?.[key] ?? '';
    if (separator === '=') return [`${start}${key}=${value}`];
    const text = value.endsWith('\n') ? value.slice(0, -1) : value;
    if (!text.includes('\n') && text.length + key.length + 2 < ANNOTATION_LENGTH_MAX)
      return [`${start}${key}: ${text}`];
    return [`${start}${key}:`, ...text.split('\n').map((line) => `${indent}\t  ${cut(line)}`)];
  });
}

const cut = (line: string): string =>
  line.length > ANNOTATION_LENGTH_MAX ? `${line.slice(0, ANNOTATION_LENGTH_MAX)}...` : line;

/** A time as describe prints it. */
export const timeText = (time: string | undefined): string => {
  const ms = parseTime(time);
  return ms === undefined ? '' : formatRfc1123z(ms);
};

/** All containers of a list. `statuses` is undefined for templates. */
export function containersLines(
  title: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[] | undefined,
  indent: string,
): string[] {
  if (containers.length === 0) return [`${indent}${title}: ${NONE}`];
  return [
    `${indent}${title}:`,
    ...containers.flatMap((container) => {
      const status = statuses?.find((one) => one.name === container.name);
      return containerLines(container, status, indent === '' ? '' : ' ');
    }),
  ];
}

/** Whatever surrounds it, a container stands two blanks deep and what it says four; in a template its name one more. */
function containerLines(container: Container, status: ContainerStatus | undefined, nameIndent: string): string[] {
  const inner = '    ';
  const ports = container.ports ?? [];
  const portText = ports
    .map((port) => `${port.containerPort}/${port.protocol ?? 'TCP'}${port.name ? ` (${port.name})` : ''}`)
    .join(', ');
  const hostText = ports
    .map((port) => `${port.hostPort ?? 0}/${port.protocol ?? 'TCP'}${port.name ? ` (${port.name})` : ''}`)
    .join(', ');
  const isMany = ports.length > 1;
  return [
    `  ${nameIndent}${container.name}:`,
    ...(status ? [`${inner}Container ID:\t${status.containerID ?? ''}`] : []),
    `${inner}Image:\t${container.image}`,
    ...(status ? [`${inner}Image ID:\t${status.imageID ?? ''}`] : []),
    `${inner}${isMany ? 'Ports' : 'Port'}:\t${portText || NONE}`,
    `${inner}${isMany ? 'Host Ports' : 'Host Port'}:\t${hostText || NONE}`,
    ...wordLines(inner, 'Command', container.command),
    ...wordLines(inner, 'Args', container.args),
    ...(status ? statusLines(status, inner) : []),
    ...resourceLines(inner, 'Limits', container.resources?.limits),
    ...resourceLines(inner, 'Requests', container.resources?.requests),
    ...probeLine(inner, 'Liveness', container.livenessProbe),
    ...probeLine(inner, 'Readiness', container.readinessProbe),
    ...probeLine(inner, 'Startup', container.startupProbe),
    ...envFromLines(inner, container.envFrom),
    ...envLines(inner, container.env),
    ...mountLines(inner, container),
  ];
}

const wordLines = (indent: string, title: string, words: readonly string[] | undefined): string[] =>
  words?.length
    ? [`${indent}${title}:`, ...words.flatMap((word) => word.split('\n').map((line) => `${indent}  ${line}`))]
    : [];

function resourceLines(
  indent: string,
  title: string,
  list: Readonly<Record<string, string | number>> | undefined,
): string[] {
  const names = Object.keys(list ?? {}).sort(compareBytes);
  return names.length > 0 ? [`${indent}${title}:`, ...names.map((name) => `${indent}  ${name}:\t${list?.[name]}`)] : [];
}

function statusLines(status: ContainerStatus, indent: string): string[] {
  const last = status.lastState;
  return [
    ...stateLines(indent, 'State', status.state),
    ...(last?.terminated || last?.waiting || last?.running ? stateLines(indent, 'Last State', last) : []),
    `${indent}Ready:\t${status.ready ? 'True' : 'False'}`,
    `${indent}Restart Count:\t${status.restartCount}`,
  ];
}

function stateLines(indent: string, title: string, state: ContainerState): string[] {
  const inner = `${indent}  `;
  const { running, waiting, terminated } = state;
  if (running) return [`${indent}${title}:\tRunning`, `${inner}Started:\t${timeText(running.startedAt)}`];
  if (waiting)
    return [`${indent}${title}:\tWaiting`, ...(waiting.reason ? [`${inner}Reason:\t${waiting.reason}`] : [])];
  if (!terminated) return [`${indent}${title}:\tWaiting`];
  return [
    `${indent}${title}:\tTerminated`,
    ...(terminated.reason ? [`${inner}Reason:\t${terminated.reason}`] : []),
    ...(terminated.message ? [`${inner}Message:\t${terminated.message}`] : []),
    `${inner}Exit Code:\t${terminated.exitCode}`,
    ...(terminated.signal ? [`${inner}Signal:\t${terminated.signal}`] : []),
    `${inner}Started:\t${timeText(terminated.startedAt)}`,
    `${inner}Finished:\t${timeText(terminated.finishedAt)}`,
  ];
}

const probeLine = (indent: string, title: string, probe: Probe | undefined): string[] =>
  probe ? [`${indent}${title}:\t${probeText(probe)}`] : [];

/** `http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3` */
function probeText(probe: Probe): string {
  const {
    initialDelaySeconds = 0,
    timeoutSeconds = 1,
    periodSeconds = 10,
    successThreshold = 1,
    failureThreshold = 3,
  } = probe;
  const attributes = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  const { exec, httpGet, tcpSocket, grpc } = probe;
  if (exec) return `exec [${(exec.command ?? []).join(' ')}] ${attributes}`;
  if (httpGet) {
    const { scheme = 'HTTP', port, path = '/' } = httpGet;
    return `http-get ${scheme.toLowerCase()}://:${port}${path.startsWith('/') ? '' : '/'}${path} ${attributes}`;
  }
  if (tcpSocket) return `tcp-socket :${tcpSocket.port} ${attributes}`;
  return grpc ? `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${attributes}` : `unknown ${attributes}`;
}

function envFromLines(indent: string, envFrom: unknown): string[] {
  if (!Array.isArray(envFrom) || envFrom.length === 0) return [];
  const lines = envFrom.filter(isMap).map((source) => {
    const isMapSource = isMap(source.configMapRef);
    const ref = isMapSource ? source.configMapRef : source.secretRef;
    const name = isMap(ref) ? String(ref.name ?? '') : '';
    const optional = isMap(ref) && ref.optional === true;
    const prefix = typeof source.prefix === 'string' && source.prefix !== '' ? ` with prefix '${source.prefix}'` : '';
    return `${indent}  ${name}\t${isMapSource ? 'ConfigMap' : 'Secret'}${prefix}\tOptional: ${optional}`;
  });
  return [`${indent}Environment Variables from:`, ...lines];
}

function envLines(indent: string, env: Container['env']): string[] {
  if (!env?.length) return [`${indent}Environment:\t${NONE}`];
  return [
    `${indent}Environment:`,
    ...env.flatMap(({ name, value, valueFrom }) => {
      if (!isMap(valueFrom)) {
        const lines = (value ?? '').split('\n');
        return lines.map((line, i) => (i === 0 ? `${indent}  ${name}:\t${line}` : `${indent}  \t${line}`));
      }
      return [`${indent}  ${name}:\t${sourceText(valueFrom)}`];
    }),
  ];
}

function sourceText(source: Readonly<Record<string, unknown>>): string {
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = source;
  if (isMap(fieldRef)) return ` (${String(fieldRef.apiVersion ?? 'v1')}:${String(fieldRef.fieldPath)})`;
  if (isMap(resourceFieldRef)) return `${String(resourceFieldRef.divisor ?? 0)} (${String(resourceFieldRef.resource)})`;
  const keyed = isMap(secretKeyRef) ? secretKeyRef : isMap(configMapKeyRef) ? configMapKeyRef : undefined;
  if (!keyed) return '';
  const what = isMap(secretKeyRef) ? 'secret' : 'config map';
  return `<set to the key '${String(keyed.key)}' ${isMap(secretKeyRef) ? 'in' : 'of'} ${what} '${String(keyed.name)}'>\tOptional: ${keyed.optional === true}`;
}

function mountLines(indent: string, container: Container): string[] {
  const mounts = [...(container.volumeMounts ?? [])].sort((a, b) => compareBytes(a.mountPath, b.mountPath));
  if (mounts.length === 0) return [`${indent}Mounts:\t${NONE}`];
  return [
    `${indent}Mounts:`,
    ...mounts.map(({ mountPath, name, readOnly, subPath }) => {
      const flags = [readOnly ? 'ro' : 'rw', ...(subPath ? [`path=${JSON.stringify(subPath)}`] : [])];
      return `${indent}  ${mountPath} from ${name} (${flags.join(',')})`;
    }),
  ];
}

/** The volumes of a pod; each with what its source says. */
export function volumesLines(volumes: readonly Volume[] | undefined, indent: string): string[] {
  if (!volumes?.length) return [`${indent}Volumes:\t${NONE}`];
  const nameIndent = indent === '' ? '' : ' ';
  return [
    `${indent}Volumes:`,
    ...volumes.flatMap((volume) => [`  ${nameIndent}${volume.name}:`, ...volumeLines(volume, '    ')]),
  ];
}

const SOURCES: Readonly<Record<string, string>> = {
  emptyDir: "EmptyDir (a temporary directory that shares a pod's lifetime)",
  hostPath: 'HostPath (bare host directory volume)',
  configMap: 'ConfigMap (a volume populated by a ConfigMap)',
  secret: 'Secret (a volume populated by a Secret)',
  projected: 'Projected (a volume that contains injected data from multiple sources)',
  downwardAPI: 'DownwardAPI (a volume populated by information about the pod)',
  nfs: 'NFS (an NFS mount that lasts the lifetime of a pod)',
  ephemeral: 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
  csi: 'CSI (a Container Storage Interface (CSI) volume source)',
};

function volumeLines(volume: Volume, indent: string): string[] {
  const claim = volume.persistentVolumeClaim;
  if (claim)
    return [
      `${indent}Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)`,
      `${indent}ClaimName:\t${claim.claimName}`,
      `${indent}ReadOnly:\t${claim.readOnly === true}`,
    ];
  const source = Object.keys(SOURCES).find((key) => isMap(volume[key]));
  if (!source) return [`${indent}<unknown>`];
  const value = volume[source] as Readonly<Record<string, unknown>>;
  return [`${indent}Type:\t${SOURCES[source]}`, ...sourceLines(source, value, indent)];
}

function sourceLines(source: string, value: Readonly<Record<string, unknown>>, indent: string): string[] {
  const text = (key: string): string => String(value[key] ?? '');
  switch (source) {
    case 'emptyDir':
      return [
        `${indent}Medium:\t${text('medium')}`,
        `${indent}SizeLimit:\t${value.sizeLimit === undefined ? '<unset>' : text('sizeLimit')}`,
      ];
    case 'hostPath':
      return [`${indent}Path:\t${text('path')}`, `${indent}HostPathType:\t${text('type')}`];
    case 'configMap':
      return [`${indent}Name:\t${text('name')}`, `${indent}Optional:\t${value.optional === true}`];
    case 'secret':
      return [`${indent}SecretName:\t${text('secretName')}`, `${indent}Optional:\t${value.optional === true}`];
    case 'nfs':
      return [
        `${indent}Server:\t${text('server')}`,
        `${indent}Path:\t${text('path')}`,
        `${indent}ReadOnly:\t${value.readOnly === true}`,
      ];
    case 'projected':
      return projectedLines(value.sources, indent);
    default:
      return [];
  }
}

function projectedLines(sources: unknown, indent: string): string[] {
  const list = Array.isArray(sources) ? sources.filter(isMap) : [];
  return list.flatMap(({ secret, downwardAPI, configMap, serviceAccountToken }) => {
    if (isMap(secret))
      return [`${indent}SecretName:\t${String(secret.name)}`, `${indent}Optional:\t${secret.optional === true}`];
    if (isMap(downwardAPI)) return [`${indent}DownwardAPI:\ttrue`];
    if (isMap(configMap))
      return [
        `${indent}ConfigMapName:\t${String(configMap.name)}`,
        `${indent}Optional:\t${configMap.optional === true}`,
      ];
    return isMap(serviceAccountToken)
      ? [`${indent}TokenExpirationSeconds:\t${String(serviceAccountToken.expirationSeconds)}`]
      : [];
  });
}

/** What stands behind the volumes: spread, priority, node selectors and tolerations. */
export function podSpecTailLines(spec: PodSpec, indent: string): string[] {
  const priorityClass = typeof spec.priorityClassName === 'string' ? spec.priorityClassName : '';
  return [
    ...spreadLines(spec, indent),
    ...(priorityClass ? [`${indent}Priority Class Name:\t${priorityClass}`] : []),
    ...labelLines(indent, 'Node-Selectors', spec.nodeSelector),
    ...tolerationLines(spec.tolerations, indent),
  ];
}

/** Spread constraints; nothing when there are none. */
export function spreadLines(spec: PodSpec, indent: string): string[] {
  const constraints = spec.topologySpreadConstraints ?? [];
  return constraints.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }, i) => {
    const selector = Object.entries(labelSelector?.matchLabels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    const start = i === 0 ? `${indent}Topology Spread Constraints:` : indent;
    return `${start}\t${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector ? ` for selector ${selector}` : ''}`;
  });
}

/** `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s` */
export function tolerationLines(tolerations: readonly Toleration[] | undefined, indent: string): string[] {
  if (!tolerations?.length) return [`${indent}Tolerations:\t${NONE}`];
  const ordered = [...tolerations].sort((a, b) => compareBytes(a.key ?? '', b.key ?? ''));
  return ordered.map((one, i) => {
    const value = one.value ? `=${one.value}` : '';
    const effect = one.effect ? `:${one.effect}` : '';
    const operator =
      one.operator === 'Exists' && !one.value ? (one.key || one.effect ? ' op=Exists' : 'op=Exists') : '';
    const duration = one.tolerationSeconds === undefined ? '' : ` for ${one.tolerationSeconds}s`;
    return `${i === 0 ? `${indent}Tolerations:` : indent}\t${one.key ?? ''}${value}${effect}${operator}${duration}`;
  });
}
