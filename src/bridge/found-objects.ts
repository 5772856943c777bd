// The objects of a living cluster, made fit for the simulation: those of kinds that are simulated in the shape that the
// API promises, whatever was pasted or stands in a link. Nothing that is true of an object is changed.
import {
  applyDefaults,
  decodeObject,
  fnv1a,
  isObject,
  type KubeObject,
  kindByApi,
  type Loose,
  listAt,
  objectAt,
  objectOr,
  textAt,
} from '#kube';
import { mix32 } from '#lib';
import { limitError, withoutSecretValues } from '#manifest';

/** Most objects of a cluster that are taken in. */
export const OBJECTS_MAX = 30_000;

/** An object that can be taken in, or why it cannot. */
export type FitObject = { readonly object: KubeObject } | { readonly why: string };

const DEPTH_MAX = 100;

/** What each simulated kind must have beside its metadata, so that its controllers can read it. */
const NEEDS: Readonly<Record<string, (object: Loose) => string | undefined>> = {
  Pod: (object) => needsContainers(objectAt(object, 'spec')),
  StatefulSet: (object) => needsTemplate(object),
  Deployment: (object) => needsTemplate(object),
  ReplicaSet: (object) => needsTemplate(object),
  ControllerRevision: ({ revision }) => (typeof revision === 'number' ? undefined : 'it has no number'),
};

/** Containers need names of their own and images; what else is wrong with them shows when they are started. */
function needsContainers(spec: Loose | undefined): string | undefined {
  const containers = [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')];
  if (listAt(spec, 'containers').length === 0) return 'it has no containers';
  const isNamed = containers.every((one) => textAt(one, 'name') !== '' && textAt(one, 'image') !== '');
  return isNamed ? undefined : 'one of its containers has no name or no image';
}

function needsTemplate(object: Loose): string | undefined {
  const spec = objectAt(object, 'spec');
  if (typeof spec?.replicas !== 'number') return 'it has no replicas';
  if (!isObject(spec.selector)) return 'it has no selector';
  return needsContainers(objectAt(objectAt(spec, 'template'), 'spec')) ?? limitError(object)?.message;
}

/** What a status is taken to be where none was pasted. */
const BARE_STATUS: Readonly<Record<string, Loose>> = {
  Pod: { phase: 'Pending' },
  StatefulSet: { replicas: 0, availableReplicas: 0 },
  ReplicaSet: { replicas: 0 },
  PersistentVolumeClaim: { phase: 'Pending' },
  PersistentVolume: { phase: 'Pending' },
  Namespace: { phase: 'Active' },
  Node: { capacity: {}, allocatable: {}, conditions: [] },
  PodDisruptionBudget: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
};

/** Fields beside spec and status that readers rely on, and that Go leaves out when they are empty. */
const BARE_FIELDS: Readonly<Record<string, Loose>> = {
  Event: {
    type: 'Normal',
    reason: '',
    message: '',
    source: {},
    involvedObject: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
  },
  EndpointSlice: { endpoints: [] },
};

/**
 * Makes one object fit.
 * @param value untrusted: any JSON
 */
export function fitObject(value: unknown): FitObject {
  if (!isObject(value) || !isShallow(value, 0)) return { why: 'it is no object' };
  const apiVersion = textAt(value, 'apiVersion');
  const kind = textAt(value, 'kind');
  const name = textAt(objectOr(value, 'metadata'), 'name');
  if (apiVersion === '' || kind === '' || name === '') return { why: 'it has no kind or no name' };
  const info = kindByApi(apiVersion, kind);
  const bare = withoutManagers(withoutSecretValues(value) as Loose);
  if (!info) return fitUnknown(bare);
  const decoded = decodeObject(apiVersion, kind, bare);
  if (decoded.error !== undefined) return { why: decoded.error };
  const filled = applyDefaults(kind, { ...BARE_FIELDS[kind], ...decoded.object, apiVersion: info.apiVersion, kind });
  const status = BARE_STATUS[kind] && { ...BARE_STATUS[kind], ...objectOr(filled, 'status') };
  const object: Loose = { ...filled, ...(status && { status }), metadata: metadataOf(filled, info.namespaced) };
  if (
    info.simulated &&
    kind !== 'Event' &&
    kind !== 'ControllerRevision' &&
    kind !== 'StorageClass' &&
    kind !== 'EndpointSlice'
  )
    if (!isObject(object.spec) && kind !== 'Namespace') return { why: 'it has no spec' };
  const why = info.simulated ? NEEDS[kind]?.(object) : undefined;
  return why === undefined ? { object: object as unknown as KubeObject } : { why };
}

/** An object of a kind that is not Kubernetes' own is kept as it is. */
function fitUnknown(value: Loose): FitObject {
  const metadata = metadataOf(value, textAt(objectOr(value, 'metadata'), 'namespace') !== '');
  return { object: { ...value, metadata } as unknown as KubeObject };
}

/** Metadata with everything that the store relies on; an empty uid and time say that none was pasted. */
function metadataOf(object: Loose, isNamespaced: boolean): Loose {
  const { namespace, ...metadata } = objectOr(object, 'metadata');
  return {
    ...metadata,
    ...(isNamespaced && { namespace: typeof namespace === 'string' && namespace !== '' ? namespace : 'default' }),
    uid: textAt(metadata, 'uid'),
    resourceVersion: textAt(metadata, 'resourceVersion') || '1',
    creationTimestamp: textAt(metadata, 'creationTimestamp'),
  };
}

/** Who set which field is of no use here, and long. */
function withoutManagers(value: Loose): Loose {
  const metadata = objectAt(value, 'metadata');
  if (!metadata || !('managedFields' in metadata)) return value;
  const { managedFields: _managers, ...rest } = metadata;
  return { ...value, metadata: rest };
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth > DEPTH_MAX) return false;
  return Object.values(value).every((member) => isShallow(member, depth + 1));
}

/**
 * The objects of a pasted cluster, as a session holds them.
 * @param text a JSON list that `importCluster` made, or whatever stands in a link
 * @throws when it is no such list
 */
export function foundObjects(text: string): readonly KubeObject[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new Error('the pasted cluster is not JSON');
  }
  if (!Array.isArray(list) || list.length > OBJECTS_MAX) throw new Error('the pasted cluster is no list of objects');
  return list.flatMap((value) => {
    const fit = fitObject(value);
    return 'object' in fit ? [fit.object] : [];
  });
}

/** A uid that is always the same for the same text. */
export function uidFor(text: string): string {
  const hash = fnv1a(text);
  const hex = [0, 1, 2, 3].map((i) => mix32(hash, i).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
