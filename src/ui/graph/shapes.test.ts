import { describe, expect, it } from 'vitest';
import { newFactsStore } from '#state';
import { everyState, manyReplicas, rollingUpdate, silentNode } from './fixture-scenes.ts';
import { nodeFixtures, podFixture, setFixture } from './fixtures.ts';
import { identityNodes } from './flow-nodes.ts';
import { clusterNodes } from './nodes-flow.ts';
import { planNodes } from './nodes-layout.ts';
import { newNodesReader } from './nodes-shape.ts';
import { newShapeReader } from './shapes.ts';
import { type StretchEnd, stretchBetween } from './slot-facts.ts';

const newStore = () => newFactsStore((flush) => flush());

describe('shapes of sets', () => {
  it('are the same objects while only states and counts change', () => {
    const store = newStore();
    const read = newShapeReader(store);
    store.applyFrame({ isWhole: true, set: rollingUpdate(), gone: [] });
    const before = read();
    const set = store.getFacts('StatefulSet/default/web');
    if (set?.type !== 'set') throw new Error('no set');
    store.applyFrame({
      isWhole: false,
      set: [{ ...set, ready: 4, ordinals: [...set.ordinals] }, podFixture('web', 1, { state: 'not-ready' })],
      gone: [],
    });
    expect(read()).toBe(before);
  });

  it('change for the set that is scaled, and for no other', () => {
    const store = newStore();
    const read = newShapeReader(store);
    store.applyFrame({ isWhole: true, set: [...setFixture(), ...setFixture({ name: 'db', replicas: 2 })], gone: [] });
    const [db, web] = read();
    store.applyFrame({ isWhole: false, set: setFixture({ replicas: 6 }), gone: [] });
    const [sameDb, newWeb] = read();
    expect(sameDb).toBe(db);
    expect(newWeb).not.toBe(web);
    expect(newWeb?.replicas).toBe(6);
  });

  it('become nodes of which a tick changes none', () => {
    const store = newStore();
    const read = newShapeReader(store);
    store.applyFrame({ isWhole: true, set: everyState(), gone: [] });
    const fit = { level: 'card', columns: 20 } as const;
    const nodes = identityNodes(read(), fit, 1, 720);
    expect(nodes.filter(({ type }) => type === 'slot')).toHaveLength(13);
    expect(nodes.every(({ width, height }) => width !== undefined && height !== undefined)).toBe(true);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
  });

  it('leave cells to the canvas', () => {
    const store = newStore();
    store.applyFrame({ isWhole: true, set: manyReplicas(1000), gone: [] });
    const nodes = identityNodes(newShapeReader(store)(), { level: 'cell', columns: 50 }, 1, 1000);
    expect(nodes.map(({ type }) => type)).toEqual(['set', 'thought']);
  });

  it('have no place for a Service where the set names none', () => {
    const store = newStore();
    const facts = setFixture().map((found) => (found.type === 'set' ? { ...found, serviceName: '' } : found));
    store.applyFrame({ isWhole: true, set: facts, gone: [] });
    const nodes = identityNodes(newShapeReader(store)(), { level: 'card', columns: 20 }, 1, 720);
    expect(nodes.some(({ type }) => type === 'service')).toBe(false);
  });
});

describe('the shape of the nodes', () => {
  it('is the same object until a pod moves', () => {
    const store = newStore();
    const read = newNodesReader(store);
    const facts = setFixture();
    store.applyFrame({ isWhole: true, set: [...facts, ...nodeFixtures(facts)], gone: [] });
    const before = read();
    store.applyFrame({
      isWhole: false,
      set: [podFixture('web', 1, { setId: 'StatefulSet/default/web', state: 'not-ready' })],
      gone: [],
    });
    expect(read()).toBe(before);
    const moved = facts.map((found) =>
      found.type === 'pod' && found.ordinal === 1 ? { ...found, nodeName: 'node-c' } : found,
    );
    store.applyFrame({ isWhole: false, set: [...moved, ...nodeFixtures(moved)], gone: [] });
    expect(read()).not.toBe(before);
  });

  it('knows zones, the pods of each node, the volumes of each zone, and who uses them', () => {
    const store = newStore();
    store.applyFrame({ isWhole: true, set: silentNode(), gone: [] });
    const { zones, unplacedIds } = newNodesReader(store)();
    expect(zones.map(({ zone, machines }) => [zone, machines.length])).toEqual([
      ['a', 2],
      ['b', 2],
      ['c', 2],
    ]);
    const volumes = zones[2]?.volumes ?? [];
    expect(volumes.find(({ claimId }) => claimId.endsWith('www-web-2'))).toMatchObject({
      podId: 'Pod/default/web-2',
      nodeId: 'Node//node-c',
    });
    expect(volumes.find(({ claimId }) => claimId.endsWith('www-web-5'))?.podId).toBeUndefined();
    expect(unplacedIds).toEqual([]);
  });

  it('sets pods without a node apart', () => {
    const store = newStore();
    store.applyFrame({ isWhole: true, set: everyState(), gone: [] });
    const shape = newNodesReader(store)();
    expect(shape.unplacedIds).toEqual(['Pod/default/web-0', 'Pod/default/web-1']);
    const nodes = clusterNodes(shape, planNodes(shape, 1084));
    expect(nodes.filter(({ type }) => type === 'machine')).toHaveLength(4);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
  });
});

describe('the rule between two slots', () => {
  const store = newStore();
  store.applyFrame({ isWhole: true, set: rollingUpdate(), gone: [] });
  const end = (ordinal: number, isWorkedOn = false): StretchEnd => {
    const slot = store.getFacts(`Slot/default/web/${ordinal}`);
    const pod = store.getFacts(`Pod/default/web-${ordinal}`);
    return { slot: slot?.type === 'slot' ? slot : undefined, pod: pod?.type === 'pod' ? pod : undefined, isWorkedOn };
  };

  it('has the look of a revision where both have it', () => {
    expect(stretchBetween(end(0), end(1))).toBe('rev-1');
    expect(stretchBetween(end(3), end(4))).toBe('rev-2');
  });
  it('is plain where the revision changes, and where the controller works', () => {
    expect(stretchBetween(end(2), end(3))).toBe('plain');
    expect(stretchBetween(end(1), end(2, true))).toBe('plain');
  });
  it('keeps its look to the end of replicas, and is dashed beyond', () => {
    expect(stretchBetween(end(4), undefined)).toBe('rev-2');
    expect(stretchBetween(end(5), undefined)).toBe('dashed');
    expect(stretchBetween(end(4), end(5))).toBe('none');
  });
});
