// What must hold for any actors and any acts: ticks run both ways, the same seed goes the same way, a saved world goes
// on as it would have, and a failed turn leaves no trace.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, keyOf, type Namespace, type Pod } from '#kube';
import {
  type Actor,
  actNow,
  applyTick,
  type Cluster,
  done,
  fingerprintOf,
  loadWorld,
  type Moment,
  newCluster,
  newStore,
  newWorld,
  nextTaskMs,
  putInStore,
  revertTick,
  runUntil,
  saveWorld,
  startActors,
  step,
  type Tick,
  type Turn,
} from './index.ts';

const podKey = (name: string) => keyOf('Pod', 'default', name);
const draft = (name: string): Draft<Pod> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'web' } },
  spec: { containers: [{ name: 'nginx', image: 'nginx:1.27' }], terminationGracePeriodSeconds: 1 },
  status: { phase: 'Pending' },
});

/** Gives pods a node by chance, fails now and then, and remembers how often it looked. */
const binder: Actor = {
  name: 'binder',
  latencyMs: 7,
  watches: { Pod: ({ key, after }, enqueue) => after && enqueue(key) },
  reconcile(turn, key) {
    turn.remember(`looks/${key}`, (turn.recall<number>(`looks/${key}`) ?? 0) + 1);
    const pod = turn.view.find(key) as Pod | undefined;
    if (!pod || pod.spec.nodeName) return done;
    if (turn.random() < 0.4) return { failed: true, why: { rule: 'STS-1', about: key, acting: false } };
    turn.bind(key, turn.random() < 0.5 ? 'node-a' : 'node-b');
    turn.event(pod, { type: 'Normal', reason: 'Bound', message: 'bound' });
    return { why: { rule: 'STS-2', about: key, acting: true }, againMs: 500 };
  },
};

/** Ends pods that are on their way out, and begins again what it ended, in one turn. */
const ender: Actor = {
  name: 'ender',
  latencyMs: 11,
  watches: { Pod: ({ key, after }, enqueue) => after?.metadata.deletionTimestamp && enqueue(key, 900) },
  start: (enqueue) => enqueue('tidy', 5_000),
  reconcile(turn, key) {
    if (key === 'tidy') return { againMs: 5_000 };
    if (!turn.view.find(key)?.metadata.deletionTimestamp) return done;
    turn.delete(key, { gracePeriodSeconds: 0 });
    if (turn.random() < 0.5) turn.create(draft(key.slice(key.lastIndexOf('/') + 1)));
    return done;
  },
};
const actors = [binder, ender];

function start(seed: number): Cluster {
  const cluster = newCluster(newWorld({ seed }), actors);
  actNow(cluster, 'test', 'begin', (turn) => {
    turn.create<Namespace>({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default' },
      status: { phase: 'Active' },
    });
    return done;
  });
  startActors(cluster);
  return cluster;
}

type Deed = { readonly type: 'create' | 'delete' | 'label' | 'throw'; readonly pod: string; readonly waitMs: number };
const deeds = fc.array(
  fc.record({
    type: fc.constantFrom('create' as const, 'create' as const, 'delete' as const, 'label' as const, 'throw' as const),
    pod: fc.constantFrom('a', 'b', 'c', 'd'),
    waitMs: fc.nat(1_500),
  }),
  { maxLength: 25 },
);

function perform(turn: Turn, { type, pod }: Deed): void {
  const key = podKey(pod);
  const found = turn.view.find(key) as Pod | undefined;
  if (type === 'create') turn.create(draft(pod));
  else if (!found) return;
  else if (type === 'delete') turn.delete(key);
  else if (type === 'label')
    turn.update({ ...found, metadata: { ...found.metadata, labels: { app: 'web', at: String(turn.nowMs) } } });
  else {
    turn.delete(key, { gracePeriodSeconds: 0 });
    turn.create(draft('never'));
    turn.event(found, { type: 'Warning', reason: 'Never', message: 'never' });
    turn.wake('binder', podKey('never'), 0);
    turn.remember('never', true);
    throw new Error('never');
  }
}

