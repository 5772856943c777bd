// The spec of a pod, in a template or in a pod. k8s: core/validation ValidatePodSpec
import { labelKeyErrors } from '../labels.ts';
import { type Loose, listAt, numberAt, objectAt, objectOr, optionalTextAt, textAt, textsAt } from '../loose.ts';
import { byteLength, dnsLabelErrors, dnsSubdomainErrors, rangeError, underscoredSubdomainErrors } from '../names.ts';
import { validateAffinity, validateSpreadConstraints, validateTolerations } from './affinity.ts';
import { type ContainerContext, validateContainers, validateInitContainers } from './container.ts';
import { validateResources } from './container-resources.ts';
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  invalidAll,
  notFound,
  notSupported,
  required,
  shown,
  tooLong,
} from './field-error.ts';
import { ipErrors } from './ip-address.ts';
import { validateAnnotations, validateLabels } from './object-meta.ts';
import { validateClaimSpec } from './persistent-volume-claim.ts';
import { validatePodSecurity } from './security-context.ts';
import { validateVolumeSource } from './volume-source.ts';

/** Where a pod spec stands. */
export interface PodSpecContext {
  /** Metadata of the pod; undefined in templates, whose pods have no name yet. */
  readonly metadata?: Loose;
}

function validateEphemeral(path: string, source: Loose): FieldError[] {
  const template = objectAt(source, 'volumeClaimTemplate');
  if (template === undefined) return [required(`${path}.volumeClaimTemplate`)];
  const at = `${path}.volumeClaimTemplate`;
  const metadata = objectOr(template, 'metadata');
  const other = Object.keys(metadata).filter((key) => key !== 'labels' && key !== 'annotations');
  return [
    ...validateAnnotations(`${at}.metadata.annotations`, objectOr(metadata, 'annotations')),
    ...validateLabels(`${at}.metadata.labels`, objectOr(metadata, 'labels')),
    ...other.map((key) => forbidden(`${at}.metadata.${key}`, 'cannot be set')),
    ...validateClaimSpec(`${at}.spec`, objectOr(template, 'spec')),
  ];
}

/** The volumes, and which of them are good enough to be mounted. */
function validateVolumes(
  path: string,
  volumes: readonly Loose[],
  podName: string,
): { errors: FieldError[]; valid: Map<string, Loose> } {
  const errors: FieldError[] = [];
  const valid = new Map<string, Loose>();
  const created = new Set(
    volumes
      .filter((volume) => podName !== '' && objectAt(volume, 'ephemeral') !== undefined)
      .map((volume) => `${podName}-${textAt(volume, 'name')}`),
  );
  for (const [i, volume] of volumes.entries()) {
    const at = `${path}[${i}]`;
    const name = textAt(volume, 'name');
    const own = validateVolumeSource(at, volume, { volumeName: name, isPersistent: false }, (key, where, source) =>
      key === 'ephemeral' ? validateEphemeral(where, source) : [],
    );
    own.push(...(name === '' ? [required(`${at}.name`)] : invalidAll(`${at}.name`, name, dnsLabelErrors(name))));
    if (valid.has(name)) own.push(duplicate(`${at}.name`, name));
    if (own.length === 0) valid.set(name, volume);
    errors.push(...own);
    const claim = textAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName');
    if (claim !== '' && created.has(claim))
      errors.push(
        invalid(
          `${at}.persistentVolumeClaim.claimName`,
          claim,
          'must not reference a PVC that gets created for an ephemeral volume',
        ),
      );
  }
  return { errors, valid };
}

