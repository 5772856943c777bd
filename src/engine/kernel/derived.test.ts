import { describe, expect, it } from 'vitest';
import type { KubeObject, Pod } from '#kube';
import { type Derived, derivedFrom, keyOfObject, newStore, putInStore } from './store.ts';

const podsOnNodes: Derived<Map<string, number>> = {
  kind: 'Pod',
  create: () => new Map(),
  change: (sum, before, after) => {
    const add = (pod: KubeObject | undefined, step: number): void => {
      const node = (pod as Pod | undefined)?.spec.nodeName;
      if (node !== undefined) sum.set(node, (sum.get(node) ?? 0) + step);
    };
    add(before, -1);
    add(after, 1);
  },
};

const podOn = (name: string, nodeName: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', uid: name, resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { containers: [], nodeName },
  status: { phase: 'Pending' },
});

describe('derived sums of a store', () => {
  it('take in what was there before they were first asked for, and every write after', () => {
    const store = newStore();
    const put = (pod: Pod) => putInStore(store, keyOfObject(pod), pod);
    put(podOn('a', 'node-a'));
    expect(Object.fromEntries(derivedFrom(store, podsOnNodes))).toEqual({ 'node-a': 1 });
    put(podOn('b', 'node-b'));
    put(podOn('a', 'node-b'));
    expect(Object.fromEntries(derivedFrom(store, podsOnNodes))).toEqual({ 'node-a': 0, 'node-b': 2 });
    putInStore(store, 'Pod/default/a', undefined);
    expect(derivedFrom(store, podsOnNodes).get('node-b')).toBe(1);
  });
});
