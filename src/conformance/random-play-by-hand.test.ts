// Random plays hold the invariants after every tick, with kubelets and provisioner played by hand, as in the recordings.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plays } from '#engine/testing';
import { runPlay } from './testing/index.ts';

describe('random plays by hand', () => {
  it('hold the invariants after every tick', { timeout: 230_000 }, () => {
    let ticks = 0;
    const property = fc.property(plays('manual', 16), (play) => {
      ticks += runPlay(play).ticks;
    });
    fc.assert(property, {
      seed: 1_036,
      numRuns: 1_000,
      interruptAfterTimeLimit: 200_000,
      markInterruptAsFailure: true,
    });
    expect(ticks).toBeGreaterThan(50_000);
  });
});