function validateResourceClaims(path: string, claims: readonly Loose[]): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, claim] of claims.entries()) {
    const at = `${path}[${i}]`;
    const name = textAt(claim, 'name');
    if (name === '') errors.push(required(`${at}.name`));
    else if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    else errors.push(...invalidAll(`${at}.name`, name, dnsLabelErrors(name)));
    names.add(name);
    const direct = optionalTextAt(claim, 'resourceClaimName');
    const template = optionalTextAt(claim, 'resourceClaimTemplateName');
    const whole = () =>
      shown(
        `{"Name":${JSON.stringify(name)},"ResourceClaimName":${JSON.stringify(direct ?? null)},"ResourceClaimTemplateName":${JSON.stringify(template ?? null)}}`,
      );
    if (direct !== undefined && template !== undefined)
      errors.push(
        invalid(at, whole(), 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified'),
      );
    if (direct === undefined && template === undefined)
      errors.push(invalid(at, whole(), 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`'));
    if (direct !== undefined) errors.push(...invalidAll(`${at}.resourceClaimName`, direct, dnsSubdomainErrors(direct)));
    if (template !== undefined)
      errors.push(...invalidAll(`${at}.resourceClaimTemplateName`, template, dnsSubdomainErrors(template)));
  }
  return errors;
}

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** A word that must be there and must be one of a few. */
function requireOneOf(path: string, value: string, words: readonly string[]): FieldError[] {
  if (value === '') return [required(path)];
  return words.includes(value) ? [] : [notSupported(path, value, words)];
}

function validateHostNetwork(path: string, spec: Loose): FieldError[] {
  if (spec.hostNetwork !== true) return [];
  return listAt(spec, 'containers').flatMap((container, i) =>
    listAt(container, 'ports').flatMap((port, j) => {
      const host = numberAt(port, 'hostPort') ?? 0;
      return host !== 0 && host !== numberAt(port, 'containerPort')
        ? [
            invalid(
              `${path}.containers[${i}].ports[${j}].hostPort`,
              host,
              'must match `containerPort` when `hostNetwork` is true',
            ),
          ]
        : [];
    }),
  );
}

const SEARCH_BYTES_MAX = 2048;

function validateDnsConfig(path: string, config: Loose | undefined, policy: string): FieldError[] {
  const servers = textsAt(config, 'nameservers');
  if (policy === 'None' && config === undefined)
    return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
  if (policy === 'None' && servers.length === 0)
    return [required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
  const errors: FieldError[] = [];
  if (servers.length > 3) errors.push(invalid(`${path}.nameservers`, servers, 'must not have more than 3 nameservers'));
  for (const [i, server] of servers.entries())
    errors.push(...invalidAll(`${path}.nameservers[${i}]`, server, ipErrors(server)));
  const searches = textsAt(config, 'searches');
  if (searches.length > 32)
    errors.push(invalid(`${path}.searches`, searches, 'must not have more than 32 search paths'));
  if (byteLength(searches.join(' ')) > SEARCH_BYTES_MAX)
    errors.push(
      invalid(
        `${path}.searches`,
        searches,
        `must not have more than ${SEARCH_BYTES_MAX} characters (including spaces) in the search list`,
      ),
    );
  for (const [i, search] of searches.entries()) {
    const bare = search.endsWith('.') ? search.slice(0, -1) : search;
    if (search !== '.') errors.push(...invalidAll(`${path}.searches[${i}]`, bare, underscoredSubdomainErrors(bare)));
  }
  for (const [i, option] of listAt(config, 'options').entries())
    if (textAt(option, 'name') === '') errors.push(required(`${path}.options[${i}]`, 'must not be empty'));
  return errors;
}

/** Gates by name; each once. */
function validateGates(path: string, spec: Loose): FieldError[] {
  const errors: FieldError[] = [];
  for (const [i, gate] of listAt(spec, 'readinessGates').entries()) {
    const type = textAt(gate, 'conditionType');
    errors.push(...invalidAll(`${path}.readinessGates[${i}].conditionType`, type, labelKeyErrors(type)));
  }
  const seen = new Set<string>();
  for (const [i, gate] of listAt(spec, 'schedulingGates').entries()) {
    const name = textAt(gate, 'name');
    const at = `${path}.schedulingGates[${i}]`;
    errors.push(...invalidAll(at, name, labelKeyErrors(name)));
    if (seen.has(name)) errors.push(duplicate(at, name));
    seen.add(name);
  }
  return errors;
}

/** A pod with its own user namespace cannot share the host's others. */
function validateHostUsers(path: string, spec: Loose): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const errors: FieldError[] = [];
  for (const [key, name] of [
    ['hostNetwork', 'hostNetwork'],
    ['hostPID', 'HostPID'],
    ['hostIPC', 'HostIPC'],
  ] as const)
    if (spec[key] === true) errors.push(forbidden(`${path}.${name}`, 'when `hostUsers` is false'));
  for (const list of ['initContainers', 'containers'])
    for (const [i, container] of listAt(spec, list).entries())
      if (listAt(container, 'volumeDevices').length > 0)
        errors.push(forbidden(`${path}.${list}[${i}].volumeDevices`, 'when `hostUsers` is false'));
  return errors;
}

const HOSTNAME_LENGTH_MAX = 64;

function validateHostname(path: string, spec: Loose): FieldError[] {
  const name = optionalTextAt(spec, 'hostnameOverride');
  if (name === undefined) return [];
  const at = `${path}.hostnameOverride`;
  const errors: FieldError[] = [];
  if (spec.setHostnameAsFQDN === true)
    errors.push(forbidden(at, 'may not be specified when setHostnameAsFQDN is true'));
  if (spec.hostNetwork === true) errors.push(forbidden(at, 'may not be specified when hostNetwork is true'));
  if (byteLength(name) > HOSTNAME_LENGTH_MAX) errors.push(tooLong(at, HOSTNAME_LENGTH_MAX));
  return [...errors, ...invalidAll(at, name, dnsSubdomainErrors(name))];
}

const OPTIONAL_NAMES = [
  ['serviceAccountName', dnsSubdomainErrors],
  ['nodeName', dnsSubdomainErrors],
] as const;
const LATER_NAMES = [
  ['hostname', dnsLabelErrors],
  ['subdomain', dnsLabelErrors],
] as const;

function validateNames(
  path: string,
  spec: Loose,
  rules: readonly (readonly [string, (name: string) => string[]])[],
): FieldError[] {
  return rules.flatMap(([key, rule]) => {
    const name = textAt(spec, key);
    return name === '' ? [] : invalidAll(`${path}.${key}`, name, rule(name));
  });
}

function validateHostAliases(path: string, aliases: readonly Loose[]): FieldError[] {
  return aliases.flatMap((alias, i) => [
    ...invalidAll(`${path}[${i}].ip`, textAt(alias, 'ip'), ipErrors(textAt(alias, 'ip'))),
    ...textsAt(alias, 'hostnames').flatMap((name, j) =>
      invalidAll(`${path}[${i}].hostnames[${j}]`, name, dnsSubdomainErrors(name)),
    ),
  ]);
}

/** Variables read from files need an empty directory to read them from. */
function validateFileVariables(path: string, spec: Loose): FieldError[] {
  const sources = new Map(listAt(spec, 'volumes').map((volume) => [textAt(volume, 'name'), volume]));
  return ['initContainers', 'containers'].flatMap((list) =>
    listAt(spec, list).flatMap((container, i) =>
      listAt(container, 'env').flatMap((variable, j) => {
        const ref = objectAt(objectAt(variable, 'valueFrom'), 'fileKeyRef');
        if (ref === undefined) return [];
        const at = `${path}.${list}[${i}].env[${j}].valueFrom.fileKeyRef.volumeName`;
        const name = textAt(ref, 'volumeName');
        const volume = sources.get(name);
        if (volume === undefined) return [notFound(at, name)];
        return objectAt(volume, 'emptyDir') === undefined
          ? [invalid(at, name, 'referenced volume must be of type emptyDir')]
          : [];
      }),
    ),
  );
}

const DEADLINE_MAX = 2_147_483_647;

/**
 * A pod spec, in upstream's order.
 * @param path where it stands
 * @param spec the spec, with defaults
 */
export function validatePodSpec(path: string, spec: Loose, { metadata }: PodSpecContext = {}): FieldError[] {
  const graceSeconds = numberAt(spec, 'terminationGracePeriodSeconds');
  const errors = graceSeconds === undefined ? [required(`${path}.terminationGracePeriodSeconds`)] : [];
  const volumes = validateVolumes(`${path}.volumes`, listAt(spec, 'volumes'), textAt(metadata, 'name'));
  const claims = listAt(spec, 'resourceClaims');
  const os = textAt(objectAt(spec, 'os'), 'name');
  const context: ContainerContext = {
    volumes: volumes.valid,
    claimNames: new Set(claims.map((claim) => textAt(claim, 'name')).filter((name) => name !== '')),
    graceSeconds,
    os,
    restartPolicy: textAt(spec, 'restartPolicy'),
    isHostUsers: spec.hostUsers !== false,
  };
  const containers = listAt(spec, 'containers');
  errors.push(...volumes.errors, ...validateResourceClaims(`${path}.resourceClaims`, claims));
  errors.push(...validateContainers(`${path}.containers`, containers, context));
  errors.push(...validateInitContainers(`${path}.initContainers`, listAt(spec, 'initContainers'), containers, context));
  const resources = objectAt(spec, 'resources');
  if (resources !== undefined) errors.push(...validateResources(`${path}.resources`, resources, context.claimNames));
  errors.push(...validateHostNetwork(path, spec));
  errors.push(...requireOneOf(`${path}.restartPolicy`, context.restartPolicy, RESTART_POLICIES));
  errors.push(...requireOneOf(`${path}.dnsPolicy`, textAt(spec, 'dnsPolicy'), DNS_POLICIES));
  errors.push(...validateLabels(`${path}.nodeSelector`, objectOr(spec, 'nodeSelector')));
  errors.push(...validatePodSecurity(`${path}.securityContext`, objectAt(spec, 'securityContext'), spec));
  errors.push(...validateAffinity(`${path}.affinity`, objectAt(spec, 'affinity')));
  errors.push(...validateDnsConfig(`${path}.dnsConfig`, objectAt(spec, 'dnsConfig'), textAt(spec, 'dnsPolicy')));
  errors.push(...validateGates(path, spec));
  errors.push(
    ...validateSpreadConstraints(`${path}.topologySpreadConstraints`, listAt(spec, 'topologySpreadConstraints')),
  );
  errors.push(...validateHostUsers(path, spec), ...validateHostname(path, spec));
  errors.push(...validateNames(path, spec, OPTIONAL_NAMES));
  const deadline = numberAt(spec, 'activeDeadlineSeconds');
  if (deadline !== undefined && (deadline < 1 || deadline > DEADLINE_MAX))
    errors.push(invalid(`${path}.activeDeadlineSeconds`, deadline, rangeError(1, DEADLINE_MAX)));
  errors.push(...validateNames(path, spec, LATER_NAMES));
  errors.push(...validateTolerations(`${path}.tolerations`, listAt(spec, 'tolerations')));
  errors.push(...validateHostAliases(`${path}.hostAliases`, listAt(spec, 'hostAliases')));
  errors.push(...validateNames(path, spec, [['priorityClassName', dnsSubdomainErrors]]));
  const runtime = optionalTextAt(spec, 'runtimeClassName');
  if (runtime !== undefined)
    errors.push(...invalidAll(`${path}.runtimeClassName`, runtime, dnsSubdomainErrors(runtime)));
  const preemption = optionalTextAt(spec, 'preemptionPolicy');
  if (preemption !== undefined)
    errors.push(...requireOneOf(`${path}.preemptionPolicy`, preemption, ['PreemptLowerPriority', 'Never']));
  if (objectAt(spec, 'os') !== undefined) {
    if (os === '') errors.push(required(`${path}.os.name`));
    else if (os !== 'linux' && os !== 'windows') errors.push(notSupported(`${path}.os`, os, ['linux', 'windows']));
  }
  return [...errors, ...validateFileVariables(path, spec)];
}
