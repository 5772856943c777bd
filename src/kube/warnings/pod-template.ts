// What is said of the template of a pod, or of a pod, part by part. k8s: api/pod warningsForPodSpecAndMeta
import { goQuote } from '../go-quote.ts';
import { type Loose, listAt, numberAt, objectAt, objectOr, textAt } from '../loose.ts';
import { warnOfFractions } from './fractions.ts';
import { oldNodeLabel, warnOfNodeTerms } from './node-labels.ts';
import { warnOfOverlaps } from './volume-overlaps.ts';

/** KUBE-28: annotations that do nothing any more. */
const OLD_ANNOTATIONS: readonly (readonly [key: string, message: string])[] = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
];
const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_PREFIX = 'container.seccomp.security.alpha.kubernetes.io/';
const APP_ARMOR_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';
const NO_SECCOMP = 'non-functional in v1.27+; use the "seccompProfile" field instead';
const NO_APP_ARMOR = 'deprecated since v1.30; use the "appArmorProfile" field instead';

/** Sources of volumes that no longer work. */
const OLD_SOURCES: readonly (readonly [source: string, shown: string, since: string])[] = [
  ['photonPersistentDisk', 'photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];
const BYTES = ['memory', 'ephemeral-storage'];
const NO_POD = 'a null labelSelector results in matching no pod';
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** A part of a spec and where it stands. */
interface Part {
  readonly at: string;
  readonly value: Loose;
}

const partsOf = (path: string, holder: Loose | undefined, key: string): Part[] =>
  listAt(holder, key).map((value, i) => ({ at: `${path}.${key}[${i}]`, value }));

function warnOfPlacement(path: string, spec: Loose): string[] {
  const warnings: string[] = [];
  for (const key of Object.keys(objectOr(spec, 'nodeSelector')).sort()) {
    const message = oldNodeLabel(key);
    if (message !== undefined) warnings.push(`${path}.nodeSelector[${key}]: ${message}`);
  }
  const affinity = objectOr(objectOr(spec, 'affinity'), 'nodeAffinity');
  const at = `${path}.affinity.nodeAffinity`;
  for (const term of partsOf(`${at}.${REQUIRED}`, objectAt(affinity, REQUIRED), 'nodeSelectorTerms'))
    warnings.push(...warnOfNodeTerms(term.at, term.value));
  for (const term of partsOf(at, affinity, PREFERRED))
    warnings.push(...warnOfNodeTerms(`${term.at}.preference`, objectOr(term.value, 'preference'), true));
  for (const constraint of partsOf(path, spec, 'topologySpreadConstraints')) {
    const key = textAt(constraint.value, 'topologyKey');
    const message = oldNodeLabel(key);
    if (message !== undefined) warnings.push(`${constraint.at}.topologyKey: ${key} is ${message}`);
    if (!objectAt(constraint.value, 'labelSelector')) warnings.push(`${constraint.at}.labelSelector: ${NO_POD}`);
  }
  return warnings;
}

function warnOfVolumes(path: string, spec: Loose): string[] {
  const warnings: string[] = [];
  for (const { at, value } of partsOf(path, spec, 'volumes')) {
    for (const [source, shown, since] of OLD_SOURCES)
      if (Object.hasOwn(value, source)) warnings.push(`${at}.${shown}: ${since}`);
    const claim = objectOr(objectOr(objectOr(value, 'ephemeral'), 'volumeClaimTemplate'), 'spec');
    for (const list of ['requests', 'limits'])
      warnings.push(
        ...warnOfFractions(
          `${at}.ephemeral.volumeClaimTemplate.spec.resources.${list}`,
          objectOr(objectOr(claim, 'resources'), list),
          ['storage'],
        ),
      );
  }
  return [...warnings, ...warnOfOverlaps(listAt(spec, 'volumes'))];
}

/** Members of a list of which a field should differ from all before. */
function warnOfRepeats(path: string, spec: Loose, key: string, field: string): string[] {
  const seen = new Set<string>();
  return partsOf(path, spec, key).flatMap(({ at, value }) => {
    const text = textAt(value, field);
    if (seen.has(text)) return [`${at}.${field}: duplicate ${field} ${goQuote(text)}`];
    seen.add(text);
    return [];
  });
}

/** A variable that is set again, without the value that it had. */
function warnOfEnv({ at, value }: Part): string[] {
  const seen = new Set<string>();
  return partsOf(at, value, 'env').flatMap((variable) => {
    const name = textAt(variable.value, 'name');
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const reference = `$(${name})`;
    const text = textAt(variable.value, 'value');
    const isKept = text.includes(reference) && text !== reference && !objectAt(variable.value, 'valueFrom');
    const hides = `hides previous definition of ${goQuote(name)}, which may be dropped when using apply`;
    return isKept ? [] : [`${variable.at}: ${hides}`];
  });
}

function warnOfContainer(path: string, annotations: Loose, isArmed: boolean, container: Part): string[] {
  const { at, value } = container;
  const security = objectOr(value, 'securityContext');
  const name = textAt(value, 'name');
  const warnings: string[] = [];
  const tell = (key: string, field: string, message: string): void => {
    if (Object.hasOwn(annotations, key) && !objectAt(security, field)) warnings.push(`${path}[${key}]: ${message}`);
  };
  tell(`${SECCOMP_PREFIX}${name}`, 'seccompProfile', NO_SECCOMP);
  if (!isArmed) tell(`${APP_ARMOR_PREFIX}${name}`, 'appArmorProfile', NO_APP_ARMOR);
  for (const resource of BYTES)
    for (const list of ['limits', 'requests'])
      warnings.push(
        ...warnOfFractions(`${at}.resources.${list}`, objectOr(objectOr(value, 'resources'), list), [resource]),
      );
  return [...warnings, ...warnOfEnv(container)];
}

/** How two ports of one number get into each other's way, in words; undefined where they do not. */
function clashOf(port: Loose, other: Loose): string | undefined {
  const [ip, otherIp] = [textAt(port, 'hostIP'), textAt(other, 'hostIP')];
  const [host, otherHost] = [numberAt(port, 'hostPort') ?? 0, numberAt(other, 'hostPort') ?? 0];
  if (ip === otherIp && host === otherHost) return 'duplicate port definition';
  if (host === 0 || otherHost === 0) return 'overlapping port definition';
  return host === otherHost && (ip === '') !== (otherIp === '') ? 'dangerously ambiguous port definition' : undefined;
}

/** A port as Go prints it. */
const goPort = (port: Loose): string =>
  `{Name:${textAt(port, 'name')} HostPort:${numberAt(port, 'hostPort') ?? 0} ContainerPort:${numberAt(port, 'containerPort') ?? 0} Protocol:${textAt(port, 'protocol') || 'TCP'} HostIP:${textAt(port, 'hostIP')}}`;

function warnOfPorts(containers: readonly Part[]): string[] {
  const ports = containers.flatMap(({ at, value }) => partsOf(at, value, 'ports'));
  const warnings: string[] = [];
  const byNumber = new Map<string, Part[]>();
  for (const port of ports) {
    const { at, value } = port;
    if (textAt(value, 'hostIP') !== '' && !numberAt(value, 'hostPort'))
      warnings.push(`${at}: hostIP set without hostPort: ${goPort(value)}`);
    const number = `${numberAt(value, 'containerPort')}/${textAt(value, 'protocol') || 'TCP'}`;
    const others = byNumber.get(number) ?? [];
    for (const other of others) {
      const clash = clashOf(value, other.value);
      if (clash !== undefined) warnings.push(`${at}: ${clash} with ${other.at}`);
    }
    byNumber.set(number, [...others, port]);
  }
  const byName = new Map<string, string>();
  for (const { at, value } of ports) {
    const name = textAt(value, 'name');
    const other = byName.get(name);
    if (name === '') continue;
    if (other === undefined) byName.set(name, at);
    else
      warnings.push(
        `${at}: duplicate port name ${goQuote(name)} with ${other}, services and probes that select ports by name will use ${other}`,
      );
  }
  return warnings;
}

/** Affinity to pods without a selector means none. */
function warnOfCompany(path: string, spec: Loose): string[] {
  return ['podAffinity', 'podAntiAffinity'].flatMap((kind) => {
    const terms = objectOr(objectOr(spec, 'affinity'), kind);
    const at = `${path}.affinity.${kind}`;
    const weighted = partsOf(at, terms, PREFERRED).map((term) => ({
      at: `${term.at}.podAffinityTerm`,
      value: objectOr(term.value, 'podAffinityTerm'),
    }));
    return [...partsOf(at, terms, REQUIRED), ...weighted]
      .filter(({ value }) => !objectAt(value, 'labelSelector'))
      .map((term) => `${term.at}.labelSelector: ${NO_POD}`);
  });
}

/** @param prefix the path of the template with a dot behind it; empty for a pod */
function warnOfParts(prefix: string, template: Loose): string[] {
  const spec = objectOr(template, 'spec');
  const at = `${prefix}spec`;
  const annotations = objectOr(objectOr(template, 'metadata'), 'annotations');
  const annotationsAt = `${prefix}metadata.annotations`;
  const security = objectOr(spec, 'securityContext');
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((key) => partsOf(at, spec, key));
  const grace = numberAt(spec, 'terminationGracePeriodSeconds') ?? 0;
  return [
    ...warnOfPlacement(at, spec),
    ...OLD_ANNOTATIONS.filter(([key]) => Object.hasOwn(annotations, key)).map(
      ([key, message]) => `${annotationsAt}[${key}]: ${message}`,
    ),
    ...warnOfVolumes(at, spec),
    ...warnOfRepeats(at, spec, 'hostAliases', 'ip'),
    ...warnOfRepeats(at, spec, 'imagePullSecrets', 'name'),
    ...partsOf(at, spec, 'imagePullSecrets')
      .filter(({ value }) => textAt(value, 'name') === '')
      .map((secret) => `${secret.at}.name: invalid empty name ""`),
    ...warnOfFractions(`${at}.overhead`, objectOr(spec, 'overhead'), BYTES),
    ...(Object.hasOwn(annotations, SECCOMP) && !objectAt(security, 'seccompProfile')
      ? [`${annotationsAt}[${SECCOMP}]: ${NO_SECCOMP}`]
      : []),
    ...containers.flatMap((container) =>
      warnOfContainer(annotationsAt, annotations, objectAt(security, 'appArmorProfile') !== undefined, container),
    ),
    ...warnOfPorts(containers),
    ...(grace < 0
      ? [`${at}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
    ...warnOfCompany(at, spec),
  ];
}

/**
 * Warnings of a pod template.
 * @param path where it stands, such as `spec.template`
 */
export const warnOfTemplate = (path: string, template: Loose): string[] => warnOfParts(`${path}.`, template);

/** Warnings of a pod. */
export const warnOfPod = (pod: Loose): string[] => warnOfParts('', pod);
