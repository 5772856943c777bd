// All events of the cluster up to the moment shown, as a table.
import { useState } from 'react';
import { seek } from '#state';
import { formatMoment } from '../graph/words.ts';
import { Scroller } from '../shell/scroller.tsx';
import { useAnswer } from '../shell/use-answer.ts';
import { withKeys } from '../shell/with-keys.ts';

const ROWS_MAX = 300;

/**
 * The Events tab.
 */
export function EventsTab() {
  const events = useAnswer('events', {});
  const [wanted, setWanted] = useState('');
  if (!events) return <p className="pn-note">…</p>;
  const word = wanted.trim().toLowerCase();
  const rows = events
    .filter((event) => word === '' || `${event.reason} ${event.message} ${event.source}`.toLowerCase().includes(word))
    .slice(-ROWS_MAX)
    .reverse();
  return (
    <div className="pn">
      <label className="pn-filter">
        <span className="visually-hidden">Filter events</span>
        <input type="search" placeholder="Filter" value={wanted} onChange={(event) => setWanted(event.target.value)} />
      </label>
      <Scroller className="pn-scroll" label="Events of the cluster">
        <table className="pn-table">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Type</th>
              <th scope="col">Reason</th>
              <th scope="col">From</th>
              <th scope="col">Message</th>
              <th scope="col">Count</th>
            </tr>
          </thead>
          <tbody>
            {withKeys(rows, ({ atMs, reason, message }) => `${atMs} ${reason} ${message}`).map(
              ({ key, item: event }) => (
                <tr key={key} data-warning={event.type === 'Warning' || undefined}>
                  <td>
                    <button
                      type="button"
                      className="pn-time num"
                      title="Go to this moment"
                      onClick={() => void seek(event.atMs)}
                    >
                      {formatMoment(event.atMs)}
                    </button>
                  </td>
                  <td>{event.type}</td>
                  <td>
                    <b>{event.reason}</b>
                  </td>
                  <td className="dim">{event.source}</td>
                  <td className="pn-message" title={event.message}>
                    {event.message}
                  </td>
                  <td className="num">{event.count}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
        {rows.length === 0 && <p className="pn-note">{word === '' ? 'No events yet.' : 'No event has this word.'}</p>}
        {events.length > ROWS_MAX && word === '' && (
          <p className="pn-note dim">
            The newest {ROWS_MAX} of {events.length}.
          </p>
        )}
      </Scroller>
    </div>
  );
}
