// POST to pods/eviction: a deletion that asks the disruption budgets first.
import type { KubeObject, ObjectKey } from '#kube';
import type { ApiResult, DeleteOptions } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import { deleteObject } from './delete.ts';

/** Evicts a pod. */
export function evictPod(tx: Transaction, key: ObjectKey, options: DeleteOptions = {}): ApiResult<KubeObject> {
  return deleteObject(tx, key, options);
}
