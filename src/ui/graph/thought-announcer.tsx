// Speaks the controller's thought to those who do not see the caption: politely, not too often, and never while the
// playhead is dragged.
import { type JSX, useEffect, useState } from 'react';
import { asFacts, clock, facts } from '#state';

const PAUSE_MS = 2000;

/**
 * A live region for both views of a cluster.
 */
export function ThoughtAnnouncer(): JSX.Element {
  const [said, setSaid] = useState('');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      timer = undefined;
      if (!clock.getState().isScrubbing) setSaid(currentThought());
    };
    const leave = facts.subscribeAll(() => {
      timer ??= setTimeout(say, PAUSE_MS);
    });
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className="visually-hidden" aria-live="polite" role="status">
      {said}
    </div>
  );
}

function currentThought(): string {
  const thoughts = facts.getIds('set').flatMap((id) => asFacts('set', facts.getFacts(id))?.thought?.sentence ?? []);
  return thoughts.join('. ');
}
