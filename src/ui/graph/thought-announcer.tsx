// Speaks the controller's thought to those who do not see the caption: politely, not too often, and never while the
// playhead is dragged.
import { type JSX, useContext, useEffect, useState } from 'react';
import { asFacts, clock, type FactsStore } from '#state';
import { GraphSideContext } from './graph-side.ts';

const PAUSE_MS = 2000;

/**
 * A live region for both views of a cluster.
 */
export function ThoughtAnnouncer(): JSX.Element {
  const { facts, isSpoken } = useContext(GraphSideContext);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!isSpoken) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      timer = undefined;
      if (!clock.getState().isScrubbing) setSaid(currentThought(facts));
    };
    const leave = facts.subscribeAll(() => {
      timer ??= setTimeout(say, PAUSE_MS);
    });
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, [facts, isSpoken]);
  return (
    <div className="visually-hidden" aria-live="polite" role="status">
      {said}
    </div>
  );
}

function currentThought(facts: FactsStore): string {
  const thoughts = facts.getIds('set').flatMap((id) => asFacts('set', facts.getFacts(id))?.thought?.sentence ?? []);
  return thoughts.join('. ');
}
