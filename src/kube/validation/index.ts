// One door to the validation of all kinds. Bounded by the size of what is validated.
import { type KindInfo, kindByStoreKind } from '../kinds.ts';
import { type Loose, objectOr } from '../loose.ts';
import {
  validateDeployment,
  validateDeploymentUpdate,
  validateReplicaSet,
  validateReplicaSetUpdate,
} from './deployment.ts';
import type { FieldError } from './field-error.ts';
import { validateKept, validateKeptChange } from './kept/index.ts';
import { NAME_RULES, type NameRule, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validateVolume, validateVolumeUpdate } from './persistent-volume.ts';
import { validateClaim, validateClaimUpdate } from './persistent-volume-claim.ts';
import { validatePod, validatePodUpdate } from './pod.ts';
import { validatePodDisruptionBudget, validatePodDisruptionBudgetUpdate } from './pod-disruption-budget.ts';
import { validateService, validateServiceUpdate } from './service.ts';
import { validateStatefulSet, validateStatefulSetUpdate } from './stateful-set.ts';
import { validateStorageClass, validateStorageClassUpdate } from './storage-class.ts';

export type { FieldError } from './field-error.ts';
export { renderInvalid, renderInvalidForKubectl } from './render-invalid.ts';
export { validateStatefulSetStatus } from './stateful-set.ts';

interface Validator {
  readonly create: (object: Loose) => FieldError[];
  readonly update: (object: Loose, previous: Loose) => FieldError[];
}

const VALIDATORS: Readonly<Record<string, Validator>> = {
  StatefulSet: { create: validateStatefulSet, update: validateStatefulSetUpdate },
  Pod: { create: validatePod, update: validatePodUpdate },
  PersistentVolumeClaim: { create: validateClaim, update: validateClaimUpdate },
  PersistentVolume: { create: validateVolume, update: validateVolumeUpdate },
  Service: { create: validateService, update: validateServiceUpdate },
  StorageClass: { create: validateStorageClass, update: validateStorageClassUpdate },
  Deployment: { create: validateDeployment, update: validateDeploymentUpdate },
  ReplicaSet: { create: validateReplicaSet, update: validateReplicaSetUpdate },
  PodDisruptionBudget: { create: validatePodDisruptionBudget, update: validatePodDisruptionBudgetUpdate },
};

/** Kinds whose names are looser or stricter than a DNS subdomain. */
const NAME_RULE_OF: Readonly<Record<string, NameRule>> = {
  Namespace: NAME_RULES.label,
  Role: NAME_RULES.pathSegment,
  RoleBinding: NAME_RULES.pathSegment,
  ClusterRole: NAME_RULES.pathSegment,
  ClusterRoleBinding: NAME_RULES.pathSegment,
};

const validatorOf = (info: KindInfo): Validator | undefined =>
  info.simulated && Object.hasOwn(VALIDATORS, info.kind) ? VALIDATORS[info.kind] : undefined;

/** Whether all of the object is to be looked at, and not its metadata alone. */
const isKept = (info: KindInfo): boolean => !kindByStoreKind(info.storeKind)?.simulated;

/**
 * What the API server finds wrong with a new object, in its order.
 * @param info the kind
 * @param object the object with defaults
 */
export function validateCreate(info: KindInfo, object: Loose): readonly FieldError[] {
  const validator = validatorOf(info);
  if (validator !== undefined) return validator.create(object);
  const rule = (Object.hasOwn(NAME_RULE_OF, info.kind) ? NAME_RULE_OF[info.kind] : undefined) ?? NAME_RULES.subdomain;
  const errors = validateObjectMeta(objectOr(object, 'metadata'), info.namespaced, rule);
  return isKept(info) ? [...errors, ...validateKept(info.storeKind, object)] : errors;
}

/**
 * What the API server finds wrong with an update.
 * @param info the kind
 * @param object the object as it would be stored
 * @param previous the object as it is stored
 */
export function validateUpdate(info: KindInfo, object: Loose, previous: Loose): readonly FieldError[] {
  const validator = validatorOf(info);
  if (validator !== undefined) return validator.update(object, previous);
  const errors = validateObjectMetaUpdate(objectOr(object, 'metadata'), objectOr(previous, 'metadata'));
  return isKept(info) ? [...errors, ...validateKeptChange(info.storeKind, object, previous)] : errors;
}
