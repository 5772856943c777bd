// describe for Services, budgets and nodes.
import {
  addQuantity,
  canonicalQuantity,
  compareBytes,
  formatLabels,
  formatSelector,
  type Node,
  type Pod,
  type PodDisruptionBudget,
  parseQuantity,
  type Quantity,
  type Service,
  ZERO_QUANTITY,
} from '#kube';
import { timeText } from '../pod-parts.ts';
import { ageText } from '../tables.ts';
import { metadataLines, NONE, nameLines, type Scene } from './parts.ts';

const ENDPOINTS_SHOWN_MAX = 3;

export function serviceLines(service: Service, scene: Scene): string[] {
  const { spec } = service;
  const text = (key: string): string => (typeof spec[key] === 'string' ? spec[key] : '');
  const families = Array.isArray(spec.ipFamilies) ? spec.ipFamilies.join(',') : '';
  return [
    ...nameLines(service),
    ...metadataLines(service),
    `Selector:\t${formatLabels(spec.selector)}`,
    `Type:\t${spec.type ?? ''}`,
    ...(text('ipFamilyPolicy') ? [`IP Family Policy:\t${text('ipFamilyPolicy')}`] : []),
    `IP Families:\t${families || NONE}`,
    `IP:\t${spec.clusterIP ?? ''}`,
    `IPs:\t${spec.clusterIPs?.join(',') || NONE}`,
    ...(spec.type === 'ExternalName' ? [`External Name:\t${spec.externalName ?? ''}`] : []),
    ...(spec.ports ?? []).flatMap((port) => {
      const name = port.name || '<unset>';
      const protocol = port.protocol ?? 'TCP';
      return [
        `Port:\t${name}\t${port.port}/${protocol}`,
        `TargetPort:\t${port.targetPort ?? port.port}/${protocol}`,
        ...(port.nodePort ? [`NodePort:\t${name}\t${port.nodePort}/${protocol}`] : []),
        `Endpoints:\t${endpointsText(service, port.name ?? '', scene)}`,
        ...(port.appProtocol ? [`AppProtocol:\t${port.appProtocol}`] : []),
      ];
    }),
    `Session Affinity:\t${text('sessionAffinity') || 'None'}`,
    ...(text('externalTrafficPolicy') ? [`External Traffic Policy:\t${text('externalTrafficPolicy')}`] : []),
    ...(text('internalTrafficPolicy') ? [`Internal Traffic Policy:\t${text('internalTrafficPolicy')}`] : []),
  ];
}

/** Addresses of the ready endpoints of a port; without ports those of all. */
function endpointsText({ metadata }: Service, portName: string, { view }: Scene): string {
  const slices = view
    .list('EndpointSlice', metadata.namespace)
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name);
  if (slices.length === 0) return NONE;
  const addresses = slices.flatMap(({ endpoints, ports }) => {
    const ready = endpoints.filter((one) => one.conditions.ready).map((one) => one.addresses[0] ?? '');
    if (!ports?.length) return ready;
    const port = ports.find((one) => (one.name ?? '') === portName);
    return port ? ready.map((address) => `${address}:${port.port}`) : [];
  });
  const more = addresses.length - ENDPOINTS_SHOWN_MAX;
  return addresses.slice(0, ENDPOINTS_SHOWN_MAX).join(',') + (more > 0 ? ` + ${more} more...` : '');
}

export function budgetLines(budget: PodDisruptionBudget): string[] {
  const { spec, status } = budget;
  return [
    ...nameLines(budget),
    ...(spec.minAvailable === undefined ? [] : [`Min available:\t${spec.minAvailable}`]),
    ...(spec.maxUnavailable === undefined ? [] : [`Max unavailable:\t${spec.maxUnavailable}`]),
    `Selector:\t${formatSelector(spec.selector)}`,
    'Status:',
    `    Allowed disruptions:\t${status.disruptionsAllowed}`,
    `    Current:\t${status.currentHealthy}`,
    `    Desired:\t${status.desiredHealthy}`,
    `    Total:\t${status.expectedPods}`,
  ];
}

const ROLE_PREFIX = 'node-role.kubernetes.io/';

