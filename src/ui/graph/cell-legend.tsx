// What the cells mean, by what they are coloured by.
import type { JSX } from 'react';
import { CellGlyph, RevisionMark, type ShownState } from '../icons/index.ts';
import type { ColorBy } from './cell-paint.ts';
import { useRevisionLooks } from './use-revision-looks.ts';
import { STATE_WORDS, zoneTitle } from './words.ts';
import { useZoneLooks } from './zone-looks.ts';
import './legend.css';

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
 * @param props - what tells the cells apart
 */
export function CellLegend({ colorBy }: { readonly colorBy: ColorBy }): JSX.Element {
  const revisions = useRevisionLooks();
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
