// Services, on create and on update. k8s: core/validation ValidateServiceCreate, ValidateServiceUpdate
import { canonicalJson } from '../canonical-json.ts';
import { semanticEqual } from '../deep-equal.ts';
import { isHeadlessSpec } from '../defaults/service.ts';
import { labelKeyErrors } from '../labels.ts';
import { type Loose, listAt, numberAt, objectAt, objectOr, optionalTextAt, textAt, textsAt } from '../loose.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../names.ts';
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalidAll,
  named,
  notSupported,
  required,
  shown,
} from './field-error.ts';
import { validatePortNumber, validatePortOrName } from './handlers.ts';
import { cidrErrors, ipErrors, isIpv6 } from './ip-address.ts';
import { NAME_RULES, validateLabels, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const AFFINITIES = ['ClientIP', 'None'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const TRAFFIC_POLICIES = ['Cluster', 'Local'];
const FAMILIES = ['IPv4', 'IPv6'];
const FAMILY_POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";
const AFFINITY_SECONDS_MAX = 86_400;

function validatePort(path: string, port: Loose, isNameNeeded: boolean, names: Set<string>): FieldError[] {
  const errors: FieldError[] = [];
  const name = textAt(port, 'name');
  if (name === '') {
    if (isNameNeeded) errors.push(required(`${path}.name`));
  } else {
    errors.push(...invalidAll(`${path}.name`, name, dnsLabelErrors(name)));
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
  }
  errors.push(...validatePortNumber(`${path}.port`, numberAt(port, 'port') ?? 0));
  const protocol = textAt(port, 'protocol');
  if (protocol === '') errors.push(required(`${path}.protocol`));
  else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  errors.push(...validatePortOrName(`${path}.targetPort`, port.targetPort));
  const app = optionalTextAt(port, 'appProtocol');
  if (app !== undefined) errors.push(...invalidAll(`${path}.appProtocol`, app, labelKeyErrors(app)));
  return errors;
}

/** No two ports are the same, neither in front nor on the nodes. */
function validateDistinctPorts(path: string, ports: readonly Loose[], type: string): FieldError[] {
  const errors: FieldError[] = [];
  const taken = new Set<string>();
  const claim = (key: string): boolean => taken.size !== taken.add(key).size;
  for (const [i, port] of ports.entries())
    if (type === 'ClusterIP' && (numberAt(port, 'nodePort') ?? 0) !== 0)
      errors.push(forbidden(`${path}[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
  for (const [i, port] of ports.entries()) {
    const node = numberAt(port, 'nodePort') ?? 0;
    if (node !== 0 && !claim(`node ${textAt(port, 'protocol')} ${node}`))
      errors.push(duplicate(`${path}[${i}].nodePort`, node));
  }
  for (const [i, port] of ports.entries()) {
    const protocol = textAt(port, 'protocol');
    const number = numberAt(port, 'port') ?? 0;
    const key = `{"Name":"","Protocol":${canonicalJson(protocol)},"AppProtocol":null,"Port":${number},"TargetPort":0,"NodePort":0}`;
    if (!claim(key)) errors.push(duplicate(`${path}[${i}]`, shown(key)));
  }
  return errors;
}

function validateAffinity(spec: Loose): FieldError[] {
  const affinity = textAt(spec, 'sessionAffinity');
  const config = objectAt(spec, 'sessionAffinityConfig');
  const path = 'spec.sessionAffinityConfig';
  const errors: FieldError[] = [];
  if (affinity === '') errors.push(required('spec.sessionAffinity'));
  else if (!AFFINITIES.includes(affinity)) errors.push(notSupported('spec.sessionAffinity', affinity, AFFINITIES));
  if (affinity === 'None' && config !== undefined)
    errors.push(forbidden(path, 'must not be set when session affinity is None'));
  if (affinity !== 'ClientIP') return errors;
  const when = 'when session affinity type is ClientIP';
  const client = objectAt(config, 'clientIP');
  const seconds = numberAt(client, 'timeoutSeconds');
  if (config === undefined) errors.push(required(path, when));
  else if (client === undefined) errors.push(required(`${path}.clientIP`, when));
  else if (seconds === undefined) errors.push(required(`${path}.clientIP.timeoutSeconds`, when));
  else if (seconds <= 0 || seconds > AFFINITY_SECONDS_MAX)
    errors.push(
      invalid(
        `${path}.clientIP.timeoutSeconds`,
        seconds,
        `must be greater than 0 and less than ${AFFINITY_SECONDS_MAX}`,
      ),
    );
  return errors;
}

/** Addresses and families, as far as they agree with each other. k8s: ValidateServiceClusterIPsRelatedFields */
function validateClusterIps(spec: Loose): FieldError[] {
  if (textAt(spec, 'type') === 'ExternalName') return [];
  const errors: FieldError[] = [];
  const ip = textAt(spec, 'clusterIP');
  const ips = textsAt(spec, 'clusterIPs');
  const families = textsAt(spec, 'ipFamilies');
  const path = 'spec.clusterIPs';
  if (ip !== '' && ips.length === 0) errors.push(required(path));
  else if (ip !== '' && ips[0] !== ip) errors.push(invalid(path, ips, 'first value must match `clusterIP`'));
  else if (ip === '' && ips.length > 0)
    errors.push(invalid(path, ips, 'must be empty when `clusterIP` is not specified'));
  const seen = new Set<string>();
  for (const [i, family] of families.entries()) {
    if (!FAMILIES.includes(family)) errors.push(notSupported(`spec.ipFamilies[${i}]`, family, FAMILIES));
    if (seen.has(family)) errors.push(duplicate(`spec.ipFamilies[${i}]`, named(family)));
    seen.add(family);
  }
  const policy = optionalTextAt(spec, 'ipFamilyPolicy');
  if (policy !== undefined && !FAMILY_POLICIES.includes(policy))
    errors.push(notSupported('spec.ipFamilyPolicy', policy, FAMILY_POLICIES));
  let hasInvalid = false;
  for (const [i, address] of ips.entries()) {
    const isNone = i === 0 && address === 'None';
    const wrong = isNone ? [] : invalidAll(`${path}[${i}]`, address, ipErrors(address));
    if (isNone && ips.length > 1) wrong.push(invalid(path, ips, "'None' must be the first and only value"));
    hasInvalid ||= wrong.length > 0;
    errors.push(...wrong);
  }
  if (ips.length > 2) errors.push(invalid(path, ips, 'may only hold up to 2 values'));
  if (hasInvalid) return errors;
  if (ips.length > 1 && ips.filter(isIpv6).length !== 1)
    errors.push(invalid(path, ips, 'may specify no more than one IP for each IP family'));
  if (isHeadlessSpec(spec)) return errors;
  for (const [i, address] of ips.entries()) {
    const family = families[i];
    if (family === 'IPv4' && isIpv6(address))
      errors.push(invalid(`${path}[${i}]`, address, `expected an IPv4 value as indicated by \`ipFamilies[${i}]\``));
    if (family === 'IPv6' && !isIpv6(address))
      errors.push(invalid(`${path}[${i}]`, address, `expected an IPv6 value as indicated by \`ipFamilies[${i}]\``));
  }
  return errors;
}

function validateType(spec: Loose, type: string): FieldError[] {
  const isHeadless = isHeadlessSpec(spec);
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless)
    return [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`)];
  if (type !== 'ExternalName') return [];
  const errors: FieldError[] = [];
  for (const key of ['clusterIPs', 'ipFamilies'])
    if (textsAt(spec, key).length > 0)
      errors.push(forbidden(`spec.${key}`, 'may not be set for ExternalName services'));
  if (spec.ipFamilyPolicy !== undefined)
    errors.push(forbidden('spec.ipFamilyPolicy', 'may not be set for ExternalName services'));
  const name = textAt(spec, 'externalName').replace(/\.$/, '');
  errors.push(
    ...(name === ''
      ? [required('spec.externalName')]
      : invalidAll('spec.externalName', name, dnsSubdomainErrors(name))),
  );
  return errors;
}

function validateExternalIps(spec: Loose): FieldError[] {
  return textsAt(spec, 'externalIPs').flatMap((ip, i) => {
    const path = `spec.externalIPs[${i}]`;
    const wrong = ipErrors(ip);
    if (wrong.length > 0) return invalidAll(path, ip, wrong);
    if (ip === '0.0.0.0' || ip === '::') return [invalid(path, ip, `may not be unspecified (${ip})`)];
    if (ip.startsWith('127.') || ip === '::1')
      return [invalid(path, ip, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')];
    if (ip.startsWith('169.254.') || /^fe[89ab]/i.test(ip))
      return [invalid(path, ip, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)')];
    return ip.startsWith('224.0.0.') || /^ff02:/i.test(ip)
      ? [invalid(path, ip, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')]
      : [];
  });
}

/** Fields that only some types of Services may have. */
function validateTraffic(spec: Loose, type: string): FieldError[] {
  const errors: FieldError[] = [];
  const ranges = textsAt(spec, 'loadBalancerSourceRanges');
  const isBalancer = type === 'LoadBalancer';
  if (ranges.length > 0 && !isBalancer) errors.push(forbidden('spec.LoadBalancerSourceRanges', ONLY_LOAD_BALANCER));
  for (const [i, range] of ranges.entries())
    errors.push(...invalidAll(`spec.LoadBalancerSourceRanges[${i}]`, range.trim(), cidrErrors(range.trim())));
  if (spec.allocateLoadBalancerNodePorts !== undefined && !isBalancer)
    errors.push(forbidden('spec.allocateLoadBalancerNodePorts', ONLY_LOAD_BALANCER));
  const balancerClass = optionalTextAt(spec, 'loadBalancerClass');
  if (balancerClass !== undefined)
    errors.push(
      ...(isBalancer
        ? invalidAll('spec.loadBalancerClass', balancerClass, labelKeyErrors(balancerClass))
        : [forbidden('spec.loadBalancerClass', ONLY_LOAD_BALANCER)]),
    );
  const external = textAt(spec, 'externalTrafficPolicy');
  const isExternal =
    isBalancer || type === 'NodePort' || (type === 'ClusterIP' && textsAt(spec, 'externalIPs').length > 0);
  if (!isExternal && external !== '')
    errors.push(
      invalid('spec.externalTrafficPolicy', named(external), 'may only be set for externally-accessible services'),
    );
  else if (isExternal && external === '') errors.push(required('spec.externalTrafficPolicy'));
  else if (isExternal && !TRAFFIC_POLICIES.includes(external))
    errors.push(notSupported('spec.externalTrafficPolicy', external, TRAFFIC_POLICIES));
  const health = numberAt(spec, 'healthCheckNodePort') ?? 0;
  if (health !== 0 && !(isBalancer && external === 'Local'))
    errors.push(
      invalid(
        'spec.healthCheckNodePort',
        health,
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ),
    );
  const internal = optionalTextAt(spec, 'internalTrafficPolicy');
  if (internal === undefined && TYPES.includes(type) && type !== 'ExternalName')
    errors.push(required('spec.internalTrafficPolicy'));
  if (internal !== undefined && !TRAFFIC_POLICIES.includes(internal))
    errors.push(notSupported('spec.internalTrafficPolicy', internal, TRAFFIC_POLICIES));
  const distribution = optionalTextAt(spec, 'trafficDistribution');
  if (distribution !== undefined && !DISTRIBUTIONS.includes(distribution))
    errors.push(notSupported('spec.trafficDistribution', distribution, DISTRIBUTIONS));
  return errors;
}

function validateSpec(spec: Loose): FieldError[] {
  const type = textAt(spec, 'type');
  const ports = listAt(spec, 'ports');
  const errors: FieldError[] = [];
  if (ports.length === 0 && !isHeadlessSpec(spec) && type !== 'ExternalName') errors.push(required('spec.ports'));
  errors.push(...validateType(spec, type));
  const names = new Set<string>();
  for (const [i, port] of ports.entries())
    errors.push(...validatePort(`spec.ports[${i}]`, port, ports.length > 1, names));
  errors.push(...validateLabels('spec.selector', objectOr(spec, 'selector')));
  errors.push(...validateAffinity(spec), ...validateClusterIps(spec), ...validateExternalIps(spec));
  if (type === '') errors.push(required('spec.type'));
  else if (!TYPES.includes(type)) errors.push(notSupported('spec.type', type, TYPES));
  errors.push(...validateDistinctPorts('spec.ports', ports, type));
  return [...errors, ...validateTraffic(spec, type)];
}

/** KUBE-16: a new Service. Its name is a DNS-1123 label, which may begin with a digit. */
export const validateService = (service: Loose): FieldError[] => [
  ...validateObjectMeta(objectOr(service, 'metadata'), true, NAME_RULES.label),
  ...validateSpec(objectOr(service, 'spec')),
];

/** Addresses and families stay, unless a name elsewhere takes the place of the Service. */
function validateSameAddresses(spec: Loose, old: Loose): FieldError[] {
  if (textAt(spec, 'type') === 'ExternalName' || textAt(old, 'type') === 'ExternalName') return [];
  const isHeadless = isHeadlessSpec(spec);
  const wasHeadless = isHeadlessSpec(old);
  const errors: FieldError[] = [];
  const ips = textsAt(spec, 'clusterIPs');
  const oldIps = textsAt(old, 'clusterIPs');
  if (!(isHeadless && wasHeadless)) {
    if (ips.length === 0 && oldIps.length > 0)
      errors.push(invalid('spec.clusterIPs[0]', ips, 'primary clusterIP can not be unset'));
    else if (ips.length === oldIps.length)
      for (const [i, ip] of oldIps.entries()) {
        if (ip !== ips[i]) errors.push(invalid(`spec.clusterIPs[${i}]`, ips, 'may not change once set'));
      }
    else if (oldIps.length > 0 && ips[0] !== oldIps[0])
      errors.push(invalid('spec.clusterIPs[0]', ips, 'may not change once set'));
    if (ips.length === 1 && oldIps.length > 1 && textAt(spec, 'ipFamilyPolicy') !== 'SingleStack')
      errors.push(
        invalid(
          'spec.ipFamilyPolicy',
          spec.ipFamilyPolicy ?? null,
          "must be set to 'SingleStack' when releasing the secondary clusterIP",
        ),
      );
  }
  if (isHeadless || wasHeadless) return errors;
  const families = textsAt(spec, 'ipFamilies');
  const oldFamilies = textsAt(old, 'ipFamilies');
  if (families.length === oldFamilies.length) {
    for (const [i, family] of oldFamilies.entries())
      if (family !== families[i]) errors.push(invalid('spec.ipFamilies[0]', families, 'may not change once set'));
  } else if (families.length > 0 && oldFamilies.length > 0 && families[0] !== oldFamilies[0])
    errors.push(invalid('spec.ipFamilies[0]', ips, 'may not change once set'));
  return errors;
}

/** KUBE-16: an update of a Service: it cannot become headless, nor stop being it. */
export function validateServiceUpdate(service: Loose, previous: Loose): FieldError[] {
  const spec = objectOr(service, 'spec');
  const old = objectOr(previous, 'spec');
  const errors = [
    ...validateObjectMetaUpdate(objectOr(service, 'metadata'), objectOr(previous, 'metadata')),
    ...validateSameAddresses(spec, old),
  ];
  const isBalancer = textAt(spec, 'type') === 'LoadBalancer' && textAt(old, 'type') === 'LoadBalancer';
  if (isBalancer && !semanticEqual(spec.loadBalancerClass, old.loadBalancerClass))
    errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set'));
  return [...errors, ...validateSpec(spec)];
}
