// POST, PUT and PUT of status: what every kind has in common. k8s: apiserver registry/generic/registry/store.go
import { type Draft, type KindInfo, type KubeObject, keyOf, kindOf, type ObjectMeta, resourceName } from '#kube';
import { isSame } from '#lib';
import type { ApiResult } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import { alreadyExists, type Cause, conflict, forbidden, invalid, notFound, type Refusal, refuse } from './errors.ts';
import { strategyOf } from './kinds/index.ts';
import type { Strategy } from './strategy.ts';

/** Letters of random suffixes: no vowels, no look-alikes. k8s: apimachinery/pkg/util/rand */
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const GENERATED_BASE_LENGTH_MAX = 58;
const GENERATE_ATTEMPTS_MAX = 8;

const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again';

/** A generated name: the base, cut to 58, and five random letters. k8s: names.SimpleNameGenerator */
export function generateName(base: string, random: () => number): string {
  let name = base.slice(0, GENERATED_BASE_LENGTH_MAX);
  for (let i = 0; i < SUFFIX_LENGTH; i += 1) name += SUFFIX_LETTERS[Math.floor(random() * SUFFIX_LETTERS.length)];
  return name;
}

/** The kind of an object, or the refusal of one that the server does not serve. */
export function kindOrRefusal(object: Pick<KubeObject, 'apiVersion' | 'kind'>): KindInfo | Refusal {
  return kindOf(object) ?? refuse(404, 'NotFound', 'the server could not find the requested resource');
}

const isRefusal = (value: KindInfo | Refusal): value is Refusal => 'ok' in value;

/** The key of an object of a kind in the store. */
const storeKeyOf = (info: KindInfo, meta: { readonly namespace?: string; readonly name: string }): string =>
  keyOf(info.storeKind, info.namespaced ? (meta.namespace ?? 'default') : '', meta.name);

/** Rule API-1: nothing can be created in a namespace that is not there, or on its way out. k8s: NamespaceLifecycle */
function refusalOfNamespace(tx: Transaction, info: KindInfo, name: string, namespace: string): Refusal | undefined {
  const found = tx.view.get('Namespace', '', namespace);
  if (!found)
    return refuse(404, 'NotFound', `namespaces "${namespace}" not found`, { kind: 'namespaces', name: namespace });
  if (found.metadata.deletionTimestamp === undefined) return undefined;
  return forbidden(info, name, `unable to create new content in namespace ${namespace} because it is being terminated`);
}

/** Rule API-2: the texts of a name that is taken. */
function refusalOfTakenName(info: KindInfo, taken: KubeObject, draft: Draft<KubeObject>): Refusal {
  const { name } = taken.metadata;
  const plain = alreadyExists(info, name).error;
  const message = draft.metadata.generateName
    ? `${plain.message}, the server was not able to generate a unique name for the object`
    : plain.message;
  return {
    ok: false,
    error: {
      ...plain,
      message: taken.metadata.deletionTimestamp === undefined ? message : `object is being deleted: ${message}`,
    },
  };
}

/** The name of a new object: its own, or a generated one that is free. */
function nameOf(tx: Transaction, info: KindInfo, draft: Draft<KubeObject>, namespace: string): string {
  const base = draft.metadata.generateName;
  if (draft.metadata.name || !base) return draft.metadata.name;
  let name = generateName(base, tx.random);
  for (let i = 1; i < GENERATE_ATTEMPTS_MAX && tx.view.find(keyOf(info.storeKind, namespace, name)); i += 1)
    name = generateName(base, tx.random);
  return name;
}

/**
 * Stores a new object.
 * @returns the object as stored, or AlreadyExists, NotFound (namespace), Forbidden or Invalid
 */
