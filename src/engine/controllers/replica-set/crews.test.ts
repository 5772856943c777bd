// What a ReplicaSet counts by its sums is what it would count pod by pod.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { controllerOf, keyOf, matchesSelector, type Pod, type ReplicaSet } from '#kube';
import { keyOfObject, newStore, putInStore, viewOf } from '../../kernel/index.ts';
import { controllerRefTo } from './claim.ts';
import { isActive, musterOf, podCrews } from './crews.ts';
import { countsOf } from './status.ts';

const NOW_MS = Date.parse('2026-01-01T01:00:00Z');

const newSet = (name: string): ReplicaSet => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name, namespace: 'default', uid: name, resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web', tier: 'front' } }, spec: { containers: [] } },
  },
  status: { replicas: 0 },
});

const [web, other] = [newSet('web'), newSet('other')];
const [byWeb, byOther] = [[controllerRefTo(web)], [controllerRefTo(other)]];

/** Few enough labels that pods share them, each pod with an object of its own half of the time. */
const SHARED = [{ app: 'web', tier: 'front' }, { app: 'web' }, { app: 'else' }] as const;

const pods: fc.Arbitrary<Pod> = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    second: fc.nat(2),
    labels: fc.nat(2),
    isShared: fc.boolean(),
    owners: fc.constantFrom(undefined, byWeb, byWeb, byWeb, byOther),
    isGoing: fc.boolean(),
    isReady: fc.boolean(),
    phase: fc.constantFrom('Running', 'Running', 'Pending', 'Succeeded'),
  })
  .map(({ name, second, labels, isShared, owners, isGoing, isReady, phase }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: `${name}-${second}`,
      resourceVersion: '1',
      creationTimestamp: `2026-01-01T00:00:0${second}Z`,
      labels: isShared ? (SHARED[labels] as Record<string, string>) : { ...SHARED[labels] },
      ...(owners && { ownerReferences: owners }),
      ...(isGoing && { deletionTimestamp: '2026-01-01T00:10:00Z' }),
    },
    spec: { containers: [] },
    status: { phase, conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  }));

const writes = fc.array(fc.tuple(pods, fc.boolean()), { maxLength: 30 });

describe('the muster of a ReplicaSet', () => {
  it('RS-3 counts by sums what there is pod by pod, and leaves to others what has to be looked at', () => {
    fc.assert(
      fc.property(writes, (list) => {
        const store = newStore();
        const view = viewOf(store);
        // Asked for first, so that every write after it is taken in.
        view.derived(podCrews);
        for (const [pod, isThere] of list) putInStore(store, keyOfObject(pod), isThere ? pod : undefined);
        const isMatch = (pod: Pod): boolean => matchesSelector(web.spec.selector, pod.metadata.labels);
        const isOwn = (pod: Pod): boolean => controllerOf(pod)?.uid === web.metadata.uid;
        const all = view.list('Pod');
        const active = all.filter(isActive);
        const isAnyoneWrong = active.some((pod) => (isOwn(pod) ? !isMatch(pod) : !controllerOf(pod) && isMatch(pod)));
        const muster = musterOf(view, web);
        expect(muster === undefined).toBe(isAnyoneWrong);
        if (!muster) return;
        const going = all.filter(
          (pod) => isOwn(pod) && isMatch(pod) && pod.metadata.deletionTimestamp && pod.status.phase !== 'Succeeded',
        );
        const { late, ...counts } = muster;
        expect(counts).toEqual(countsOf(web, active.filter(isOwn), going.length, NOW_MS));
        const unready = active.filter((pod) => isOwn(pod) && pod.status.conditions?.[0]?.status !== 'True');
        const ages = unready.map(({ metadata }) => `${metadata.creationTimestamp} ${metadata.name}`).sort();
        const oldest = ages[0]?.split(' ')[1];
        expect(late).toBe(oldest === undefined ? undefined : keyOf('Pod', 'default', oldest));
      }),
    );
  });

  it('RS-3 is none where a ready pod is not yet available for it', () => {
    const patient: ReplicaSet = { ...web, spec: { ...web.spec, minReadySeconds: 5 } };
    expect(musterOf(viewOf(newStore()), patient)).toBeUndefined();
  });

  it('RS-3 leaves nothing behind when the pods are gone', () => {
    fc.assert(
      fc.property(writes, (list) => {
        const store = newStore();
        const crews = viewOf(store).derived(podCrews);
        for (const [pod] of list) putInStore(store, keyOfObject(pod), pod);
        for (const key of [...store.objects.keys()]) putInStore(store, key, undefined);
        expect(crews).toEqual({ byOwner: new Map(), orphans: new Map() });
      }),
    );
  });
});
