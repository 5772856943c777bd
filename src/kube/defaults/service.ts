// What the API server fills into a Service, up to the point where addresses are handed out. k8s: core/v1
// SetDefaults_Service, service REST patchAllocatedValues and defaultOnReadService (clusterIP and clusterIPs)
import {
  isObject,
  type Loose,
  mapList,
  mapObject,
  objectOr,
  textAt,
  textsAt,
  withDefault,
  withMember,
} from '../loose.ts';

const EXTERNAL: ReadonlySet<string> = new Set(['NodePort', 'LoadBalancer']);

function defaultPort(port: Loose): Loose {
  const out = withDefault(port, 'protocol', 'TCP');
  const isMissing = out.targetPort === undefined || out.targetPort === 0 || out.targetPort === '';
  return isMissing ? withMember(out, 'targetPort', out.port) : out;
}

function defaultAffinity(spec: Loose): Loose {
  const out = withDefault(spec, 'sessionAffinity', 'None');
  if (out.sessionAffinity === 'None' && out.sessionAffinityConfig !== undefined) {
    const { sessionAffinityConfig: _, ...rest } = out;
    return rest;
  }
  const config = objectOr(objectOr(out, 'sessionAffinityConfig'), 'clientIP');
  return out.sessionAffinity === 'ClientIP' && typeof config.timeoutSeconds !== 'number'
    ? withMember(out, 'sessionAffinityConfig', { clientIP: { timeoutSeconds: 10_800 } })
    : out;
}

/** Either of clusterIP and clusterIPs is filled from the other. */
function mirrorClusterIps(spec: Loose): Loose {
  const ip = textAt(spec, 'clusterIP');
  const ips = textsAt(spec, 'clusterIPs');
  if (ip !== '' && ips.length === 0) return withMember(spec, 'clusterIPs', [ip]);
  if (ip === '' && ips[0] !== undefined) return withMember(spec, 'clusterIP', ips[0]);
  return spec;
}

/** Fills a Service. An address is not among it: see the allocator. */
export function defaultService(service: Loose): Loose {
  return mapObject(isObject(service.spec) ? service : withMember(service, 'spec', {}), 'spec', (spec) => {
    let out = defaultAffinity(spec);
    out = withDefault(out, 'type', 'ClusterIP');
    out = mapList(out, 'ports', defaultPort);
    const type = textAt(out, 'type');
    const isReachable = EXTERNAL.has(type) || (type === 'ClusterIP' && textsAt(out, 'externalIPs').length > 0);
    if (isReachable) out = withDefault(out, 'externalTrafficPolicy', 'Cluster');
    if (type === 'ClusterIP' || EXTERNAL.has(type)) out = withDefault(out, 'internalTrafficPolicy', 'Cluster');
    if (type === 'LoadBalancer') out = withDefault(out, 'allocateLoadBalancerNodePorts', true);
    if (type === 'ExternalName') return out;
    out = mirrorClusterIps(out);
    // Without a selector nobody knows which addresses will stand behind a headless Service, so both families are kept.
    const isOpen = isHeadlessSpec(out) && Object.keys(objectOr(out, 'selector')).length === 0;
    out = withDefault(out, 'ipFamilyPolicy', isOpen ? 'RequireDualStack' : 'SingleStack');
    if (textsAt(out, 'ipFamilies').length > 0) return out;
    return withMember(out, 'ipFamilies', isOpen ? ['IPv4', 'IPv6'] : ['IPv4']);
  });
}

/** True for a Service with clusterIP None. k8s: isHeadlessService */
export function isHeadlessSpec(spec: Loose | undefined): boolean {
  const ips = textsAt(spec, 'clusterIPs');
  return ips.length === 0 ? textAt(spec, 'clusterIP') === 'None' : ips.length === 1 && ips[0] === 'None';
}
