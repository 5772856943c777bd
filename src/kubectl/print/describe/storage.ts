// describe for claims, volumes and classes.
import {
  compareBytes,
  type NodeSelectorTerm,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type StorageClass,
} from '#kube';
import { isMap } from '../../patch/json.ts';
import { accessModesText } from '../tables.ts';
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
    ...(users.length === 0 ? [`Used By:\t${NONE}`] : users.map((name, i) => `${i === 0 ? 'Used By:' : ''}\t${name}`)),
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
    ...sourceLines(spec),
  ];
}

function affinityLines(terms: readonly NodeSelectorTerm[] | undefined): string[] {
  if (!terms?.length) return [`Node Affinity:\t${NONE}`];
  return [
    'Node Affinity:',
    '  Required Terms:',
    ...terms.flatMap((term, i) => {
      const texts = (term.matchExpressions ?? []).map(
        ({ key, operator, values }) => `${key} ${operator.toLowerCase()} [${(values ?? []).join(', ')}]`,
      );
      return texts.length === 0
        ? [`    Term ${i}:\t${NONE}`]
        : texts.map((text, j) => `    ${j === 0 ? `Term ${i}:` : ''}\t${text}`);
    }),
  ];
}

function sourceLines(spec: PersistentVolume['spec']): string[] {
  const { csi, hostPath, local, nfs } = spec;
  if (isMap(csi))
    return [
      '    Type:\tCSI (a Container Storage Interface (CSI) volume source)',
      `    Driver:\t${String(csi.driver ?? '')}`,
      `    FSType:\t${String(csi.fsType ?? '')}`,
      `    VolumeHandle:\t${String(csi.volumeHandle ?? '')}`,
      `    ReadOnly:\t${csi.readOnly === true}`,
      ...attributeLines(csi.volumeAttributes),
    ];
  if (isMap(hostPath))
    return [
      '    Type:\tHostPath (bare host directory volume)',
      `    Path:\t${String(hostPath.path ?? '')}`,
      `    HostPathType:\t${String(hostPath.type ?? '')}`,
    ];
  if (isMap(local))
    return [
      '    Type:\tLocalVolume (a persistent volume backed by local storage on a node)',
      `    Path:\t${String(local.path ?? '')}`,
    ];
  if (isMap(nfs))
    return [
      '    Type:\tNFS (an NFS mount that lasts the lifetime of a pod)',
      `    Server:\t${String(nfs.server ?? '')}`,
      `    Path:\t${String(nfs.path ?? '')}`,
      `    ReadOnly:\t${nfs.readOnly === true}`,
    ];
  return ['    Type:\t<unknown>'];
}

function attributeLines(attributes: unknown): string[] {
  const entries = isMap(attributes) ? Object.entries(attributes) : [];
  if (entries.length === 0) return [`    VolumeAttributes:\t${NONE}`];
  return entries
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([key, value], i) => `    ${i === 0 ? 'VolumeAttributes:' : ''}\t${key}=${String(value)}`);
}

export function classLines(one: StorageClass): string[] {
  const isDefault = one.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
  const parameters = Object.entries(one.parameters ?? {}).sort(([a], [b]) => compareBytes(a, b));
  return [
    `Name:\t${one.metadata.name}`,
    `IsDefaultClass:\t${isDefault ? 'Yes' : 'No'}`,
    `Annotations:\t${
      Object.entries(one.metadata.annotations ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .sort(compareBytes)
        .join(',') || NONE
    }`,
    `Provisioner:\t${one.provisioner}`,
    `Parameters:\t${parameters.map(([key, value]) => `${key}=${value}`).join(',') || NONE}`,
    `AllowVolumeExpansion:\t${one.allowVolumeExpansion === undefined ? '<unset>' : one.allowVolumeExpansion ? 'True' : 'False'}`,
    `MountOptions:\t${one.mountOptions?.join(',') ?? NONE}`,
    `ReclaimPolicy:\t${one.reclaimPolicy ?? 'Delete'}`,
    `VolumeBindingMode:\t${one.volumeBindingMode ?? 'Immediate'}`,
  ];
}
