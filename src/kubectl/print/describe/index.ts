// What `kubectl describe` tells of an object, by kind. k8s: kubectl pkg/describe/describe.go
import type { KubeObject } from '#kube';
import { alignTabbed } from '../columns.ts';
import { toYaml } from '../to-yaml.ts';
import { budgetLines, nodeLines, serviceLines } from './cluster.ts';
import { eventLines, metadataLines, nameLines, type Scene } from './parts.ts';
import { podLines } from './pod.ts';
import { claimLines, classLines, volumeObjectLines } from './storage.ts';
import { deploymentLines, replicaSetLines, statefulSetLines } from './workloads.ts';

export type { Scene } from './parts.ts';

const DESCRIBERS: Readonly<Record<string, (object: never, scene: Scene) => readonly string[]>> = {
  Deployment: deploymentLines,
  Node: nodeLines,
  PersistentVolume: volumeObjectLines,
  PersistentVolumeClaim: claimLines,
  Pod: podLines,
  PodDisruptionBudget: budgetLines,
  ReplicaSet: replicaSetLines,
  Service: serviceLines,
  StatefulSet: statefulSetLines,
  StorageClass: classLines,
};

/**
 * Everything about an object, for a person.
 * @param hasEvents whether its events stand at the end
 */
export function describeObject(object: KubeObject, scene: Scene, hasEvents: boolean): string {
  const describe = Object.hasOwn(DESCRIBERS, object.kind) ? DESCRIBERS[object.kind] : undefined;
  const lines = describe ? describe(object as never, scene) : plainLines(object);
  return alignTabbed([...lines, ...(hasEvents ? eventLines(object, scene) : []), ''].join('\n'));
}

/** Kinds without a description of their own: what is known of them, as it stands. */
function plainLines(object: KubeObject): readonly string[] {
  const { apiVersion, kind, metadata, ...rest } = object;
  return [
    ...nameLines(object),
    ...metadataLines(object),
    `API Version:\t${apiVersion}`,
    `Kind:\t${kind}`,
    ...toYaml(rest).trimEnd().split('\n'),
  ].filter((line) => line !== '{}' && line !== ' {}' && metadata !== undefined);
}
