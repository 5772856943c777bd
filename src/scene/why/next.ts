// What comes next if nothing changes: what was simulated ahead, and the moments that are known anyway.
import type { Tick } from '#engine';
import { deadlinesOf } from './deadlines.ts';
import { happeningsOf, type Interest } from './happenings.ts';
import type { WhyInput } from './input.ts';
import type { WhyNext } from './types.ts';
import { clock } from './words.ts';

/** How many seconds to come are told of, and how many things of one second: people read the clock to the second. */
const SECONDS_MAX = 3;
const PER_SECOND_MAX = 2;

const secondOf = (atMs = 0): number => Math.floor(atMs / 1000);

/** Happenings as they are gathered from ticks to come, until there are enough. */
interface Harvest {
  readonly found: readonly WhyNext[];
  /** Whether something came that was found before: a crash loop goes on for ever. */
  isRepeating: boolean;
  /** Takes one tick in. @returns true when no more are wanted */
  take(tick: Tick): boolean;
}

/** Gathers what matters to those who are followed. The same thing of the same object again tells nothing new. */
export function newHarvest(interest: Interest): Harvest {
  const found: WhyNext[] = [];
  const seen = new Set<string>();
  const counts = new Map<number, number>();
  const harvest: Harvest = {
    found,
    isRepeating: false,
    take: (tick) => {
      const second = secondOf(tick.atMs);
      for (const one of happeningsOf(tick, interest)) {
        const place = `${one.about} ${one.sentence}`;
        const count = counts.get(second) ?? 0;
        if (!seen.has(place) && count === 0 && counts.size >= SECONDS_MAX) return true;
        if (seen.has(place)) harvest.isRepeating = true;
        if (seen.has(place) || count >= PER_SECOND_MAX) continue;
        seen.add(place);
        counts.set(second, count + 1);
        found.push(one);
      }
      return false;
    },
  };
  return harvest;
}

/** What is known of the future of a branch. */
export interface Ahead {
  readonly found: readonly WhyNext[];
  readonly isRepeating: boolean;
  /** Up to when everything that matters was found. */
  readonly untilMs: number;
  /** Nobody looked further: what follows is not known. */
  readonly isCut: boolean;
  /** The act that is recorded next on this branch, where the playhead stands in its past. */
  readonly act?: { readonly atMs: number; readonly words: string };
}

/** How far apart a deadline and what was simulated for it may be. */
const SAME_MS = 1_500;

/**
 * The next things, soonest first, and an end where nothing follows.
 * @param ids the objects whose deadlines count
 * @param until what would change things: `node-c answers again`
 */
export function nextOf(
  input: WhyInput,
  ids: readonly string[],
  { found, isRepeating, untilMs, isCut, act }: Ahead,
  until: string | undefined,
): WhyNext[] {
  const known = ids
    .flatMap((id) => deadlinesOf(input, id))
    .filter((one) => act === undefined || (one.atMs ?? 0) < act.atMs)
    .filter((one) => (one.atMs ?? 0) > untilMs || isNews(found, one));
  const all = [...found, ...known].sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
  const seconds = [...new Set(all.map(({ atMs }) => secondOf(atMs)))].slice(0, SECONDS_MAX);
  const next = all.filter(({ atMs }) => seconds.includes(secondOf(atMs)));
  if (seconds.length >= SECONDS_MAX) return next;
  if (act) return [...next, { kind: 'act', atMs: act.atMs, sentence: `On this branch you do this: ${act.words}` }];
  if (isRepeating) return [...next, { kind: 'end', sentence: `The same again and again, ${hopeOf(until)}.` }];
  const isOpen = isCut || next.some(({ atMs = 0 }) => atMs > untilMs);
  return isOpen ? next : [...next, endOf(next, until)];
}

/** Within what was simulated, a deadline is news where nothing that was found stands for it or comes before it. */
const isNews = (found: readonly WhyNext[], one: WhyNext): boolean =>
  found.every(
    ({ atMs = 0, about }) =>
      Math.abs(atMs - (one.atMs ?? 0)) > SAME_MS && (about !== one.about || atMs > (one.atMs ?? 0)),
  );

const hopeOf = (until: string | undefined): string =>
  until === undefined ? 'until somebody acts' : `until ${until} or somebody acts`;

/** What ends the wait for something: then there is nothing left to hope for. */
const RELIEF = /( becomes Ready| is Ready again| is bound to \S+)\.$/;

function endOf(next: readonly WhyNext[], until: string | undefined): WhyNext {
  const last = next.at(-1)?.atMs;
  const hope = hopeOf(next.some(({ sentence }) => RELIEF.test(sentence)) ? undefined : until);
  return {
    kind: 'end',
    sentence: last === undefined ? `Nothing happens ${hope}.` : `After ${clock(last)} nothing more, ${hope}.`,
  };
}
