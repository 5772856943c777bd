// The paths of the branches, as lines: the present one is drawn through, the others are dashed from where they part. What
// is foreseen goes on as dots, up to where everything comes to rest.
import { useStore } from 'zustand';
import { actsOfBranch, history } from '#state';
import { formatMoment } from '../graph/words.ts';
import { badgeOf } from './branch-badge.tsx';
import type { BranchRow } from './branch-tree.ts';
import { forecast, useForeseenEndMs } from './forecast.ts';
import type { HeadLayout } from './head-layout.ts';
import { MARK_PX } from './marks.ts';
import { type Scale, xOf } from './scale.ts';
import { endOfHistory } from './window.ts';

/** How far a forked path runs at least, so that there is something to click. */
const PATH_PX_MIN = 64;

/** From where a path leaves another to where it is level. */
const BEND_PX = 38;

/** About the width of the words of the forecast's end. */
const END_PX = 210;

/** What the playhead may be ahead of the known history while it plays, and the name of the branch behind it. */
const AHEAD_PX = 100;

export interface HeadProps {
  readonly scale: Scale;
  /** Right edge of the picture. */
  readonly endX: number;
  readonly layout: HeadLayout;
  readonly rows: readonly BranchRow[];
}

/**
 * Where the path of another branch ends: after its last mark, and with room for its name before the edge.
 *
 * @param row - the branch
 * @param props - the head
 * @param acts - its own acts
 */
export function endOfRow(
  row: BranchRow,
  { scale, endX }: Pick<HeadProps, 'scale' | 'endX'>,
  acts: readonly { readonly atMs: number }[],
): number {
  const last = acts.findLast(({ atMs }) => atMs > row.forkMs);
  const least = Math.max(xOf(scale, row.forkMs) + PATH_PX_MIN, last ? xOf(scale, last.atMs) + MARK_PX : 0);
  return Math.min(endX - 18 - 7 * badgeOf(row.name).length, Math.max(least, xOf(scale, row.reachedMs)));
}

/**
 * All paths. Goes into the SVG of the head.
 *
 * @param props - the head
 */
export function BranchPaths({ scale, endX, layout, rows }: HeadProps) {
  const info = useStore(history);
  const { ownY, rowY } = layout;
  return (
    <>
      <g clipPath="url(#tl-head-seen)">
        <path className="tl-path" d={`M${Math.max(scale.leftPx, xOf(scale, 0))} ${ownY}H${endX}`} />
      </g>
      {rows.map((row, i) => {
        const x = xOf(scale, row.forkMs);
        const toX = endOfRow(row, { scale, endX }, actsOfBranch(info, row.id));
        if (toX <= x) return null;
        const fromY = row.from === undefined ? ownY : rowY(row.from);
        const y = rowY(i);
        return (
          <g key={row.id} className="tl-row">
            <path
              className="tl-path-other"
              d={`M${x} ${fromY}C${x + 21} ${fromY} ${x + 14} ${y} ${x + BEND_PX} ${y}H${Math.max(x + BEND_PX, toX)}`}
            />
            {x >= scale.leftPx && <circle className="tl-fork" cx={x} cy={fromY} r="3" />}
          </g>
        );
      })}
    </>
  );
}

/**
 * What lies ahead of the present branch if nothing changes, and where it ends.
 *
 * @param props - the head
 */
export function ForecastPath({ scale, endX, layout: { ownY } }: HeadProps) {
  const state = useStore(forecast);
  const endMs = useForeseenEndMs();
  if (endMs === undefined) return null;
  // Where it begins is cut off by the playhead; about there is enough to place the words.
  const x = xOf(scale, endOfHistory());
  const toX = Math.min(endX, xOf(scale, endMs));
  const isOut = toX >= endX;
  const isQuiet = state.known?.isQuiet === true;
  const words = isQuiet
    ? `quiet from ${formatMoment(endMs)}`
    : state.known?.isDone
      ? `goes on beyond ${formatMoment(endMs)}`
      : `looking ahead, ${formatMoment(endMs)}`;
  // In front of the end where there is room behind the present branch's name, else behind it.
  const isBefore = toX - x > END_PX + AHEAD_PX;
  const isAtEdge = isOut || (!isBefore && toX + END_PX > endX);
  return (
    <g>
      <g clipPath="url(#tl-head-foreseen)">
        <path className="tl-ahead" d={`M${scale.leftPx} ${ownY}H${toX}`} />
        {!isOut && isQuiet && <path className="tl-ahead-end" d={`M${toX} ${ownY - 5}v10`} />}
      </g>
      <text
        className="tl-dim tl-ahead-words"
        x={isAtEdge ? endX - 10 : isBefore ? toX - 8 : toX + 8}
        y={ownY + 4}
        textAnchor={isAtEdge || isBefore ? 'end' : 'start'}
      >
        if nothing changes: {words}
      </text>
    </g>
  );
}
