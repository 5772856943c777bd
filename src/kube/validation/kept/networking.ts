// Ingresses and NetworkPolicies. k8s: networking/validation
import { type Loose, listAt, numberAt, objectAt, objectOr, optionalTextAt, textAt, textsAt } from '../../loose.ts';
import { dnsLabelErrors, dnsSubdomainErrors, pathSegmentErrors, patternError, portNameErrors } from '../../names.ts';
import { type FieldError, forbidden, invalid, invalidAll, notSupported, required } from '../field-error.ts';
import { validatePortNumber } from '../handlers.ts';
import { cidrErrors, ipErrors } from '../ip-address.ts';
import { validateLabelSelector } from '../label-selector.ts';

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const BAD_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const BAD_ENDS = ['/..', '/.'];
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const WILDCARD = patternError(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  `\\*\\.${SUBDOMAIN}`,
  '*.example.com',
);

/** A name, or one that begins with `*.`. */
function hostErrors(host: string): readonly string[] {
  if (!host.includes('*')) return dnsSubdomainErrors(host);
  return host.startsWith('*.') && dnsSubdomainErrors(host.slice(2)).length === 0 ? [] : [WILDCARD];
}

const isIp = (host: string): boolean => ipErrors(host).length === 0;

function validateService(path: string, service: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const name = textAt(service, 'name');
  if (name === '') errors.push(required(`${path}.service.name`));
  else errors.push(...invalidAll(`${path}.service.name`, name, dnsLabelErrors(name)));
  const port = objectOr(service, 'port');
  const portName = textAt(port, 'name');
  const number = numberAt(port, 'number') ?? 0;
  if (portName !== '' && number !== 0) errors.push(invalid(path, '', 'cannot set both port name & port number'));
  else if (portName !== '') errors.push(...invalidAll(`${path}.service.port.name`, portName, portNameErrors(portName)));
  else if (number !== 0) errors.push(...validatePortNumber(`${path}.service.port.number`, number));
  else errors.push(required(path, 'port name or number is required'));
  return errors;
}

function validateBackend(path: string, backend: Loose): FieldError[] {
  const resource = objectAt(backend, 'resource');
  const service = objectAt(backend, 'service');
  if (resource && service) return [invalid(path, '', 'cannot set both resource and service backends')];
  if (service) return validateService(path, service);
  if (!resource) return [invalid(path, '', 'resource or service backend is required')];
  return ['kind', 'name'].flatMap((key) => {
    const text = textAt(resource, key);
    const at = `${path}.resource.${key}`;
    return text === '' ? [required(at)] : invalidAll(at, text, pathSegmentErrors(text));
  });
}

function validatePath(path: string, entry: Loose): FieldError[] {
  const type = optionalTextAt(entry, 'pathType');
  if (type === undefined) return [required(`${path}.pathType`, 'pathType must be specified')];
  const errors: FieldError[] = [];
  const at = `${path}.path`;
  const text = textAt(entry, 'path');
  if (!PATH_TYPES.includes(type)) errors.push(notSupported(`${path}.pathType`, type, PATH_TYPES));
  else {
    const isFree = type === 'ImplementationSpecific';
    if (!text.startsWith('/') && !(isFree && text === '')) errors.push(invalid(at, text, 'must be an absolute path'));
    if (!isFree) {
      for (const part of BAD_SEQUENCES)
        if (text.includes(part)) errors.push(invalid(at, text, `must not contain '${part}'`));
      for (const end of BAD_ENDS) if (text.endsWith(end)) errors.push(invalid(at, text, `cannot end with '${end}'`));
    }
  }
  return [...errors, ...validateBackend(`${path}.backend`, objectOr(entry, 'backend'))];
}

function validateHost(path: string, rule: Loose): FieldError[] {
  const host = textAt(rule, 'host');
  if (host === '') return [];
  const address = isIp(host) ? [invalid(path, host, 'must be a DNS name, not an IP address')] : [];
  return [...address, ...invalidAll(path, host, hostErrors(host))];
}

function validateIngressRule(path: string, rule: Loose): FieldError[] {
  const errors = validateHost(`${path}.host`, rule);
  const http = objectAt(rule, 'http');
  if (!http) return errors;
  const paths = listAt(http, 'paths');
  if (paths.length === 0) errors.push(required(`${path}.http.paths`));
  return [...errors, ...paths.flatMap((entry, i) => validatePath(`${path}.http.paths[${i}]`, entry))];
}

