// The lanes once more, as a table, for those who cannot see them.
import { memo } from 'react';
import { useStore } from 'zustand';
import type { Lane } from '#scene';
import { history } from '#state';
import { formatMoment, STATE_WORDS } from '../graph/words.ts';
import { heats } from './heat-data.ts';

/** Beyond these the Events tab and the grid of slots tell more than a table could. */
const ROWS_MAX = 24;
const STRETCHES_MAX = 12;

/** The lives of the slots in words. */
export const LaneTable = memo(function LaneTable() {
  const lanes = useStore(history, (state) => state.lanes);
  const summaries = useStore(history, (state) => state.summaries);
  const pictures = useStore(heats);
  return (
    <table className="visually-hidden">
      <caption>Lives of the slots</caption>
      <thead>
        <tr>
          <th scope="col">Slot</th>
          <th scope="col">Pod</th>
          <th scope="col">Claims</th>
        </tr>
      </thead>
      <tbody>
        {summaries.map(({ setId, slots }) => {
          const name = setId.slice(setId.lastIndexOf('/') + 1);
          const troubled = pictures[setId]?.outliers ?? [];
          return (
            <tr key={setId}>
              <th scope="row">{name}, all</th>
              <td>
                {slots} slots
                {troubled.map(
                  ({ ordinal, fromMs, toMs, state }) =>
                    `, ${name}-${ordinal} ${STATE_WORDS[state]} from ${formatMoment(fromMs)}${toMs === undefined ? '' : ` to ${formatMoment(toMs)}`}`,
                )}
              </td>
              <td />
            </tr>
          );
        })}
        {lanes.slice(0, ROWS_MAX).map((lane) => (
          <tr key={lane.id}>
            <th scope="row">{lane.name}</th>
            <td>{podWords(lane)}</td>
            <td>
              {lane.claims.map(({ name, phase, fromMs }) => `${formatMoment(fromMs)} ${name} ${phase}`).join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});

const podWords = ({ pods }: Lane): string =>
  pods
    .slice(-STRETCHES_MAX)
    .map(({ fromMs, state }) => `${formatMoment(fromMs)} ${STATE_WORDS[state]}`)
    .join(', ');
