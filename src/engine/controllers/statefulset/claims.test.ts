// Who owns a claim: the tables of the retention policy, and what a cluster makes of them.
import { describe, expect, it } from 'vitest';
import { keyOf, type OwnerReference, type PersistentVolumeClaim, type StatefulSet } from '#kube';
import { createObject, eventsOf, findObject, getObject, namesOf, run, updateObject } from '../../testing/scenario.ts';
import { garbageCollector } from '../garbage-collector/garbage-collector.ts';
import { pvcProtectionController } from '../volume-protection/pvc-protection-controller.ts';
import { hasUnexpectedController, isClaimOwnerUpToDate, newClaim, ownersUnderPolicy } from './claims.ts';
import {
  change,
  deploy,
  finish,
  newSet,
  newSetCluster,
  ownersOf,
  pod,
  podsOf,
  refusing,
  remove,
  removeClaim,
  sentence,
  settle,
  startAll,
  theSet,
  WWW,
} from './testing/fixtures.ts';

type Policy = NonNullable<StatefulSet['spec']['persistentVolumeClaimRetentionPolicy']>;
const policyOf = (whenDeleted: Policy['whenDeleted'], whenScaled: Policy['whenScaled']): Policy => ({
  whenDeleted,
  whenScaled,
});
const POLICIES = [
  policyOf('Retain', 'Retain'),
  policyOf('Delete', 'Retain'),
  policyOf('Retain', 'Delete'),
  policyOf('Delete', 'Delete'),
];
const nameOf = (policy: Policy) => `whenDeleted ${policy.whenDeleted}, whenScaled ${policy.whenScaled}`;

const setWith = (policy: Policy | undefined): StatefulSet => {
  const draft = newSet({ volumeClaimTemplates: WWW });
  const { persistentVolumeClaimRetentionPolicy: _policy, ...spec } = draft.spec;
  return {
    ...draft,
    metadata: { name: 'web', namespace: 'default', uid: 'set-uid', resourceVersion: '1', creationTimestamp: '' },
    spec: { ...spec, ...(policy && { persistentVolumeClaimRetentionPolicy: policy }) },
  };
};
const claimWith = (...ownerReferences: OwnerReference[]): PersistentVolumeClaim => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {
    name: 'www-web-1',
    namespace: 'default',
    uid: 'c',
    resourceVersion: '1',
    creationTimestamp: '',
    ownerReferences,
  },
  spec: {},
  status: { phase: 'Bound' },
});
const ref = (apiVersion: string, kind: string, name: string, uid: string, controller?: boolean): OwnerReference => ({
  apiVersion,
  kind,
  name,
  uid,
  ...(controller !== undefined && { controller, blockOwnerDeletion: true }),
});
const SET = ref('apps/v1', 'StatefulSet', 'web', 'set-uid', true);
const POD = ref('v1', 'Pod', 'web-1', 'pod-uid', true);
const FOREIGN = ref('apps/v1', 'Deployment', 'other', 'x', true);
const FRIEND = ref('apps/v1', 'Deployment', 'friend', 'y');
const inRange = { name: 'web-1', uid: 'pod-uid', isInRange: true };
const condemned = { ...inRange, isInRange: false };

/** What the policy wants: the set's reference, the pod's, or none. */
const wanted = (policy: Policy, isInRange: boolean): OwnerReference[] =>
  policy.whenScaled === 'Delete' && !isInRange ? [POD] : policy.whenDeleted === 'Delete' ? [SET] : [];

describe.each(POLICIES.map((policy) => ({ policy, name: nameOf(policy) })))(
  'owners of a claim, $name',
  ({ policy }) => {
    it.each([inRange, condemned])(
      'CLAIM-5 the right owners are those that the policy wants: in range $isInRange',
      (identity) => {
        const set = setWith(policy);
        for (const owners of [[], [SET], [POD], [SET, POD]]) {
          const isRight = JSON.stringify(owners) === JSON.stringify(wanted(policy, identity.isInRange));
          expect(isClaimOwnerUpToDate(claimWith(...owners), set, identity)).toBe(isRight);
          expect(isClaimOwnerUpToDate(claimWith(FRIEND, ...owners), set, identity)).toBe(isRight);
          expect(ownersUnderPolicy(claimWith(FRIEND, ...owners), set, identity)).toEqual([
            FRIEND,
            ...wanted(policy, identity.isInRange),
          ]);
        }
      },
    );

    it('CLAIM-5 a reference of ours that does not control is made to', () => {
      const set = setWith(policy);
      const { controller: _controller, ...weak } = SET;
      expect(isClaimOwnerUpToDate(claimWith(weak), set, inRange)).toBe(false);
      expect(ownersUnderPolicy(claimWith(weak), set, inRange)).toEqual(wanted(policy, true));
    });

    it('CLAIM-8 a reference with our name and another uid keeps us from touching the claim', () => {
      const set = setWith(policy);
      for (const stale of [
        { ...SET, uid: 'gone' },
        { ...POD, uid: 'gone' },
      ])
        expect(isClaimOwnerUpToDate(claimWith(stale), set, inRange)).toBe(true);
    });

    it('CLAIM-6 somebody else in charge: ours are taken off, none is added; Retain has no quarrel', () => {
      const set = setWith(policy);
      const isRetain = policy.whenDeleted === 'Retain' && policy.whenScaled === 'Retain';
      expect(hasUnexpectedController(claimWith(FOREIGN), set, inRange)).toBe(!isRetain);
      expect(isClaimOwnerUpToDate(claimWith(FOREIGN), set, inRange)).toBe(true);
      expect(isClaimOwnerUpToDate(claimWith(FOREIGN, SET), set, inRange)).toBe(false);
      expect(ownersUnderPolicy(claimWith(FOREIGN, SET), set, inRange)).toEqual([FOREIGN]);
      expect(hasUnexpectedController(claimWith(FRIEND), set, inRange)).toBe(false);
      expect(hasUnexpectedController(claimWith({ ...SET, uid: 'gone' }), set, inRange)).toBe(!isRetain);
    });
  },
);

