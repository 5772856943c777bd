// describe for nodes. k8s: describeNode, describeNodeResource
import {
  addQuantity,
  type Container,
  canonicalQuantity,
  canonicalQuantityText,
  compareBytes,
  compareQuantity,
  conditionOf,
  formatTime,
  keyOf,
  type Node,
  type Pod,
  parseQuantity,
  parseTime,
  type Quantity,
  ZERO_QUANTITY,
} from '#kube';
import { isMap } from '../../patch/json.ts';
import { multiline, timeText } from '../label-lines.ts';
import { ageText, nodeRoles } from '../table-parts.ts';
import { metadataLines, NONE, type Scene } from './parts.ts';

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

export function nodeLines(node: Node, scene: Scene): string[] {
  const { metadata, spec, status } = node;
  const more = spec as { readonly podCIDRs?: unknown; readonly providerID?: unknown };
  const ranges = Array.isArray(more.podCIDRs) ? more.podCIDRs : spec.podCIDR ? [spec.podCIDR] : [];
  const taints = [...(spec.taints ?? [])]
    .sort((a, b) => compareBytes(`${a.effect},${a.key}`, `${b.effect},${b.key}`))
    .map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`);
  return [
    `Name:\t${metadata.name}`,
    `Roles:\t${nodeRoles(node).join(',') || NONE}`,
    ...metadataLines(node),
    `CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`,
    ...multiline('', 'Taints', taints),
    `Unschedulable:\t${spec.unschedulable === true}`,
    ...leaseLines(node, scene),
    ...conditionLines(node),
    'Addresses:',
    ...(status?.addresses ?? []).map(({ type, address }) => `  ${type}:\t${address}`),
    ...amountLines('Capacity', status?.capacity),
    ...amountLines('Allocatable', status?.allocatable),
    'System Info:',
    ...Object.entries(INFO).map(([key, title]) => `  ${title}:\t${status?.nodeInfo?.[key] ?? ''}`),
    ...(spec.podCIDR ? [`PodCIDR:\t${spec.podCIDR}`] : []),
    ...(ranges.length > 0 ? [`PodCIDRs:\t${ranges.join(',')}`] : []),
    ...(more.providerID ? [`ProviderID:\t${String(more.providerID)}`] : []),
    ...usageLines(node, scene),
  ];
}

const LEASE_NAMESPACE = 'kube-node-lease';
const RENEWED_EVERY_MS = 10_000;
const GRACE_MS = 50_000;

/**
 * The lease that the kubelet renews: as it is kept, else as it follows from the node. Renewals are no ticks, so it
 * was renewed last at the newest of the moments ten seconds apart at which the kubelet was there.
 */
function leaseLines(node: Node, { view, nowMs }: Scene): string[] {
  const { name } = node.metadata;
  const kept = view.find(keyOf('Lease.coordination.k8s.io', LEASE_NAMESPACE, name)) as
    | { readonly spec?: unknown }
    | undefined;
  if (isMap(kept?.spec)) {
    const { holderIdentity, acquireTime, renewTime } = kept.spec;
    return leaseText(String(holderIdentity ?? '<unset>'), timeOf(acquireTime), timeOf(renewTime));
  }
  const ready = conditionOf(node.status ?? {}, 'Ready');
  if (!ready) return [`Lease:\tFailed to get lease: leases.coordination.k8s.io ${JSON.stringify(name)} not found`];
  const bornMs = parseTime(node.metadata.creationTimestamp) ?? 0;
  const seenMs = ready.status === 'Unknown' ? (parseTime(ready.lastTransitionTime) ?? nowMs) - GRACE_MS : nowMs;
  const renewedMs = seenMs - (Math.max(0, seenMs - bornMs) % RENEWED_EVERY_MS);
  return leaseText(name, '<unset>', timeText(formatTime(Math.max(bornMs, renewedMs))));
}

const timeOf = (value: unknown): string => (typeof value === 'string' ? timeText(value) : '<unset>');

const leaseText = (holder: string, acquired: string, renewed: string): string[] => [
  'Lease:',
  `  HolderIdentity:\t${holder}`,
  `  AcquireTime:\t${acquired}`,
  `  RenewTime:\t${renewed}`,
];

function conditionLines({ status }: Node): string[] {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return [];
  return [
    'Conditions:',
    '  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage',
    '  ----\t------\t-----------------\t------------------\t------\t-------',
    ...conditions.map(
      ({ type, status: is, lastHeartbeatTime, lastTransitionTime, reason, message }) =>
        `  ${type} \t${is} \t${timeText(lastHeartbeatTime)} \t${timeText(lastTransitionTime)} \t${reason ?? ''} \t${message ?? ''}`,
    ),
  ];
}

function amountLines(title: string, amounts: Readonly<Record<string, string>> | undefined): string[] {
  const names = Object.keys(amounts ?? {}).sort(compareBytes);
  if (names.length === 0) return [];
  return [
    `${title}:`,
    ...names.map((name) => `  ${name}:\t${canonicalQuantityText(amounts?.[name] ?? '0') ?? amounts?.[name]}`),
  ];
}

type Side = 'requests' | 'limits';

const quantityOf = (amount: string | number | undefined): Quantity =>
  parseQuantity(amount ?? 0).quantity ?? ZERO_QUANTITY;

const larger = (a: Quantity, b: Quantity): Quantity => (compareQuantity(a, b) >= 0 ? a : b);

/**
 * What a pod asks for of a resource, or may use: its containers and sidecars together, or what an init container needs
 * beside the sidecars before it, whichever is more; amounts of the pod itself go before. k8s: PodRequests, PodLimits
 */
function amountOf(pod: Pod, resource: string, side: Side): Quantity {
  const { spec } = pod;
  const own = isMap(spec.resources) ? spec.resources[side] : undefined;
  if (isMap(own) && own[resource] !== undefined) return quantityOf(String(own[resource]));
  const ofContainer = ({ resources }: Container): Quantity => quantityOf(resources?.[side]?.[resource]);
  let sum = spec.containers.map(ofContainer).reduce(addQuantity, ZERO_QUANTITY);
  let sidecars = ZERO_QUANTITY;
  let start = ZERO_QUANTITY;
  for (const container of spec.initContainers ?? []) {
    const amount = ofContainer(container);
    if (container.restartPolicy === 'Always') {
      sidecars = addQuantity(sidecars, amount);
      sum = addQuantity(sum, amount);
      start = larger(start, sidecars);
    } else start = larger(start, addQuantity(amount, sidecars));
  }
  const most = larger(sum, start);
  const overhead = isMap(spec.overhead) ? spec.overhead[resource] : undefined;
  const counts = overhead !== undefined && (side === 'requests' || compareQuantity(most, ZERO_QUANTITY) > 0);
  return counts ? addQuantity(most, quantityOf(String(overhead))) : most;
}

/** `500m (12%)` */
function shareText(amount: Quantity, whole: Quantity): string {
  const numberOf = ({ value, scale }: Quantity): number => Number(value) * 10 ** scale;
  const all = numberOf(whole);
  return `${canonicalQuantity(amount)} (${all > 0 ? Math.trunc((numberOf(amount) / all) * 100) : 0}%)`;
}

const STANDARD: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);

function usageLines(node: Node, { view, nowMs }: Scene): string[] {
  const pods = view
    .podsOnNode(node.metadata.name)
    .filter((pod) => pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed')
    .toSorted(
      (a, b) =>
        compareBytes(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
        compareBytes(a.metadata.name, b.metadata.name),
    );
  const allocatable = node.status?.allocatable ?? node.status?.capacity ?? {};
  const wholeOf = (resource: string): Quantity => quantityOf(allocatable[resource]);
  const totalOf = (resource: string, side: Side): Quantity =>
    pods.map((pod) => amountOf(pod, resource, side)).reduce(addQuantity, ZERO_QUANTITY);
  const share = (resource: string): string =>
    `  ${resource}\t${shareText(totalOf(resource, 'requests'), wholeOf(resource))}\t${shareText(totalOf(resource, 'limits'), wholeOf(resource))}`;
  const others = Object.keys(allocatable)
    .filter((name) => !STANDARD.has(name))
    .sort(compareBytes);
  return [
    `Non-terminated Pods:\t(${pods.length} in total)`,
    '  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
    '  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
    ...pods.map((pod) => {
      const cells = (['cpu', 'memory'] as const).flatMap((resource) =>
        (['requests', 'limits'] as const).map((side) => shareText(amountOf(pod, resource, side), wholeOf(resource))),
      );
      const { namespace, name, creationTimestamp } = pod.metadata;
      return `  ${namespace}\t${name}\t\t${cells.join('\t')}\t${ageText(creationTimestamp, nowMs)}`;
    }),
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    '  Resource\tRequests\tLimits',
    '  --------\t--------\t------',
    ...['cpu', 'memory', 'ephemeral-storage'].map(share),
    ...others.filter((name) => name.startsWith('hugepages-')).map(share),
    ...others
      .filter((name) => !name.startsWith('hugepages-'))
      .map(
        (name) =>
          `  ${name}\t${canonicalQuantity(totalOf(name, 'requests'))}\t${canonicalQuantity(totalOf(name, 'limits'))}`,
      ),
  ];
}
