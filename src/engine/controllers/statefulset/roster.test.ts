import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubeObject, OwnerReference, PersistentVolumeClaim, Pod, StatefulSet } from '#kube';
import { formatTime } from '#kube';
import { keyOfObject, newStore, putInStore, type Store, viewOf } from '../../kernel/index.ts';
import { highestOldPod, oldPodsDown, rosterOf, unavailableCount } from './roster.ts';
import { isUnavailable } from './slot.ts';

const SET_UID = 'set-uid';
const NOW_S = 1_000;

const refTo = (kind: string, name: string, uid: string, controller = true): OwnerReference => ({
  apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
  kind,
  name,
  uid,
  controller,
});

interface PodShape {
  readonly ordinal: number;
  readonly owner: 'web' | 'other' | 'none';
  readonly label: 'web' | 'db';
  readonly phase: Pod['status']['phase'];
  readonly readySince: number | undefined;
  readonly isTerminating: boolean;
  readonly revision: 'web-a' | 'web-b' | 'web-c';
  readonly isNamed: boolean;
}

const podOf = (shape: PodShape): Pod => {
  const name = `web-${shape.ordinal}`;
  const at = formatTime((shape.readySince ?? 0) * 1000);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: `pod-${shape.ordinal}`,
      resourceVersion: '1',
      creationTimestamp: at,
      labels: {
        app: shape.label,
        'controller-revision-hash': shape.revision,
        ...(shape.isNamed && { 'statefulset.kubernetes.io/pod-name': name }),
      },
      ...(shape.owner !== 'none' && {
        ownerReferences: [refTo('StatefulSet', shape.owner, shape.owner === 'web' ? SET_UID : 'other-uid')],
      }),
      ...(shape.isTerminating && { deletionTimestamp: at }),
    },
    spec: {
      containers: [],
      volumes: [{ name: 'www', persistentVolumeClaim: { claimName: `www-${name}` } }],
    },
    status: {
      phase: shape.phase,
      conditions: [
        {
          type: 'Ready',
          status: shape.readySince === undefined ? 'False' : 'True',
          lastTransitionTime: at,
        },
      ],
    },
  };
};

const claimOf = (ordinal: number, owner: 'set' | 'pod' | 'other' | 'none', isTerminating: boolean) =>
  ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: `www-web-${ordinal}`,
      namespace: 'default',
      uid: `claim-${ordinal}`,
      resourceVersion: '1',
      creationTimestamp: formatTime(0),
      ...(owner === 'set' && { ownerReferences: [refTo('StatefulSet', 'web', SET_UID)] }),
      ...(owner === 'pod' && { ownerReferences: [refTo('Pod', `web-${ordinal}`, `pod-${ordinal}`)] }),
      ...(owner === 'other' && { ownerReferences: [refTo('Deployment', 'x', 'x-uid')] }),
      ...(isTerminating && { deletionTimestamp: formatTime(0) }),
    },
    spec: {},
    status: { phase: 'Pending' },
  }) satisfies PersistentVolumeClaim;

const setOf = (replicas: number, start: number, minReadySeconds: number, policy: 'Retain' | 'Delete'): StatefulSet => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'web', namespace: 'default', uid: SET_UID, resourceVersion: '1', creationTimestamp: formatTime(0) },
  spec: {
    replicas,
    ordinals: { start },
    minReadySeconds,
    selector: { matchLabels: { app: 'web' } },
    template: { spec: { containers: [] } },
    volumeClaimTemplates: [{ metadata: { name: 'www' }, spec: {} }],
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: policy, whenScaled: policy },
  },
  status: { replicas: 0, availableReplicas: 0 },
});

const ordinal = fc.integer({ min: 0, max: 7 });
const podChange = fc
  .record({
    ordinal,
    owner: fc.constantFrom('web', 'web', 'web', 'web', 'other', 'none') as fc.Arbitrary<PodShape['owner']>,
    label: fc.constantFrom('web', 'web', 'web', 'db') as fc.Arbitrary<PodShape['label']>,
    phase: fc.constantFrom('Pending', 'Running', 'Running', 'Running', 'Failed', 'Succeeded') as fc.Arbitrary<
      PodShape['phase']
    >,
    readySince: fc.option(fc.integer({ min: NOW_S - 40, max: NOW_S }), { nil: undefined }),
    isTerminating: fc.boolean(),
    revision: fc.constantFrom('web-a', 'web-b', 'web-c') as fc.Arbitrary<PodShape['revision']>,
    isNamed: fc.boolean(),
  })
  .map((shape) => ({ kind: 'put' as const, object: podOf(shape) as KubeObject }));