describe('claims of a set', () => {
  it('CLAIM-1 have the labels of the template under those of the selector, and its annotations', () => {
    const set = setWith(undefined);
    expect(newClaim(set, WWW[0]!, 1).metadata).toEqual({
      name: 'www-web-1',
      namespace: 'default',
      labels: { app: 'nginx' },
    });
    const template = {
      ...WWW[0]!,
      metadata: { name: 'www', labels: { app: 'mine', tier: 'db' }, annotations: { a: 'b' } },
    };
    expect(newClaim(set, template, 1).metadata).toEqual({
      name: 'www-web-1',
      namespace: 'default',
      labels: { app: 'nginx', tier: 'db' },
      annotations: { a: 'b' },
    });
  });

  it('CLAIM-1 come before their pod, one for each template; of two with one name the last counts', () => {
    const cluster = newSetCluster();
    const second = { ...WWW[0]!, spec: { ...WWW[0]!.spec, resources: { requests: { storage: '2Gi' } } } };
    createObject(
      cluster,
      newSet({ volumeClaimTemplates: [...WWW, { ...WWW[0]!, metadata: { name: 'log' } }, second] }),
    );
    run(cluster, 12);
    expect(namesOf(cluster, 'PersistentVolumeClaim')).toEqual(['www-web-0', 'log-web-0']);
    expect(getObject(cluster, 'PersistentVolumeClaim', 'www-web-0').spec.resources?.requests).toEqual({
      storage: '2Gi',
    });
    expect(pod(cluster, 'web-0').spec.volumes?.slice(0, 2)).toEqual([
      { name: 'www', persistentVolumeClaim: { claimName: 'www-web-0' } },
      { name: 'log', persistentVolumeClaim: { claimName: 'log-web-0' } },
    ]);
    expect(eventsOf(cluster, theSet(cluster))).toEqual([
      'Normal SuccessfulCreate Create Claim www-web-0 Pod web-0 in StatefulSet web success',
      'Normal SuccessfulCreate Create Claim log-web-0 Pod web-0 in StatefulSet web success',
      'Normal SuccessfulCreate Create Pod web-0 in StatefulSet web successful',
    ]);
  });

  it('CLAIM-2 a claim that is there is used as it is', () => {
    const cluster = newSetCluster();
    const kept = createObject<PersistentVolumeClaim>(cluster, {
      ...newClaim(setWith(undefined), WWW[0]!, 0),
      spec: { ...WWW[0]!.spec, resources: { requests: { storage: '9Gi' } } },
    });
    createObject(cluster, newSet({ volumeClaimTemplates: WWW }));
    settle(cluster);
    expect(podsOf(cluster)).toBe('web-0?');
    expect(getObject(cluster, 'PersistentVolumeClaim', 'www-web-0')).toEqual(kept);
  });

  it('CLAIM-2 claims outlive pods under Retain, and the same ordinal gets the same claim again', () => {
    const cluster = newSetCluster({ also: [garbageCollector] });
    deploy(cluster, { volumeClaimTemplates: WWW });
    const uids = namesOf(cluster, 'PersistentVolumeClaim').map(
      (name) => getObject(cluster, 'PersistentVolumeClaim', name).metadata.uid,
    );
    change(cluster, { replicas: 1 });
    finish(cluster, 'web-2');
    finish(cluster, 'web-1');
    change(cluster, { replicas: 3 });
    startAll(cluster);
    expect(
      namesOf(cluster, 'PersistentVolumeClaim').map(
        (name) => getObject(cluster, 'PersistentVolumeClaim', name).metadata.uid,
      ),
    ).toEqual(uids);
  });

  it('CLAIM-3 no pod is made while its claim is being deleted', () => {
    const cluster = newSetCluster();
    createObject(cluster, {
      ...newClaim(setWith(undefined), WWW[0]!, 0),
      metadata: { name: 'www-web-0', finalizers: ['test/hold'] },
    });
    remove(cluster, keyOf('PersistentVolumeClaim', 'default', 'www-web-0'));
    createObject(cluster, newSet({ volumeClaimTemplates: WWW }));
    settle(cluster);
    expect(podsOf(cluster)).toBe('');
    expect(eventsOf(cluster, theSet(cluster))).toEqual([
      expect.stringMatching(
        /^Warning FailedCreate Create Pod web-0 in StatefulSet web failed error: pvc www-web-0 is being deleted/,
      ),
    ]);
    expect(sentence(cluster)).toBe(
      'STS-23 trying again for web-0 after a pause that doubles: pvc www-web-0 is being deleted',
    );
    updateObject<PersistentVolumeClaim>(cluster, keyOf('PersistentVolumeClaim', 'default', 'www-web-0'), (claim) => {
      const { finalizers: _finalizers, ...metadata } = claim.metadata;
      return { ...claim, metadata };
    });
    run(cluster, 5_000);
    expect(podsOf(cluster)).toBe('web-0?');
  });

  it('CLAIM-3 a refused claim: two events, no pod', () => {
    const cluster = newSetCluster({
      controller: refusing((verb, name) => (verb === 'create' && name === 'www-web-0' ? 'no room' : undefined)),
    });
    createObject(cluster, newSet({ volumeClaimTemplates: WWW }));
    run(cluster, 12);
    expect(podsOf(cluster)).toBe('');
    expect(eventsOf(cluster, theSet(cluster))).toEqual([
      'Warning FailedCreate Create Claim www-web-0 for Pod web-0 in StatefulSet web failed error: no room',
      'Warning FailedCreate Create Pod web-0 in StatefulSet web failed error: failed to create PVC www-web-0: no room',
    ]);
  });

  it('CLAIM-4 a claim that is deleted while its pod is Pending is made again at the next sync', () => {
    const cluster = newSetCluster();
    createObject(cluster, newSet({ volumeClaimTemplates: WWW }));
    settle(cluster);
    removeClaim(cluster, 'www-web-0');
    expect(namesOf(cluster, 'PersistentVolumeClaim')).toEqual([]);
    change(cluster, { revisionHistoryLimit: 5 });
    expect(namesOf(cluster, 'PersistentVolumeClaim')).toEqual(['www-web-0']);
  });
});

