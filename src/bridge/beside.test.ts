import { describe, expect, it } from 'vitest';
import type { Facts } from '#scene';
import type { Frame } from './protocol.ts';
import type { Server } from './server.ts';
import { newStory, SET, WEB } from './testing/story.ts';

/** Facts by id, as a page would hold them for the other branch. */
function newSide(): { facts: Map<string, Facts>; take: (frame: Frame) => Frame } {
  const facts = new Map<string, Facts>();
  return {
    facts,
    take: (frame) => {
      const { beside } = frame;
      if (!beside || beside.isWhole) facts.clear();
      for (const id of beside?.gone ?? []) facts.delete(id);
      for (const one of beside?.set ?? []) facts.set(one.id, one);
      return frame;
    },
  };
}

/** Three replicas on `main`; one replica from 0:40 on a branch of its own, which is the present one. */
function newForked(): Server {
  const { server, at } = newStory(WEB);
  at(60_000);
  const { newBranch } = server.answer('act', {
    act: { type: 'kubectl', command: 'scale sts web --replicas=1' },
    atMs: 40_000,
  });
  expect(newBranch).toBe(1);
  return server;
}

const replicasOf = (facts: ReadonlyMap<string, Facts>) => {
  const set = facts.get(SET);
  return set?.type === 'set' ? set.replicas : undefined;
};

describe('two branches at the same moment', () => {
  it('come in one frame, whole at first and as differences from then on', () => {
    const server = newForked();
    const side = newSide();
    const first = side.take(server.answer('compare', { branch: 0 }));
    expect(first.beside).toMatchObject({ branch: 0, isWhole: true });
    expect(replicasOf(side.facts)).toBe(3);
    const next = side.take(server.answer('jump', { to: 'next-tick' }));
    expect(next.beside?.isWhole).toBe(false);
    for (const atMs of [90_000, 20_000, 41_000]) side.take(server.answer('seek', { atMs }));
    const there = newStory(WEB).server;
    there.answer('seek', { atMs: 41_000 });
    // Whole, as every answer to this question.
    const { set } = there.answer('compare', { branch: undefined });
    expect([...side.facts.values()].sort(byId)).toEqual([...set].sort(byId));
  });

  it('are both at the moment of the playhead, however far they were looked at', () => {
    const server = newForked();
    const side = newSide();
    server.answer('goToBranch', { branch: 1 });
    side.take(server.answer('compare', { branch: 0 }));
    server.answer('act', { act: { type: 'fault', fault: 'node-down', target: 'Node//node-1' }, atMs: 40_000 });
    const frame = side.take(server.answer('seek', { atMs: 500_000 }));
    expect(frame.atMs).toBe(500_000);
    const main = frame.beside?.tick ?? 0;
    const info = server.answer('goToBranch', { branch: 0 });
    expect(info.timeline.branches.find(({ id }) => id === 0)?.reachedMs).toBe(60_000);
    expect(server.answer('seek', { atMs: 500_000 }).tick).toBe(main);
  });

  it('stop at the ticks of either one', () => {
    const server = newForked();
    server.answer('compare', { branch: 0 });
    server.answer('seek', { atMs: 5_000 });
    const alone = newStory(WEB).server;
    alone.answer('seek', { atMs: 5_000 });
    // Before the fork both have the same ticks.
    expect(server.answer('jump', { to: 'next-tick' }).atMs).toBe(alone.answer('jump', { to: 'next-tick' }).atMs);
    server.answer('seek', { atMs: 40_000 });
    const moments = new Set<number>();
    for (let i = 0; i < 12; i += 1) moments.add(server.answer('jump', { to: 'next-tick' }).atMs);
    const back = new Set<number>();
    for (let i = 0; i < 12; i += 1) back.add(server.answer('jump', { to: 'previous-tick' }).atMs);
    expect([...back].filter((atMs) => atMs > 40_000).every((atMs) => moments.has(atMs))).toBe(true);
  });

  it('are quiet only when nothing is left to happen on both', () => {
    const server = newForked();
    server.answer('seek', { atMs: 300_000 });
    server.answer('goToBranch', { branch: 0 });
    server.answer('compare', { branch: 1 });
    server.answer('act', { act: { type: 'kubectl', command: 'delete pod web-2' }, atMs: 60_000 });
    expect(server.answer('seek', { atMs: 60_500 }).isQuiet).toBe(false);
    expect(server.answer('goToBranch', { branch: 1 }).frame.isQuiet).toBe(false);
    expect(server.answer('compare', { branch: undefined }).isQuiet).toBe(true);
  });

  it('change places when one goes to the other', () => {
    const server = newForked();
    server.answer('compare', { branch: 0 });
    const { frame } = server.answer('goToBranch', { branch: 0 });
    expect(frame).toMatchObject({ branch: 0, beside: { branch: 1 } });
  });

  it('are one where nothing is put beside the present one', () => {
    const server = newForked();
    server.answer('compare', { branch: 0 });
    expect(server.answer('compare', { branch: undefined }).beside).toBeUndefined();
    expect(server.answer('seek', { atMs: 45_000 }).beside).toBeUndefined();
    expect(server.answer('compare', { branch: 1 }).beside).toBeUndefined();
    expect(() => server.answer('compare', { branch: 7 })).toThrow('branch 7');
  });
});

const byId = (a: Facts, b: Facts): number => (a.id < b.id ? -1 : 1);
