// The columns of `kubectl get` by kind, as the server computes them. k8s: pkg/printers/internalversion/printers.go
import {
  type Condition,
  type ControllerRevision,
  conditionOf,
  controllerOf,
  type Deployment,
  type EndpointSlice,
  formatLabels,
  formatSelector,
  type KindInfo,
  type KubeEvent,
  type KubeObject,
  kindByApi,
  type Node,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type PodDisruptionBudget,
  podDisplay,
  type ReplicaSet,
  type Service,
  type StatefulSet,
  type StorageClass,
} from '#kube';
import { endpointsText } from '../legacy-endpoints.ts';
import { isMap } from '../patch/json.ts';
import { KEPT_COLUMNS } from './kept-tables.ts';
import { age, ageText, type Column, containerColumns, NONE, name, nodeRoles, UNSET } from './table-parts.ts';

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const MODE_ORDER = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** `RWO,ROX` in kubectl's order. */
export const accessModesText = (modes: readonly string[] | undefined): string =>
  MODE_ORDER.filter((mode) => modes?.includes(mode))
    .map((mode) => MODES[mode])
    .join(',');

const podColumns: readonly Column<Pod>[] = [
  name as Column<Pod>,
  { header: 'READY', cell: (pod) => podDisplay(pod).ready },
  { header: 'STATUS', cell: (pod) => podDisplay(pod).status },
  {
    header: 'RESTARTS',
    cell: (pod, nowMs) => {
      const { restarts, lastRestart } = podDisplay(pod);
      return restarts > 0 && lastRestart ? `${restarts} (${ageText(lastRestart, nowMs)} ago)` : String(restarts);
    },
  },
  age as Column<Pod>,
  { header: 'IP', isWide: true, cell: ({ status }) => status.podIP || NONE },
  { header: 'NODE', isWide: true, cell: ({ spec }) => spec.nodeName || NONE },
  { header: 'NOMINATED NODE', isWide: true, cell: ({ status }) => status.nominatedNodeName || NONE },
  { header: 'READINESS GATES', isWide: true, cell: readinessGatesText },
];

