// A set with more slots than one looks at one by one: its ordinals from top to bottom, time from left to right, and the
// slots in trouble as lines on top.
import { useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { LaneSummary } from '#bridge';
import type { Outlier } from '#scene';
import { readPalette } from '../graph/cell-paint.ts';
import { formatMoment, STATE_WORDS } from '../graph/words.ts';
import { stateTone } from '../icons/index.ts';
import { useTheme } from '../theme/index.ts';
import { COLUMN_PX, heats, useHeat } from './heat-data.ts';
import { paintHeat } from './heat-paint.ts';
import { type Scale, xOf } from './scale.ts';

/** Height of the picture, and with the gap under it. */
const HEAT_PX = 104;
const HEAT_COMPACT_PX = 72;
const GAP_PX = 10;

/** Names of slots in trouble nearer to each other than this would touch. */
const NAME_PX = 13;

/** About the width of a letter. */
const LETTER_PX = 6.6;

/**
 * The room of one set.
 *
 * @param isCompact - on a phone
 */
export const heatRoomPx = (isCompact: boolean): number => (isCompact ? HEAT_COMPACT_PX : HEAT_PX) + GAP_PX;

interface HeatProps {
  readonly summary: LaneSummary;
  readonly top: number;
  readonly scale: Scale;
  /** Right edge of the picture. */
  readonly width: number;
  /** Where what is foreseen ends; undefined: what was looked at is all. */
  readonly knownX: number | undefined;
  readonly isCompact: boolean;
}

const nameOfSet = ({ setId }: LaneSummary): string => setId.slice(setId.lastIndexOf('/') + 1);

/**
 * The picture of one set.
 *
 * @param props - the set and its place
 */
export function Heat({ summary, top, scale, width, knownX, isCompact }: HeatProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const heightPx = isCompact ? HEAT_COMPACT_PX : HEAT_PX;
  const widthPx = Math.max(1, width - scale.leftPx);
  const rows = Math.min(summary.slots, heightPx);
  useHeat(summary.setId, scale, widthPx, rows);
  const picture = useStore(heats, (state) => state[summary.setId]);
  const endX = knownX ?? width;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another theme the colours are others
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !picture) return;
    const ratio = devicePixelRatio;
    const [wide, high] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
    if (element.width !== wide) element.width = wide;
    if (element.height !== high) element.height = high;
    paintHeat(context, picture, { columnPx: COLUMN_PX, heightPx, ratio }, readPalette(element));
  }, [picture, widthPx, heightPx, theme]);
  return (
    <div className="tl-heat" style={{ top, height: heightPx }} aria-hidden="true">
      <canvas ref={canvas} style={{ left: scale.leftPx, width: widthPx, height: heightPx }} />
      <svg width={width} height={heightPx} aria-hidden="true">
        {picture && (
          <Outliers outliers={picture.outliers} summary={summary} scale={scale} heightPx={heightPx} endX={endX} />
        )}
        {/* What is only foreseen is veiled; what is not known is not shown. */}
        <rect
          className="tl-veil"
          data-foreseen-clip
          data-all={knownX === undefined ? '' : undefined}
          x="0"
          y="0"
          width={width}
          height={heightPx}
        />
        <rect className="tl-veil" data-all x={endX} y="0" width={Math.max(0, width - endX)} height={heightPx} />
        {!isCompact && <Ordinals summary={summary} heightPx={heightPx} />}
      </svg>
    </div>
  );
}

function Ordinals({ summary, heightPx }: { summary: LaneSummary; heightPx: number }) {
  const { firstOrdinal, lastOrdinal } = summary;
  const name = shorten(nameOfSet(summary));
  const middle = Math.round((firstOrdinal + lastOrdinal) / 2);
  return (
    <>
      {[
        [firstOrdinal, 11],
        [middle, heightPx / 2 + 4],
        [lastOrdinal, heightPx - 3],
      ].map(([ordinal, y]) => (
        <text key={ordinal} x="12" y={y} className="tl-dim">
          {name}-{ordinal}
        </text>
      ))}
    </>
  );
}

/** The gutter has room for so many letters besides the ordinal. */
const shorten = (name: string): string => (name.length <= 5 ? name : `${name.slice(0, 4)}…`);

interface OutlierProps {
  readonly outliers: readonly Outlier[];
  readonly summary: LaneSummary;
  readonly scale: Scale;
  readonly heightPx: number;
  readonly endX: number;
}

function Outliers({ outliers, summary, scale, heightPx, endX }: OutlierProps) {
  const { firstOrdinal, lastOrdinal } = summary;
  const named: number[] = [];
  return (
    <g>
      {outliers.map(({ ordinal, fromMs, toMs, state }) => {
        const share = (ordinal - firstOrdinal + 0.5) / (lastOrdinal - firstOrdinal + 1);
        const y = share * heightPx;
        const x = Math.max(scale.leftPx, xOf(scale, fromMs));
        const toX = Math.min(endX, toMs === undefined ? endX : xOf(scale, toMs));
        if (toX - x < 3) return null;
        const name = `${nameOfSet(summary)}-${ordinal} ${STATE_WORDS[state].toLowerCase()}`;
        const namePx = name.length * LETTER_PX;
        // On its line where there is room, else in front of it.
        const isInside = toX - x >= namePx + 8;
        const isNamed =
          (isInside || x - namePx - 8 > scale.leftPx) && named.every((other) => Math.abs(other - y) >= NAME_PX);
        if (isNamed) named.push(y);
        return (
          <g key={`${ordinal} ${fromMs}`} className="tl-outlier">
            <title>{`${nameOfSet(summary)}-${ordinal}: ${STATE_WORDS[state]} from ${formatMoment(fromMs)}`}</title>
            <path className="tl-outlier-edge" d={`M${x} ${y}H${toX}`} />
            <path
              d={`M${x} ${y}H${toX}`}
              stroke={`var(--${stateTone(state)}-fill)`}
              strokeDasharray={state === 'unknown' || state === 'unschedulable' ? '2 2' : undefined}
            />
            {isNamed && (
              <text x={isInside ? x + 4 : x - 6} y={Math.max(11, y + 4)} textAnchor={isInside ? 'start' : 'end'}>
                {name}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
