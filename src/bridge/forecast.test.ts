import { describe, expect, it } from 'vitest';
import type { Forecast } from './protocol.ts';
import type { Server } from './server.ts';
import { newStory, WEB } from './testing/story.ts';

/** Asks until the forecast goes no further. */
function foreseeAll(server: Server): Forecast {
  for (let i = 0; i < 1_000; i += 1) {
    const forecast = server.answer('forecast', {});
    if (forecast.isDone) return forecast;
  }
  throw new Error('the forecast has no end');
}

describe('the forecast', () => {
  it('ends where nothing is left to happen, and that is what comes', () => {
    const { server } = newStory(WEB);
    const forecast = foreseeAll(server);
    expect(forecast).toMatchObject({ branch: 0, isQuiet: true });
    expect(server.answer('seek', { atMs: forecast.endMs - 1 }).isQuiet).toBe(false);
    expect(server.answer('seek', { atMs: forecast.endMs })).toMatchObject({ isQuiet: true, atMs: forecast.endMs });
  });

  it('shows in the lanes, and leaves where the playhead has been as it is', () => {
    const { server } = newStory(WEB);
    foreseeAll(server);
    const { lanes, branches } = server.answer('timeline', {});
    expect(lanes.map(({ pods }) => pods.at(-1)?.state)).toEqual(['ready', 'ready', 'ready']);
    expect(branches[0]?.reachedMs).toBe(0);
  });

  it('does not hold after an act: what was foreseen is forgotten, and foreseen anew', () => {
    const { server, act } = newStory(WEB);
    const before = foreseeAll(server);
    const { frame } = act({ type: 'kubectl', command: 'scale sts web --replicas=1' });
    expect(frame.future).not.toBe(before.future);
    const after = foreseeAll(server);
    expect(after.future).toBe(frame.future);
    expect(after.endMs).toBeLessThan(before.endMs);
    expect(server.answer('timeline', {}).lanes).toHaveLength(1);
  });

  it('goes no further than some hours where there is no end', () => {
    const { server, at, fault } = newStory(WEB);
    at(60_000);
    fault('pod-crash-loop', 'Pod/default/web-0');
    const forecast = foreseeAll(server);
    expect(forecast.isQuiet).toBe(false);
    expect(forecast.simulatedMs).toBeGreaterThan(3_600_000);
    expect(forecast.simulatedMs).toBeLessThan(24 * 3_600_000);
  });

  it('does a little at a time, so that a question in between is answered', () => {
    const { server } = newStory(WEB.replace('replicas: 3', 'replicas: 400'));
    const first = server.answer('forecast', {});
    expect(first.isDone).toBe(false);
    expect(server.answer('seek', { atMs: 5_000 }).atMs).toBe(5_000);
    expect(foreseeAll(server).isDone).toBe(true);
  });
});
