// describe for claims, volumes and classes.
import {
  compareBytes,
  formatLabels,
  type NodeSelectorTerm,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type StorageClass,
} from '#kube';
import { isMap, type JsonMap } from '../../patch/json.ts';
import { multiline, timeText } from '../label-lines.ts';
import { accessModesText } from '../tables.ts';
import { volumeSourceLines } from '../volumes.ts';
import { finalizersLine, metadataLines, NONE, nameLines, phaseText, type Scene } from './parts.ts';

export function claimLines(claim: PersistentVolumeClaim, { view, nowMs }: Scene): string[] {
  const { metadata, spec, status } = claim;
  const isBound = Boolean(spec.volumeName);
  const users = view
    .podsUsingClaim(metadata.namespace ?? '', metadata.name)
    .map((pod) => pod.metadata.name)
    .sort(compareBytes);
  return [
    ...nameLines(claim),
    `StorageClass:\t${spec.storageClassName ?? ''}`,
    `Status:\t${phaseText(claim, status.phase, nowMs)}`,
    `Volume:\t${spec.volumeName ?? ''}`,
    ...metadataLines(claim),
    finalizersLine(claim),
    `Capacity:\t${isBound ? (status.capacity?.storage ?? '0') : ''}`,
    `Access Modes:\t${isBound ? accessModesText(status.accessModes) : ''}`,
    ...(spec.volumeMode ? [`VolumeMode:\t${spec.volumeMode}`] : []),
    ...dataSourceLines(spec.dataSource),
    ...multiline('', 'Used By', users),
    ...claimConditionLines(claim),
  ];
}

function claimConditionLines({ status }: PersistentVolumeClaim): string[] {
  const conditions = Array.isArray(status.conditions) ? status.conditions.filter(isMap) : [];
  if (conditions.length === 0) return [];
  const time = (value: unknown): string => timeText(typeof value === 'string' ? value : undefined);
  return [
    'Conditions:',
    '  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage',
    '  ----\t------\t-----------------\t------------------\t------\t-------',
    ...conditions.map(
      ({ type, status: is, lastProbeTime, lastTransitionTime, reason = '', message = '' }) =>
        `  ${String(type)} \t${String(is)} \t${time(lastProbeTime)} \t${time(lastTransitionTime)} \t${String(reason)} \t${String(message)}`,
    ),
  ];
}

function dataSourceLines(source: unknown): string[] {
  if (!isMap(source)) return [];
  const group = source.apiGroup === undefined ? [] : [`  APIGroup:\t${String(source.apiGroup)}`];
  return ['DataSource:', ...group, `  Kind:\t${String(source.kind)}`, `  Name:\t${String(source.name)}`];
}

export function volumeObjectLines(volume: PersistentVolume, { nowMs }: Scene): string[] {
  const { spec, status } = volume;
  const claim = spec.claimRef;
  return [
    ...nameLines(volume),
    ...metadataLines(volume),
    finalizersLine(volume),
    `StorageClass:\t${spec.storageClassName ?? ''}`,
    `Status:\t${phaseText(volume, status.phase, nowMs)}`,
    `Claim:\t${claim ? `${claim.namespace}/${claim.name}` : ''}`,
    `Reclaim Policy:\t${spec.persistentVolumeReclaimPolicy ?? ''}`,
    `Access Modes:\t${accessModesText(spec.accessModes)}`,
    ...(spec.volumeMode ? [`VolumeMode:\t${spec.volumeMode}`] : []),
    `Capacity:\t${spec.capacity?.storage ?? ''}`,
    ...affinityLines(spec.nodeAffinity?.required?.nodeSelectorTerms),
    `Message:\t${status.message ?? ''}`,
    'Source:',
    ...volumeSourceLines(spec as JsonMap),
  ];
}

/** k8s: printVolumeNodeAffinity */
function affinityLines(terms: readonly NodeSelectorTerm[] | undefined): string[] {
  if (!terms) return [`Node Affinity:\t${NONE}`];
  if (terms.length === 0) return ['Node Affinity:\t', `  Required Terms:\t${NONE}`];
  return ['Node Affinity:\t', '  Required Terms:\t', ...terms.flatMap(termLines)];
}

function termLines({ matchExpressions = [] }: NodeSelectorTerm, i: number): string[] {
  const texts = matchExpressions.map(
    ({ key, operator, values = [] }) =>
      `${key} ${operator.toLowerCase()}${values.length > 0 ? ` [${values.join(', ')}]` : ''}`,
  );
  return multiline('    ', `Term ${i}`, texts);
}

/** k8s: describeStorageClass */
export function classLines(one: StorageClass): string[] {
  const isDefault = one.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
  const options = one.mountOptions ?? [];
  return [
    `Name:\t${one.metadata.name}`,
    `IsDefaultClass:\t${isDefault ? 'Yes' : 'No'}`,
    `Annotations:\t${formatLabels(one.metadata.annotations)}`,
    `Provisioner:\t${one.provisioner}`,
    `Parameters:\t${formatLabels(one.parameters)}`,
    `AllowVolumeExpansion:\t${one.allowVolumeExpansion === undefined ? '<unset>' : one.allowVolumeExpansion ? 'True' : 'False'}`,
    ...(options.length === 0
      ? [`MountOptions:\t${NONE}`]
      : ['MountOptions:', ...options.map((option) => `  ${option}`)]),
    `ReclaimPolicy:\t${one.reclaimPolicy ?? 'Delete'}`,
    `VolumeBindingMode:\t${one.volumeBindingMode ?? 'Immediate'}`,
    ...topologyLines(one.allowedTopologies),
  ];
}

/** k8s: printAllowedTopologies */
function topologyLines(topologies: unknown): string[] {
  if (!Array.isArray(topologies)) return [];
  if (topologies.length === 0) return [`AllowedTopologies:\t${NONE}`];
  return [
    'AllowedTopologies:\t',
    ...topologies.filter(isMap).flatMap(({ matchLabelExpressions }, i) => {
      const terms = Array.isArray(matchLabelExpressions) ? matchLabelExpressions.filter(isMap) : [];
      const texts = terms.map(
        ({ key, values }) =>
          `${String(key)} in${Array.isArray(values) && values.length > 0 ? ` [${values.join(', ')}]` : ''}`,
      );
      return multiline('  ', `Term ${i}`, texts);
    }),
  ];
}
