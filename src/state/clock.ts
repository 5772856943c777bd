// The playhead: which moment is shown, and how time runs. Times are virtual milliseconds. Whoever moves the playhead
// writes here; everything that counts down or fills up is drawn from it.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { newFrameBatch } from './frame-batch.ts';

export interface ClockState {
  /** The moment shown. */
  readonly atMs: number;
  /** Virtual milliseconds for each real one. */
  readonly speed: number;
  readonly isPlaying: boolean;
  /** The playhead is being dragged. */
  readonly isScrubbing: boolean;
  /** The playhead stands at the end of what has happened and goes along with it. */
  readonly isLive: boolean;
}

/** Above this speed transitions would overlap and explain nothing. */
const MOTION_SPEED_MAX = 4;

/** The playhead of the page. */
export const clock: StoreApi<ClockState> = createStore<ClockState>(() => ({
  atMs: 0,
  speed: 1,
  isPlaying: false,
  isScrubbing: false,
  isLive: true,
}));

/**
 * Changes the playhead.
 *
 * @param patch - what is different
 */
export function setClock(patch: Partial<ClockState>): void {
  clock.setState(patch);
}

/**
 * Whether transitions take no time: while the playhead is dragged, and when time runs fast.
 *
 * @param state - the playhead
 * @returns true where nothing may move by itself
 */
export function isMotionOff(state: Pick<ClockState, 'speed' | 'isScrubbing'>): boolean {
  return state.isScrubbing || state.speed > MOTION_SPEED_MAX;
}

const frameListeners = new Set<() => void>();
const tellFrame = newFrameBatch(() => {
  for (const listener of [...frameListeners]) listener();
});
clock.subscribe(tellFrame);

/**
 * Hears that the playhead has changed, at most once for each picture of the screen.
 *
 * @param listener - called with nothing; read the store
 * @returns ends the subscription
 */
export function subscribeClockFrame(listener: () => void): () => void {
  frameListeners.add(listener);
  return () => frameListeners.delete(listener);
}
