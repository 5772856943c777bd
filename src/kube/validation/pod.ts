// Pods by themselves, on create and on update. k8s: core/validation ValidatePodCreate, ValidatePodUpdate
import { semanticEqual } from '../deep-equal.ts';
import { type Loose, listAt, numberAt, objectAt, objectOr, textAt, withMember } from '../loose.ts';
import { rangeError } from '../names.ts';
import { validateTolerations } from './affinity.ts';
import { validateImagePadding } from './container.ts';
import { type FieldError, forbidden, invalid, required } from './field-error.ts';
import { NAME_RULES, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validatePodSpec } from './pod-spec.ts';
import { validatePodAnnotations } from './pod-template.ts';

function validateMetadataAndSpec(pod: Loose): FieldError[] {
  const metadata = objectOr(pod, 'metadata');
  const spec = objectOr(pod, 'spec');
  const errors = [
    ...validateObjectMeta(metadata, true, NAME_RULES.subdomain),
    ...validatePodAnnotations('metadata.annotations', objectOr(metadata, 'annotations'), spec),
    ...validatePodSpec('spec', spec, { metadata }),
  ];
  if (textAt(spec, 'serviceAccountName') === '')
    for (const [i, volume] of listAt(spec, 'volumes').entries())
      for (const [j, source] of listAt(objectAt(volume, 'projected'), 'sources').entries())
        if (objectAt(source, 'serviceAccountToken') !== undefined)
          errors.push(
            forbidden(
              `spec.volumes[${i}].projected.sources[${j}].serviceAccountToken`,
              'must not be specified when serviceAccountName is not set',
            ),
          );
  for (const list of ['containers', 'initContainers'])
    errors.push(...validateImagePadding(`spec.${list}`, listAt(spec, list)));
  return errors;
}

/** KUBE-17: a new Pod. */
export function validatePod(pod: Loose): FieldError[] {
  const spec = objectOr(pod, 'spec');
  const errors = validateMetadataAndSpec(pod);
  if (listAt(spec, 'ephemeralContainers').length > 0)
    errors.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'));
  if (textAt(spec, 'nodeName') !== '' && listAt(spec, 'schedulingGates').length > 0)
    errors.push(forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  return errors;
}

const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

const DEADLINE_MAX = 2_147_483_647;

function validateDeadline(next: number | undefined, old: number | undefined): FieldError[] {
  const path = 'spec.activeDeadlineSeconds';
  if (next === undefined)
    return old === undefined ? [] : [invalid(path, null, 'must not update from a positive integer to nil value')];
  if (next < 0 || next > DEADLINE_MAX) return [invalid(path, next, rangeError(0, DEADLINE_MAX))];
  return old !== undefined && old < next ? [invalid(path, next, 'must be less than or equal to previous value')] : [];
}

/** Tolerations may be added, and the seconds of old ones changed. */
function validateAddedTolerations(next: readonly Loose[], old: readonly Loose[]): FieldError[] {
  const bare = (toleration: Loose): string =>
    ['key', 'operator', 'value', 'effect'].map((key) => JSON.stringify(textAt(toleration, key))).join();
  const present = new Set(next.map(bare));
  const kept = old.every((toleration) => present.has(bare(toleration)));
  return kept
    ? validateTolerations('spec.tolerations', next)
    : [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

/** The spec with everything that may change taken from the old one. */
function mask(spec: Loose, old: Loose): Loose {
  let out = spec;
  for (const list of ['containers', 'initContainers']) {
    if (spec[list] === undefined) continue;
    const before = listAt(old, list);
    out = withMember(
      out,
      list,
      listAt(spec, list).map((container, i) => withMember(container, 'image', before[i]?.image)),
    );
  }
  for (const key of ['activeDeadlineSeconds', 'schedulingGates', 'tolerations']) out = withMember(out, key, old[key]);
  const grace = numberAt(old, 'terminationGracePeriodSeconds');
  return grace !== undefined && grace < 0 && numberAt(out, 'terminationGracePeriodSeconds') === 1
    ? withMember(out, 'terminationGracePeriodSeconds', grace)
    : out;
}

/** KUBE-17: an update of a Pod: images, a few numbers and added tolerations, nothing else. */
export function validatePodUpdate(pod: Loose, previous: Loose): FieldError[] {
  const spec = objectOr(pod, 'spec');
  const old = objectOr(previous, 'spec');
  const errors = [
    ...validateObjectMetaUpdate(objectOr(pod, 'metadata'), objectOr(previous, 'metadata')),
    ...validateMetadataAndSpec(pod),
  ];
  for (const list of ['containers', 'initContainers']) {
    const containers = listAt(spec, list);
    if (containers.length !== listAt(old, list).length)
      return [...errors, forbidden(`spec.${list}`, 'pod updates may not add or remove containers')];
    for (const [i, container] of containers.entries())
      if (textAt(container, 'image') === '') errors.push(required(`spec.${list}[${i}].image`));
    errors.push(...validateImagePadding(`spec.${list}`, containers));
  }
  const deadline = validateDeadline(numberAt(spec, 'activeDeadlineSeconds'), numberAt(old, 'activeDeadlineSeconds'));
  errors.push(...deadline);
  if (deadline.length > 0 && spec.activeDeadlineSeconds !== undefined) return errors;
  errors.push(...validateAddedTolerations(listAt(spec, 'tolerations'), listAt(old, 'tolerations')));
  const gates = new Set(listAt(old, 'schedulingGates').map((gate) => textAt(gate, 'name')));
  for (const [i, gate] of listAt(spec, 'schedulingGates').entries()) {
    const name = textAt(gate, 'name');
    if (!gates.has(name))
      errors.push(
        forbidden(
          `spec.schedulingGates[${i}].name`,
          `only deletion is allowed, but found new scheduling gate '${name}'`,
        ),
      );
  }
  const isGated = gates.size > 0;
  let masked = mask(spec, old);
  // While a pod waits at its gates, where it may run can still be narrowed down.
  if (isGated) masked = withMember(withMember(masked, 'nodeSelector', old.nodeSelector), 'affinity', old.affinity);
  if (!semanticEqual(masked, old))
    errors.push(forbidden('spec', `pod updates may not change fields other than ${UPDATABLE}`));
  return errors;
}
