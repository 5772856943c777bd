// What `kubectl describe` tells of an object, by kind. k8s: kubectl pkg/describe/describe.go
import type { KubeObject } from '#kube';
import { alignTabbed, escapeTerminal } from '../columns.ts';
import { configMapLines, namespaceLines } from './config.ts';
import { autoscalerLines, daemonSetLines, priorityClassLines, secretLines, serviceAccountLines } from './kept.ts';
import { endpointSliceLines, endpointsLines } from './network.ts';
import { nodeLines } from './node.ts';
import { eventLines, type Scene } from './parts.ts';
import { plainLines } from './plain.ts';
import { podLines } from './pod.ts';
import { bindingLines, limitRangeLines } from './policy.ts';
import { budgetLines, serviceLines } from './service.ts';
import { claimLines, classLines, volumeObjectLines } from './storage.ts';
import { deploymentLines, replicaSetLines, statefulSetLines } from './workloads.ts';

export type { Scene } from './parts.ts';

const DESCRIBERS: Readonly<Record<string, (object: never, scene: Scene) => readonly string[]>> = {
  ClusterRoleBinding: bindingLines,
  ConfigMap: configMapLines,
  DaemonSet: daemonSetLines,
  Deployment: deploymentLines,
  EndpointSlice: endpointSliceLines,
  Endpoints: endpointsLines,
  HorizontalPodAutoscaler: autoscalerLines,
  LimitRange: limitRangeLines,
  Namespace: namespaceLines,
  Node: nodeLines,
  PersistentVolume: volumeObjectLines,
  PersistentVolumeClaim: claimLines,
  Pod: podLines,
  PodDisruptionBudget: budgetLines,
  PriorityClass: priorityClassLines,
  ReplicaSet: replicaSetLines,
  RoleBinding: bindingLines,
  Secret: secretLines,
  Service: serviceLines,
  ServiceAccount: serviceAccountLines,
  StatefulSet: statefulSetLines,
  StorageClass: classLines,
};

/** Kinds that are described without their events. */
const WITHOUT_EVENTS: ReadonlySet<string> = new Set([
  'ClusterRoleBinding',
  'LimitRange',
  'Namespace',
  'RoleBinding',
  'Secret',
]);

/**
 * Everything about an object, for a person.
 * @param hasEvents whether its events stand at the end
 */
export function describeObject(object: KubeObject, scene: Scene, hasEvents: boolean): string {
  const describe = Object.hasOwn(DESCRIBERS, object.kind) ? DESCRIBERS[object.kind] : undefined;
  const lines = describe ? describe(object as never, scene) : plainLines(object);
  const all = [...lines, ...(hasEvents && !WITHOUT_EVENTS.has(object.kind) ? eventLines(object, scene) : []), ''];
  return alignTabbed(escapeTerminal(all.join('\n')));
}
