// The pod template of a workload. k8s: core/validation ValidatePodTemplateSpec
import { canonicalJson } from '../canonical-json.ts';
import { goQuote } from '../go-quote.ts';
import { matchesSelector } from '../labels.ts';
import { type Loose, listAt, objectAt, objectOr, textAt } from '../loose.ts';
import type { StringMap } from '../types.ts';
import { type FieldError, forbidden, invalid, shown } from './field-error.ts';
import { asLabelSelector } from './label-selector.ts';
import { validateAnnotations, validateLabels } from './object-meta.ts';
import { validatePodSpec } from './pod-spec.ts';
import { validateRelativePath } from './volume-paths.ts';

const SECCOMP = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';
const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const MIRROR = 'kubernetes.io/config.mirror';
const INT32_MAX = 2_147_483_647;

function validateSeccomp(path: string, profile: string): FieldError[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return [];
  if (profile.startsWith('localhost/')) return validateRelativePath(path, profile.slice('localhost/'.length));
  return [invalid(path, profile, 'must be a valid seccomp profile')];
}

/** An int32 without superfluous signs or zeros. k8s: helper.GetDeletionCostFromPodAnnotations */
function isDeletionCost(value: string): boolean {
  if (!/^-?(?:0|[1-9]\d{0,9})$/.test(value)) return false;
  const cost = Number(value);
  return cost >= -INT32_MAX - 1 && cost <= INT32_MAX;
}

/** Annotations that mean something to pods. k8s: ValidatePodSpecificAnnotations */
export function validatePodAnnotations(path: string, annotations: Loose, spec: Loose): FieldError[] {
  const errors: FieldError[] = [];
  const mirror = annotations[MIRROR];
  if (typeof mirror === 'string' && textAt(spec, 'nodeName') === '')
    errors.push(invalid(`${path}[${MIRROR}]`, mirror, 'must set spec.nodeName if mirror pod annotation is set'));
  const cost = annotations[DELETION_COST];
  if (typeof cost === 'string' && !isDeletionCost(cost))
    errors.push(invalid(`${path}[${DELETION_COST}]`, cost, 'must be a 32bit integer'));
  const names = new Set(
    ['initContainers', 'containers'].flatMap((list) => listAt(spec, list).map((item) => textAt(item, 'name'))),
  );
  const keys = Object.keys(annotations).sort();
  if (Object.hasOwn(annotations, SECCOMP))
    errors.push(...validateSeccomp(`${path}.${SECCOMP}`, textAt(annotations, SECCOMP)));
  for (const key of keys)
    if (key.startsWith(SECCOMP_CONTAINER)) errors.push(...validateSeccomp(`${path}.${key}`, textAt(annotations, key)));
  for (const key of keys) {
    if (!key.startsWith(APP_ARMOR)) continue;
    const container = key.slice(APP_ARMOR.length);
    const profile = textAt(annotations, key);
    if (!names.has(container)) errors.push(invalid(`${path}[${key}]`, container, 'container not found'));
    if (!['', 'runtime/default', 'unconfined'].includes(profile) && !profile.startsWith('localhost/'))
      errors.push(invalid(`${path}[${key}]`, profile, `invalid AppArmor profile name: ${goQuote(profile)}`));
  }
  return errors;
}

/**
 * A pod template.
 * @param path where it stands
 * @param template the template, with defaults
 * @param extraVolumes volumes that pods will have beside those of the template: a StatefulSet's claims
 */
export function validatePodTemplate(path: string, template: Loose, extraVolumes: readonly Loose[] = []): FieldError[] {
  const metadata = objectOr(template, 'metadata');
  const annotations = objectOr(metadata, 'annotations');
  const own = objectOr(template, 'spec');
  const replaced = new Set(extraVolumes.map((volume) => textAt(volume, 'name')));
  // Claims come first and replace volumes of the same name, as they will in the pods.
  const volumes = listAt(own, 'volumes').filter((volume) => !replaced.has(textAt(volume, 'name')));
  const errors = [
    ...validateLabels(`${path}.labels`, objectOr(metadata, 'labels')),
    ...validateAnnotations(`${path}.annotations`, annotations),
    ...validatePodAnnotations(`${path}.annotations`, annotations, own),
    ...(extraVolumes.length === 0
      ? validatePodSpec(`${path}.spec`, own)
      : validatePodSpec(`${path}.spec`, { ...own, volumes: [...volumes, ...extraVolumes] })),
  ];
  if (listAt(own, 'ephemeralContainers').length > 0)
    errors.push(forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
  return errors;
}

/** The template's labels must be among those the selector looks for. */
export function validateSelectorMatch(path: string, selector: Loose | undefined, template: Loose): FieldError[] {
  const labels = objectAt(objectAt(template, 'metadata'), 'labels');
  if (matchesSelector(asLabelSelector(selector), labels as StringMap | undefined)) return [];
  const isBare = labels === undefined || Object.keys(labels).length === 0;
  return [
    invalid(
      `${path}.metadata.labels`,
      shown(isBare ? 'null' : canonicalJson(labels)),
      '`selector` does not match template `labels`',
    ),
  ];
}

/** Workloads that keep pods running for ever restart their containers, always. */
export function validateLongRunning(path: string, template: Loose, kind: string): FieldError[] {
  const spec = objectOr(template, 'spec');
  const errors: FieldError[] = [];
  const policy = textAt(spec, 'restartPolicy');
  if (policy !== 'Always')
    errors.push({
      path: `${path}.spec.restartPolicy`,
      type: 'FieldValueNotSupported',
      body: `Unsupported value: ${canonicalJson(policy)}: supported values: "Always"`,
    });
  if (spec.activeDeadlineSeconds !== undefined)
    errors.push(forbidden(`${path}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`));
  return errors;
}
