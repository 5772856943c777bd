// Whatever people do along the timeline, what they see is what a plain run of the same acts would show.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actAt,
  branchesOf,
  goToTrack,
  newPlayer,
  nextDueMs,
  type Player,
  replayBranches,
  seek,
  simulateTo,
  type Track,
} from './player.ts';
import { acts, applySet, newStart, perform, pictureOf, straightRun } from './testing/acts.ts';
import type { Act, TimedAct } from './types.ts';

type Move =
  | { readonly move: 'seek'; readonly atMs: number }
  | { readonly move: 'act'; readonly atMs: number; readonly act: Act }
  | { readonly move: 'go'; readonly to: number }
  | { readonly move: 'ahead'; readonly byMs: number };

const moments = fc.oneof(
  fc.integer({ min: 0, max: 40_000 }),
  // Moments at which something happens, where before and after are hard to tell apart.
  fc.constantFrom(0, 10, 16, 20, 36, 5_000, 5_010, 20_000),
);

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: moments.map((atMs): Move => ({ move: 'seek', atMs })) },
  { weight: 4, arbitrary: fc.tuple(moments, acts).map(([atMs, act]): Move => ({ move: 'act', atMs, act })) },
  { weight: 1, arbitrary: fc.nat(5).map((to): Move => ({ move: 'go', to })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 30_000 }).map((byMs): Move => ({ move: 'ahead', byMs })) },
);

const plans = fc.array(moves, { minLength: 1, maxLength: 10, size: 'max' });

const begin = (): Player<string> => {
  const player = newPlayer(newStart(), perform);
  actAt(player, 0, applySet('OrderedReady'));
  return player;
};

/** A track's acts from the beginning: those of its parents up to the forks, and its own. */
function allActsOf(player: Player<string>, track: Track): readonly TimedAct[] {
  const { fork } = track;
  const parent = fork && player.tracks.find(({ id }) => id === fork.parent);
  const inherited = parent ? allActsOf(player, parent).filter(({ atMs }) => atMs <= (fork?.atMs ?? 0)) : [];
  return [...inherited, ...track.acts];
}

/** What is shown is what a plain run of the same acts shows. */
function expectTrue(player: Player<string>): void {
  const straight = straightRun(allActsOf(player, player.current), player.atMs);
  expect(pictureOf(player.cursor.moment)).toBe(pictureOf(straight.world));
}

function play(player: Player<string>, { ...move }: Move): void {
  if (move.move === 'seek') seek(player, move.atMs);
  else if (move.move === 'act') actAt(player, move.atMs, move.act);
  else if (move.move === 'go') goToTrack(player, player.tracks[move.to % player.tracks.length]?.id ?? 0);
  else simulateTo(player, player.atMs + move.byMs);
}

describe('a player', () => {
  it('shows at every moment of every branch what a plain run of its acts shows', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const player = begin();
        for (const move of plan) {
          play(player, move);
          expectTrue(player);
        }
      }),
      // A busy machine plays fewer of them rather than none.
      { numRuns: 120, seed: 1_036, interruptAfterTimeLimit: 45_000 },
    );
  });

  it('leaves the other branches as they were', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const player = begin();
        for (const move of plan) play(player, move);
        for (const { id, reachedMs } of player.tracks) {
          goToTrack(player, id);
          for (const atMs of [reachedMs, Math.floor(reachedMs / 2)]) {
            seek(player, atMs);
            expectTrue(player);
          }
        }
      }),
      { numRuns: 40, seed: 1_036 },
    );
  });

  it('plays recorded branches again to the same fingerprints', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const player = begin();
        for (const move of plan) play(player, move);
        const branches = branchesOf(player);
        const other = newPlayer(newStart(), perform);
        replayBranches(other, JSON.parse(JSON.stringify(branches)) as typeof branches);
        expect(branchesOf(other)).toEqual(branches);
        for (const { id, reachedMs } of branches)
          for (const one of [player, other]) {
            goToTrack(one, id);
            seek(one, reachedMs);
            if (one === other) expect(pictureOf(other.cursor.moment)).toBe(pictureOf(player.cursor.moment));
          }
      }),
      { numRuns: 60, seed: 1_036 },
    );
  });

  it('forgets what it had only simulated ahead when somebody acts', () => {
    const player = begin();
    simulateTo(player, 60_000);
    const { newBranch } = actAt(player, 2_000, { type: 'kubectl', command: 'scale sts web --replicas=1' });
    expect(newBranch).toBeUndefined();
    expect(player.tracks).toHaveLength(1);
    expect(player.current.history.ticks.every(({ atMs }) => atMs <= 2_000)).toBe(true);
    seek(player, 60_000);
    expectTrue(player);
    expect(player.cursor.moment.store.objects.has('Pod/default/web-1')).toBe(false);
  });

  it('begins a branch for an act in the past, and keeps the old future', () => {
    const player = begin();
    seek(player, 30_000);
    const old = pictureOf(player.cursor.moment);
    const { newBranch } = actAt(player, 5_000, { type: 'kubectl', command: 'scale sts web --replicas=3' });
    expect(player.current.id).toBe(newBranch);
    seek(player, 30_000);
    expect(pictureOf(player.cursor.moment)).not.toBe(old);
    goToTrack(player, 0);
    seek(player, 30_000);
    expect(pictureOf(player.cursor.moment)).toBe(old);
  });

  it('begins no branch for an act in the past that changes nothing', () => {
    const player = begin();
    seek(player, 30_000);
    const { newBranch, answer } = actAt(player, 5_000, { type: 'kubectl', command: 'scale sts nobody --replicas=3' });
    expect(answer).toContain('not found');
    expect(newBranch).toBeUndefined();
    expect(player.tracks).toHaveLength(1);
    expectTrue(player);
    seek(player, 30_000);
    expectTrue(player);
  });

  it('does acts of one instant in their order', () => {
    const player = begin();
    for (const replicas of [3, 1, 4])
      actAt(player, 3_000, { type: 'kubectl', command: `scale sts web --replicas=${replicas}` });
    seek(player, 3_000);
    expect(player.current.acts.filter(({ atMs }) => atMs === 3_000)).toHaveLength(3);
    seek(player, 90_000);
    expectTrue(player);
    expect(player.cursor.moment.store.objects.has('Pod/default/web-3')).toBe(true);
  });

  it('says when something will happen next, and nothing when all is quiet', () => {
    const player = begin();
    expect(nextDueMs(player)).toBe(10);
    seek(player, 7_200_000);
    expect(nextDueMs(player)).toBeUndefined();
  });
});
