// DELETE: graceful deletion, finalizers and propagation. k8s: registry/generic/registry/store.go, rest/delete.go
import {
  formatTime,
  type KubeObject,
  kindByStoreKind,
  type ObjectKey,
  type ObjectMeta,
  parseTime,
  partsOfKey,
} from '#kube';
import type { ApiResult, DeleteOptions } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import { noSuchResource, notFound, uidConflict } from './errors.ts';
import { strategyOf } from './kinds/index.ts';
import type { Strategy } from './strategy.ts';

/** The finalizers by which the garbage collector holds an owner until its dependents are gone, or set free. */
export const FOREGROUND_FINALIZER = 'foregroundDeletion';
export const ORPHAN_FINALIZER = 'orphan';

/** Rule API-7: the propagation policy as finalizers. k8s: deletionFinalizersForGarbageCollection */
function finalizersFor(stored: ObjectMeta, options: DeleteOptions): readonly string[] | undefined {
  const before = stored.finalizers ?? [];
  const policy = options.propagationPolicy;
  if (policy === undefined) return stored.finalizers;
  const others = before.filter((name) => name !== FOREGROUND_FINALIZER && name !== ORPHAN_FINALIZER);
  const wanted = policy === 'Foreground' ? FOREGROUND_FINALIZER : policy === 'Orphan' ? ORPHAN_FINALIZER : undefined;
  const after = wanted === undefined ? others : [...others, wanted];
  return after.length === before.length && after.every((name) => before.includes(name)) ? stored.finalizers : after;
}

/**
 * Deletes an object: at once, or by marking it where a grace period or a finalizer holds it.
 * @param key the object's key
 * @param options grace period, propagation and uid precondition
 * @returns the object as it was last, or NotFound or Conflict
 */
export function deleteObject(tx: Transaction, key: ObjectKey, options: DeleteOptions = {}): ApiResult<KubeObject> {
  const parts = partsOfKey(key);
  const info = kindByStoreKind(parts.kind);
  if (!info) return noSuchResource();
  const stored = tx.view.find(key);
  if (!stored) return notFound(info, parts.name);
  if (options.uid !== undefined && options.uid !== stored.metadata.uid)
    return uidConflict(info, parts.name, options.uid, stored.metadata.uid);
  const strategy = strategyOf(info.storeKind);
  const refusal = strategy.admitDelete?.(stored, info);
  if (refusal) return refusal;
  const marked = mark(tx, strategy, stored, options);
  if (marked === 'pending') return { ok: true, object: stored, changed: false };
  if (marked === 'now') {
    tx.put(key, undefined);
    return { ok: true, object: stored, changed: true };
  }
  if (marked === stored) return { ok: true, object: stored, changed: false };
  const object = { ...marked, metadata: { ...marked.metadata, resourceVersion: tx.nextResourceVersion() } };
  tx.put(key, object);
  return { ok: true, object, changed: true };
}

/** What a deletion makes of the stored object: marked, `now` (it goes) or `pending` (nothing new). */
function mark(
  tx: Transaction,
  strategy: Strategy,
  stored: KubeObject,
  options: DeleteOptions,
): KubeObject | 'now' | 'pending' {
  const isGraceful = strategy.gracePeriodSeconds !== undefined;
  const meta = stored.metadata;
  let next: ObjectMeta = meta;
  let graceSeconds = 0;
  let wasMarked = false;
  if (isGraceful && meta.deletionTimestamp !== undefined && (meta.deletionGracePeriodSeconds ?? 0) > 0) {
    // API-6: a second deletion can only shorten the time.
    const before = meta.deletionGracePeriodSeconds as number;
    const asked = options.gracePeriodSeconds;
    if (asked === undefined || asked >= before) return 'pending';
    graceSeconds = asked;
    const startMs = (parseTime(meta.deletionTimestamp) as number) - before * 1000;
    next = { ...meta, deletionTimestamp: formatTime(startMs + asked * 1000), deletionGracePeriodSeconds: asked };
    wasMarked = true;
  } else if (isGraceful && meta.deletionTimestamp === undefined) {
    graceSeconds = strategy.gracePeriodSeconds?.(stored, options) ?? 0;
    next = {
      ...meta,
      ...(meta.generation !== undefined && { generation: meta.generation + 1 }),
      deletionTimestamp: formatTime(tx.world.config.epochMs + tx.nowMs + graceSeconds * 1000),
      deletionGracePeriodSeconds: graceSeconds,
    };
    wasMarked = true;
  }
  const finalizers = finalizersFor(meta, options);
  if (finalizers !== meta.finalizers) next = withFinalizers(next, finalizers ?? []);
  const isHeld = (next.finalizers?.length ?? 0) > 0;
  if (!isHeld && graceSeconds === 0) return keptBy(tx, strategy, stored, next) ?? 'now';
  if (!wasMarked && isHeld) next = markedAtOnce(tx, next);
  return next === meta ? stored : { ...stored, metadata: next };
}

/** An object that its kind holds itself, marked; undefined when nothing does. */
function keptBy(tx: Transaction, strategy: Strategy, stored: KubeObject, meta: ObjectMeta): KubeObject | undefined {
  const held = strategy.held?.(stored, tx);
  return held && { ...held, metadata: markedAtOnce(tx, meta) };
}

/** The mark of an object without grace that a finalizer holds. k8s: markAsDeleting */
const markedAtOnce = (tx: Transaction, meta: ObjectMeta): ObjectMeta =>
  meta.deletionTimestamp !== undefined && meta.deletionGracePeriodSeconds === 0
    ? meta
    : {
        ...meta,
        ...(meta.generation !== undefined &&
          meta.deletionGracePeriodSeconds === undefined && { generation: meta.generation + 1 }),
        deletionTimestamp: meta.deletionTimestamp ?? tx.now,
        deletionGracePeriodSeconds: 0,
      };

function withFinalizers(meta: ObjectMeta, finalizers: readonly string[]): ObjectMeta {
  const { finalizers: _before, ...rest } = meta;
  return finalizers.length > 0 ? { ...rest, finalizers } : rest;
}