const claimChange = fc
  .tuple(
    ordinal,
    fc.constantFrom('set', 'pod', 'other', 'none') as fc.Arbitrary<'set' | 'pod' | 'other' | 'none'>,
    fc.boolean(),
  )
  .map(([at, owner, isGoing]) => ({ kind: 'put' as const, object: claimOf(at, owner, isGoing) as KubeObject }));
const removal = fc
  .tuple(fc.constantFrom('Pod/default/web-', 'PersistentVolumeClaim/default/www-web-'), ordinal)
  .map(([prefix, at]) => ({ kind: 'remove' as const, key: `${prefix}${at}` }));
const step = fc.oneof(
  { weight: 6, arbitrary: podChange },
  { weight: 2, arbitrary: claimChange },
  { weight: 2, arbitrary: removal },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('revert' as const), count: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('ask' as const), atS: fc.integer({ min: NOW_S - 5, max: NOW_S + 40 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set' as const),
      set: fc
        .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 2 }), fc.constantFrom(0, 0, 30))
        .map(([replicas, start, minReadySeconds]) => setOf(replicas, start, minReadySeconds, 'Delete')),
    }),
  },
);

const copyOf = (store: Store): Store => {
  const copy = newStore();
  for (const [key, object] of store.objects) putInStore(copy, key, object);
  return copy;
};

describe('rosters', () => {
  it('STS-19 a roster that follows changes, and changes taken back, is the one made from scratch', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), (steps) => {
        const store = newStore();
        const view = viewOf(store);
        const undo: (() => void)[] = [];
        let set = setOf(4, 0, 30, 'Delete');
        const put = (key: string, object: KubeObject | undefined): void => {
          const before = putInStore(store, key, object);
          undo.push(() => putInStore(store, key, before));
        };
        for (const next of steps) {
          if (next.kind === 'put') put(keyOfObject(next.object), next.object);
          else if (next.kind === 'remove') put(next.key, undefined);
          else if (next.kind === 'set') set = next.set;
          else if (next.kind === 'revert') for (let i = 0; i < next.count; i += 1) undo.pop()?.();
          else {
            const fresh = rosterOf(viewOf(copyOf(store)), set, next.atS * 1000);
            expect(rosterOf(view, set, next.atS * 1000)).toEqual(fresh);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('STS-12 what a roster answers is what a look at every pod would answer', () => {
    fc.assert(
      fc.property(
        fc.array(podChange, { maxLength: 20, size: 'max' }),
        fc.integer({ min: 0, max: 5 }),
        (changes, from) => {
          const store = newStore();
          for (const { object } of changes) putInStore(store, keyOfObject(object), object);
          const set = setOf(6, 0, 30, 'Retain');
          const atMs = NOW_S * 1000;
          const roster = rosterOf(viewOf(store), set, atMs);
          const slots = [...roster.slots.values()].sort((a, b) => b.ordinal - a.ordinal);
          const old = slots
            .filter(
              (slot) => slot.isInRange && !slot.isTerminating && slot.revision !== 'web-a' && slot.ordinal >= from,
            )
            .map((slot) => slot.ordinal);
          expect(highestOldPod(roster, 'web-a', from)).toBe(old[0]);
          expect(oldPodsDown(roster, 'web-a', from, 2)).toEqual(old.slice(0, 2));
          const inRange = slots.filter((slot) => slot.isInRange);
          const missing = 6 - inRange.length;
          expect(unavailableCount(roster)).toBe(missing + inRange.filter((slot) => isUnavailable(slot, atMs)).length);
          expect(roster.ready - roster.readyYoung).toBe(
            slots.filter((slot) => slot.isRunningAndReady && slot.availableAtMs <= atMs).length,
          );
        },
      ),
    );
  });
});