export function createObject<T extends KubeObject>(tx: Transaction, draft: Draft<T>): ApiResult<T> {
  const info = kindOrRefusal(draft);
  if (isRefusal(info)) return info;
  const strategy = strategyOf(info.storeKind) as unknown as Strategy<T>;
  const namespace = info.namespaced ? draft.metadata.namespace || 'default' : '';
  if (info.namespaced) {
    const refusal = refusalOfNamespace(tx, info, draft.metadata.name, namespace);
    if (refusal) return refusal;
  }
  const name = nameOf(tx, info, draft as Draft<KubeObject>, namespace);
  const metadata = newMetadata(tx, draft.metadata, name, namespace, strategy.hasGeneration === true);
  let object = { ...draft, metadata } as unknown as T;
  if (strategy.prepareForCreate) object = strategy.prepareForCreate(object, tx);
  const refusal =
    strategy.admitCreate?.(object, tx, info) ?? refusalOfFaults(info, name, strategy.validate?.(object, tx));
  if (refusal) return refusal;
  const key = keyOf(info.storeKind, namespace, name);
  const taken = tx.view.find(key);
  if (taken) return refusalOfTakenName(info, taken, draft as Draft<KubeObject>);
  const stored = {
    ...object,
    metadata: { ...object.metadata, uid: tx.newUid(), resourceVersion: tx.nextResourceVersion() },
  };
  tx.put(key, stored);
  return accepted(stored, true, strategy.warnings?.(stored, undefined));
}

function newMetadata(
  tx: Transaction,
  given: Draft<KubeObject>['metadata'],
  name: string,
  namespace: string,
  hasGeneration: boolean,
): ObjectMeta {
  const { deletionTimestamp: _time, deletionGracePeriodSeconds: _grace, generation: _generation, ...kept } = given;
  return {
    ...kept,
    name,
    ...(namespace !== '' && { namespace }),
    uid: '',
    resourceVersion: '',
    creationTimestamp: tx.now,
    ...(hasGeneration && { generation: 1 }),
  };
}

const accepted = <T>(object: T, changed: boolean, warnings?: readonly string[]): ApiResult<T> => ({
  ok: true,
  object,
  changed,
  ...(warnings && warnings.length > 0 && { warnings }),
});

const refusalOfFaults = (info: KindInfo, name: string, faults: readonly Cause[] | undefined): Refusal | undefined =>
  faults && faults.length > 0 ? invalid(info, name, faults) : undefined;

/** Rule API-3: a version or uid that the writer names must be the stored one. */
function refusalOfPreconditions(info: KindInfo, given: ObjectMeta, stored: ObjectMeta): Refusal | undefined {
  if (given.uid && given.uid !== stored.uid)
    return conflict(
      info,
      stored.name,
      `Precondition failed: UID in precondition: ${given.uid}, UID in object meta: ${stored.uid}`,
    );
  if (given.resourceVersion && given.resourceVersion !== stored.resourceVersion)
    return conflict(info, stored.name, MODIFIED);
  return undefined;
}

/** The stored object that a write means, with its kind and strategy, or why it cannot be written. */
function findStored<T extends KubeObject>(
  tx: Transaction,
  object: T,
): { readonly info: KindInfo; readonly key: string; readonly stored: T; readonly strategy: Strategy<T> } | Refusal {
  const info = kindOrRefusal(object);
  if (isRefusal(info)) return info;
  const key = storeKeyOf(info, object.metadata);
  const stored = tx.view.find(key) as T | undefined;
  if (!stored) return notFound(info, object.metadata.name);
  const refusal = refusalOfPreconditions(info, object.metadata, stored.metadata);
  return refusal ?? { info, key, stored, strategy: strategyOf(info.storeKind) as unknown as Strategy<T> };
}

/** Metadata after a PUT: what the server keeps is as stored, whatever the writer says. */
const keptMetadata = (given: ObjectMeta, stored: ObjectMeta): ObjectMeta => {
  const { deletionTimestamp: _time, deletionGracePeriodSeconds: _grace, generation: _generation, ...rest } = given;
  return {
    ...rest,
    uid: stored.uid,
    resourceVersion: stored.resourceVersion,
    creationTimestamp: stored.creationTimestamp,
    ...(stored.generation !== undefined && { generation: stored.generation }),
    ...(stored.generateName !== undefined && { generateName: stored.generateName }),
    ...(stored.namespace !== undefined && { namespace: stored.namespace }),
    ...(stored.deletionTimestamp !== undefined && { deletionTimestamp: stored.deletionTimestamp }),
    ...(stored.deletionGracePeriodSeconds !== undefined && {
      deletionGracePeriodSeconds: stored.deletionGracePeriodSeconds,
    }),
  };
};