/** An Ingress. */
export function validateIngress(ingress: Loose): FieldError[] {
  const spec = objectOr(ingress, 'spec');
  const errors: FieldError[] = [];
  const rules = listAt(spec, 'rules');
  const fallback = objectAt(spec, 'defaultBackend');
  if (rules.length === 0 && !fallback)
    errors.push(invalid('spec', spec.rules ?? null, 'either `defaultBackend` or `rules` must be specified'));
  if (fallback) errors.push(...validateBackend('spec.defaultBackend', fallback));
  errors.push(...rules.flatMap((rule, i) => validateIngressRule(`spec.rules[${i}]`, rule)));
  for (const [i, tls] of listAt(spec, 'tls').entries()) {
    const at = `spec.tls[${i}]`;
    for (const [j, host] of textsAt(tls, 'hosts').entries())
      errors.push(...invalidAll(`${at}.hosts[${j}]`, host, hostErrors(host)));
    const secret = textAt(tls, 'secretName');
    if (secret !== '') errors.push(...invalidAll(`${at}.secretName`, secret, dnsSubdomainErrors(secret)));
  }
  const name = optionalTextAt(spec, 'ingressClassName');
  if (name === undefined) return errors;
  errors.push(...invalidAll('spec.ingressClassName', name, dnsSubdomainErrors(name)));
  const annotated = optionalTextAt(objectOr(objectOr(ingress, 'metadata'), 'annotations'), CLASS_ANNOTATION);
  if (annotated !== undefined && annotated !== name)
    errors.push(
      invalid(`annotations.${CLASS_ANNOTATION}`, annotated, 'must match `ingressClassName` when both are specified'),
    );
  return errors;
}

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const POLICY_TYPES = ['Ingress', 'Egress'];

function validatePolicyPort(path: string, entry: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const protocol = optionalTextAt(entry, 'protocol');
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  const { port } = entry;
  const end = numberAt(entry, 'endPort');
  if (typeof port === 'number') {
    errors.push(...validatePortNumber(`${path}.port`, port));
    if (end === undefined) return errors;
    if (end < port) errors.push(invalid(`${path}.endPort`, end, 'must be greater than or equal to `port`'));
    return [...errors, ...validatePortNumber(`${path}.endPort`, end)];
  }
  const why = port === undefined ? 'is not specified' : 'is non-numeric';
  if (end !== undefined) errors.push(invalid(`${path}.endPort`, end, `may not be specified when \`port\` ${why}`));
  if (typeof port === 'string') errors.push(...invalidAll(`${path}.port`, port, portNameErrors(port)));
  return errors;
}

function validatePeer(path: string, peer: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const selectors = ['podSelector', 'namespaceSelector'].filter((key) => objectAt(peer, key));
  for (const key of selectors) errors.push(...validateLabelSelector(`${path}.${key}`, objectAt(peer, key)));
  const block = objectAt(peer, 'ipBlock');
  if (block) {
    const cidr = textAt(block, 'cidr');
    if (cidr === '') errors.push(required(`${path}.ipBlock.cidr`));
    else {
      errors.push(...invalidAll(`${path}.ipBlock.cidr`, cidr, cidrErrors(cidr)));
      for (const [i, except] of textsAt(block, 'except').entries())
        errors.push(...invalidAll(`${path}.ipBlock.except[${i}]`, except, cidrErrors(except)));
    }
    if (selectors.length > 0) errors.push(forbidden(path, 'may not specify both ipBlock and another peer'));
  } else if (selectors.length === 0) errors.push(required(path, 'must specify a peer'));
  return errors;
}

/** A NetworkPolicy. */
export function validateNetworkPolicy(policy: Loose): FieldError[] {
  const spec = objectOr(policy, 'spec');
  const errors = validateLabelSelector('spec.podSelector', objectOr(spec, 'podSelector'));
  for (const [direction, side] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const)
    for (const [i, rule] of listAt(spec, direction).entries()) {
      const at = `spec.${direction}[${i}]`;
      errors.push(...listAt(rule, 'ports').flatMap((port, j) => validatePolicyPort(`${at}.ports[${j}]`, port)));
      errors.push(...listAt(rule, side).flatMap((peer, j) => validatePeer(`${at}.${side}[${j}]`, peer)));
    }
  const types = textsAt(spec, 'policyTypes');
  if (types.length > POLICY_TYPES.length)
    return [...errors, invalid('spec.policyTypes', types, 'may not specify more than two policyTypes')];
  for (const [i, type] of types.entries())
    if (!POLICY_TYPES.includes(type)) errors.push(notSupported(`spec.policyTypes[${i}]`, type, POLICY_TYPES));
  return errors;
}
