// A set with more pods than there are lanes: how many of them were in each state, over time, stacked.
import { memo } from 'react';
import type { LaneSummary } from '#bridge';
import type { PodState } from '#scene';
import { stateTone } from '../icons/index.ts';
import { type Scale, xOf } from './scale.ts';

/** Height of one set, with the gap under it. */
export const SUMMARY_PX = 62;

const BAR_PX = 54;

/** From the bottom up: what is well lies under what wants attention. */
const ORDER: readonly PodState[] = [
  'ready',
  'ready-not-available',
  'completed',
  'not-ready',
  'init',
  'creating',
  'pending',
  'unschedulable',
  'terminating',
  'unknown',
  'pull-failed',
  'crash-loop',
];

/** Two points nearer than this are one. */
const POINT_PX_MIN = 0.7;

export interface SummaryPictureProps {
  readonly summary: LaneSummary;
  readonly top: number;
  readonly scale: Scale;
  readonly endX: number;
}

/**
 * The stacked picture of one set.
 *
 * @param props - its counts, its place, and where it ends
 * @returns one area for each state that occurs
 */
export const SummaryPicture = memo(function SummaryPicture({ summary, top, scale, endX }: SummaryPictureProps) {
  const points = thin(summary, scale, endX);
  const most = Math.max(1, ...points.map(({ counts }) => ORDER.reduce((sum, state) => sum + (counts[state] ?? 0), 0)));
  const base = new Array<number>(points.length).fill(0);
  return (
    <g>
      {ORDER.map((state) => {
        if (!points.some(({ counts }) => (counts[state] ?? 0) > 0)) return null;
        const yOf = (count: number) => top + 4 + BAR_PX - (count / most) * BAR_PX;
        let upper = '';
        let lower = '';
        points.forEach(({ x, counts }, i) => {
          const toX = points[i + 1]?.x ?? endX;
          const from = base[i] ?? 0;
          const to = from + (counts[state] ?? 0);
          upper += `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${yOf(to).toFixed(1)}H${toX.toFixed(1)}`;
          lower = `L${toX.toFixed(1)} ${yOf(from).toFixed(1)}H${x.toFixed(1)}${lower}`;
          base[i] = to;
        });
        return (
          <path
            key={state}
            d={`${upper}${lower}Z`}
            fill={fillOf(state)}
            opacity={state === 'ready' || state === 'ready-not-available' ? 0.4 : 1}
          />
        );
      })}
    </g>
  );
});

const fillOf = (state: PodState): string => {
  if (state === 'terminating') return 'url(#pat-term)';
  if (state === 'creating' || state === 'init') return 'url(#pat-work)';
  return `var(--${stateTone(state)}-fill)`;
};

function thin({ points }: LaneSummary, scale: Scale, endX: number) {
  const kept: { x: number; counts: LaneSummary['points'][number]['counts'] }[] = [];
  for (const { atMs, counts } of points) {
    const x = Math.max(scale.leftPx - 1, xOf(scale, atMs));
    if (x > endX) break;
    const last = kept.at(-1);
    if (last && x - last.x < POINT_PX_MIN) last.counts = counts;
    else kept.push({ x, counts });
  }
  return kept;
}
