import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock, setClock } from './clock.ts';
import { act, output } from './command.ts';
import { ask, connect, dropEngine, engine } from './connection.ts';
import { history } from './history.ts';
import { moment } from './moment.ts';
import { notices } from './notices.ts';
import { newDefaultSession, openSession } from './session.ts';
import { type FakeClient, newFakeClient, QUIET_MS } from './testing/fake-client.ts';
import { endScrub, jump, pause, play, scrubTo, seek, setPictures, setSpeed, sync } from './transport.ts';

let client: FakeClient;
let draw: ((nowMs: number) => void) | undefined;
let nowMs = 0;

/** Draws pictures as a screen would, each after so many milliseconds. */
async function pictures(count: number, everyMs = 16): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const next = draw;
    draw = undefined;
    nowMs += everyMs;
    next?.(nowMs);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }
}

const seeks = () =>
  client.asked.filter(({ name }) => name === 'seek').map(({ args }) => (args as { atMs: number }).atMs);

beforeEach(async () => {
  vi.useFakeTimers();
  client = newFakeClient();
  connect({
    createClient: () => client,
    newWorker: () => {
      throw new Error('no workers here');
    },
  });
  setPictures((next) => {
    draw = next;
  });
  setSpeed(1);
  await openSession(newDefaultSession());
  client.asked.length = 0;
});

afterEach(async () => {
  pause();
  client.isHeld = false;
  while (draw) await pictures(1);
  dropEngine();
  vi.useRealTimers();
});

describe('playing', () => {
  it('moves the playhead alone between ticks and asks only when one is passed', async () => {
    play();
    await pictures(60);
    expect(clock.getState().atMs).toBeGreaterThan(900);
    expect(seeks()).toEqual([]);
    await pictures(10);
    expect(seeks()).toHaveLength(1);
    expect(moment.getState().tick).toBe(1);
  });

  it('stops by itself when nothing is left to happen, and goes on when asked to', async () => {
    setSpeed(16);
    play();
    await pictures(60);
    expect(clock.getState().isPlaying).toBe(false);
    expect(moment.getState().isQuiet).toBe(true);
    expect(clock.getState().isLive).toBe(true);
    const { atMs } = clock.getState();
    expect(atMs).toBeGreaterThanOrEqual(QUIET_MS);
    setSpeed(1);
    play();
    await pictures(20);
    expect(clock.getState()).toMatchObject({ isPlaying: true });
    expect(clock.getState().atMs).toBeGreaterThan(atMs + 200);
  });

  it('keeps the fractions that slow motion needs', async () => {
    setSpeed(0.25);
    play();
    await pictures(51, 10);
    expect(clock.getState().atMs).toBe(125);
  });

  it('does not run far ahead of a simulation that is slow', async () => {
    setSpeed(1);
    play();
    await pictures(60);
    client.isHeld = true;
    await pictures(200);
    expect(clock.getState().atMs).toBeLessThan(1000);
    client.isHeld = false;
    await client.release();
    expect(moment.getState().atMs).toBeLessThan(1400);
  });

  it('stays at its end when the address is written while the last moment is on its way', async () => {
    setSpeed(16);
    play();
    // The playhead has run alone since the last tick; the next picture asks for a moment in which all is quiet.
    while (moment.getState().tick < 9) await pictures(1);
    client.isHeld = true;
    const before = seeks().length;
    while (seeks().length === before) await pictures(1);
    expect(seeks().at(-1)).toBeGreaterThanOrEqual(QUIET_MS);
    expect(clock.getState().atMs).toBeGreaterThan(moment.getState().atMs);
    const written = sync();
    client.isHeld = false;
    await client.release();
    await written;
    await pictures(5);
    expect(clock.getState().isPlaying).toBe(false);
    expect(moment.getState()).toMatchObject({ tick: 10, isQuiet: true });
    expect(clock.getState().atMs).toBe(moment.getState().atMs);
    expect([...seeks()].sort((a, b) => a - b)).toEqual(seeks());
  });

  it('lets the simulation know where it was paused', async () => {
    play();
    await pictures(31);
    pause();
    await pictures(1);
    expect(seeks()).toEqual([clock.getState().atMs]);
  });
});

describe('dragging the playhead', () => {
  it('has one seek under way and drops positions that are no longer wanted', async () => {
    client.isHeld = true;
    for (const ms of [100, 200, 300, 400]) scrubTo(ms);
    expect(seeks()).toEqual([100]);
    expect(clock.getState()).toMatchObject({ atMs: 400, isScrubbing: true });
    await client.release();
    expect(seeks()).toEqual([100, 400]);
    expect(clock.getState().atMs).toBe(400);
    await client.release();
    endScrub();
    expect(clock.getState().isScrubbing).toBe(false);
    expect(moment.getState().atMs).toBe(400);
  });

  it('never goes before the beginning', async () => {
    scrubTo(-50);
    endScrub();
    await seek(-1);
    expect(clock.getState().atMs).toBe(0);
  });
});

describe('jumping', () => {
  it('leads from where the playhead stands, which the simulation may not know yet', async () => {
    setClock({ atMs: 3_500 });
    await jump('next-tick');
    expect(client.asked.map(({ name }) => name)).toEqual(['seek', 'jump']);
    expect(clock.getState()).toMatchObject({ atMs: 4_000, isPlaying: false });
  });
});

describe('acting', () => {
  it('happens at the playhead, prints, and lets time run', async () => {
    await seek(2_000);
    await act({ type: 'kubectl', command: 'scale sts/web --replicas=5' });
    expect(client.asked.at(-1)).toMatchObject({ name: 'act', args: { atMs: 2_000 } });
    expect(output.getState().last).toMatchObject({
      command: 'kubectl scale sts/web --replicas=5',
      out: 'done\n',
      code: 0,
    });
    expect(clock.getState().isPlaying).toBe(true);
  });

  it('in the past begins a branch and offers the way back', async () => {
    await seek(5_000);
    await seek(2_000);
    await act({ type: 'fault', fault: 'node-down', target: 'Node/node-a' });
    expect(moment.getState().branch).toBe(1);
    const notice = notices.getState().list.at(-1);
    expect(notice?.action?.label).toBe('Back to main');
    notice?.action?.run();
    await vi.advanceTimersByTimeAsync(300);
    expect(history.getState().branch).toBe(0);
  });
});

describe('a simulation that fails', () => {
  it('stops the clock, says why, and keeps what was shown', async () => {
    await seek(3_000);
    client.failNext = { name: 'seek', message: 'an invariant is broken' };
    play();
    await pictures(80);
    expect(engine.getState().stoppedBy).toBe('an invariant is broken');
    expect(clock.getState().isPlaying).toBe(false);
    expect(moment.getState().tick).toBe(3);
    play();
    expect(clock.getState().isPlaying).toBe(false);
  });

  it('goes on when only a question about it could not be answered', async () => {
    client.failNext = { name: 'timeline', message: 'nobody knows' };
    await expect(ask('timeline', {})).rejects.toThrow('nobody knows');
    expect(engine.getState().stoppedBy).toBeUndefined();
    expect(engine.getState().failures.at(-1)).toBe('timeline: nobody knows');
    await seek(4_000);
    expect(moment.getState().tick).toBe(4);
  });
});