function readinessGatesText({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return NONE;
  return `${gates.filter((gate) => conditionOf(status, gate.conditionType)?.status === 'True').length}/${gates.length}`;
}

const statefulSetColumns: readonly Column<StatefulSet>[] = [
  name as Column<StatefulSet>,
  { header: 'READY', cell: ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas}` },
  age as Column<StatefulSet>,
  ...containerColumns<StatefulSet>(({ spec }) => spec.template),
];

const claimColumns: readonly Column<PersistentVolumeClaim>[] = [
  name as Column<PersistentVolumeClaim>,
  { header: 'STATUS', cell: ({ metadata, status }) => (metadata.deletionTimestamp ? 'Terminating' : status.phase) },
  { header: 'VOLUME', cell: ({ spec }) => spec.volumeName ?? '' },
  { header: 'CAPACITY', cell: ({ spec, status }) => (spec.volumeName ? (status.capacity?.storage ?? '0') : '') },
  { header: 'ACCESS MODES', cell: ({ spec, status }) => (spec.volumeName ? accessModesText(status.accessModes) : '') },
  { header: 'STORAGECLASS', cell: ({ spec }) => spec.storageClassName ?? '' },
  { header: 'VOLUMEATTRIBUTESCLASS', cell: ({ spec }) => spec.volumeAttributesClassName ?? UNSET },
  age as Column<PersistentVolumeClaim>,
  { header: 'VOLUMEMODE', isWide: true, cell: ({ spec }) => spec.volumeMode ?? UNSET },
];

const volumeColumns: readonly Column<PersistentVolume>[] = [
  name as Column<PersistentVolume>,
  { header: 'CAPACITY', cell: ({ spec }) => String(spec.capacity?.storage ?? '') },
  { header: 'ACCESS MODES', cell: ({ spec }) => accessModesText(spec.accessModes) },
  { header: 'RECLAIM POLICY', cell: ({ spec }) => spec.persistentVolumeReclaimPolicy ?? '' },
  { header: 'STATUS', cell: ({ metadata, status }) => (metadata.deletionTimestamp ? 'Terminating' : status.phase) },
  { header: 'CLAIM', cell: ({ spec }) => (spec.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '') },
  { header: 'STORAGECLASS', cell: ({ spec }) => spec.storageClassName ?? '' },
  { header: 'VOLUMEATTRIBUTESCLASS', cell: ({ spec }) => spec.volumeAttributesClassName ?? UNSET },
  { header: 'REASON', cell: ({ status }) => status.reason ?? '' },
  age as Column<PersistentVolume>,
  { header: 'VOLUMEMODE', isWide: true, cell: ({ spec }) => spec.volumeMode ?? UNSET },
];

const serviceColumns: readonly Column<Service>[] = [
  name as Column<Service>,
  { header: 'TYPE', cell: ({ spec }) => spec.type ?? '' },
  { header: 'CLUSTER-IP', cell: ({ spec }) => spec.clusterIPs?.[0] ?? spec.clusterIP ?? NONE },
  { header: 'EXTERNAL-IP', cell: externalIpText },
  { header: 'PORT(S)', cell: ({ spec }) => portsText(spec.ports) },
  age as Column<Service>,
  { header: 'SELECTOR', isWide: true, cell: ({ spec }) => formatLabels(spec.selector) },
];

/** k8s: getServiceExternalIP */
function externalIpText(service: Service): string {
  const { spec } = service;
  const external = Array.isArray(spec.externalIPs) ? (spec.externalIPs as readonly string[]) : [];
  if (spec.type === 'ExternalName') return spec.externalName ?? NONE;
  if (spec.type !== 'LoadBalancer') return external.join(',') || NONE;
  const { status } = service as { readonly status?: unknown };
  const balancer = isMap(status) ? status.loadBalancer : undefined;
  const ingress = isMap(balancer) && Array.isArray(balancer.ingress) ? balancer.ingress.filter(isMap) : [];
  const own = ingress.map(({ ip, hostname }) => String(ip || hostname || '')).filter(Boolean);
  return [...new Set([...own, ...external])].join(',') || '<pending>';
}

const portsText = (ports: Service['spec']['ports']): string =>
  (ports ?? [])
    .map(({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol ?? 'TCP'}`)
    .join(',') || NONE;

/** The first three, and how many more. */
function firstThree(texts: readonly string[], more: (count: number) => string): string {
  if (texts.length === 0) return UNSET;
  return texts.slice(0, 3).join(',') + (texts.length > 3 ? more(texts.length - 3) : '');
}

const sliceColumns: readonly Column<EndpointSlice>[] = [
  name as Column<EndpointSlice>,
  { header: 'ADDRESSTYPE', cell: ({ addressType }) => addressType },
  {
    header: 'PORTS',
    cell: ({ ports }) =>
      firstThree(
        (ports ?? []).map(({ port }) => (port === undefined ? '*' : String(port))),
        (count) => ` + ${count} more...`,
      ),
  },
  {
    header: 'ENDPOINTS',
    cell: ({ endpoints }) =>
      firstThree(
        (endpoints ?? []).flatMap((endpoint) => endpoint.addresses),
        (count) => ` + ${count} more...`,
      ),
  },
  age as Column<EndpointSlice>,
];

const revisionColumns: readonly Column<ControllerRevision>[] = [
  name as Column<ControllerRevision>,
  { header: 'CONTROLLER', cell: controllerText },
  { header: 'REVISION', cell: ({ revision }) => String(revision) },
  age as Column<ControllerRevision>,
];

function controllerText(revision: ControllerRevision): string {
  const ref = controllerOf(revision);
  if (!ref) return NONE;
  const info = kindByApi(ref.apiVersion, ref.kind);
  return `${ref.kind.toLowerCase()}${info?.group ? `.${info.group}` : ''}/${ref.name}`;
}

const deploymentColumns: readonly Column<Deployment>[] = [
  name as Column<Deployment>,
  { header: 'READY', cell: ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas}` },
  { header: 'UP-TO-DATE', cell: ({ status }) => String(status.updatedReplicas ?? 0) },
  { header: 'AVAILABLE', cell: ({ status }) => String(status.availableReplicas ?? 0) },
  age as Column<Deployment>,
  ...containerColumns<Deployment>(({ spec }) => spec.template),
  { header: 'SELECTOR', isWide: true, cell: ({ spec }) => formatSelector(spec.selector) },
];

const replicaSetColumns: readonly Column<ReplicaSet>[] = [
  name as Column<ReplicaSet>,
  { header: 'DESIRED', cell: ({ spec }) => String(spec.replicas) },
  { header: 'CURRENT', cell: ({ status }) => String(status.replicas) },
  { header: 'READY', cell: ({ status }) => String(status.readyReplicas ?? 0) },
  age as Column<ReplicaSet>,
  ...containerColumns<ReplicaSet>(({ spec }) => spec.template),
  { header: 'SELECTOR', isWide: true, cell: ({ spec }) => formatSelector(spec.selector) },
];

const budgetColumns: readonly Column<PodDisruptionBudget>[] = [
  name as Column<PodDisruptionBudget>,
  { header: 'MIN AVAILABLE', cell: ({ spec }) => String(spec.minAvailable ?? 'N/A') },
  { header: 'MAX UNAVAILABLE', cell: ({ spec }) => String(spec.maxUnavailable ?? 'N/A') },
  { header: 'ALLOWED DISRUPTIONS', cell: ({ status }) => String(status.disruptionsAllowed) },
  age as Column<PodDisruptionBudget>,
];

/** `Ready,SchedulingDisabled` */
function nodeStatusText({ spec, status }: Node): string {
  const ready: Condition | undefined = conditionOf(status, 'Ready');
  const text = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown';
  return spec.unschedulable ? `${text},SchedulingDisabled` : text;
}

const addressOf = ({ status }: Node, type: string): string =>
  status.addresses?.find((address) => address.type === type)?.address ?? NONE;

const nodeColumns: readonly Column<Node>[] = [
  name as Column<Node>,
  { header: 'STATUS', cell: nodeStatusText },
  {
    header: 'ROLES',
    cell: (node) => nodeRoles(node).join(',') || NONE,
  },
  age as Column<Node>,
  { header: 'VERSION', cell: ({ status }) => status.nodeInfo?.kubeletVersion ?? '' },
  { header: 'INTERNAL-IP', isWide: true, cell: (node) => addressOf(node, 'InternalIP') },
  { header: 'EXTERNAL-IP', isWide: true, cell: (node) => addressOf(node, 'ExternalIP') },
  { header: 'OS-IMAGE', isWide: true, cell: ({ status }) => status.nodeInfo?.osImage || '<unknown>' },
  {
    header: 'KERNEL-VERSION',
    isWide: true,
    cell: ({ status }) => {
      const { kernelVersion, architecture } = status.nodeInfo ?? {};
      return kernelVersion ? `${kernelVersion}${architecture ? ` (${architecture})` : ''}` : '<unknown>';
    },
  },
  {
    header: 'CONTAINER-RUNTIME',
    isWide: true,
    cell: ({ status }) => status.nodeInfo?.containerRuntimeVersion || '<unknown>',
  },
];

/** When an event was seen last. */
const lastSeenOf = ({ series, lastTimestamp, firstTimestamp, eventTime }: KubeEvent): string | null =>
  series?.lastObservedTime ?? lastTimestamp ?? firstTimestamp ?? eventTime;

const firstSeenOf = (event: KubeEvent): string | null => event.firstTimestamp ?? event.eventTime;

/** Who reports an event. */
const sourceOf = ({ source, reportingComponent, reportingInstance }: KubeEvent): string =>
  [source.component || reportingComponent, source.host || reportingInstance].filter(Boolean).join(', ');

const eventColumns: readonly Column<KubeEvent>[] = [
  { header: 'LAST SEEN', cell: (event, nowMs) => ageText(lastSeenOf(event), nowMs) },
  { header: 'TYPE', cell: ({ type }) => type },
  { header: 'REASON', cell: ({ reason }) => reason },
  {
    header: 'OBJECT',
    cell: ({ involvedObject }) => `${(involvedObject.kind ?? '').toLowerCase()}/${involvedObject.name}`,
  },
  { header: 'SUBOBJECT', isWide: true, cell: ({ involvedObject }) => involvedObject.fieldPath ?? '' },
  { header: 'SOURCE', isWide: true, cell: sourceOf },
  { header: 'MESSAGE', cell: ({ message }) => message.trim() },
  { header: 'FIRST SEEN', isWide: true, cell: (event, nowMs) => ageText(firstSeenOf(event), nowMs) },
  { header: 'COUNT', isWide: true, cell: ({ count, series }) => String(series?.count ?? Math.max(1, count ?? 1)) },
  { header: 'NAME', isWide: true, cell: ({ metadata }) => metadata.name },
];

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

const classColumns: readonly Column<StorageClass>[] = [
  {
    header: 'NAME',
    cell: ({ metadata }) =>
      metadata.annotations?.[DEFAULT_CLASS] === 'true' ? `${metadata.name} (default)` : metadata.name,
  },
  { header: 'PROVISIONER', cell: ({ provisioner }) => provisioner },
  { header: 'RECLAIMPOLICY', cell: ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete' },
  { header: 'VOLUMEBINDINGMODE', cell: ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate' },
  { header: 'ALLOWVOLUMEEXPANSION', cell: ({ allowVolumeExpansion }) => String(allowVolumeExpansion === true) },
  age as Column<StorageClass>,
];

const count = (value: unknown): number => (isMap(value) ? Object.keys(value).length : 0);

const DATA_COLUMN: Column<KubeObject> = {
  header: 'DATA',
  cell: (object) => {
    const { data, binaryData } = object as KubeObject & { data?: unknown; binaryData?: unknown };
    return String(count(data) + count(binaryData));
  },
};

const COLUMNS: Readonly<Record<string, readonly Column<never>[] | undefined>> = {
  Pod: podColumns,
  StatefulSet: statefulSetColumns,
  PersistentVolumeClaim: claimColumns,
  PersistentVolume: volumeColumns,
  Service: serviceColumns,
  EndpointSlice: sliceColumns,
  Endpoints: [name, { header: 'ENDPOINTS', cell: endpointsText }, age],
  ControllerRevision: revisionColumns,
  Deployment: deploymentColumns,
  ReplicaSet: replicaSetColumns,
  PodDisruptionBudget: budgetColumns,
  Node: nodeColumns,
  Event: eventColumns,
  StorageClass: classColumns,
  Namespace: [
    name,
    { header: 'STATUS', cell: ({ status }: KubeObject & { status: { phase: string } }) => status.phase },
    age,
  ],
  ConfigMap: [name, DATA_COLUMN, age],
  Secret: [
    name,
    { header: 'TYPE', cell: (secret: KubeObject & { type?: string }) => secret.type ?? 'Opaque' },
    DATA_COLUMN,
    age,
  ],
};

/** What stands in a table of objects of one kind: the header row first. */
export function tableOf(
  info: KindInfo,
  objects: readonly KubeObject[],
  nowMs: number,
  isWide: boolean,
): readonly (readonly string[])[] {
  const known = COLUMNS[info.storeKind] ?? KEPT_COLUMNS[info.storeKind];
  const columns = ((known ?? [name, age]) as readonly Column<KubeObject>[]).filter(
    (column) => isWide || !column.isWide,
  );
  return [
    columns.map((column) => column.header),
    ...objects.map((object) => columns.map((column) => String(column.cell(object, nowMs) ?? ''))),
  ];
}
