// What volumes of pods and PersistentVolumes are made of, as describe tells it. Cells are separated by tabs.
// k8s: kubectl pkg/describe/describe.go
import { compareBytes, type StringMap, type Volume } from '#kube';
import { isMap, type JsonMap } from '../patch/json.ts';
import { annotationLines, labelLines } from './label-lines.ts';

const NONE = '<none>';
const INDENT = '    ';
const ATTRIBUTE_LENGTH_MAX = 140;

/** A field of a source: its title, its name, and what is told where it is absent. */
type Field = readonly [title: string, name: string, absent?: string];

interface Source {
  readonly type: string;
  readonly fields?: readonly Field[];
  /** What no list of fields can tell. */
  readonly more?: (value: JsonMap) => readonly string[];
}

/** A value as Go prints it with %v: `[a b]`, `map[a:b]`, and of a reference its fields alone. */
function goText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isMap(value)) return `&{${Object.values(value).map(goText).join(' ')}}`;
  return value === null || value === undefined ? '<nil>' : String(value);
}

const READ_ONLY: Field = ['ReadOnly', 'readOnly', 'false'];
const FS_TYPE: Field = ['FSType', 'fsType'];
const OPTIONAL: Field = ['Optional', 'optional', 'false'];
const SECRET_REF: Field = ['SecretRef', 'secretRef', '<nil>'];
const CSI = 'CSI (a Container Storage Interface (CSI) volume source)';

/** Sources that pods and PersistentVolumes share. */
const SOURCES: Readonly<Record<string, Source>> = {
  hostPath: {
    type: 'HostPath (bare host directory volume)',
    fields: [
      ['Path', 'path'],
      ['HostPathType', 'type', NONE],
    ],
  },
  gcePersistentDisk: {
    type: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    fields: [['PDName', 'pdName'], FS_TYPE, ['Partition', 'partition', '0'], READ_ONLY],
  },
  awsElasticBlockStore: {
    type: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    fields: [['VolumeID', 'volumeID'], FS_TYPE, ['Partition', 'partition', '0'], READ_ONLY],
  },
  nfs: {
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    fields: [['Server', 'server'], ['Path', 'path'], READ_ONLY],
  },
  glusterfs: {
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    fields: [['EndpointsName', 'endpoints'], ['Path', 'path'], READ_ONLY],
  },
  rbd: {
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    fields: [
      ['CephMonitors', 'monitors', '[]'],
      ['RBDImage', 'image'],
      FS_TYPE,
      ['RBDPool', 'pool'],
      ['RadosUser', 'user'],
      ['Keyring', 'keyring'],
      SECRET_REF,
      READ_ONLY,
    ],
  },
  azureDisk: {
    type: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    fields: [
      ['DiskName', 'diskName'],
      ['DiskURI', 'diskURI'],
      ['Kind', 'kind', 'Shared'],
      ['FSType', 'fsType', 'ext4'],
      ['CachingMode', 'cachingMode', 'ReadWrite'],
      READ_ONLY,
    ],
  },
  vsphereVolume: {
    type: 'vSphereVolume (a Persistent Disk resource in vSphere)',
    fields: [['VolumePath', 'volumePath'], FS_TYPE, ['StoragePolicyName', 'storagePolicyName']],
  },
  cinder: {
    type: 'Cinder (a Persistent Disk resource in OpenStack)',
    fields: [['VolumeID', 'volumeID'], FS_TYPE, READ_ONLY, SECRET_REF],
  },
  portworxVolume: { type: 'PortworxVolume (a Portworx Volume resource)', fields: [['VolumeID', 'volumeID']] },
  cephfs: {
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    fields: [
      ['Monitors', 'monitors', '[]'],
      ['Path', 'path'],
      ['User', 'user'],
      ['SecretFile', 'secretFile'],
      SECRET_REF,
      READ_ONLY,
    ],
  },
  fc: {
    type: 'FC (a Fibre Channel disk)',
    more: ({ targetWWNs, lun, fsType, readOnly }) => [
      `${INDENT}TargetWWNs:\t${Array.isArray(targetWWNs) ? targetWWNs.join(', ') : ''}`,
      `${INDENT}LUN:\t${lun === undefined ? NONE : goText(lun)}`,
      `${INDENT}FSType:\t${fsType === undefined ? '' : goText(fsType)}`,
      `${INDENT}ReadOnly:\t${readOnly === true}`,
    ],
  },
  azureFile: {
    type: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    fields: [['SecretName', 'secretName'], ['ShareName', 'shareName'], READ_ONLY],
  },
};

