// Plays random plays through kubectl, faults and hand-fed reports, and keeps an eye on every tick. Part of a play may
// be played twice, by a copy of the world or by the same acts again: both must go the same way. At the end everything is
// healed, and the cluster has to come to rest.
import { fingerprintOf } from '#engine';
import type { Play } from '#engine/testing';
import { heal } from './healing.ts';
import { newStage, playStep, type Stage } from './stage.ts';
import { compareSteps, twinOf } from './twin.ts';

/** What a play came to. */
export interface PlayFigures {
  readonly ticks: number;
  readonly acts: number;
  readonly fingerprint: string;
  /** Ticks that a twin made as well. */
  readonly twinTicks: number;
  /** Ids of the rules that were given as reasons. */
  readonly rules: ReadonlySet<string>;
}

/**
 * Plays a play to its end and holds every tick against the invariants.
 * @returns how much was played
 * @throws with what is broken, when, and by whom
 */
export function runPlay(play: Play): PlayFigures {
  const stage = newStage(play, true, play.twin === 'checkpoint');
  const { watch } = stage;
  let twin: Stage | undefined;
  let twinTicks = 0;
  play.steps.forEach((played, index) => {
    if (play.twin !== 'none' && index === play.twinAt) twin = twinOf(stage, play.twin, play, index);
    playStep(stage, played);
    if (!twin) return;
    playStep(twin, played);
    twinTicks += twin.ticks.length;
    compareSteps(stage, twin, play.twin);
  });
  heal(stage);
  return {
    ticks: watch?.ticks ?? 0,
    acts: play.steps.length,
    fingerprint: fingerprintOf(stage.cluster.world),
    twinTicks,
    rules: watch?.rules ?? new Set(),
  };
}
