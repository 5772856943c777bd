import { describe, expect, it } from 'vitest';
import type { ClaimFacts, Facts, NodeFacts, PodFacts, SetFacts } from '#scene';
import { type FactsStore, newFactsStore } from '#state';
import { differencesOf } from './differences.ts';

const store = (...facts: readonly Facts[]): FactsStore => {
  const made = newFactsStore(() => undefined);
  made.applyFrame({ isWhole: true, set: facts, gone: [] });
  return made;
};
const revision = (number: number) => ({ name: `web-${number}`, number, hash: 'abc', look: 1 as const });
const pod = (ordinal: number, more: Partial<PodFacts> = {}): PodFacts => ({
  type: 'pod',
  id: `Pod/default/web-${ordinal}`,
  name: `web-${ordinal}`,
  namespace: 'default',
  uid: `uid-${ordinal}`,
  isUpdated: true,
  state: 'ready',
  word: 'Ready',
  readyText: '1/1',
  kubectlStatus: 'Running',
  image: 'nginx:1.27',
  nodeName: 'node-a',
  restarts: 0,
  incarnation: 1,
  createdMs: 0,
  sinceMs: 0,
  readyCondition: true,
  revision: revision(2),
  ...more,
});
const set = (more: Partial<SetFacts>): SetFacts => ({
  type: 'set',
  id: 'StatefulSet/default/web',
  name: 'web',
  namespace: 'default',
  uid: 'uid',
  isTerminating: false,
  replicas: 3,
  start: 0,
  partition: 0,
  ready: 3,
  available: 3,
  updated: 3,
  total: 3,
  updateRevision: revision(2),
  podManagementPolicy: 'OrderedReady',
  updateStrategy: 'RollingUpdate',
  serviceName: 'nginx',
  claimTemplates: [],
  ordinals: [0, 1, 2],
  workingOn: [],
  ...more,
});
const claim = (more: Partial<ClaimFacts>): ClaimFacts => ({
  type: 'claim',
  id: 'PersistentVolumeClaim/default/www-web-2',
  name: 'www-web-2',
  namespace: 'default',
  uid: 'uid',
  phase: 'Bound',
  isTerminating: false,
  isKept: false,
  template: 'www',
  capacity: '1Gi',
  ...more,
});
const node = (more: Partial<NodeFacts>): NodeFacts => ({
  type: 'node',
  id: 'Node//node-c',
  name: 'node-c',
  zone: 'zone-c',
  isReady: true,
  isSilent: false,
  isSchedulable: true,
  podIds: [],
  podsMax: 110,
  cpuRequested: 0,
  cpuAllocatable: 4,
  memoryRequestedBytes: 0,
  memoryAllocatableBytes: 1,
  taints: [],
  ...more,
});
const words = (left: FactsStore, right: FactsStore) =>
  differencesOf(left, right).map((one) => `${one.name}: ${one.left} | ${one.right}`);

describe('the differences of two clusters', () => {
  it('are none where every object is the same', () => {
    expect(words(store(set({}), pod(0), claim({})), store(set({}), pod(0), claim({})))).toEqual([]);
  });

  it('tell a pod by its state with its revision, and by its node where that differs', () => {
    const crashed = pod(2, { state: 'crash-loop', word: 'CrashLoop', revision: revision(3) });
    expect(words(store(pod(2)), store(crashed))).toEqual(['web-2: Ready on rev 2 | CrashLoop on rev 3']);
    expect(words(store(pod(2)), store(pod(2, { nodeName: 'node-b' })))).toEqual(['web-2: node-a | node-b']);
  });

  it('tell which pod of its name it is where nothing else tells them apart', () => {
    expect(words(store(pod(0)), store(pod(0, { incarnation: 2, uid: 'other' })))).toEqual(['web-0: 1st pod | 2nd pod']);
    expect(words(store(pod(0)), store(pod(0, { restarts: 1 })))).toEqual(['web-0: 0 restarts | 1 restart']);
  });

  it('tell claims that are kept or lost, and pods that are on one side alone', () => {
    expect(words(store(pod(2), claim({})), store(claim({ isKept: true })))).toEqual([
      'web-2: Ready on rev 2 | no pod',
      'www-web-2: Bound | Bound, kept',
    ]);
    expect(words(store(claim({})), store())).toEqual(['www-web-2: Bound | no claim']);
  });

  it('tell of a set only what differs', () => {
    expect(words(store(set({})), store(set({ replicas: 5, ready: 4, updated: 3 })))).toEqual([
      'web: 3 replicas, 3 of 3 ready | 5 replicas, 4 of 5 ready',
    ]);
    expect(words(store(set({})), store(set({ partition: 2 })))).toEqual(['web: partition 0 | partition 2']);
  });

  it('tell nodes that do not report or take no pods', () => {
    expect(words(store(node({})), store(node({ isSilent: true, isReady: false })))).toEqual([
      'node-c: reports | silent',
    ]);
    expect(words(store(node({})), store(node({ isSchedulable: false })))).toEqual(['node-c: takes pods | cordoned']);
  });

  it('come in order: sets, pods by their ordinal, claims', () => {
    const left = store(set({}), pod(10), pod(9), claim({}));
    expect(differencesOf(left, store()).map(({ name }) => name)).toEqual(['web', 'web-9', 'web-10', 'www-web-2']);
  });
});