const specOf = (object: KubeObject): unknown => (object as { readonly spec?: unknown }).spec;
const statusOf = (object: KubeObject): unknown => (object as { readonly status?: unknown }).status;

/** Whether an object that is being deleted waits for nothing more. k8s: ShouldDeleteDuringUpdate */
export const isReadyToGo = ({ metadata }: KubeObject): boolean =>
  metadata.deletionTimestamp !== undefined &&
  (metadata.finalizers?.length ?? 0) === 0 &&
  (metadata.deletionGracePeriodSeconds ?? 0) === 0;

/**
 * Replaces an object but its status. An object that is being deleted and loses its last finalizer goes.
 * @returns the object as stored, or NotFound, Conflict, Forbidden or Invalid
 */
export function updateObject<T extends KubeObject>(tx: Transaction, object: T): ApiResult<T> {
  const found = findStored(tx, object);
  if ('ok' in found) return found;
  const { info, key, stored, strategy } = found;
  let next = { ...object, metadata: keptMetadata(object.metadata, stored.metadata) };
  if (strategy.hasStatus) next = { ...next, status: statusOf(stored) };
  if (strategy.prepareForUpdate) next = strategy.prepareForUpdate(next, stored, tx);
  const faults = [...finalizerFaults(next, stored), ...(strategy.validateUpdate?.(next, stored, tx) ?? [])];
  const refusal = strategy.admitUpdate?.(next, stored, tx, info) ?? refusalOfFaults(info, stored.metadata.name, faults);
  if (refusal) return refusal;
  const warnings = strategy.warnings?.(next, stored);
  if (isSame(next, stored)) return accepted(stored, false, warnings);
  const isNew = strategy.isNewGeneration ?? ((a: T, b: T) => !isSame(specOf(a), specOf(b)));
  const generation = stored.metadata.generation;
  const metadata: ObjectMeta = {
    ...next.metadata,
    resourceVersion: tx.nextResourceVersion(),
    ...(generation !== undefined && isNew(next, stored) && { generation: generation + 1 }),
  };
  next = { ...next, metadata };
  tx.put(key, isReadyToGo(next) ? undefined : next);
  return accepted(next, true, warnings);
}

/** Rule API-4: an object on its way out takes no new finalizers. k8s: ValidateObjectMetaAccessorUpdate */
function finalizerFaults(next: KubeObject, stored: KubeObject): readonly Cause[] {
  if (stored.metadata.deletionTimestamp === undefined) return [];
  const before = new Set(stored.metadata.finalizers);
  const added = (next.metadata.finalizers ?? []).filter((name) => !before.has(name));
  if (added.length === 0) return [];
  const names = added.map((name) => JSON.stringify(name)).join(', ');
  return [
    {
      field: 'metadata.finalizers',
      message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${names}}`,
    },
  ];
}

/**
 * Replaces an object's status and nothing else. An unchanged status writes nothing.
 * @returns the object as stored, or NotFound, Conflict or Invalid
 */
export function updateObjectStatus<T extends KubeObject>(tx: Transaction, object: T): ApiResult<T> {
  const found = findStored(tx, object);
  if ('ok' in found) return found;
  const { info, key, stored, strategy } = found;
  if (!strategy.hasStatus)
    return refuse(
      404,
      'NotFound',
      `the server could not find the requested resource, ${resourceName(info)} have no status`,
    );
  const status = statusOf(object);
  if (isSame(status, statusOf(stored))) return accepted(stored, false);
  const next = { ...stored, status };
  const refusal = refusalOfFaults(info, stored.metadata.name, strategy.validateStatus?.(next, stored));
  if (refusal) return refusal;
  const written = { ...next, metadata: { ...stored.metadata, resourceVersion: tx.nextResourceVersion() } };
  tx.put(key, written);
  return accepted(written, true);
}
