// Where volumes come from: pod volumes and persistent volumes share most of these rules, so they stand in one table.
// k8s: core/validation validateVolumeSource, ValidatePersistentVolumeSpec
import { goQuote } from '../go-quote.ts';
import { type Loose, listAt, numberAt, objectAt, objectOr, optionalTextAt, textAt, textsAt } from '../loose.ts';
import { byteLength, dnsLabelErrors, dnsSubdomainErrors, rangeError } from '../names.ts';
import { compareQuantityTexts } from '../quantity.ts';
import {
  type FieldError,
  forbidden,
  invalid,
  invalidAll,
  notSupported,
  required,
  shown,
  tooLong,
} from './field-error.ts';
import { validateProjected } from './projected-volume.ts';
import {
  isAbsolute,
  validateDownwardFiles,
  validateFileMode,
  validateKeysToPaths,
  validateNoBacksteps,
  validateRelativePath,
} from './volume-paths.ts';

/** One rule: where the volume stands, what it says, and who it belongs to. */
export interface SourceContext {
  /** Name of the volume, for rules that combine it with others. */
  readonly volumeName: string;
  /** True for persistent volumes, which differ in details. */
  readonly isPersistent: boolean;
}
type SourceRule = (path: string, source: Loose, context: SourceContext) => FieldError[];

/** The named members must not be empty; lists need an element. */
const need =
  (...keys: readonly string[]): SourceRule =>
  (path, source) =>
    keys
      .filter((key) => (Array.isArray(source[key]) ? textsAt(source, key).length === 0 : textAt(source, key) === ''))
      .map((key) => required(`${path}.${key}`));

const all =
  (...rules: readonly SourceRule[]): SourceRule =>
  (path, source, context) =>
    rules.flatMap((rule) => rule(path, source, context));

const range =
  (key: string, low: number, high: number, message = rangeError(low, high)): SourceRule =>
  (path, source) => {
    const value = numberAt(source, key) ?? 0;
    return value < low || value > high ? [invalid(`${path}.${key}`, value, message)] : [];
  };

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

const hostPath: SourceRule = (path, source) => {
  const value = textAt(source, 'path');
  if (value === '') return [required(`${path}.path`)];
  const type = optionalTextAt(source, 'type');
  return [
    ...validateNoBacksteps(`${path}.path`, value),
    ...(type !== undefined && !HOST_PATH_TYPES.includes(type)
      ? [notSupported(`${path}.type`, type, HOST_PATH_TYPES)]
      : []),
  ];
};

const absolutePath: SourceRule = (path, source) =>
  isAbsolute(textAt(source, 'path'))
    ? []
    : [invalid(`${path}.path`, textAt(source, 'path'), 'must be an absolute path')];

const IQN = /^iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+:[^,;*&$|\s]+$/;
const EUI = /^eui.[A-Za-z0-9]{16}$/;
const NAA = /^naa.[A-Za-z0-9]{32}$/;

/** A name of an iSCSI node; long texts are refused before any pattern looks at them. */
function iscsiName(path: string, name: string, isPersistent: boolean): FieldError[] {
  const kind = name.slice(0, 3);
  if (kind !== 'iqn' && kind !== 'eui' && kind !== 'naa')
    return [
      invalid(
        path,
        name,
        isPersistent ? 'must be valid format' : 'must be valid format starting with iqn, eui, or naa',
      ),
    ];
  const pattern = kind === 'iqn' ? IQN : kind === 'eui' ? EUI : NAA;
  return name.length <= 512 && pattern.test(name) ? [] : [invalid(path, name, 'must be valid format')];
}

const iscsi: SourceRule = (path, source, context) => {
  const errors = need('targetPortal')(path, source, context);
  const initiator = optionalTextAt(source, 'initiatorName');
  const isTooLong = initiator !== undefined && `${context.volumeName}:${textAt(source, 'targetPortal')}`.length > 64;
  const tooLongText =
    'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
  if (isTooLong && context.isPersistent)
    errors.push(invalid(`${path}.targetportal`, textAt(source, 'targetPortal'), tooLongText));
  const iqn = textAt(source, 'iqn');
  errors.push(...(iqn === '' ? [required(`${path}.iqn`)] : iscsiName(`${path}.iqn`, iqn, context.isPersistent)));
  errors.push(...range('lun', 0, 255)(path, source, context));
  const secret = objectAt(source, 'secretRef');
  if ((source.chapAuthDiscovery === true || source.chapAuthSession === true) && secret === undefined)
    errors.push(required(`${path}.secretRef`));
  if (context.isPersistent && secret !== undefined && textAt(secret, 'name') === '')
    errors.push(required(`${path}.secretRef.name`));
  if (initiator !== undefined) errors.push(...iscsiName(`${path}.initiatorname`, initiator, context.isPersistent));
  if (isTooLong && !context.isPersistent)
    errors.push(invalid(`${path.slice(0, path.lastIndexOf('.'))}.name`, context.volumeName, tooLongText));
  return errors;
};