const OF_PODS: Readonly<Record<string, Source>> = {
  emptyDir: {
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    more: ({ medium, sizeLimit }) => [
      `${INDENT}Medium:\t${medium === undefined ? '' : goText(medium)}`,
      `${INDENT}SizeLimit:\t${sizeLimit === undefined || String(sizeLimit) === '0' ? '<unset>' : goText(sizeLimit)}`,
    ],
  },
  secret: { type: 'Secret (a volume populated by a Secret)', fields: [['SecretName', 'secretName'], OPTIONAL] },
  configMap: { type: 'ConfigMap (a volume populated by a ConfigMap)', fields: [['Name', 'name'], OPTIONAL] },
  persistentVolumeClaim: {
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    fields: [['ClaimName', 'claimName'], READ_ONLY],
  },
  ephemeral: {
    type: 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
    more: ephemeralLines,
  },
  downwardAPI: { type: 'DownwardAPI (a volume populated by information about the pod)', more: downwardLines },
  projected: { type: 'Projected (a volume that contains injected data from multiple sources)', more: projectedLines },
  csi: {
    type: CSI,
    fields: [['Driver', 'driver'], FS_TYPE, READ_ONLY],
    more: ({ volumeAttributes }) => attributeLines(volumeAttributes),
  },
  image: {
    type: 'Image (a container image or OCI artifact)',
    fields: [
      ['Reference', 'reference'],
      ['PullPolicy', 'pullPolicy'],
    ],
  },
};

const OF_VOLUMES: Readonly<Record<string, Source>> = {
  local: {
    type: 'LocalVolume (a persistent volume backed by local storage on a node)',
    fields: [['Path', 'path']],
  },
  csi: {
    type: CSI,
    fields: [['Driver', 'driver'], FS_TYPE, ['VolumeHandle', 'volumeHandle'], READ_ONLY],
    more: ({ volumeAttributes }) => attributeLines(volumeAttributes),
  },
  glusterfs: {
    type: SOURCES.glusterfs?.type ?? '',
    fields: [
      ['EndpointsName', 'endpoints'],
      ['EndpointsNamespace', 'endpointsNamespace', '<unset>'],
      ['Path', 'path'],
      READ_ONLY,
    ],
  },
  azureFile: {
    type: SOURCES.azureFile?.type ?? '',
    fields: [
      ['SecretName', 'secretName'],
      ['SecretNamespace', 'secretNamespace'],
      ['ShareName', 'shareName'],
      READ_ONLY,
    ],
  },
};

/** The volumes of a pod or a template, each with what its source says. k8s: describeVolumes */
export function volumesLines(volumes: readonly Volume[] | undefined, indent: string): string[] {
  if (!volumes?.length) return [`${indent}Volumes:\t${NONE}`];
  const nameIndent = indent === '' ? '' : ' ';
  return [
    `${indent}Volumes:`,
    ...volumes.flatMap((volume) => [
      `  ${nameIndent}${volume.name}:`,
      ...sourceLines(volume as JsonMap, { ...SOURCES, ...OF_PODS }),
    ]),
  ];
}

/** What a PersistentVolume is made of. k8s: describePersistentVolume */
export const volumeSourceLines = (spec: JsonMap): readonly string[] => sourceLines(spec, { ...SOURCES, ...OF_VOLUMES });

