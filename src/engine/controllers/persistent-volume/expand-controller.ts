// Notices claims that ask for more than they have. Volumes of drivers outside of the control plane it leaves to the
// drivers' own resizers, and says so: there are no others. k8s: pkg/controller/volume/expand
import { compareQuantityTexts, type PersistentVolumeClaim } from '#kube';
import { type Actor, done, wait } from '../../kernel/index.ts';

const LATENCY_MS = 10;

/** What the events name; the controller goes by another name in the control plane. */
const SOURCE = 'volume_expand';

type Claim = PersistentVolumeClaim | undefined;

const requestOf = (claim: Claim): string | number => claim?.spec.resources?.requests?.storage ?? 0;
const capacityOf = (claim: Claim): string | number => claim?.status.capacity?.storage ?? 0;
const isMore = (a: string | number, b: string | number): boolean => compareQuantityTexts(a, b) > 0;

export const expandController: Actor = {
  name: 'persistentvolume-expander-controller',
  latencyMs: LATENCY_MS,
  watches: {
    PersistentVolumeClaim: ({ key, before, after }, enqueue) => {
      const [old, claim] = [before as Claim, after as Claim];
      if (claim?.status.phase !== 'Bound') return;
      if (isMore(requestOf(claim), requestOf(old)) || isMore(capacityOf(claim), capacityOf(old))) enqueue(key);
    },
  },
  reconcile: (turn, key) => {
    const claim = turn.view.find(key) as Claim;
    if (claim?.status.phase !== 'Bound' || !isMore(requestOf(claim), capacityOf(claim))) return done;
    const message = 'waiting for an external controller to expand this PVC';
    turn.event(claim, { type: 'Normal', reason: 'ExternalExpanding', message, source: SOURCE });
    return wait('PV-26', undefined, { claim: claim.metadata.name, from: capacityOf(claim), to: requestOf(claim) });
  },
};
