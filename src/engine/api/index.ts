// The API server as the kernel knows it: the one door through which controllers, kubelets and people write.
import type { Draft, KubeObject, ObjectKey } from '#kube';
import type { DeleteOptions, EventDraft } from '../kernel/actor.ts';
import type { Transaction } from '../kernel/turn.ts';
import { bindPod } from './bind.ts';
import { createObject } from './create.ts';
import { deleteObject } from './delete.ts';
import { recordEvent } from './events.ts';
import { evictPod } from './evict.ts';
import { notingPodLives } from './pod-lives.ts';
import { updateObject, updateObjectStatus } from './update.ts';

export { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from './delete.ts';
export { contentsOf } from './kinds/cluster.ts';

/** The writes of one turn, over its transaction. Refusals are values; nothing here throws for bad input. */
export const apiServer = (transaction: Transaction) => {
  const tx = notingPodLives(transaction);
  return {
    create: <T extends KubeObject>(draft: Draft<T>) => createObject(tx, draft),
    update: <T extends KubeObject>(object: T) => updateObject(tx, object),
    updateStatus: <T extends KubeObject>(object: T) => updateObjectStatus(tx, object),
    delete: (key: ObjectKey, options?: DeleteOptions) => deleteObject(tx, key, options),
    evict: (key: ObjectKey, options?: DeleteOptions) => evictPod(tx, key, options),
    bind: (key: ObjectKey, nodeName: string) => bindPod(tx, key, nodeName),
    event: (about: KubeObject, event: EventDraft) => recordEvent(tx, about, event),
  };
};