/** Plays deeds; a throwing one is taken back. Returns every tick. */
function play(cluster: Cluster, list: readonly Deed[]): Tick[] {
  const ticks: Tick[] = [];
  for (const deed of list) {
    runUntil(cluster, cluster.world.counters.nowMs + deed.waitMs, (tick) => ticks.push(tick));
    try {
      const tick = actNow(cluster, 'test', deed.type, (turn) => {
        perform(turn, deed);
        return done;
      });
      if (tick) ticks.push(tick);
    } catch (error) {
      expect((error as Error).message).toBe('never');
    }
  }
  runUntil(cluster, cluster.world.counters.nowMs + 3_000, (tick) => ticks.push(tick));
  return ticks;
}

/** A moment of its own that stands where another does. */
function copyOf(moment: Moment): Moment {
  const store = newStore();
  for (const [key, object] of moment.store.objects) putInStore(store, key, object);
  return {
    store,
    tasks: new Map(moment.tasks),
    memory: new Map(moment.memory),
    reasons: new Map(moment.reasons),
    counters: { ...moment.counters },
  };
}

const byKey = <T>(map: ReadonlyMap<string, T>) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Everything a moment says, in an order of its own; indexes too. */
const contentOf = (moment: Moment) => ({
  objects: byKey(moment.store.objects),
  indexes: byKey(new Map([...moment.store.indexes].map(([name, members]) => [name, [...members.keys()].sort()]))),
  tasks: byKey(moment.tasks),
  memory: byKey(moment.memory),
  reasons: byKey(moment.reasons),
  counters: { ...moment.counters },
});

const seeds = fc.integer({ min: 1, max: 1_000_000 });

