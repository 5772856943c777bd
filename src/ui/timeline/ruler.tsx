// The ruler: round moments, and how long nothing happens where idle time is folded.
import { formatSpan } from '../graph/words.ts';
import { formatTick, rulerTicks, type Scale, xOf } from './scale.ts';

/** Narrower than this a fold has no room for its length. */
const FOLD_NAME_PX = 26;

/**
 * The ruler. Goes into the SVG of the timeline's head.
 *
 * @param props - the scale and where the picture ends
 */
export function Ruler({ scale, width }: { scale: Scale; width: number }) {
  return (
    <>
      {rulerTicks(scale).map(({ atMs, isNamed }) => {
        const x = Math.round(xOf(scale, atMs)) + 0.5;
        if (x < scale.leftPx - 1 || x > width) return null;
        const nextFoldX = scale.folds.map(({ fromMs }) => xOf(scale, fromMs)).find((foldX) => foldX > x) ?? width;
        return (
          <g key={atMs}>
            <path className={isNamed ? 'tl-tick-named' : 'tl-tick'} d={`M${x} ${isNamed ? 14 : 17}V20`} />
            {isNamed && x < width - 30 && x < nextFoldX - 30 && (
              <text x={x + 4} y="15" className="tl-dim" data-tick-name>
                {formatTick(atMs)}
              </text>
            )}
          </g>
        );
      })}
      <path className="tl-tick" d={`M0 20.5H${width}`} />
      {scale.folds.map(({ fromMs, toMs }) => {
        const [x, toX] = [xOf(scale, fromMs), xOf(scale, toMs)];
        if (toX < scale.leftPx || x > width) return null;
        return (
          <g key={fromMs} className="tl-fold">
            <title>{`Nothing happens for ${formatSpan(toMs - fromMs)}`}</title>
            <rect x={x} y="1" width={toX - x} height="19" />
            <path d={`M${x + 0.5} 3l2.5 4.5-5 4.5 2.5 4.5M${toX + 0.5} 3l2.5 4.5-5 4.5 2.5 4.5`} />
            {toX - x >= FOLD_NAME_PX && (
              <text x={(x + toX) / 2} y="15" textAnchor="middle">
                {formatSpan(toMs - fromMs)}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

/** How far a torn edge swings to each side, and how long a swing is. */
const TEAR_PX = 2.5;
const SWING_PX = 7;

/** A torn edge from the top to the bottom. */
const tear = (x: number, heightPx: number): string => {
  let path = `M${x} 0`;
  for (let y = SWING_PX, side = 1; y < heightPx + SWING_PX; y += SWING_PX, side = -side)
    path += `L${x + side * TEAR_PX} ${y}`;
  return path;
};

/**
 * The folds through the lanes: torn edges with nothing between them.
 *
 * @param props - the scale and the room
 */
export function FoldBands({ scale, width, heightPx }: { scale: Scale; width: number; heightPx: number }) {
  return scale.folds.map(({ fromMs, toMs }) => {
    const [x, toX] = [xOf(scale, fromMs), xOf(scale, toMs)];
    if (toX < scale.leftPx || x > width) return null;
    return (
      <g key={fromMs} className="tl-fold">
        <rect x={x} y="0" width={Math.max(0, toX - x)} height={heightPx} />
        <path d={`${tear(x, heightPx)}${tear(toX, heightPx)}`} />
      </g>
    );
  });
}
