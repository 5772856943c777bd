// Keeps a deleted claim for as long as a pod on a node uses it. k8s: pkg/controller/volume/pvcprotection
import { isTerminating, keyOf, type PersistentVolumeClaim, type Pod } from '#kube';
import { type Actor, act, done, type View, wait } from '../../kernel/index.ts';

const FINALIZER = 'kubernetes.io/pvc-protection';
const LATENCY_MS = 10;

const isHeld = (claim: PersistentVolumeClaim | undefined): claim is PersistentVolumeClaim =>
  claim !== undefined && isTerminating(claim) && claim.metadata.finalizers?.includes(FINALIZER) === true;

/** A pod with a node counts, even one that is over; one that was never scheduled does not. */
const userOf = (view: View, namespace: string, name: string): Pod | undefined =>
  view.podsUsingClaim(namespace, name).find((pod) => Boolean(pod.spec.nodeName));

export const pvcProtectionController: Actor = {
  name: 'pvc-protection-controller',
  latencyMs: LATENCY_MS,
  watches: {
    PersistentVolumeClaim: ({ key, after }, enqueue) => {
      if (isHeld(after as PersistentVolumeClaim | undefined)) enqueue(key);
    },
    Pod: ({ before, after }, enqueue, view) => {
      if (after || !before) return;
      const namespace = before.metadata.namespace ?? '';
      for (const { persistentVolumeClaim } of (before as Pod).spec.volumes ?? []) {
        if (!persistentVolumeClaim) continue;
        const { claimName } = persistentVolumeClaim;
        if (isHeld(view.get('PersistentVolumeClaim', namespace, claimName)))
          enqueue(keyOf('PersistentVolumeClaim', namespace, claimName));
      }
    },
  },
  reconcile: (turn, key) => {
    const claim = turn.view.find(key) as PersistentVolumeClaim | undefined;
    if (!isHeld(claim)) return done;
    const { namespace = '', name, finalizers = [] } = claim.metadata;
    const user = userOf(turn.view, namespace, name);
    if (user)
      return wait('PV-17', keyOf('Pod', namespace, user.metadata.name), { claim: name, pod: user.metadata.name });
    const rest = finalizers.filter((finalizer) => finalizer !== FINALIZER);
    const result = turn.update({ ...claim, metadata: { ...claim.metadata, finalizers: rest } });
    return result.ok ? act('PV-18', undefined, { claim: name }) : { failed: true };
  },
};
