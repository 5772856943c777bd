// A pod in fourteen pixels: the shapes of states where there are a thousand, as paths for a canvas and for a legend.
import type { JSX } from 'react';
import type { ShownState, Tone } from './state-icon.tsx';

/** One stroke of a glyph, on a grid 14 wide and 15 high. */
export interface GlyphPart {
  readonly path: string;
  /** The custom property of its colour, without the dashes in front. */
  readonly color: `${Tone}-fill` | 'cell-ground';
  /** Width of the line; without it the shape is filled. */
  readonly width?: number;
  readonly dash?: readonly number[];
  /** Healthy pods step back. */
  readonly opacity?: number;
}

export const GLYPH_WIDTH = 14;
export const GLYPH_HEIGHT = 15;

const box = roundedRect(1, 0.5, 12, 10, 2.4);
const frame = roundedRect(1.7, 1.2, 10.6, 8.6, 2);
const framed = (color: GlyphPart['color'], ...parts: GlyphPart[]): readonly GlyphPart[] => [
  { path: frame, color, width: 1.4 },
  ...parts,
];

const GLYPHS: Readonly<Record<ShownState, readonly GlyphPart[]>> = {
  absent: [{ path: roundedRect(5.6, 4.6, 2.8, 2.8, 1.4), color: 'unk-fill' }],
  pending: framed('work-fill', { path: 'M7 3.2v2.5l1.9 1.2', color: 'work-fill', width: 1.3 }),
  unschedulable: [{ path: 'M7 1 13 10H1z', color: 'wait-fill', width: 1.5 }],
  creating: framed('work-fill', { path: roundedRect(5, 3.6, 4, 3.8, 1), color: 'work-fill' }),
  init: framed('work-fill', { path: 'M2 9.5V6h3.6V9.5z', color: 'work-fill' }),
  'not-ready': framed('wait-fill', { path: 'M2 1.6h5v7.8H2z', color: 'wait-fill' }),
  'ready-not-available': framed('ready-fill', { path: roundedRect(3.8, 3.3, 6.4, 4.4, 1), color: 'ready-fill' }),
  ready: [{ path: box, color: 'ready-fill', opacity: 0.5 }],
  terminating: [{ path: 'M1 1h12L7 10.4z', color: 'term-fill' }],
  'crash-loop': [
    { path: 'M4.4.4h5.2L13 3.6v3.8l-3.4 3.2H4.4L1 7.4V3.6z', color: 'fail-fill' },
    { path: 'M4.6 3.2l4.8 4.6M9.4 3.2 4.6 7.8', color: 'cell-ground', width: 1.7 },
  ],
  'pull-failed': [
    { path: box, color: 'fail-fill' },
    { path: 'M7 2.4v5M4.6 5.4 7 7.8l2.4-2.4', color: 'cell-ground', width: 1.6 },
  ],
  completed: framed('unk-fill', { path: 'M4.2 5.6l2 2 3.6-4', color: 'unk-fill', width: 1.5 }),
  unknown: [
    { path: frame, color: 'unk-fill', width: 1.7, dash: [0.1, 2.7] },
    { path: 'M7 4.4v2.2', color: 'unk-fill', width: 1.8 },
  ],
};

/**
 * The shape of a state.
 *
 * @param state - a pod's state, or `absent`
 * @returns its parts, from back to front
 */
export function cellGlyph(state: ShownState): readonly GlyphPart[] {
  return GLYPHS[state];
}

/** The mark of a revision under a cell: a line, dashes, or dots. */
export const REVISION_MARKS: Readonly<Record<1 | 2 | 3, string>> = {
  1: 'M1 13.2h12',
  2: 'M1 13.2h3.2M5.4 13.2h3.2M9.8 13.2H13',
  3: 'M1.9 13.2h.01M5.3 13.2h.01M8.7 13.2h.01M12.1 13.2h.01',
};

/**
 * A glyph in a legend or a list.
 *
 * @param props - the state, and the width in pixels
 */
export function CellGlyph({ state, size = 14 }: { readonly state: ShownState; readonly size?: number }): JSX.Element {
  return (
    <svg
      className="icon"
      width={size}
      height={(size * GLYPH_HEIGHT) / GLYPH_WIDTH}
      viewBox={`0 0 ${GLYPH_WIDTH} ${GLYPH_HEIGHT}`}
      aria-hidden="true"
    >
      {cellGlyph(state).map(({ path, color, width, dash }) => {
        const paint = color === 'cell-ground' ? 'var(--cell-ground, var(--canvas))' : `var(--${color})`;
        return width === undefined ? (
          <path key={path} d={path} fill={paint} />
        ) : (
          <path
            key={path}
            d={path}
            fill="none"
            stroke={paint}
            strokeWidth={width}
            strokeLinecap="round"
            strokeLinejoin="round"
            strokeDasharray={dash?.join(' ')}
          />
        );
      })}
    </svg>
  );
}

/**
 * The sample of a revision's mark in a legend.
 *
 * @param props - which look
 */
export function RevisionMark({ look }: { readonly look: 1 | 2 | 3 }): JSX.Element {
  return (
    <svg className="icon" width="14" height="4" viewBox="0 11.2 14 4" aria-hidden="true">
      <path
        d={REVISION_MARKS[look]}
        fill="none"
        stroke={`var(--r${look}-fill)`}
        strokeWidth="2"
        strokeLinecap={look === 3 ? 'round' : 'butt'}
      />
    </svg>
  );
}

function roundedRect(x: number, y: number, width: number, height: number, radius: number): string {
  const [w, h] = [width - 2 * radius, height - 2 * radius];
  const corner = (dx: number, dy: number) => `a${radius} ${radius} 0 0 1 ${dx} ${dy}`;
  return `M${x + radius} ${y}h${w}${corner(radius, radius)}v${h}${corner(-radius, radius)}h${-w}${corner(-radius, -radius)}v${-h}${corner(radius, -radius)}z`;
}
