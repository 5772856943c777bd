// Moves the playhead: playing, stepping, dragging. The simulation is asked only when the facts change: between two
// ticks the playhead runs alone. At most one seek is under way; of several wanted positions the newest wins.

import { clock, setClock } from './clock.ts';
import { ask, engine } from './connection.ts';
import { moment, takeFrame, validUntilMs } from './moment.ts';

/** Virtual milliseconds for each real one, as the speed menu offers them. */
export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16, 60];

/** A picture that took longer (a hidden tab, a busy page) is not made up for. */
const PICTURE_MS_MAX = 100;

/** How far, in real milliseconds, the wanted position may run ahead of a simulation that cannot keep up. */
const LEAD_MS_MAX = 250;

/** Where a jump leads. */
export type JumpTarget = 'next-tick' | 'previous-tick' | 'next-act' | 'previous-act' | 'end';

type Frames = (draw: (nowMs: number) => void) => void;

const nextPicture: Frames = (draw) => {
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(draw);
  else setTimeout(() => draw(performance.now()), 16);
};

let wantedMs: number | undefined;
let seeking: Promise<void> | undefined;
let exclusive = 0;
/** The playhead with its fraction of a millisecond, which slow motion needs. */
let runningMs = 0;
let lastPictureMs: number | undefined;
let isLoopOn = false;
let frames: Frames = nextPicture;

/**
 * Chooses where pictures come from; tests pass their own.
 *
 * @param next - calls its argument with the time before the next picture
 */
export function setPictures(next: Frames): void {
  frames = next;
}

/**
 * Shows a moment and leaves the clock running or not as it was.
 *
 * @param atMs - virtual milliseconds; anything before 0 is 0
 * @returns when that moment, or a newer wanted one, is shown
 */
export function seek(atMs: number): Promise<void> {
  const target = Math.max(0, Math.round(atMs));
  runningMs = target;
  setClock({ atMs: target });
  return want(target);
}

/** Wants a moment's facts. Runs until no newer moment is wanted. */
function want(atMs: number): Promise<void> {
  wantedMs = atMs;
  seeking ??= run();
  return seeking;
}

async function run(): Promise<void> {
  await pump();
  seeking = undefined;
  // Wanted in the moment between the last answer and now.
  if (wantedMs !== undefined && engine.getState().stoppedBy === undefined) await want(wantedMs);
}

async function pump(): Promise<void> {
  while (wantedMs !== undefined && engine.getState().stoppedBy === undefined) {
    const target = wantedMs;
    wantedMs = undefined;
    const wasQuiet = moment.getState().isQuiet;
    let frame: Awaited<ReturnType<typeof ask<'seek'>>>;
    try {
      frame = await ask('seek', { atMs: target });
    } catch {
      wantedMs = undefined;
      setClock({ isPlaying: false, isScrubbing: false });
      return;
    }
    const { isPlaying, isScrubbing } = clock.getState();
    const isNewest = wantedMs === undefined && !isScrubbing;
    takeFrame(frame, isPlaying ? !isScrubbing : isNewest);
    if (isPlaying && !isScrubbing) {
      if (frame.isQuiet && !wasQuiet && frame.atMs >= frame.reachedMs) pause();
    }
  }
}

/**
 * Runs something that changes which history is shown, or the history itself, with no seek between.
 *
 * @param change - asks the simulation and takes in what it answers
 * @returns what `change` returned
 * @throws what `change` threw
 */
export async function exclusively<T>(change: () => Promise<T>): Promise<T> {
  exclusive += 1;
  wantedMs = undefined;
  try {
    await seeking;
    return await change();
  } finally {
    exclusive -= 1;
    runningMs = clock.getState().atMs;
    lastPictureMs = undefined;
  }
}

/** Lets time run from where the playhead stands. */
export function play(): void {
  if (engine.getState().stoppedBy !== undefined) return;
  runningMs = clock.getState().atMs;
  lastPictureMs = undefined;
  setClock({ isPlaying: true });
  if (!isLoopOn) {
    isLoopOn = true;
    frames(onPicture);
  }
}

/** Stops time where the playhead stands, and lets the simulation know that moment. */
export function pause(): void {
  if (!clock.getState().isPlaying) return;
  setClock({ isPlaying: false });
  void sync();
}

/** Plays when time stands still, and the reverse. */
export function togglePlay(): void {
  if (clock.getState().isPlaying) pause();
  else play();
}

/**
 * Chooses how fast time runs.
 *
 * @param speed - virtual milliseconds for each real one
 */
export function setSpeed(speed: number): void {
  setClock({ speed });
}

/**
 * One speed up or down the list.
 *
 * @param by - 1 or -1
 */
export function shiftSpeed(by: 1 | -1): void {
  const at = SPEEDS.indexOf(clock.getState().speed);
  setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + by))] ?? 1);
}

/**
 * Makes the simulation stand where the playhead does; between ticks it may lag behind.
 *
 * @returns when it does
 */
export async function sync(): Promise<void> {
  const { atMs, isPlaying } = clock.getState();
  if (exclusive > 0) return;
  // While time runs the moment under way lies ahead of the playhead. To want the playhead's own place after it would turn
  // time back, and leave it there where that moment was the last.
  if (isPlaying && seeking !== undefined) await seeking;
  else if (moment.getState().atMs !== atMs) await want(atMs);
}

/**
 * Jumps to a moment at which something is different, and stands still there.
 *
 * @param to - which one
 * @returns when it is shown
 */
export async function jump(to: JumpTarget): Promise<void> {
  if (to !== 'end') setClock({ isPlaying: false });
  const { atMs } = clock.getState();
  await exclusively(async () => {
    if (moment.getState().atMs !== atMs) takeFrame(await ask('seek', { atMs }), true);
    takeFrame(await ask('jump', { to }), true);
  }).catch(stopClock);
}

/**
 * One tick on or back.
 *
 * @param by - 1 or -1
 * @returns when it is shown
 */
export const step = (by: 1 | -1): Promise<void> => jump(by === 1 ? 'next-tick' : 'previous-tick');

/**
 * Drags the playhead. Facts follow as fast as they come.
 *
 * @param atMs - where the pointer is
 */
export function scrubTo(atMs: number): void {
  const target = Math.max(0, Math.round(atMs));
  setClock({ isScrubbing: true, atMs: target, isLive: target >= moment.getState().reachedMs });
  runningMs = target;
  if (exclusive === 0) void want(target);
}

/** Lets the playhead go. */
export function endScrub(): void {
  if (!clock.getState().isScrubbing) return;
  setClock({ isScrubbing: false });
  lastPictureMs = undefined;
  void sync();
}

function stopClock(): void {
  setClock({ isPlaying: false, isScrubbing: false });
}

function onPicture(nowMs: number): void {
  const { isPlaying, isScrubbing } = clock.getState();
  if (!isPlaying) {
    isLoopOn = false;
    lastPictureMs = undefined;
    return;
  }
  const passedMs = lastPictureMs === undefined ? 0 : Math.min(nowMs - lastPictureMs, PICTURE_MS_MAX);
  lastPictureMs = nowMs;
  if (!isScrubbing && exclusive === 0) advance(passedMs);
  frames(onPicture);
}

function advance(passedMs: number): void {
  const { atMs, speed } = clock.getState();
  runningMs = Math.min(runningMs + passedMs * speed, atMs + LEAD_MS_MAX * speed);
  const target = Math.floor(runningMs);
  if (target <= atMs) return;
  if (target < validUntilMs()) setClock({ atMs: target, isLive: target >= moment.getState().reachedMs });
  else void want(target);
}
