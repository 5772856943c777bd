// Events as kubectl lists them, newest first. A click goes to the moment of one.
import type { Inspection } from '#bridge';
import { seek } from '#state';
import { formatMoment } from '../graph/words.ts';
import { ActionIcon } from '../icons/index.ts';
import { withKeys } from '../shell/with-keys.ts';

/**
 * Events, newest first.
 *
 * @param props - the events, oldest first as the simulation tells them, and how many to show
 * @returns one line each
 */
export function EventList({ events, max }: { events: Inspection['events']; max: number }) {
  return (
    <ol className="in-events">
      {withKeys(events.slice(-max).reverse(), ({ atMs, reason, message }) => `${atMs} ${reason} ${message}`).map(
        ({ key, item: event }) => (
          <li key={key}>
            <button
              type="button"
              className="in-event"
              title={`${event.message}\nGo to ${formatMoment(event.atMs)}`}
              data-warning={event.type === 'Warning' || undefined}
              onClick={() => void seek(event.atMs)}
            >
              <span className="num dim">{formatMoment(event.atMs)}</span>
              <span className="in-event-words">
                {event.type === 'Warning' && <WarningMark />}
                <b className="in-event-reason">{event.reason}</b> {event.message}
                {event.count > 1 && <span className="dim"> ×{event.count}</span>}
              </span>
            </button>
          </li>
        ),
      )}
    </ol>
  );
}

/** A warning is told by a sign and a word, not by its colour alone. */
function WarningMark() {
  return (
    <span className="wy-warning">
      <ActionIcon name="warning" size={12} />
      <span className="visually-hidden">Warning: </span>
    </span>
  );
}
