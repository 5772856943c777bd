import { describe, expect, it } from 'vitest';
import { claim, MINUTE, newStory, node, pod, SET, slot, WEB } from './testing/story.ts';

/** A set of three, web-2 deleted and made again. */
function newDay() {
  const story = newStory(WEB);
  story.at(MINUTE);
  story.kubectl('delete pod web-2 --wait=false');
  story.at(2 * MINUTE);
  const events = (about?: string, withDependents?: boolean) =>
    story.server.answer('events', { ...(about !== undefined && { about }), ...(withDependents && { withDependents }) });
  return { story, events };
}

describe('events', () => {
  it('come in order of time, each with its object', () => {
    const { events } = newDay();
    const all = events();
    expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ atMs }) => atMs).sort((a, b) => a - b));
    expect(new Set(all.map(({ about }) => about))).toEqual(
      new Set([SET, ...[0, 1, 2].flatMap((n) => [pod(n), claim(n)])]),
    );
  });

  it('tell the moment of their tick, so that one can go there', () => {
    const { story, events } = newDay();
    const ticks = new Set(story.server.answer('timeline', {}).tickTimesMs);
    for (const { atMs, about, reason } of events()) expect(ticks.has(atMs), `${about} ${reason}`).toBe(true);
    const scheduled = events(pod(0)).find(({ reason }) => reason === 'Scheduled');
    story.at((scheduled?.atMs ?? 0) - 1);
    expect(events(pod(0)).map(({ reason }) => reason)).not.toContain('Scheduled');
    story.at(scheduled?.atMs ?? 0);
    expect(events(pod(0)).map(({ reason }) => reason)).toContain('Scheduled');
  });

  it('of a set are those of its pods, claims and revisions as well, when asked for', () => {
    const { events } = newDay();
    expect(new Set(events(SET).map(({ about }) => about))).toEqual(new Set([SET]));
    expect(events(SET, true)).toEqual(events());
    expect(events('Service/default/nginx', true)).toEqual([]);
  });

  it('of a pod that was replaced are those of its predecessor as well, when asked for', () => {
    const { events } = newDay();
    expect(events(pod(2)).map(({ reason }) => reason)).not.toContain('Killing');
    expect(events(pod(2), true).map(({ reason }) => reason)).toContain('Killing');
  });

  it('of a slot are those of its pods and claims', () => {
    const { events } = newDay();
    expect(new Set(events(slot(2), true).map(({ about }) => about))).toEqual(new Set([pod(2), claim(2)]));
  });

  it('of a node are its own', () => {
    const { story, events } = newDay();
    story.fault('node-down', node('c'));
    story.at(4 * MINUTE);
    expect(events(node('c'), true).map(({ reason }) => reason)).toEqual(['NodeNotReady']);
    expect(events(pod(2), true).map(({ reason }) => reason)).toContain('NodeNotReady');
  });

  it('of an object that is gone are still told by its name', () => {
    const { story, events } = newDay();
    story.kubectl('delete sts web --wait=false');
    story.at(4 * MINUTE);
    expect(events(SET)).toEqual([]);
    expect(events(SET, true).length).toBeGreaterThan(20);
  });
});
