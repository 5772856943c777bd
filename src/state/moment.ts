// What is known about the moment shown, besides the facts: its tick, how far the branch goes, when something happens
// next. Frames enter the page here.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Frame } from '#bridge';
import { takeBeside } from './beside.ts';
import { clock, setClock } from './clock.ts';
import { applyFrame } from './facts.ts';

/** A frame without its facts. */
export type MomentState = Omit<Frame, 'isWhole' | 'set' | 'gone' | 'beside'>;

const NOTHING: MomentState = {
  atMs: 0,
  branch: 0,
  tick: 0,
  ticks: 0,
  simulatedMs: 0,
  reachedMs: 0,
  isQuiet: false,
  future: 0,
};

/** The moment whose facts are shown. */
export const moment: StoreApi<MomentState> = createStore<MomentState>(() => NOTHING);

/**
 * Takes a frame in: every frame, in the order they came, because each tells only what is different.
 *
 * @param frame - from the simulation
 * @param movesPlayhead - whether the playhead goes where the frame stands; not while a newer position is wanted
 */
export function takeFrame(frame: Frame, movesPlayhead: boolean): void {
  const { isWhole, set, gone, beside, ...rest } = frame;
  applyFrame({ isWhole, set, gone });
  takeBeside(beside);
  // Replaced, not merged: what a frame leaves out is not so any more.
  moment.setState(rest, true);
  if (movesPlayhead) setClock({ atMs: frame.atMs, isLive: frame.atMs >= frame.reachedMs });
  else setClock({ isLive: clock.getState().atMs >= frame.reachedMs });
}

/**
 * How long the facts shown hold, if nobody acts.
 *
 * @returns the first moment at which they may be different
 */
export function validUntilMs(): number {
  const { nextTickMs, isQuiet, simulatedMs } = moment.getState();
  if (nextTickMs !== undefined) return nextTickMs;
  return isQuiet ? Number.POSITIVE_INFINITY : simulatedMs + 1;
}