const fibreChannel: SourceRule = (path, source) => {
  const targets = textsAt(source, 'targetWWNs');
  const ids = textsAt(source, 'wwids');
  const lun = numberAt(source, 'lun');
  const errors: FieldError[] = [];
  if (targets.length === 0 && ids.length === 0)
    errors.push(required(`${path}.targetWWNs`, 'must specify either targetWWNs or wwids, but not both'));
  if (targets.length > 0 && ids.length > 0)
    errors.push(invalid(`${path}.targetWWNs`, targets, 'targetWWNs and wwids can not be specified simultaneously'));
  if (targets.length > 0 && lun === undefined)
    errors.push(required(`${path}.lun`, 'lun is required if targetWWNs is specified'));
  else if (targets.length > 0 && lun !== undefined && (lun < 0 || lun > 255))
    errors.push(invalid(`${path}.lun`, lun, rangeError(0, 255)));
  return errors;
};

const flocker: SourceRule = (path, source) => {
  const name = textAt(source, 'datasetName');
  const uuid = textAt(source, 'datasetUUID');
  const errors: FieldError[] = [];
  if (name === '' && uuid === '') errors.push(required(path, 'one of datasetName and datasetUUID is required'));
  if (name !== '' && uuid !== '')
    errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
  if (name.includes('/')) errors.push(invalid(`${path}.datasetName`, name, "must not contain '/'"));
  return errors;
};

