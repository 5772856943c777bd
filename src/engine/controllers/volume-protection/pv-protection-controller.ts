// Keeps a deleted volume for as long as it is bound to a claim. k8s: pkg/controller/volume/pvprotection
import { isTerminating, keyOf, type PersistentVolume } from '#kube';
import { type Actor, act, done, wait } from '../../kernel/index.ts';

const FINALIZER = 'kubernetes.io/pv-protection';
const LATENCY_MS = 10;

const isHeld = (volume: PersistentVolume | undefined): volume is PersistentVolume =>
  volume !== undefined && isTerminating(volume) && volume.metadata.finalizers?.includes(FINALIZER) === true;

export const pvProtectionController: Actor = {
  name: 'pv-protection-controller',
  latencyMs: LATENCY_MS,
  watches: {
    PersistentVolume: ({ key, after }, enqueue) => {
      if (isHeld(after as PersistentVolume | undefined)) enqueue(key);
    },
  },
  reconcile: (turn, key) => {
    const volume = turn.view.find(key) as PersistentVolume | undefined;
    if (!isHeld(volume)) return done;
    const { name, finalizers = [] } = volume.metadata;
    if (volume.status.phase === 'Bound') {
      const { namespace, name: claim = '' } = volume.spec.claimRef ?? {};
      return wait('PV-19', keyOf('PersistentVolumeClaim', namespace, claim), { volume: name, claim });
    }
    const rest = finalizers.filter((finalizer) => finalizer !== FINALIZER);
    const result = turn.update({ ...volume, metadata: { ...volume.metadata, finalizers: rest } });
    return result.ok ? act('PV-20', undefined, { volume: name }) : { failed: true };
  },
};
