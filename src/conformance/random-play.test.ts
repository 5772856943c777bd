// Random plays hold the invariants after every tick, with kubelets that run by themselves. `npm run fuzz` plays more.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plays } from '#engine/testing';
import { pinnedPlays, runPlay } from './testing/index.ts';

describe('plays that broke an invariant once', () => {
  it.each(pinnedPlays)('$name', ({ play }) => {
    expect(runPlay(play).ticks).toBeGreaterThan(0);
  });
});

describe('random plays', () => {
  it('hold the invariants after every tick, with kubelets', { timeout: 230_000 }, () => {
    let ticks = 0;
    const property = fc.property(plays('auto', 12), (play) => {
      ticks += runPlay(play).ticks;
    });
    fc.assert(property, {
      seed: 1_036,
      numRuns: 1_050,
      interruptAfterTimeLimit: 200_000,
      markInterruptAsFailure: true,
    });
    // A play in which nothing happens proves nothing.
    expect(ticks).toBeGreaterThan(50_000);
  });
});
