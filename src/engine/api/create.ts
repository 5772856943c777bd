// POST: defaults, admission, validation and a place in the store. k8s: generic/registry/store.go Create
import {
  applyDefaults,
  type Draft,
  type FieldError,
  type KindInfo,
  type KubeObject,
  keyOf,
  type Loose,
  type ObjectMeta,
  validateCreate,
  warningsFor,
} from '#kube';
import type { ApiResult } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import { warningsOfDuplicates, withoutDuplicates } from './duplicate-owners.ts';
import { type Refusal, refusalOfFaults, refuse } from './errors.ts';
import { strategyOf } from './kinds/index.ts';
import { isRefusal, kindOrRefusal, nameOf, namespaceOf, refusalOfNamespace, refusalOfTakenName } from './names.ts';
import type { Strategy } from './strategy.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The metadata that the server gives a new object. What a writer says of versions and times does not count, and what
 * nobody stores is dropped. Field by field: this runs once for each of ten thousand pods.
 */
function newMetadata(
  tx: Transaction,
  given: Draft<KubeObject>['metadata'],
  name: string,
  namespace: string,
  hasGeneration: boolean,
): ObjectMeta {
  const made: Mutable<ObjectMeta> = { name, uid: '', resourceVersion: '', creationTimestamp: tx.now };
  if (namespace !== '') made.namespace = namespace;
  if (hasGeneration) made.generation = 1;
  const { generateName, labels, annotations, ownerReferences, finalizers } = given;
  if (generateName) made.generateName = generateName;
  if (labels !== undefined) made.labels = labels;
  if (annotations !== undefined) made.annotations = annotations;
  if (ownerReferences !== undefined) made.ownerReferences = withoutDuplicates(ownerReferences);
  if (finalizers !== undefined) made.finalizers = finalizers;
  return made;
}

/** An accepted write. */
export const accepted = <T>(object: T, changed: boolean, warnings: readonly string[] = []): ApiResult<T> => ({
  ok: true,
  object,
  changed,
  ...(warnings.length > 0 && { warnings }),
});

/** The faults of metadata alone: what is left to check of an object whose spec was accepted before. */
export const metadataOnly = (info: KindInfo): KindInfo => {
  const known = bare.get(info);
  if (known) return known;
  const made = { ...info, simulated: false };
  bare.set(info, made);
  return made;
};
const bare = new WeakMap<KindInfo, KindInfo>();

/** A new object on the long way: defaults, mutating admission, then everything that can refuse it (API-19). */
function prepare<T extends KubeObject>(tx: Transaction, info: KindInfo, draft: T, strategy: Strategy<T>): T | Refusal {
  let object = info.simulated
    ? (applyDefaults(info.kind, draft as unknown as Loose, tx.world.config.gates) as unknown as T)
    : draft;
  if (strategy.newStatus) object = { ...object, status: strategy.newStatus(object, tx) };
  if (strategy.prepareForCreate) object = strategy.prepareForCreate(object, tx);
  const refusal = strategy.admitCreate?.(object, tx, info);
  if (refusal) return refusal;
  const faults: FieldError[] = [...validateCreate(info, object as unknown as Loose)];
  if (strategy.validate) faults.push(...strategy.validate(object, tx));
  return refusalOfFaults(info, object.metadata.name, faults) ?? object;
}

/** A new object whose like was accepted before; undefined where it has to go the long way after all. */
function prepareKnown<T extends KubeObject>(
  tx: Transaction,
  info: KindInfo,
  draft: T,
  strategy: Strategy<T>,
): T | undefined {
  const object = strategy.createKnown?.(draft, tx);
  if (object === undefined) return undefined;
  return validateCreate(metadataOnly(info), object as unknown as Loose).length === 0 ? object : undefined;
}

/**
 * Stores a new object.
 * @returns the object as stored, or AlreadyExists, NotFound (namespace), Forbidden or Invalid
 */
export function createObject<T extends KubeObject>(tx: Transaction, draft: Draft<T>): ApiResult<T> {
  const info = kindOrRefusal(draft);
  if (isRefusal(info)) return info;
  const given = draft.metadata as Draft<KubeObject>['metadata'];
  if (given.resourceVersion) return refuse(500, '', 'resourceVersion should not be set on objects to be created');
  const strategy = strategyOf(info.storeKind) as unknown as Strategy<T>;
  const namespace = namespaceOf(info, given);
  const refusal = refusalOfNamespace(tx, info, given.name, namespace);
  if (refusal) return refusal;
  const name = nameOf(tx, info, given, namespace);
  const metadata = newMetadata(tx, given, name, namespace, strategy.hasGeneration === true);
  const unprepared = { ...draft, metadata } as unknown as T;
  const known = prepareKnown(tx, info, unprepared, strategy);
  const prepared = known ?? prepare(tx, info, unprepared, strategy);
  if (isRefusal(prepared)) return prepared;
  const key = keyOf(info.storeKind, namespace, name);
  const taken = tx.view.find(key);
  if (taken) return refusalOfTakenName(info, taken, given.generateName !== undefined && given.generateName !== '');
  // The metadata was made here, or copied from what was made here: nobody else holds it yet.
  const made = prepared.metadata as Mutable<ObjectMeta>;
  made.uid = tx.newUid();
  made.resourceVersion = tx.nextResourceVersion();
  tx.put(key, prepared);
  if (known) return accepted(prepared, true);
  strategy.learn?.(unprepared, prepared, tx);
  const warnings = warningsOfDuplicates(given.ownerReferences, false);
  return accepted(prepared, true, [...warnings, ...warningsFor(info.kind, prepared as unknown as Loose)]);
}
