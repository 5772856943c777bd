// A history shows every moment as it was, whichever way one comes there, and what it says has changed is all that has.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyTick, type Moment, nextTaskMs, revertTick, step, type Tick } from '#engine';
import {
  appendTick,
  type Cursor,
  forkHistory,
  type History,
  momentAfter,
  moveCursor,
  newCursor,
  newHistory,
  ticksUntil,
} from './history.ts';
import { applySet, newStart, perform, pictureOf } from './testing/acts.ts';

/** A history long enough for several checkpoints, with the picture of the moment after each tick. */
function newLongHistory(): { readonly history: History; readonly pictures: readonly string[] } {
  const cluster = newStart();
  const history = newHistory(cluster.world);
  const pictures = [pictureOf(cluster.world)];
  const note = (tick: Tick | undefined): void => {
    if (!tick) return;
    appendTick(history, tick, cluster.world);
    pictures.push(pictureOf(cluster.world));
  };
  note(perform(cluster, applySet('Parallel')).tick);
  for (let round = 0; history.ticks.length < 900; round += 1) {
    const endMs = cluster.world.counters.nowMs + 25_000;
    while ((nextTaskMs(cluster) ?? Number.POSITIVE_INFINITY) <= endMs) note(step(cluster, endMs));
    step(cluster, endMs);
    note(perform(cluster, { type: 'kubectl', command: `set image sts/web app=nginx:1.2${round % 5}` }).tick);
    note(perform(cluster, { type: 'kubectl', command: `scale sts web --replicas=${(round % 4) + 1}` }).tick);
  }
  return { history, pictures };
}

const { history, pictures } = newLongHistory();
const places = fc.nat(history.ticks.length);

describe('a history', () => {
  it('has checkpoints on the way, the first before all ticks', () => {
    expect(history.checkpoints.length).toBeGreaterThan(2);
    expect(history.checkpoints[0]?.tick).toBe(0);
    const ticks = history.checkpoints.map(({ tick }) => tick);
    expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
  });

  it('gives each moment as it was, built forwards from a checkpoint', () => {
    fc.assert(
      fc.property(places, (at) => {
        expect(pictureOf(momentAfter(history, at))).toBe(pictures[at]);
      }),
      { numRuns: 60 },
    );
  });

  it('lists objects in the same order whatever checkpoint a moment is built from', () => {
    const first: History = { ...history, checkpoints: history.checkpoints.slice(0, 1) };
    fc.assert(
      fc.property(places, (at) => {
        const namesOf = ({ store }: Moment): string[] =>
          [...store.objects.keys()].sort((a, b) => (store.births.get(a) ?? 0) - (store.births.get(b) ?? 0));
        expect(namesOf(momentAfter(history, at))).toEqual(namesOf(momentAfter(first, at)));
      }),
      { numRuns: 30 },
    );
  });

  it('finds the ticks that have happened by a moment, those of the very instant included', () => {
    const lastMs = history.ticks.at(-1)?.atMs ?? 0;
    fc.assert(
      fc.property(fc.integer({ min: -1, max: lastMs + 1 }), fc.nat(history.ticks.length - 1), (anyMs, at) => {
        for (const atMs of [anyMs, history.ticks[at]?.atMs ?? 0])
          expect(ticksUntil(history, atMs)).toBe(history.ticks.filter((tick) => tick.atMs <= atMs).length);
      }),
    );
  });

  it('shares what came before with a fork, and is left as it is by what the fork goes on with', () => {
    fc.assert(
      fc.property(places, (at) => {
        const fork = forkHistory(history, at);
        expect(fork.ticks).toHaveLength(at);
        expect(fork.checkpoints.every(({ tick }) => tick <= at)).toBe(true);
        expect(pictureOf(momentAfter(fork, at))).toBe(pictures[at]);
        const before = history.ticks.length;
        const tick = history.ticks[0] as Tick;
        appendTick(fork, tick, momentAfter(fork, at));
        expect(history.ticks).toHaveLength(before);
      }),
      { numRuns: 30 },
    );
  });

  it('is played forwards and backwards by ticks that take each other back', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 40 }), (at, count) => {
        const moment = momentAfter(history, at);
        const ticks = history.ticks.slice(at, at + count);
        for (const tick of ticks) applyTick(moment, tick);
        expect(pictureOf(moment)).toBe(pictures[at + ticks.length]);
        for (const tick of ticks.toReversed()) revertTick(moment, tick);
        expect(pictureOf(moment)).toBe(pictures[at]);
        expect([...moment.memory].sort()).toEqual([...momentAfter(history, at).memory].sort());
        expect([...moment.tasks].sort()).toEqual([...momentAfter(history, at).tasks].sort());
      }),
      { numRuns: 40 },
    );
  });
});

/** Keys that differ between two maps. */
const differencesOf = <T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): string[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key));

const copyOf = ({ moment }: Cursor) => ({
  objects: new Map(moment.store.objects),
  reasons: new Map(moment.reasons),
  memory: new Map(moment.memory),
});

describe('a cursor', () => {
  it('stands at the moment it was moved to, however it came there', () => {
    fc.assert(
      fc.property(fc.array(places, { minLength: 1, maxLength: 12 }), (way) => {
        const cursor = newCursor(history);
        for (const at of way) {
          moveCursor(cursor, at);
          expect(cursor.tick).toBe(at);
          expect(pictureOf(cursor.moment)).toBe(pictures[at]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('tells everything that may have changed on its way', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(places, fc.integer({ min: -60, max: 60 })), { maxLength: 8 }), (way) => {
        const cursor = newCursor(history);
        for (const [far, near] of way)
          for (const at of [far, Math.max(0, Math.min(history.ticks.length, far + near))]) {
            const before = copyOf(cursor);
            const touched = moveCursor(cursor, at);
            if (!touched) continue;
            const after = copyOf(cursor);
            for (const part of ['objects', 'reasons', 'memory'] as const)
              for (const key of differencesOf<unknown>(before[part], after[part])) expect(touched[part]).toContain(key);
          }
      }),
      { numRuns: 40 },
    );
  });

  it('stops at the first and the last moment there are', () => {
    const cursor = newCursor(history);
    moveCursor(cursor, -5);
    expect(cursor.tick).toBe(0);
    moveCursor(cursor, history.ticks.length + 5);
    expect(cursor.tick).toBe(history.ticks.length);
    expect(pictureOf(cursor.moment)).toBe(pictures.at(-1));
  });
});