describe('ticks', () => {
  it('lead from the first moment to the last, and back through every one between', () => {
    fc.assert(
      fc.property(seeds, deeds, (seed, list) => {
        const cluster = start(seed);
        const moment = copyOf(cluster.world);
        const before: ReturnType<typeof contentOf>[] = [];
        const ticks = play(cluster, list);
        for (const tick of ticks) {
          before.push(contentOf(moment));
          applyTick(moment, tick);
        }
        expect(byKey(moment.store.objects)).toEqual(byKey(cluster.world.store.objects));
        for (const tick of [...ticks].reverse()) {
          revertTick(moment, tick);
          expect(contentOf(moment)).toEqual(before.pop());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('played forwards, list objects in the order in which the cluster itself does', () => {
    fc.assert(
      fc.property(seeds, deeds, (seed, list) => {
        const cluster = start(seed);
        const moment = copyOf(cluster.world);
        for (const tick of play(cluster, list)) applyTick(moment, tick);
        const listed = (world: Moment) => newCluster({ ...cluster.world, ...world }, []).view.list('Pod');
        expect(listed(moment).map(({ metadata }) => metadata.uid)).toEqual(
          listed(cluster.world).map(({ metadata }) => metadata.uid),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('a world', () => {
  it('goes the same way again from the same seed and acts', () => {
    fc.assert(
      fc.property(seeds, deeds, (seed, list) => {
        const [one, other] = [start(seed), start(seed)];
        expect(play(one, list)).toEqual(play(other, list));
        expect(fingerprintOf(one.world)).toBe(fingerprintOf(other.world));
      }),
      { numRuns: 40 },
    );
  });

  it('goes on after being saved and loaded as it would have', () => {
    fc.assert(
      fc.property(seeds, deeds, deeds, (seed, list, more) => {
        const cluster = start(seed);
        play(cluster, list);
        const loaded = newCluster(loadWorld(JSON.parse(JSON.stringify(saveWorld(cluster.world)))), actors);
        const objectsOf = (ticks: readonly Tick[]) => ticks.map(({ atMs, objects, why }) => ({ atMs, objects, why }));
        expect(objectsOf(play(loaded, more))).toEqual(objectsOf(play(cluster, more)));
        expect(contentOf(loaded.world)).toEqual(contentOf(cluster.world));
      }),
      { numRuns: 60 },
    );
  });

  it('goes on from the moment after its last tick with the very same ticks', () => {
    fc.assert(
      fc.property(seeds, deeds, deeds, (seed, list, more) => {
        const cluster = start(seed);
        const moment = copyOf(cluster.world);
        for (const tick of play(cluster, list)) applyTick(moment, tick);
        const world = loadWorld(saveWorld({ ...moment, config: cluster.world.config, queue: [] }));
        const loaded = newCluster(world, actors);
        runUntil(loaded, cluster.world.counters.nowMs);
        expect(play(loaded, more)).toEqual(play(cluster, more));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a turn that throws', () => {
  it('leaves no trace, not even in the order of lists', () => {
    fc.assert(
      fc.property(seeds, deeds, (seed, list) => {
        const quiet = start(seed);
        const troubled = start(seed);
        const calm = list.filter(({ type }) => type !== 'throw');
        const waits = calm.map((deed) => ({ ...deed, waitMs: 0 }));
        const troubles = waits.flatMap((deed) => [{ ...deed, type: 'throw' as const }, deed]);
        const expected = play(quiet, waits);
        const ticks = play(troubled, troubles);
        expect(ticks).toEqual(expected);
        expect(contentOf(troubled.world)).toEqual(contentOf(quiet.world));
        expect([...troubled.world.store.objects.keys()]).toEqual([...quiet.world.store.objects.keys()]);
        expect(troubled.view.list('Pod')).toEqual(quiet.view.list('Pod'));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the event loop', () => {
  const world = () => newCluster(newWorld(), []);

  it('takes tasks in order of time, older first among equals, each key once', () => {
    const seen: string[] = [];
    const recorder: Actor = {
      name: 'recorder',
      latencyMs: 10,
      watches: {},
      reconcile: (turn, key) => {
        seen.push(`${turn.nowMs} ${key}`);
        return done;
      },
    };
    const cluster = newCluster(newWorld(), [recorder]);
    actNow(cluster, 'test', 'wake', (turn) => {
      turn.wake('recorder', 'late', 30);
      turn.wake('recorder', 'second', 20);
      turn.wake('recorder', 'third', 20);
      turn.wake('recorder', 'late', 10);
      turn.wake('recorder', 'second', 40);
      return done;
    });
    runUntil(cluster, 1_000);
    expect(seen).toEqual(['10 late', '20 second', '20 third']);
    expect(nextTaskMs(cluster)).toBeUndefined();
  });

  it('asks again after 5 ms · 2ⁿ while a turn fails, and begins anew after one that does not', () => {
    const seen: number[] = [];
    const failing: Actor = {
      name: 'failing',
      latencyMs: 1,
      watches: {},
      start: (enqueue) => enqueue('key', 0),
      reconcile: (turn) => {
        seen.push(turn.nowMs);
        return seen.length === 5 ? { againMs: 100 } : { failed: true };
      },
    };
    const cluster = newCluster(newWorld(), [failing]);
    startActors(cluster);
    runUntil(cluster, 200);
    expect(seen).toEqual([0, 5, 15, 35, 75, 175, 180, 190]);
  });

  it('stands at the moment it was asked to reach when nothing happens before', () => {
    const cluster = world();
    expect(step(cluster, 1_234)).toBeUndefined();
    expect(cluster.world.counters.nowMs).toBe(1_234);
  });

  it('passes over turns that change nothing, and tells their queues with the next tick', () => {
    const idle: Actor = {
      name: 'idle',
      latencyMs: 1,
      watches: {},
      start: (enqueue) => enqueue('k', 10),
      reconcile: () => ({ againMs: 10 }),
    };
    const cluster = newCluster(newWorld(), [idle]);
    startActors(cluster);
    expect(step(cluster, 55)).toBeUndefined();
    const tick = actNow(cluster, 'test', 'note', (turn) => {
      turn.remember('noted', true);
      return done;
    });
    expect(tick?.tasks).toEqual([
      {
        key: 'idle k',
        before: expect.objectContaining({ dueMs: 10 }),
        after: expect.objectContaining({ bornMs: 50, dueMs: 60 }),
      },
    ]);
  });

  it('passes over any number of turns that change nothing while time goes on, but tells of a loop that stands still', () => {
    const again = (againMs: number): Cluster => {
      const actor: Actor = {
        name: 'again',
        latencyMs: 0,
        watches: {},
        start: (enqueue) => enqueue('k'),
        reconcile: () => ({ againMs }),
      };
      const cluster = newCluster(newWorld(), [actor]);
      startActors(cluster);
      return cluster;
    };
    expect(step(again(1), 600_000)).toBeUndefined();
    expect(() => step(again(0), 1)).toThrow('the event loop turns without end at 0 ms');
  });

  it('leaves out actors that are off in this cluster', () => {
    const off: Actor = {
      name: 'off',
      latencyMs: 1,
      watches: {},
      isOn: (config) => config.kubelet === 'manual',
      reconcile: () => done,
    };
    expect(newCluster(newWorld(), [off]).actors.has('off')).toBe(false);
    expect(newCluster(newWorld({ kubelet: 'manual' }), [off]).actors.has('off')).toBe(true);
  });
});
