// PUT of an object and PUT of its status. k8s: generic/registry/store.go Update, rest.BeforeUpdate
import {
  applyDefaults,
  type KindInfo,
  type KubeObject,
  type Loose,
  type ObjectKey,
  type ObjectMeta,
  semanticEqual,
  validateUpdate,
  warningsForUpdate,
} from '#kube';
import { isSame } from '#lib';
import type { ApiResult } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import { accepted, metadataOnly } from './create.ts';
import { warningsOfDuplicates, withoutDuplicates } from './duplicate-owners.ts';
import { conflict, noSuchResource, notFound, type Refusal, refusalOfFaults, uidConflict } from './errors.ts';
import { strategyOf } from './kinds/index.ts';
import { isRefusal, kindOrRefusal, storeKeyOf } from './names.ts';
import type { Strategy } from './strategy.ts';

const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again';

interface Found<T extends KubeObject> {
  readonly info: KindInfo;
  readonly key: ObjectKey;
  readonly stored: T;
  readonly strategy: Strategy<T>;
}

/** Rule API-3: a version or uid that the writer names must be the stored one. */
function refusalOfPreconditions(info: KindInfo, given: ObjectMeta, stored: ObjectMeta): Refusal | undefined {
  if (given.uid && given.uid !== stored.uid) return uidConflict(info, stored.name, given.uid, stored.uid);
  return given.resourceVersion && given.resourceVersion !== stored.resourceVersion
    ? conflict(info, stored.name, MODIFIED)
    : undefined;
}

/** The stored object that a write means, with its kind and strategy, or why it cannot be written. */
function findStored<T extends KubeObject>(tx: Transaction, object: T): Found<T> | Refusal {
  const info = kindOrRefusal(object);
  if (isRefusal(info)) return info;
  const key = storeKeyOf(info, object.metadata);
  const stored = tx.view.find(key) as T | undefined;
  if (!stored) return notFound(info, object.metadata.name);
  const refusal = refusalOfPreconditions(info, object.metadata, stored.metadata);
  return refusal ?? { info, key, stored, strategy: strategyOf(info.storeKind) as unknown as Strategy<T> };
}

/** Metadata after a PUT: what the server keeps is as stored, whatever the writer says. */
function keptMetadata(given: ObjectMeta, stored: ObjectMeta): ObjectMeta {
  const { labels: _labels, annotations: _annotations, ownerReferences: _owners, finalizers: _final, ...kept } = stored;
  return {
    ...kept,
    ...(given.labels !== undefined && { labels: given.labels }),
    ...(given.annotations !== undefined && { annotations: given.annotations }),
    ...(given.ownerReferences !== undefined && { ownerReferences: withoutDuplicates(given.ownerReferences) }),
    ...(given.finalizers !== undefined && { finalizers: given.finalizers }),
  };
}

const specOf = (object: KubeObject): unknown => (object as { readonly spec?: unknown }).spec;
const statusOf = (object: KubeObject): unknown => (object as { readonly status?: unknown }).status;

/** Whether an object that is being deleted waits for nothing more. k8s: ShouldDeleteDuringUpdate */
const isReadyToGo = ({ metadata }: KubeObject): boolean =>
  metadata.deletionTimestamp !== undefined &&
  (metadata.finalizers?.length ?? 0) === 0 &&
  (metadata.deletionGracePeriodSeconds ?? 0) === 0;

/** The object as a PUT would leave it, or why it is refused. */
function prepare<T extends KubeObject>(tx: Transaction, object: T, found: Found<T>): T | Refusal {
  const { info, stored, strategy } = found;
  const isSameSpec = specOf(object) !== undefined && specOf(object) === specOf(stored);
  let next: T = { ...object, metadata: keptMetadata(object.metadata, stored.metadata) };
  if (!isSameSpec && info.simulated)
    next = applyDefaults(info.kind, next as unknown as Loose, tx.world.config.gates) as unknown as T;
  if (strategy.newStatus) next = { ...next, status: statusOf(stored) };
  if (strategy.prepareForUpdate) next = strategy.prepareForUpdate(next, stored, tx);
  // A spec that did not change was found valid before; API-4 is among what metadata alone can break.
  const checked = isSameSpec ? metadataOnly(info) : info;
  const faults = validateUpdate(checked, next as unknown as Loose, stored as unknown as Loose);
  // Validating admission comes last. k8s: Store.Update
  return refusalOfFaults(info, stored.metadata.name, faults) ?? strategy.admitUpdate?.(next, stored, tx, info) ?? next;
}

/** Rule API-18: a generation counts changes of the spec, defaults included, never those of metadata or status. */
const isNewSpec = (a: KubeObject, b: KubeObject): boolean => !semanticEqual(specOf(a), specOf(b));

/**
 * Replaces an object but its status. An object that is being deleted and loses its last finalizer goes.
 * @returns the object as stored, or NotFound, Conflict, Forbidden or Invalid
 */
export function updateObject<T extends KubeObject>(tx: Transaction, object: T): ApiResult<T> {
  const found = findStored(tx, object);
  if (isRefusal(found)) return found;
  const { info, key, stored, strategy } = found;
  const next = prepare(tx, object, found);
  if (isRefusal(next)) return next;
  const { generation } = stored.metadata;
  const isUnchanged = isSame(next, stored);
  const isBumped = !isUnchanged && generation !== undefined && (strategy.isNewGeneration ?? isNewSpec)(next, stored);
  const warnings = [
    ...warningsOfDuplicates(object.metadata.ownerReferences, true),
    ...warningsForUpdate(info.kind, next as unknown as Loose, isBumped),
  ];
  if (isUnchanged) return accepted(stored, false, warnings);
  const metadata: ObjectMeta = {
    ...next.metadata,
    resourceVersion: tx.nextResourceVersion(),
    ...(isBumped && { generation: generation + 1 }),
  };
  const written = { ...next, metadata };
  tx.put(key, strategy.held === undefined && isReadyToGo(written) ? undefined : written);
  return accepted(written, true, warnings);
}

/**
 * Replaces an object's status and nothing else. An unchanged status writes nothing.
 * @returns the object as stored, or NotFound, Conflict or Invalid
 */
export function updateObjectStatus<T extends KubeObject>(tx: Transaction, object: T): ApiResult<T> {
  const found = findStored(tx, object);
  if (isRefusal(found)) return found;
  const { info, key, stored, strategy } = found;
  if (!strategy.newStatus) return noSuchResource();
  const status = statusOf(strategy.prepareStatus?.(object, stored, tx) ?? object);
  const kept = strategy.statusMetadata?.(object.metadata, stored.metadata) ?? stored.metadata;
  if (isSame(status, statusOf(stored)) && kept === stored.metadata) return accepted(stored, false);
  const faults = strategy.validateStatus?.({ ...stored, status }, stored) ?? [];
  const refusal = refusalOfFaults(info, stored.metadata.name, faults);
  if (refusal) return refusal;
  const written = { ...stored, metadata: { ...kept, resourceVersion: tx.nextResourceVersion() }, status };
  tx.put(key, written);
  return accepted(written, true);
}
