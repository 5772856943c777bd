// describe for Services and budgets.
import { type EndpointSlice, formatLabels, formatSelector, type PodDisruptionBudget, type Service } from '#kube';
import { isMap } from '../../patch/json.ts';
import { metadataLines, NONE, nameLines, type Scene } from './parts.ts';

const ENDPOINTS_SHOWN_MAX = 3;

/** k8s: describeService */
export function serviceLines(service: Service, scene: Scene): string[] {
  const { spec } = service;
  const slices = scene.view
    .list('EndpointSlice', service.metadata.namespace)
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name);
  const line = (title: string, member: string): string[] => {
    const value = Array.isArray(spec[member]) ? (spec[member] as readonly unknown[]).join(',') : spec[member];
    return value === undefined || value === null || value === '' || value === 0 ? [] : [`${title}:\t${String(value)}`];
  };
  return [
    ...nameLines(service),
    ...metadataLines(service),
    `Selector:\t${formatLabels(spec.selector)}`,
    `Type:\t${spec.type ?? ''}`,
    ...line('IP Family Policy', 'ipFamilyPolicy'),
    line('IP Families', 'ipFamilies')[0] ?? `IP Families:\t${NONE}`,
    `IP:\t${spec.clusterIP ?? ''}`,
    `IPs:\t${spec.clusterIPs?.join(',') || NONE}`,
    ...line('External IPs', 'externalIPs'),
    ...line('Desired LoadBalancer IP', 'loadBalancerIP'),
    ...line('External Name', 'externalName'),
    ...ingressLines(service),
    ...(spec.ports ?? []).flatMap((port) => portLines(port, slices)),
    `Session Affinity:\t${String(spec.sessionAffinity ?? '')}`,
    ...line('External Traffic Policy', 'externalTrafficPolicy'),
    ...line('Internal Traffic Policy', 'internalTrafficPolicy'),
    ...line('HealthCheck NodePort', 'healthCheckNodePort'),
    ...line('LoadBalancer Source Ranges', 'loadBalancerSourceRanges'),
    ...line('Traffic Distribution', 'trafficDistribution'),
  ];
}

function portLines(port: NonNullable<Service['spec']['ports']>[number], slices: readonly EndpointSlice[]): string[] {
  const name = port.name || '<unset>';
  const protocol = port.protocol ?? 'TCP';
  return [
    `Port:\t${name}\t${port.port}/${protocol}`,
    `TargetPort:\t${port.targetPort ?? port.port}/${protocol}`,
    ...(port.appProtocol === undefined ? [] : [`AppProtocol:\t${port.appProtocol}`]),
    ...(port.nodePort ? [`NodePort:\t${name}\t${port.nodePort}/${protocol}`] : []),
    `Endpoints:\t${endpointsText(slices, port.name ?? '')}`,
  ];
}

/** k8s: buildIngressString */
function ingressLines(service: Service): string[] {
  const { status } = service as { readonly status?: unknown };
  const balancer = isMap(status) ? status.loadBalancer : undefined;
  const ingress = isMap(balancer) && Array.isArray(balancer.ingress) ? balancer.ingress.filter(isMap) : [];
  if (ingress.length === 0) return [];
  const texts = ingress.map(({ ip, ipMode, hostname }) =>
    ip ? `${String(ip)}${ipMode ? ` (${String(ipMode)})` : ''}` : String(hostname ?? ''),
  );
  return [`LoadBalancer Ingress:\t${texts.join(', ')}`];
}

/**
 * Addresses of the ready endpoints of a port; without ports those of all. Whether there are more is known as soon as
 * the list is full, be what follows ready or not. k8s: formatEndpointSlices
 */
function endpointsText(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return NONE;
  const shown: string[] = [];
  let isMore = false;
  let count = 0;
  const visit = (endpoint: EndpointSlice['endpoints'][number], suffix: string): void => {
    if (shown.length === ENDPOINTS_SHOWN_MAX) isMore = true;
    if (endpoint.conditions.ready === false) return;
    const address = endpoint.addresses[0] ?? '';
    if (!isMore) shown.push(suffix !== '' && address.includes(':') ? `[${address}]${suffix}` : `${address}${suffix}`);
    count += 1;
  };
  for (const { endpoints, ports } of slices) {
    if (!ports?.length) for (const endpoint of endpoints) visit(endpoint, '');
    for (const port of ports ?? [])
      if ((port.name ?? '') === portName) for (const endpoint of endpoints) visit(endpoint, `:${port.port}`);
  }
  return shown.join(',') + (isMore ? ` + ${count - ENDPOINTS_SHOWN_MAX} more...` : '');
}

/** k8s: describePodDisruptionBudgetV1 */
export function budgetLines(budget: PodDisruptionBudget): string[] {
  const { spec, status } = budget;
  const amount =
    spec.minAvailable === undefined
      ? spec.maxUnavailable === undefined
        ? []
        : [`Max unavailable:\t${spec.maxUnavailable}`]
      : [`Min available:\t${spec.minAvailable}`];
  return [
    ...nameLines(budget),
    ...amount,
    `Selector:\t${spec.selector === undefined ? '<unset>' : formatSelector(spec.selector)}`,
    'Status:',
    `    Allowed disruptions:\t${status.disruptionsAllowed}`,
    `    Current:\t${status.currentHealthy}`,
    `    Desired:\t${status.desiredHealthy}`,
    `    Total:\t${status.expectedPods}`,
  ];
}