export function nodeLines(node: Node, scene: Scene): string[] {
  const { metadata, spec, status } = node;
  const roles = Object.keys(metadata.labels ?? {})
    .filter((key) => key.startsWith(ROLE_PREFIX))
    .map((key) => key.slice(ROLE_PREFIX.length));
  const taints = (spec.taints ?? []).map(
    (taint) => `${taint.key}${taint.value ? `=${taint.value}` : ''}:${taint.effect}`,
  );
  const pods = scene.view
    .podsOnNode(metadata.name)
    .filter((pod) => pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed');
  return [
    `Name:\t${metadata.name}`,
    `Roles:\t${roles.join(',') || NONE}`,
    ...metadataLines(node),
    `CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`,
    ...(taints.length === 0 ? [`Taints:\t${NONE}`] : taints.map((taint, i) => `${i === 0 ? 'Taints:' : ''}\t${taint}`)),
    `Unschedulable:\t${spec.unschedulable === true}`,
    'Conditions:',
    '  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage',
    '  ----\t------\t-----------------\t------------------\t------\t-------',
    ...status.conditions.map(
      ({ type, status: is, lastHeartbeatTime, lastTransitionTime, reason, message }) =>
        `  ${type} \t${is} \t${timeText(lastHeartbeatTime)} \t${timeText(lastTransitionTime)} \t${reason ?? ''} \t${message ?? ''} `,
    ),
    'Addresses:',
    ...(status.addresses ?? []).map(({ type, address }) => `  ${type}:\t${address}`),
    ...amountLines('Capacity', status.capacity),
    ...amountLines('Allocatable', status.allocatable),
    'System Info:',
    ...Object.entries(INFO).map(([key, title]) => `  ${title}:\t${status.nodeInfo?.[key] ?? ''}`),
    ...(spec.podCIDR ? [`PodCIDR:\t${spec.podCIDR}`, `PodCIDRs:\t${spec.podCIDR}`] : []),
    ...podLines(pods, status.allocatable, scene),
    ...allocatedLines(pods, status.allocatable),
  ];
}

const INFO: Readonly<Record<string, string>> = {
  machineID: 'Machine ID',
  systemUUID: 'System UUID',
  bootID: 'Boot ID',
  kernelVersion: 'Kernel Version',
  osImage: 'OS Image',
  operatingSystem: 'Operating System',
  architecture: 'Architecture',
  containerRuntimeVersion: 'Container Runtime Version',
  kubeletVersion: 'Kubelet Version',
};

const amountLines = (title: string, amounts: Readonly<Record<string, string>>): string[] => [
  `${title}:`,
  ...Object.keys(amounts)
    .sort(compareBytes)
    .map((name) => `  ${name}:\t${amounts[name]}`),
];

type Side = 'requests' | 'limits';

/** What the containers of pods ask for of a resource. */
function total(pods: readonly Pod[], resource: string, side: Side): Quantity {
  let sum: Quantity = ZERO_QUANTITY;
  for (const pod of pods)
    for (const container of pod.spec.containers) {
      const parsed = parseQuantity(container.resources?.[side]?.[resource] ?? 0);
      if (parsed.quantity) sum = addQuantity(sum, parsed.quantity);
    }
  return sum;
}

/** `500m (12%)` */
function shareText(sum: Quantity, allocatable: string | undefined): string {
  const whole = parseQuantity(allocatable ?? 0);
  const numberOf = (quantity: Quantity): number => Number(quantity.value) * 10 ** quantity.scale;
  const all = whole.quantity ? numberOf(whole.quantity) : 0;
  const percent = all > 0 ? Math.floor((numberOf(sum) / all) * 100) : 0;
  return `${canonicalQuantity(sum)} (${percent}%)`;
}

function podLines(pods: readonly Pod[], allocatable: Node['status']['allocatable'], { nowMs }: Scene): string[] {
  return [
    `Non-terminated Pods:\t(${pods.length} in total)`,
    '  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
    '  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
    ...[...pods]
      .sort((a, b) => compareBytes(a.metadata.name, b.metadata.name))
      .map((pod) => {
        const amount = (resource: string, side: Side): string =>
          shareText(total([pod], resource, side), allocatable[resource]);
        return `  ${pod.metadata.namespace}\t${pod.metadata.name}\t\t${amount('cpu', 'requests')}\t${amount('cpu', 'limits')}\t${amount('memory', 'requests')}\t${amount('memory', 'limits')}\t${ageText(pod.metadata.creationTimestamp, nowMs)}`;
      }),
  ];
}

function allocatedLines(pods: readonly Pod[], allocatable: Node['status']['allocatable']): string[] {
  return [
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    '  Resource\tRequests\tLimits',
    '  --------\t--------\t------',
    ...['cpu', 'memory', 'ephemeral-storage'].map(
      (resource) =>
        `  ${resource}\t${shareText(total(pods, resource, 'requests'), allocatable[resource])}\t${shareText(total(pods, resource, 'limits'), allocatable[resource])}`,
    ),
  ];
}
