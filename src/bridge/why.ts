// Answers why something is as it is, with what comes next: the branch is simulated ahead as far as that takes, up to the
// next act that is recorded on it.
import { type Tick, viewOf } from '#engine';
import { type Ahead, type Interest, newHarvest, type Why, type WhyInput, whyOf, withNext } from '#scene';
import { type Act, nextDueMs, simulateTo, type TimedAct, type Track, ticksUntil } from '#timeline';
import type { Play } from './session.ts';

/** How far ahead is looked: further than any wait of the simulation but the expiry of events. */
const HORIZON_MS = 600_000;

/** How many ticks ahead are simulated for one answer. */
const TICKS_MAX = 2_000;

/** How far one stretch of simulation goes: enough is often found soon. */
const STRETCH_MS = 10_000;

/** Ticks of the present branch from one moment up to another, both included. */
function ticksBetween({ player }: Play, fromMs: number, toMs: number): readonly Tick[] {
  const { history } = player.current;
  return history.ticks.slice(ticksUntil(history, fromMs - 1), Math.min(ticksUntil(history, toMs), player.cursor.tick));
}

/** What people did on the way to the present moment, over all the branches that led there. */
function actsSoFar({ player }: Play): TimedAct[] {
  const parts: (readonly TimedAct[])[] = [];
  let untilMs = player.atMs;
  for (let track: Track | undefined = player.current; track; ) {
    const limitMs = untilMs;
    parts.unshift(track.acts.filter(({ atMs }) => atMs <= limitMs));
    const { fork }: Track = track;
    if (!fork) break;
    untilMs = Math.min(untilMs, fork.atMs);
    track = player.tracks.find(({ id }) => id === fork.parent);
  }
  return parts.flat();
}

/** What the scene's answers are made of at the moment shown. */
export function whyInput(play: Play): WhyInput {
  const { moment } = play.player.cursor;
  return {
    moment: { ...moment, counters: { ...moment.counters, nowMs: play.player.atMs } },
    view: viewOf(moment.store),
    epochMs: play.epochMs,
    ticksBetween: (fromMs, toMs) => ticksBetween(play, fromMs, toMs),
    acts: actsSoFar(play),
  };
}

const wordsOf = (act: Act): string =>
  act.type === 'kubectl'
    ? `kubectl ${act.command}`
    : `${act.fault} ${act.target.slice(act.target.lastIndexOf('/') + 1)}`;

/** Simulates the branch ahead until enough of what matters is found, or there is nothing more. */
function lookAhead({ player }: Play, interest: Interest): Ahead {
  const track = player.current;
  const { atMs } = player;
  const recorded = track.acts.find((act) => act.atMs > atMs);
  const endMs = Math.min(atMs + HORIZON_MS, recorded ? recorded.atMs - 1 : Number.POSITIVE_INFINITY);
  const act =
    recorded && endMs < atMs + HORIZON_MS ? { act: { atMs: recorded.atMs, words: wordsOf(recorded.act) } } : {};
  const harvest = newHarvest(interest);
  const { ticks } = track.history;
  for (let index = player.cursor.tick; ; ) {
    for (; index < ticks.length; index += 1) {
      const tick = ticks[index] as Tick;
      if (tick.atMs > endMs) break;
      if (harvest.take(tick)) return { ...harvest, untilMs: tick.atMs - 1, isCut: true };
    }
    if (track.simulatedMs >= endMs) return { ...harvest, untilMs: endMs, isCut: false, ...act };
    if (ticks.length - player.cursor.tick > TICKS_MAX) return { ...harvest, untilMs: track.simulatedMs, isCut: true };
    const dueMs = nextDueMs(player) ?? endMs;
    simulateTo(player, Math.min(endMs, Math.max(track.simulatedMs + STRETCH_MS, dueMs)));
  }
}

/** Why an object is as it is at the moment shown; undefined: what is going on in the whole cluster. */
export function whyAt(play: Play, id: string | undefined): Why {
  const input = whyInput(play);
  const draft = whyOf(input, id);
  return withNext(input, draft, lookAhead(play, draft.interest));
}
