// What the API server accepts, but warns of in a header that kubectl prints as `Warning: …`.
// k8s: the strategies' WarningsOnCreate and WarningsOnUpdate
import { isHeadlessSpec } from '../defaults/service.ts';
import { type Loose, listAt, numberAt, objectOr, optionalTextAt, textAt, textsAt } from '../loose.ts';
import { dnsLabelErrors } from '../names.ts';
import { warnOfFractions } from './fractions.ts';
import { oldNodeLabel, warnOfNodeTerms } from './node-labels.ts';
import { warnOfPod, warnOfTemplate } from './pod-template.ts';

const OLD_CLASS = 'volume.beta.kubernetes.io/storage-class';
const OLD_HINTS = 'service.kubernetes.io/topology-aware-hints';
const OLD_INGRESS_CLASS = 'kubernetes.io/ingress.class';
const HISTORY =
  'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended';
const RECYCLE =
  'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';

/** KUBE-28: sources of volumes that no longer work, in the order in which they are told. */
const OLD_SOURCES: Readonly<Record<string, readonly [shown: string, since: string]>> = {
  cephfs: ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  photonPersistentDisk: ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  scaleIO: ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  storageos: ['storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  glusterfs: ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  rbd: ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
};

const hasAnnotation = (object: Loose, key: string): boolean =>
  Object.hasOwn(objectOr(objectOr(object, 'metadata'), 'annotations'), key);

const warnOfOldClass = (object: Loose): string[] =>
  hasAnnotation(object, OLD_CLASS)
    ? [`metadata.annotations[${OLD_CLASS}]: deprecated since v1.8; use "storageClassName" attribute instead`]
    : [];

const warnOfClaimSpec = (path: string, spec: Loose): string[] =>
  ['requests', 'limits'].flatMap((list) =>
    warnOfFractions(`${path}.resources.${list}`, objectOr(objectOr(spec, 'resources'), list), ['storage']),
  );

/** Of a StatefulSet, beside its template. */
function warnOfSet(spec: Loose): string[] {
  const claims = listAt(spec, 'volumeClaimTemplates').flatMap((claim, i) =>
    warnOfClaimSpec(`spec.volumeClaimTemplates[${i}]`, objectOr(claim, 'spec')),
  );
  return (numberAt(spec, 'revisionHistoryLimit') ?? 0) < 0 ? [...claims, HISTORY] : claims;
}

function warnOfVolume(volume: Loose): string[] {
  const spec = objectOr(volume, 'spec');
  const warnings = warnOfOldClass(volume);
  if (textAt(spec, 'persistentVolumeReclaimPolicy') === 'Recycle') warnings.push(RECYCLE);
  const required = objectOr(objectOr(spec, 'nodeAffinity'), 'required');
  for (const [i, term] of listAt(required, 'nodeSelectorTerms').entries())
    warnings.push(...warnOfNodeTerms(`spec.nodeAffinity.required.nodeSelectorTerms[${i}]`, term));
  for (const [source, [shown, since]] of Object.entries(OLD_SOURCES))
    if (Object.hasOwn(spec, source)) warnings.push(`spec.${shown}: ${since}`);
  return warnings;
}

const warnOfClass = (storageClass: Loose): string[] =>
  listAt(storageClass, 'allowedTopologies').flatMap((topology, i) =>
    listAt(topology, 'matchLabelExpressions').flatMap((expression, j) => {
      const message = oldNodeLabel(textAt(expression, 'key'));
      return message === undefined ? [] : [`allowedTopologies[${i}].matchLabelExpressions[${j}].key: ${message}`];
    }),
  );

/** k8s: GetWarningsForService, without those about the writing of IPv6 addresses */
function warnOfService(service: Loose): string[] {
  const spec = objectOr(service, 'spec');
  const type = textAt(spec, 'type') || 'ClusterIP';
  const hasExternalIps = textsAt(spec, 'externalIPs').length > 0;
  const warnings: string[] = [];
  const tell = (isTold: boolean, warning: string): void => {
    if (isTold) warnings.push(warning);
  };
  tell(
    hasAnnotation(service, OLD_HINTS),
    `annotation ${OLD_HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`,
  );
  const isHeadless = type === 'ClusterIP' && isHeadlessSpec(spec);
  const isAffine = (textAt(spec, 'sessionAffinity') || 'None') !== 'None';
  tell(isHeadless && textAt(spec, 'loadBalancerIP') !== '', 'spec.loadBalancerIP is ignored for headless services');
  tell(isHeadless && hasExternalIps, 'spec.externalIPs is ignored for headless services');
  tell(isHeadless && isAffine, 'spec.SessionAffinity is ignored for headless services');
  const isAlias = type === 'ExternalName';
  tell(isAlias && hasExternalIps, 'spec.externalIPs is ignored when spec.type is "ExternalName"');
  tell(
    !isAlias && textAt(spec, 'externalName') !== '',
    'spec.externalName is ignored when spec.type is not "ExternalName"',
  );
  tell(
    textAt(spec, 'trafficDistribution') === 'PreferClose',
    'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
  );
  tell(hasExternalIps, 'spec.externalIPs is deprecated');
  return warnings;
}

const warnOfIngress = (ingress: Loose): string[] =>
  hasAnnotation(ingress, OLD_INGRESS_CLASS) &&
  optionalTextAt(objectOr(ingress, 'spec'), 'ingressClassName') === undefined
    ? [`annotation "${OLD_INGRESS_CLASS}" is deprecated, please use 'spec.ingressClassName' instead`]
    : [];

/** Where the kinds that make pods have their template. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

function warnOfTemplateOf(kind: string, object: Loose): string[] {
  const path = Object.hasOwn(TEMPLATES, kind) ? TEMPLATES[kind] : undefined;
  return path ? warnOfTemplate(path.join('.'), path.reduce(objectOr, object)) : [];
}

/** Whose names show in names of hosts, though the server takes names that are none. */
const HOSTS: Readonly<Record<string, string>> = {
  Pod: "the Pod's hostname",
  Deployment: 'Pod names and hostnames',
  ReplicaSet: 'Pod names and hostnames',
  ReplicationController: 'Pod names and hostnames',
  Job: 'Pod names and hostnames',
  CronJob: 'Pod names and hostnames',
};

function warnOfName(kind: string, object: Loose): string[] {
  const use = Object.hasOwn(HOSTS, kind) ? HOSTS[kind] : undefined;
  const name = textAt(objectOr(object, 'metadata'), 'name');
  const errors = use === undefined || name === '' ? [] : dnsLabelErrors(name);
  const advice = 'which can result in surprising behavior; a DNS label is recommended';
  return errors.length === 0 ? [] : [`metadata.name: this is used in ${use}, ${advice}: [${errors.join(' ')}]`];
}

/** What is told whenever an object is written, new or not. */
function warnOfObject(kind: string, object: Loose): string[] {
  switch (kind) {
    case 'StatefulSet':
      return warnOfSet(objectOr(object, 'spec'));
    case 'Service':
      return warnOfService(object);
    case 'PersistentVolumeClaim':
      return [...warnOfOldClass(object), ...warnOfClaimSpec('spec', objectOr(object, 'spec'))];
    case 'PersistentVolume':
      return warnOfVolume(object);
    case 'StorageClass':
      return warnOfClass(object);
    case 'Endpoints':
      return ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'];
    default:
      return [];
  }
}

/**
 * Warnings about an object that is created, without the word `Warning:`.
 * @param kind its kind
 * @param object the object, with defaults
 */
export function warningsFor(kind: string, object: Loose): readonly string[] {
  if (kind === 'Pod') return [...warnOfName(kind, object), ...warnOfPod(object)];
  if (kind === 'Ingress') return warnOfIngress(object);
  return [...warnOfName(kind, object), ...warnOfTemplateOf(kind, object), ...warnOfObject(kind, object)];
}

/**
 * Warnings about an object that is written again. Pods are passed over, as people seldom write them.
 * @param isNewGeneration whether what is asked for changed; else nothing is said of its template
 */
export function warningsForUpdate(kind: string, object: Loose, isNewGeneration: boolean): readonly string[] {
  return [...(isNewGeneration ? warnOfTemplateOf(kind, object) : []), ...warnOfObject(kind, object)];
}
