// What the silhouettes mean, beside the shapes they have on the timeline.
import type { JSX } from 'react';
import { LaneSwatch, type ShownState, StateIcon } from '../icons/index.ts';
import './legend.css';

const COMMON: readonly (readonly [ShownState, string])[] = [
  ['pending', 'Pending'],
  ['creating', 'Creating'],
  ['not-ready', 'Not ready'],
  ['ready', 'Ready'],
  ['terminating', 'Terminating'],
  ['crash-loop', 'Failed'],
];

/** The legend of cards and chips. */
export function Legend(): JSX.Element {
  return (
    <ul className="legend" aria-label="Legend">
      {COMMON.map(([state, word]) => (
        <li key={state}>
          <StateIcon state={state} size={14} />
          <LaneSwatch state={state} />
          {word}
        </li>
      ))}
    </ul>
  );
}