const REGISTRY = 'must be a host:port pair or multiple pairs separated by commas';
const quobyte: SourceRule = (path, source) => {
  const registry = textAt(source, 'registry');
  const errors: FieldError[] = [];
  if (registry === '') errors.push(required(`${path}.registry`, REGISTRY));
  else if (textAt(source, 'tenant').length >= 65)
    errors.push(required(`${path}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'));
  else
    for (const pair of registry.split(',', 1000))
      if (!/^(?:[^:[\]]*|\[[^\]]*\]):[^:]*$/.test(pair)) errors.push(invalid(`${path}.registry`, registry, REGISTRY));
  if (textAt(source, 'volume') === '') errors.push(required(`${path}.volume`));
  return errors;
};

const DRIVER_LENGTH_MAX = 63;
/** k8s: ValidateCSIDriverName */
function validateCsiDriverName(path: string, driver: string): FieldError[] {
  const errors = driver === '' ? [required(path)] : [];
  if (byteLength(driver) > DRIVER_LENGTH_MAX) errors.push(tooLong(path, DRIVER_LENGTH_MAX));
  return [...errors, ...invalidAll(path, driver, dnsSubdomainErrors(driver.toLowerCase()))];
}

/** A Secret in a namespace of its own, as persistent volumes name it. */
function validateSecretReference(path: string, secret: Loose): FieldError[] {
  const name = textAt(secret, 'name');
  const namespace = textAt(secret, 'namespace');
  return [
    ...(name === '' ? [required(`${path}.name`)] : invalidAll(`${path}.name`, name, dnsSubdomainErrors(name))),
    ...(namespace === ''
      ? [required(`${path}.namespace`)]
      : invalidAll(`${path}.namespace`, namespace, dnsLabelErrors(namespace))),
  ];
}

const CSI_SECRETS = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeStageSecretRef',
  'nodeExpandSecretRef',
];

const csi: SourceRule = (path, source, { isPersistent }) => {
  const errors = validateCsiDriverName(`${path}.driver`, textAt(source, 'driver'));
  if (isPersistent) {
    if (textAt(source, 'volumeHandle') === '') errors.push(required(`${path}.volumeHandle`));
    for (const key of CSI_SECRETS) {
      const secret = objectAt(source, key);
      if (secret !== undefined) errors.push(...validateSecretReference(`${path}.${key}`, secret));
    }
    return errors;
  }
  const secret = objectAt(source, 'nodePublishSecretRef');
  if (secret === undefined) return errors;
  const name = textAt(secret, 'name');
  if (name === '') errors.push(required(`${path}.nodePublishSecretRef.name`));
  else errors.push(...invalidAll(`${path}.name`, name, dnsSubdomainErrors(name)));
  return errors;
};

/** A secret that is given must have a name, and outside of pods a namespace. */
const secretNamed: SourceRule = (path, source, { isPersistent }) => {
  const secret = objectAt(source, 'secretRef');
  if (secret === undefined) return [];
  return ['name', ...(isPersistent ? ['namespace'] : [])]
    .filter((key) => textAt(secret, key) === '')
    .map((key) => required(`${path}.secretRef.${key}`));
};

const flexOptions: SourceRule = (path, source) =>
  Object.keys(objectOr(source, 'options'))
    .sort()
    .filter((key) => /\.(?:kubernetes|k8s)\.io$/.test(`.${key.split('/', 1)[0] ?? ''}`.toLowerCase()))
    .map((key) => invalid(`${path}.options[${key}]`, key, 'kubernetes.io and k8s.io namespaces are reserved'));

const storageos: SourceRule = (path, source, context) => {
  const name = textAt(source, 'volumeName');
  const namespace = textAt(source, 'volumeNamespace');
  return [
    ...(name === '' ? [required(`${path}.volumeName`)] : invalidAll(`${path}.volumeName`, name, dnsLabelErrors(name))),
    ...(namespace === '' ? [] : invalidAll(`${path}.volumeNamespace`, namespace, dnsLabelErrors(namespace))),
    ...secretNamed(path, source, context),
  ];
};

const CACHING = ['None', 'ReadOnly', 'ReadWrite'];
const AZURE_KINDS = ['Dedicated', 'Managed', 'Shared'];
const azureDisk: SourceRule = (path, source, context) => {
  const errors = need('diskName', 'diskURI')(path, source, context);
  const caching = optionalTextAt(source, 'cachingMode');
  if (caching !== undefined && !CACHING.includes(caching))
    errors.push(notSupported(`${path}.cachingMode`, caching, CACHING));
  const kind = optionalTextAt(source, 'kind');
  if (kind !== undefined && !AZURE_KINDS.includes(kind)) errors.push(notSupported(`${path}.kind`, kind, AZURE_KINDS));
  const uri = textAt(source, 'diskURI');
  if (kind === 'Managed' && !uri.startsWith('/subscriptions/'))
    errors.push(
      notSupported(`${path}.diskURI`, shown(goQuote(uri)), [
        '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}',
      ]),
    );
  if (kind !== undefined && kind !== 'Managed' && !uri.startsWith('https://'))
    errors.push(
      notSupported(`${path}.diskURI`, shown(goQuote(uri)), [
        'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd',
      ]),
    );
  return errors;
};

const emptyDir: SourceRule = (path, source) => {
  const limit = source.sizeLimit;
  const isNegative = (typeof limit === 'string' || typeof limit === 'number') && compareQuantityTexts(limit, 0) < 0;
  return isNegative ? [forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')] : [];
};

const withMode: SourceRule = (path, source) => validateFileMode(`${path}.defaultMode`, source.defaultMode);
const withItems: SourceRule = (path, source) => validateKeysToPaths(`${path}.items`, listAt(source, 'items'));

/** A kind of volume: its JSON name, the name its errors carry where that differs, and its rule. */
interface SourceKind {
  readonly key: string;
  readonly errorName?: string;
  /** Where the rule's errors stand, when that is yet another name. */
  readonly rulePath?: string;
  readonly rule: SourceRule;
}

const PARTITION = rangeError(1, 255);

/** In the order in which upstream looks at them: the second kind found is the one that is forbidden. */
const POD_SOURCES: readonly SourceKind[] = [
  { key: 'emptyDir', rule: emptyDir },
  { key: 'hostPath', rule: hostPath },
  {
    key: 'gitRepo',
    rule: all(need('repository'), (path, source) =>
      validateRelativePath(`${path}.directory`, textAt(source, 'directory')),
    ),
  },
  {
    key: 'gcePersistentDisk',
    rulePath: 'persistentDisk',
    rule: all(need('pdName'), range('partition', 0, 255, PARTITION)),
  },
  { key: 'awsElasticBlockStore', rule: all(need('volumeID'), range('partition', 0, 255, PARTITION)) },
  { key: 'secret', rule: all(need('secretName'), withMode, withItems) },
  { key: 'nfs', rule: all(need('server', 'path'), absolutePath) },
  { key: 'iscsi', rule: iscsi },
  { key: 'glusterfs', rule: need('endpoints', 'path') },
  { key: 'flocker', rule: flocker },
  { key: 'persistentVolumeClaim', rule: need('claimName') },
  { key: 'rbd', rule: need('monitors', 'image') },
  { key: 'cinder', rule: all(need('volumeID'), secretNamed) },
  { key: 'cephfs', errorName: 'cephFS', rulePath: 'cephfs', rule: need('monitors') },
  { key: 'quobyte', rule: quobyte },
  {
    key: 'downwardAPI',
    errorName: 'downwarAPI',
    rulePath: 'downwardAPI',
    rule: all(withMode, (path, source) => validateDownwardFiles(path, listAt(source, 'items'))),
  },
  { key: 'fc', rule: fibreChannel },
  { key: 'flexVolume', rule: all(need('driver'), flexOptions) },
  { key: 'configMap', rule: all(need('name'), withMode, withItems) },
  { key: 'azureFile', rule: need('secretName', 'shareName') },
  { key: 'vsphereVolume', rule: need('volumePath') },
  { key: 'photonPersistentDisk', rule: need('pdID') },
  { key: 'portworxVolume', rule: need('volumeID') },
  { key: 'azureDisk', rule: azureDisk },
  { key: 'storageos', rule: storageos },
  { key: 'projected', rule: validateProjected },
  { key: 'scaleIO', rule: need('gateway', 'system', 'volumeName') },
  { key: 'csi', rule: csi },
  { key: 'ephemeral', rule: () => [] },
  { key: 'image', rule: all(need('reference'), (path, source) => validateImagePolicy(path, source)) },
];

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
function validateImagePolicy(path: string, source: Loose): FieldError[] {
  const policy = textAt(source, 'pullPolicy');
  if (policy === '') return [required(`${path}.pullPolicy`)];
  return PULL_POLICIES.includes(policy) ? [] : [notSupported(`${path}.pullPolicy`, policy, PULL_POLICIES)];
}

const PERSISTENT_KEYS = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'flocker',
  'nfs',
  'rbd',
  'quobyte',
  'cephfs',
  'iscsi',
  'cinder',
  'fc',
  'flexVolume',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'scaleIO',
  'local',
  'storageos',
  'csi',
];

const LOCAL: SourceKind = {
  key: 'local',
  rule: (path, source) => {
    const value = textAt(source, 'path');
    return value === '' ? [required(`${path}.path`)] : validateNoBacksteps(`${path}.path`, value);
  },
};

const PERSISTENT_SOURCES: readonly SourceKind[] = PERSISTENT_KEYS.flatMap((key) => {
  const kind = key === 'local' ? LOCAL : POD_SOURCES.find((candidate) => candidate.key === key);
  return kind === undefined ? [] : [kind];
});

/**
 * The source of a volume: one, and only one, and that one complete.
 * @param path where the volume stands
 * @param volume the object that holds the source as a member
 * @param extra a rule for a kind that needs more than this file knows
 */
export function validateVolumeSource(
  path: string,
  volume: Loose,
  context: SourceContext,
  extra?: (key: string, path: string, source: Loose) => FieldError[],
): FieldError[] {
  const errors: FieldError[] = [];
  let found = 0;
  for (const { key, errorName, rulePath, rule } of context.isPersistent ? PERSISTENT_SOURCES : POD_SOURCES) {
    const source = objectAt(volume, key);
    if (source === undefined) continue;
    if (found > 0) {
      errors.push(forbidden(`${path}.${errorName ?? key}`, 'may not specify more than 1 volume type'));
      continue;
    }
    found++;
    const at = `${path}.${rulePath ?? key}`;
    errors.push(...rule(at, source, context));
    if (extra !== undefined) errors.push(...extra(key, at, source));
  }
  if (found === 0) errors.push(required(path, 'must specify a volume type'));
  return errors;
}
