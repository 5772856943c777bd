// What the silhouettes mean, beside the shapes they have on the timeline, and the control of the zoom.
import type { JSX } from 'react';
import { ActionIcon, CellGlyph, LaneSwatch, RevisionMark, type ShownState, StateIcon } from '../icons/index.ts';
import { STATE_WORDS } from './words.ts';
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

const CELL_STATES: readonly ShownState[] = [
  'ready',
  'ready-not-available',
  'not-ready',
  'creating',
  'terminating',
  'crash-loop',
  'pull-failed',
  'unknown',
];

/**
 * The legend of cells.
 *
 * @param props - the looks of the revisions that are about, with their numbers
 */
export function CellLegend({
  revisions,
}: {
  readonly revisions: readonly { look: 1 | 2 | 3; number: number }[];
}): JSX.Element {
  return (
    <ul className="legend legend-cells" aria-label="Legend">
      {CELL_STATES.map((state) => (
        <li key={state}>
          <CellGlyph state={state} />
          {STATE_WORDS[state]}
        </li>
      ))}
      {revisions.map(({ look, number }) => (
        <li key={number}>
          <RevisionMark look={look} />
          rev {number}
        </li>
      ))}
    </ul>
  );
}

export interface ZoomControlProps {
  /** `100%`, `Chips` or `Cells`. */
  readonly label: string;
  readonly onZoom: (direction: 1 | -1) => void;
  readonly onFit: () => void;
}

/**
 * Out, fit, in.
 *
 * @param props - see there
 */
export function ZoomControl({ label, onZoom, onFit }: ZoomControlProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has looks of its own
    <div className="zoom" role="group" aria-label="Zoom">
      <button type="button" aria-label="Zoom out" onClick={() => onZoom(-1)}>
        <ActionIcon name="minus" size={14} />
      </button>
      <button
        type="button"
        className="zoom-fit"
        title="Fit to view"
        aria-label={`${label}, fit to view`}
        onClick={onFit}
      >
        {label}
      </button>
      <button type="button" aria-label="Zoom in" onClick={() => onZoom(1)}>
        <ActionIcon name="plus" size={14} />
      </button>
    </div>
  );
}