function sourceLines(holder: JsonMap, sources: Readonly<Record<string, Source>>): readonly string[] {
  const name = Object.keys(sources).find((key) => isMap(holder[key]));
  const source = name === undefined ? undefined : sources[name];
  if (name === undefined || !source) return ['  <unknown>'];
  const value = holder[name] as JsonMap;
  return [
    `${INDENT}Type:\t${source.type}`,
    ...(source.fields ?? []).map(
      ([title, field, absent = '']) =>
        `${INDENT}${title}:\t${value[field] === undefined ? absent : goText(value[field])}`,
    ),
    ...(source.more?.(value) ?? []),
  ];
}

const listOf = (value: unknown): readonly JsonMap[] => (Array.isArray(value) ? value.filter(isMap) : []);

/** k8s: printProjectedVolumeSource */
function projectedLines({ sources }: JsonMap): string[] {
  return listOf(sources).flatMap(({ secret, downwardAPI, configMap, serviceAccountToken }) => {
    if (isMap(secret))
      return [`${INDENT}SecretName:\t${String(secret.name ?? '')}`, `${INDENT}Optional:\t${secret.optional === true}`];
    if (isMap(downwardAPI)) return [`${INDENT}DownwardAPI:\ttrue`];
    if (isMap(configMap))
      return [
        `${INDENT}ConfigMapName:\t${String(configMap.name ?? '')}`,
        `${INDENT}Optional:\t${configMap.optional === true}`,
      ];
    return isMap(serviceAccountToken)
      ? [`${INDENT}TokenExpirationSeconds:\t${String(serviceAccountToken.expirationSeconds ?? 3600)}`]
      : [];
  });
}

/** k8s: printDownwardAPIVolumeSource */
function downwardLines({ items }: JsonMap): string[] {
  const lines = listOf(items).map(({ fieldRef, resourceFieldRef, path }) => {
    const from = isMap(fieldRef) ? fieldRef.fieldPath : isMap(resourceFieldRef) ? resourceFieldRef.resource : '';
    return `      ${String(from)} -> ${String(path ?? '')}`;
  });
  return [`${INDENT}Items:`, ...lines];
}

/** k8s: printEphemeralVolumeSource, printPersistentVolumeClaim for one that is not there yet */
function ephemeralLines({ volumeClaimTemplate }: JsonMap): string[] {
  if (!isMap(volumeClaimTemplate)) return [];
  const metadata = isMap(volumeClaimTemplate.metadata) ? volumeClaimTemplate.metadata : {};
  const spec = isMap(volumeClaimTemplate.spec) ? volumeClaimTemplate.spec : {};
  const lines = [
    `StorageClass:\t${String(spec.storageClassName ?? '')}`,
    `Volume:\t${String(spec.volumeName ?? '')}`,
    ...labelLines('', 'Labels', metadata.labels as StringMap | undefined),
    ...annotationLines('Annotations', metadata.annotations as StringMap | undefined),
    'Capacity:\t',
    'Access Modes:\t',
    ...(spec.volumeMode === undefined ? [] : [`VolumeMode:\t${String(spec.volumeMode)}`]),
  ];
  return lines.map((line) => `${INDENT}${line}`);
}

/** `key=value` by key, each cut. k8s: printCSIPersistentVolumeAttributesMultiline */
function attributeLines(attributes: unknown): string[] {
  const entries = isMap(attributes) ? Object.entries(attributes) : [];
  const texts = entries
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([key, value]) => `${key}=${String(value)}`)
    .map((text) => (text.length > ATTRIBUTE_LENGTH_MAX ? `${text.slice(0, ATTRIBUTE_LENGTH_MAX)}...` : text));
  // Each value is indented once more, and so are the lines below the first.
  if (texts.length === 0) return [`${INDENT}VolumeAttributes:\t${NONE}`];
  return texts.map((text, i) => `${i === 0 ? `${INDENT}VolumeAttributes:` : INDENT + INDENT}\t${INDENT}${text}`);
}
