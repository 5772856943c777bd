import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whyOf } from '#scene';
import { moveCursor } from '#timeline';
import { type Play, playSession } from './session.ts';
import { MINUTE, newStory, node, SECOND, WEB } from './testing/story.ts';
import { isFree, only } from './testing/traps.ts';
import { whyInput } from './why.ts';

describe('a healthy session', () => {
  const play = (acts: readonly { atMs: number; command: string }[], reachedMs: number): Play => {
    const files = { 'web.yaml': WEB };
    return playSession({
      cluster: { seed: 1, gates: {}, nodes: [], manifest: '', timing: {} },
      files,
      branches: [
        {
          id: 0,
          name: 'main',
          acts: acts.map(({ atMs, command }) => ({ atMs, act: { type: 'kubectl', command, files } })),
          reachedMs,
        },
      ],
      at: { branch: 0, atMs: 0 },
      view: { layout: 'identity' },
    });
  };

  /** Every trap that is named at any tick: of the whole, and of each object that the tick changed. */
  function namedIn(session: Play): string[] {
    const { player } = session;
    const named = new Set<string>();
    for (const [index, tick] of player.current.history.ticks.entries()) {
      moveCursor(player.cursor, index + 1);
      player.atMs = tick.atMs;
      const input = whyInput(session);
      const changed = tick.objects.map(({ key }) => key).filter((key) => !key.startsWith('Event/'));
      for (const id of [undefined, ...changed])
        for (const trap of whyOf(input, id).why.traps) named.add(`${player.atMs} ${id} ${trap.id}`);
    }
    return [...named];
  }

  it('is in no trap at any tick, from deployment over updates to the end', () => {
    const session = play(
      [
        { atMs: 0, command: 'apply -f web.yaml' },
        { atMs: MINUTE, command: 'set image sts/web nginx=nginx:1.28' },
        { atMs: 2 * MINUTE, command: 'scale sts web --replicas=5' },
        { atMs: 3 * MINUTE, command: 'rollout undo sts/web' },
        { atMs: 4 * MINUTE, command: 'delete pod web-1 --wait=false' },
        { atMs: 5 * MINUTE, command: 'scale sts web --replicas=1' },
        { atMs: 6 * MINUTE, command: 'delete sts web --wait=false' },
        { atMs: 7 * MINUTE, command: 'apply -f web.yaml' },
      ],
      8 * MINUTE,
    );
    expect(session.player.current.history.ticks.length).toBeGreaterThan(200);
    expect(namedIn(session)).toEqual([]);
  }, 30_000);

  it('is in no trap at any tick, whatever sound command comes whenever', () => {
    const command = fc.oneof(
      fc.integer({ min: 0, max: 5 }).map((replicas) => `scale sts web --replicas=${replicas}`),
      fc.constantFrom('1.27', '1.28', '1.29').map((tag) => `set image sts/web nginx=nginx:${tag}`),
      fc.integer({ min: 0, max: 3 }).map((ordinal) => `delete pod web-${ordinal} --wait=false`),
      fc.constantFrom(
        'rollout restart sts/web',
        'rollout undo sts/web',
        'apply -f web.yaml',
        'delete sts web --wait=false',
      ),
    );
    const step = fc.record({ command, afterMs: fc.integer({ min: 0, max: 30 * SECOND }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        let atMs = 0;
        const acts = [
          { atMs, command: 'apply -f web.yaml' },
          ...steps.map(({ command: words, afterMs }) => {
            atMs += afterMs;
            return { atMs, command: words };
          }),
        ];
        expect(namedIn(play(acts, atMs + 20 * SECOND))).toEqual([]);
      }),
      { numRuns: 12, seed: 7 },
    );
  }, 60_000);

  it('names traps that last alone: a healed cluster is free of the ones it had', () => {
    const story = newStory(WEB);
    story.at(MINUTE);
    story.fault('node-down', node('b'));
    story.at(70 * SECOND);
    expect(only(story, node('b')).id).toBe('silent-node');
    story.fault('node-up', node('b'));
    story.at(2 * MINUTE);
    isFree(story);
    isFree(story, node('b'));
  });
});
