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
import { type Refusal, refusalOfFaults, refuse } from './errors.ts';
import { strategyOf } from './kinds/index.ts';
import { isRefusal, kindOrRefusal, nameOf, namespaceOf, refusalOfNamespace, refusalOfTakenName } from './names.ts';
import type { Strategy } from './strategy.ts';

/** The metadata that the server gives a new object. What a writer says of versions and times does not count. */
function newMetadata(
  tx: Transaction,
  given: Draft<KubeObject>['metadata'],
  name: string,
  namespace: string,
  hasGeneration: boolean,
): ObjectMeta {
  const { name: _name, namespace: _namespace, uid: _uid, resourceVersion: _version, ...rest } = given;
  const kept = withoutServerFields(rest);
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

/** Metadata without what only the server writes, or nobody stores. */
export function withoutServerFields<M extends object>(metadata: M): Omit<M, keyof typeof SERVER_FIELDS> {
  let hasAny = false;
  for (const key in SERVER_FIELDS) if (key in metadata) hasAny = true;
  if (!hasAny) return metadata;
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !(key in SERVER_FIELDS))) as never;
}
const SERVER_FIELDS = {
  creationTimestamp: true,
  deletionGracePeriodSeconds: true,
  deletionTimestamp: true,
  generation: true,
  managedFields: true,
  selfLink: true,
} as const;

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

/** A new object on the long way: defaults, mutating admission, then everything that can refuse it. */
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
  const identity = { uid: tx.newUid(), resourceVersion: tx.nextResourceVersion() };
  const stored = { ...prepared, metadata: { ...prepared.metadata, ...identity } };
  tx.put(key, stored);
  if (known) return accepted(stored, true);
  strategy.learn?.(unprepared, stored, tx);
  return accepted(stored, true, warningsFor(info.kind, stored as unknown as Loose));
}
