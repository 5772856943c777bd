// Answers about the moment shown, kept up to date while it moves: asked again when the tick is another, a few times a
// second at most.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { RequestName, Requests } from '#bridge';
import { ask, clock, moment, session } from '#state';

const PAUSE_MS = 140;

/**
 * Asks the simulation about the moment shown, again and again.
 *
 * @param name - the request, one that only reads
 * @param args - what it takes, compared by value; undefined asks nothing
 * @returns the newest answer for these arguments; undefined before the first
 */
export function useAnswer<N extends RequestName>(
  name: N,
  args: Requests[N]['args'] | undefined,
): Requests[N]['answer'] | undefined {
  const key = args === undefined ? undefined : JSON.stringify(args);
  const [given, setGiven] = useState<{ key: string; answer: Requests[N]['answer'] }>();
  // A simulation without a session has nothing to answer.
  const isOpen = useStore(session, ({ status }) => status === 'open');
  useEffect(() => {
    if (key === undefined || !isOpen) {
      // What held before a while in which nothing was asked may hold no more.
      setGiven(undefined);
      return undefined;
    }
    const wanted = JSON.parse(key) as Requests[N]['args'];
    let isOver = false;
    let isAsking = false;
    let isStale = false;
    const refresh = async () => {
      isStale = true;
      if (isAsking) return;
      isAsking = true;
      while (isStale && !isOver) {
        isStale = false;
        // While the playhead is dragged every moment is a passing one.
        if (clock.getState().isScrubbing) await pause();
        const answer = await ask(name, wanted).catch(() => undefined);
        if (!isOver && answer !== undefined) setGiven({ key, answer });
        await pause();
      }
      isAsking = false;
    };
    void refresh();
    const leave = moment.subscribe((now, before) => {
      if (now.tick !== before.tick || now.branch !== before.branch || now.ticks !== before.ticks) void refresh();
    });
    return () => {
      isOver = true;
      leave();
    };
  }, [name, key, isOpen]);
  return given && given.key === key ? given.answer : undefined;
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, PAUSE_MS));
