// All events of the cluster up to the moment shown, as kubectl lists them. A row goes to the moment of its event.
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Inspection } from '#bridge';
import { seek, select, selection } from '#state';
import { useMomentMs } from '../graph/use-facts.ts';
import { formatMoment } from '../graph/words.ts';
import { ActionIcon } from '../icons/index.ts';
import { Scroller } from '../shell/scroller.tsx';
import { useAnswer } from '../shell/use-answer.ts';
import { withKeys } from '../shell/with-keys.ts';
import { usePanelFilter } from './panel-filters.ts';
import { ageWord, hasText, objectWord } from './panel-rows.ts';
import { MoreRows, PanelTools } from './panel-tools.tsx';
import './panels.css';

type EventRow = Inspection['events'][number];

const ROWS_STEP = 200;

/**
 * The Events tab.
 */
export function EventsTab() {
  const selectedId = useStore(selection, (state) => state.selectedId);
  const [{ typed, isHeld, isNewestFirst }, change] = usePanelFilter('events');
  const [rowsMax, setRowsMax] = useState(ROWS_STEP);
  const about = isHeld ? selectedId : undefined;
  const events = useAnswer('events', about === undefined ? {} : { about, withDependents: true });
  const found = events?.filter((event) => hasText(textOf(event), typed)) ?? [];
  const rows = (isNewestFirst ? found.toReversed() : found).slice(0, rowsMax);
  return (
    <div className="pn">
      <PanelTools
        typed={typed}
        onType={(text) => change({ typed: text })}
        selectedId={selectedId}
        isHeld={about !== undefined}
        onHold={(held) => change({ isHeld: held })}
      >
        <button
          type="button"
          className="btn btn-line btn-small pn-toggle"
          aria-pressed={isNewestFirst}
          onClick={() => change({ isNewestFirst: !isNewestFirst })}
        >
          Newest first
        </button>
      </PanelTools>
      <Scroller className="pn-scroll" label="Events of the cluster">
        <EventTable rows={rows} />
        {events && rows.length === 0 && <p className="pn-note">{noRowsWords(typed, about)}</p>}
        <MoreRows shown={rows.length} total={found.length} onMore={() => setRowsMax(rowsMax + ROWS_STEP)} />
      </Scroller>
    </div>
  );
}

const textOf = ({ type, reason, message, source, about }: EventRow): string =>
  `${type} ${reason} ${objectWord(about)} ${message} ${source}`;

const noRowsWords = (typed: string, about: string | undefined): string => {
  if (typed.trim() !== '') return 'No event has this text.';
  return about === undefined ? 'No events yet.' : `No events of ${objectWord(about)} yet.`;
};

function EventTable({ rows }: { rows: readonly EventRow[] }) {
  const nowMs = useMomentMs(1000);
  return (
    <table className="pn-table pn-events">
      <thead>
        <tr>
          <th scope="col">Last seen</th>
          <th scope="col">Type</th>
          <th scope="col">Reason</th>
          <th scope="col">Object</th>
          <th scope="col">Message</th>
          <th scope="col">Count</th>
        </tr>
      </thead>
      <tbody>
        {withKeys(rows, ({ atMs, about, reason, message }) => `${atMs} ${about} ${reason} ${message}`).map(
          ({ key, item: event }) => (
            <tr key={key} data-warning={event.type === 'Warning' || undefined}>
              <td className="num">
                <button
                  type="button"
                  className="pn-row"
                  aria-label={`${event.reason}, go to ${formatMoment(event.atMs)}`}
                  title={`Go to ${formatMoment(event.atMs)}`}
                  onClick={() => void seek(event.atMs)}
                >
                  {ageWord(nowMs - event.atMs)} <span className="dim">{formatMoment(event.atMs)}</span>
                </button>
              </td>
              <td>
                <span className="pn-type">
                  {event.type === 'Warning' && <ActionIcon name="warning" size={13} />}
                  {event.type}
                </span>
              </td>
              <td>
                <b>{event.reason}</b>
              </td>
              <td>
                <button type="button" className="pn-name mono" onClick={() => select(event.about)}>
                  {objectWord(event.about)}
                </button>
              </td>
              <td className="pn-message" title={`${event.source}: ${event.message}`}>
                {event.message}
              </td>
              <td className="num">{event.count}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
