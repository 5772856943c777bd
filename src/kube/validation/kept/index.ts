// What the API server finds wrong with objects that are kept but not simulated, besides their metadata. A kind without an
// entry is only decoded and has its metadata checked.
import type { Loose } from '../../loose.ts';
import type { FieldError } from '../field-error.ts';
import { validateAutoscaler } from './autoscaling.ts';
import { validateCustomKind, validatePriorityClass, validateResourceQuota, validateWebhooks } from './cluster.ts';
import { validateConfigMap, validateSealed, validateSecret } from './config.ts';
import { validateIngress, validateNetworkPolicy } from './networking.ts';
import {
  validateClusterRole,
  validateClusterRoleBinding,
  validateRole,
  validateRoleBinding,
  validateSameRole,
} from './rbac.ts';
import { validateCronJob, validateDaemonSet, validateJob, validateReplicationController } from './workloads.ts';

type Check = (object: Loose) => FieldError[];
type ChangeCheck = (object: Loose, previous: Loose) => FieldError[];

/** By the names under which the kinds are stored. */
const CHECKS: Readonly<Record<string, Check>> = {
  ConfigMap: validateConfigMap,
  Secret: validateSecret,
  ReplicationController: validateReplicationController,
  ResourceQuota: validateResourceQuota,
  'DaemonSet.apps': validateDaemonSet,
  'Job.batch': validateJob,
  'CronJob.batch': validateCronJob,
  'HorizontalPodAutoscaler.autoscaling': validateAutoscaler,
  'Ingress.networking.k8s.io': validateIngress,
  'NetworkPolicy.networking.k8s.io': validateNetworkPolicy,
  'Role.rbac.authorization.k8s.io': validateRole,
  'ClusterRole.rbac.authorization.k8s.io': validateClusterRole,
  'RoleBinding.rbac.authorization.k8s.io': validateRoleBinding,
  'ClusterRoleBinding.rbac.authorization.k8s.io': validateClusterRoleBinding,
  'PriorityClass.scheduling.k8s.io': validatePriorityClass,
  'ValidatingWebhookConfiguration.admissionregistration.k8s.io': validateWebhooks,
  'MutatingWebhookConfiguration.admissionregistration.k8s.io': validateWebhooks,
  'CustomResourceDefinition.apiextensions.k8s.io': validateCustomKind,
};

const CHANGE_CHECKS: Readonly<Record<string, ChangeCheck>> = {
  ConfigMap: validateSealed,
  Secret: validateSealed,
  'RoleBinding.rbac.authorization.k8s.io': validateSameRole,
  'ClusterRoleBinding.rbac.authorization.k8s.io': validateSameRole,
};

/** What is wrong with an object of a kind that is only kept. */
export const validateKept = (storeKind: string, object: Loose): FieldError[] =>
  (Object.hasOwn(CHECKS, storeKind) ? CHECKS[storeKind]?.(object) : undefined) ?? [];

/** What is wrong with a change of such an object. */
export const validateKeptChange = (storeKind: string, object: Loose, previous: Loose): FieldError[] => [
  ...((Object.hasOwn(CHANGE_CHECKS, storeKind) ? CHANGE_CHECKS[storeKind]?.(object, previous) : undefined) ?? []),
  ...validateKept(storeKind, object),
];
