// Remembers of each ordinal's pod how many there were and when the last one went, so that a picture can say "2nd pod of
// this slot" and "empty since 2:18". Nothing in the simulation reads it.
import { type KubeObject, ordinalOf, partsOfKey } from '#kube';
import type { Transaction } from '../kernel/turn.ts';

const PODS = 'Pod/';

function noteLife(tx: Transaction, key: string, after: KubeObject | undefined): void {
  const before = tx.view.find(key);
  if ((before === undefined) === (after === undefined) || ordinalOf(partsOfKey(key).name) < 0) return;
  if (after === undefined) {
    tx.remember(`gone/${key}`, tx.nowMs);
    return;
  }
  const births = tx.world.memory.get(`births/${key}`);
  tx.remember(`births/${key}`, typeof births === 'number' ? births + 1 : 1);
}

/** The same transaction, taking notes of pods that come and go. */
export const notingPodLives = (tx: Transaction): Transaction => ({
  ...tx,
  put: (key, object) => {
    if (key.startsWith(PODS)) noteLife(tx, key, object);
    tx.put(key, object);
  },
});
