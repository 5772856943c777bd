// What the silhouettes mean, beside the shapes they have on the timeline, and the control of the zoom.
import type { JSX } from 'react';
import { ActionIcon, CellGlyph, LaneSwatch, RevisionMark, type ShownState, StateIcon } from '../icons/index.ts';
import type { ColorBy } from './cell-paint.ts';
import { STATE_WORDS, zoneTitle } from './words.ts';
import { useZoneLooks } from './zone-looks.ts';
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
 * @param props - the looks of the revisions that are about, with their numbers; and what tells the cells apart
 */
export function CellLegend({
  revisions,
  colorBy,
}: {
  readonly revisions: readonly { look: 1 | 2 | 3; number: number }[];
  readonly colorBy: ColorBy;
}): JSX.Element {
  if (colorBy === 'zone') return <ZoneLegend />;
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

const ZONE_PATHS = {
  1: 'M1.5 1.5h11v11h-11z',
  2: 'M1 5 5 1M1 9 9 1M1 13 13 1M5 13l8-8M9 13l4-4',
  3: 'M3 3v.1M7 3v.1M11 3v.1M3 7v.1M7 7v.1M11 7v.1M3 11v.1M7 11v.1M11 11v.1',
} as const;

/** The zones by their patterns. */
function ZoneLegend(): JSX.Element {
  const zones = useZoneLooks();
  return (
    <ul className="legend" aria-label="Legend">
      {zones.map(({ zone, look }) => (
        <li key={zone}>
          <svg className="legend-zone" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <rect x="0.5" y="0.5" width="13" height="13" rx="2.5" />
            <path d={ZONE_PATHS[look]} data-look={look} />
          </svg>
          {zoneTitle(zone)}
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
