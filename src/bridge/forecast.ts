// "If nothing changes": the present branch is simulated beyond what was looked at, a little with every question, so that
// whoever asks for something else in between does not wait. An act makes the player forget what was foreseen.
import type { Tick } from '#engine';
import { nextDueMs, simulateTo, ticksUntil } from '#timeline';
import type { Forecast } from './protocol.ts';
import type { Play } from './session.ts';

/** How long one answer simulates, in real milliseconds. */
const SLICE_MS = 12;

/** How far is looked: further than any wait that ends by itself. */
const HORIZON_MS = 6 * 3600 * 1000;

/** How many ticks are kept that nobody has seen. */
const TICKS_MAX = 20_000;

/**
 * Simulates the present branch further ahead.
 *
 * @param play the session
 * @param now the real time in milliseconds; tests pass their own
 * @returns how far it is foreseen now
 */
export function foresee(play: Play, now: () => number = () => performance.now()): Forecast {
  const { player } = play;
  const track = player.current;
  const { ticks } = track.history;
  const fromMs = Math.max(track.reachedMs, player.atMs);
  const act = track.acts[track.actsPlayed];
  const limitMs = Math.min(fromMs + HORIZON_MS, act ? act.atMs - 1 : Number.POSITIVE_INFINITY);
  const seen = ticksUntil(track.history, fromMs);
  const startMs = now();
  const answer = (isQuiet: boolean, isDone: boolean): Forecast => ({
    branch: track.id,
    future: play.acts.count,
    endMs: ticks.findLast(isSeen)?.atMs ?? 0,
    simulatedMs: track.simulatedMs,
    isQuiet,
    isDone,
  });
  for (;;) {
    const dueMs = nextDueMs(player);
    if (dueMs === undefined) return answer(act === undefined, true);
    if (dueMs > limitMs || ticks.length - seen >= TICKS_MAX) return answer(false, true);
    if (now() - startMs >= SLICE_MS) return answer(false, false);
    simulateTo(player, dueMs);
  }
}

const isSeen = (tick: Tick): boolean => tick.objects.length > 0;