describe('retention', () => {
  it.each(POLICIES.map((policy) => ({ policy, name: nameOf(policy) })))(
    'CLAIM-5 $name: owners in range and condemned',
    ({ policy }) => {
      const cluster = newSetCluster();
      deploy(cluster, { volumeClaimTemplates: WWW, persistentVolumeClaimRetentionPolicy: policy });
      const set = policy.whenDeleted === 'Delete' ? ['StatefulSet/web'] : [];
      expect([0, 1, 2].map((at) => ownersOf(cluster, `www-web-${at}`))).toEqual([set, set, set]);
      change(cluster, { replicas: 1 });
      const [one, two] = policy.whenScaled === 'Delete' ? [['Pod/web-1'], ['Pod/web-2']] : [set, set];
      expect([0, 1, 2].map((at) => ownersOf(cluster, `www-web-${at}`))).toEqual([set, one, two]);
      expect(eventsOf(cluster, theSet(cluster)).filter((text) => text.includes('Update'))).toEqual([]);
    },
  );

  it('CLAIM-5 a pod that is deleted by hand does not become the owner of its claim', () => {
    const cluster = newSetCluster();
    deploy(cluster, { volumeClaimTemplates: WWW, persistentVolumeClaimRetentionPolicy: policyOf('Retain', 'Delete') });
    remove(cluster, keyOf('Pod', 'default', 'web-1'));
    expect(ownersOf(cluster, 'www-web-1')).toEqual([]);
  });

  it('CLAIM-5 a policy that changes rewrites the owners, with one event for each pod', () => {
    const cluster = newSetCluster();
    deploy(cluster, { volumeClaimTemplates: WWW });
    change(cluster, { persistentVolumeClaimRetentionPolicy: policyOf('Delete', 'Retain') });
    expect([0, 1, 2].map((at) => ownersOf(cluster, `www-web-${at}`))).toEqual([
      ['StatefulSet/web'],
      ['StatefulSet/web'],
      ['StatefulSet/web'],
    ]);
    expect(eventsOf(cluster, theSet(cluster)).filter((text) => text.includes('Update'))).toEqual(
      [0, 1, 2].map((at) => `Normal SuccessfulUpdate Update Pod web-${at} in StatefulSet web successful`),
    );
    change(cluster, { persistentVolumeClaimRetentionPolicy: policyOf('Retain', 'Retain') });
    expect([0, 1, 2].map((at) => ownersOf(cluster, `www-web-${at}`))).toEqual([[], [], []]);
  });

  it('CLAIM-5 claims that are gone are no error while the pod runs', () => {
    const cluster = newSetCluster();
    deploy(cluster, { replicas: 1, volumeClaimTemplates: WWW });
    removeClaim(cluster, 'www-web-0');
    change(cluster, { persistentVolumeClaimRetentionPolicy: policyOf('Delete', 'Delete') });
    expect(eventsOf(cluster, theSet(cluster)).filter((text) => text.includes('Update'))).toEqual([]);
    expect(sentence(cluster)).toBeUndefined();
  });

  it('CLAIM-6 a claim with another controller keeps it, and the set says so', () => {
    const cluster = newSetCluster();
    createObject<PersistentVolumeClaim>(cluster, {
      ...newClaim(setWith(undefined), WWW[0]!, 0),
      metadata: { name: 'www-web-0', ownerReferences: [FOREIGN] },
    });
    createObject(
      cluster,
      newSet({ volumeClaimTemplates: WWW, persistentVolumeClaimRetentionPolicy: policyOf('Delete', 'Delete') }),
    );
    startAll(cluster);
    expect(ownersOf(cluster, 'www-web-0')).toEqual(['Deployment/other']);
    expect(ownersOf(cluster, 'www-web-1')).toEqual(['StatefulSet/web']);
    expect(eventsOf(cluster, theSet(cluster))).toContainEqual(
      expect.stringMatching(
        /^Warning ConflictingController PersistentVolumeClaim www-web-0 has a conflicting OwnerReference that acts as a manging controller, the retention policy is ignored for this claim/,
      ),
    );
  });

  it('CLAIM-7 no pod is made while its claim refers to the pod that was scaled away', () => {
    const cluster = newSetCluster();
    deploy(cluster, { volumeClaimTemplates: WWW, persistentVolumeClaimRetentionPolicy: policyOf('Delete', 'Delete') });
    change(cluster, { replicas: 2 });
    finish(cluster, 'web-2');
    const before = getObject(cluster, 'PersistentVolumeClaim', 'www-web-2');
    change(cluster, { replicas: 3 });
    for (let limit = 1; limit < 5; limit += 1) change(cluster, { revisionHistoryLimit: limit });
    expect(podsOf(cluster)).toBe('web-0 web-1');
    expect(getObject(cluster, 'PersistentVolumeClaim', 'www-web-2')).toEqual(before);
    expect(sentence(cluster)).toBe(
      'CLAIM-7 waiting for www-web-2 to be deleted: it belongs to the web-2 before, which was scaled away',
    );
    removeClaim(cluster, 'www-web-2');
    change(cluster, { revisionHistoryLimit: 10 });
    startAll(cluster);
    expect(podsOf(cluster)).toBe('web-0 web-1 web-2');
    expect(ownersOf(cluster, 'www-web-2')).toEqual(['StatefulSet/web']);
  });

  it('CLAIM-5 deletes the claims of pods that were scaled away, and of no other', () => {
    const cluster = newSetCluster({ also: [garbageCollector, pvcProtectionController] });
    deploy(cluster, { volumeClaimTemplates: WWW, persistentVolumeClaimRetentionPolicy: policyOf('Retain', 'Delete') });
    change(cluster, { replicas: 1 });
    finish(cluster, 'web-2');
    finish(cluster, 'web-1');
    expect(namesOf(cluster, 'PersistentVolumeClaim')).toEqual(['www-web-0']);
    remove(cluster, keyOf('StatefulSet', 'default', 'web'));
    expect(findObject(cluster, 'PersistentVolumeClaim', 'www-web-0')).toBeDefined();
  });

  it('CLAIM-5 the claim of an adopted pod gets the same owner as the others', () => {
    const cluster = newSetCluster();
    deploy(cluster, { volumeClaimTemplates: WWW, persistentVolumeClaimRetentionPolicy: policyOf('Delete', 'Retain') });
    updateObject<PersistentVolumeClaim>(cluster, keyOf('PersistentVolumeClaim', 'default', 'www-web-1'), (claim) => ({
      ...claim,
      metadata: { ...claim.metadata, ownerReferences: [] },
    }));
    updateObject(cluster, keyOf('Pod', 'default', 'web-1'), (object) => ({
      ...object,
      metadata: { ...object.metadata, ownerReferences: [] },
    }));
    settle(cluster);
    expect(ownersOf(cluster, 'www-web-1')).toEqual(['StatefulSet/web']);
  });
});
