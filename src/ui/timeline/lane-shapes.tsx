// One stretch of a pod's life as a shape: height and hatch tell the states apart before their colours do.
import { memo } from 'react';
import type { ClaimSegment, Lane, Segment } from '#scene';
import { stateTone } from '../icons/index.ts';
import { type Scale, xOf } from './scale.ts';

/** What a lane measures: the page's own, or a phone's. */
export interface LaneMetrics {
  readonly rowPx: number;
  readonly barPx: number;
  readonly hasClaims: boolean;
}

export const DESK_LANES: LaneMetrics = { rowPx: 20, barPx: 13, hasClaims: true };
export const PHONE_LANES: LaneMetrics = { rowPx: 12, barPx: 8, hasClaims: false };

export interface LaneRowProps {
  readonly lane: Lane;
  readonly top: number;
  readonly scale: Scale;
  readonly metrics: LaneMetrics;
  /** Stretches that have not ended are drawn up to here. */
  readonly endX: number;
}

/**
 * A lane: the pods that lived in one slot, and under them its claims.
 *
 * @param props - see `LaneRowProps`
 * @returns shapes at their place
 */
export const LaneRow = memo(function LaneRow({ lane, top, scale, metrics, endX }: LaneRowProps) {
  const { barPx, hasClaims } = metrics;
  const y = top + 2;
  const place = (fromMs: number, toMs: number | undefined): [number, number] => [
    Math.max(scale.leftPx - 2, xOf(scale, fromMs)),
    Math.min(endX, toMs === undefined ? endX : xOf(scale, toMs)),
  ];
  return (
    <g>
      {lane.pods.map((segment, i) => {
        const [x, toX] = place(segment.fromMs, segment.toMs);
        const next = lane.pods[i + 1];
        const gap = next && segment.toMs !== undefined ? place(segment.toMs, next.fromMs) : undefined;
        return (
          <g key={`${segment.fromMs}-${segment.state}`}>
            {toX > x && <Stretch segment={segment} x={x} toX={toX} y={y} height={barPx} scale={scale} />}
            {gap && gap[1] - gap[0] > 4 && (
              <path className="tl-absent" d={`M${gap[0] + 2} ${y + barPx - 1}H${gap[1]}`} />
            )}
          </g>
        );
      })}
      {hasClaims &&
        lane.claims.map((claim, i) => {
          const [x, toX] = place(claim.fromMs, claim.toMs);
          return (
            toX > x && (
              <ClaimLine
                key={`${claim.name}-${claim.fromMs}`}
                claim={claim}
                x={x}
                toX={toX}
                y={y + barPx + 3}
                isFirst={isFirst(lane, i)}
              />
            )
          );
        })}
    </g>
  );
});

/** A claim that only changed its phase goes on; its dot stands where it began. */
const isFirst = ({ claims }: Lane, i: number): boolean =>
  !claims.slice(0, i).some((other) => other.name === claims[i]?.name && other.toMs === claims[i]?.fromMs);

function ClaimLine({
  claim,
  x,
  toX,
  y,
  isFirst: hasDot,
}: {
  claim: ClaimSegment;
  x: number;
  toX: number;
  y: number;
  isFirst: boolean;
}) {
  const isBound = claim.phase === 'Bound';
  return (
    <>
      <path className="tl-claim" d={`M${x} ${y}H${toX}`} strokeDasharray={isBound ? undefined : '2 3'} />
      {hasDot && <circle className="tl-claim-dot" cx={x} cy={y} r="2.4" />}
    </>
  );
}

interface StretchProps {
  readonly segment: Segment;
  readonly x: number;
  readonly toX: number;
  readonly y: number;
  readonly height: number;
  readonly scale: Scale;
}

function Stretch({ segment, x, toX, y, height, scale }: StretchProps) {
  const width = Math.max(toX - x, 0.8);
  const color = `var(--${stateTone(segment.state)}-fill)`;
  const bottom = y + height;
  switch (segment.state) {
    case 'pending':
    case 'unschedulable':
      return <rect x={x} y={bottom - 2} width={width} height="2" fill={color} />;
    case 'creating':
    case 'init':
      return <rect x={x} y={bottom - height * 0.36} width={width} height={height * 0.36} fill="url(#pat-work)" />;
    case 'not-ready':
      return <rect x={x} y={bottom - height * 0.68} width={width} height={height * 0.68} fill={color} />;
    case 'ready-not-available':
      return <Box x={x} y={y} width={width} height={height} fill="var(--ready-soft)" stroke={color} />;
    case 'ready':
      return <Ready segment={segment} x={x} y={y} width={width} height={height} />;
    case 'terminating':
      return <Wedge segment={segment} x={x} toX={toX} y={y} height={height} scale={scale} />;
    case 'crash-loop':
    case 'pull-failed':
      return (
        <>
          <rect x={x} y={bottom - height * 0.34} width={width} height={height * 0.34} fill={color} />
          <rect x={x} y={y} width={Math.min(2.2, width)} height={height} fill={color} />
        </>
      );
    case 'completed':
      return <Box x={x} y={y} width={width} height={height} fill="none" stroke={color} />;
    case 'unknown':
      return <Box x={x} y={y} width={width} height={height} fill="none" stroke={color} dash="1.5 2.5" />;
  }
}

interface BoxProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function Box({ x, y, width, height, fill, stroke, dash }: BoxProps & { fill: string; stroke: string; dash?: string }) {
  return (
    <rect
      x={x + 0.6}
      y={y + 0.6}
      width={Math.max(0.4, width - 1.2)}
      height={height - 1.2}
      fill={fill}
      stroke={stroke}
      strokeWidth="1.2"
      strokeDasharray={dash}
    />
  );
}

function Ready({ segment, x, y, width, height }: BoxProps & { segment: Segment }) {
  const look = segment.look;
  const stripe = height * 0.26;
  return (
    <>
      <rect x={x} y={y} width={width} height={height} fill="var(--ready-fill)" opacity=".3" />
      {look !== undefined && look !== 1 && <rect x={x} y={y} width={width} height={stripe} fill="var(--canvas)" />}
      {look !== undefined && (
        <rect x={x} y={y} width={width} height={stripe} fill={look === 1 ? 'var(--r1-fill)' : `url(#pat-r${look})`} />
      )}
      <rect x={x} y={y + height - 1.2} width={width} height="1.2" fill="var(--ready-fill)" />
    </>
  );
}

/** The slope is the grace period: where the wedge would come to a point, patience ends. */
function Wedge({ segment, x, toX, y, height, scale }: StretchProps) {
  const graceX = segment.graceMs ? xOf(scale, segment.fromMs + segment.graceMs) : toX;
  const share = graceX > x ? Math.min(1, (toX - x) / (graceX - x)) : 1;
  const bottom = y + height;
  const slopeEnd = y + height * share;
  const tip = share < 1 ? `L${toX} ${slopeEnd}` : `L${Math.min(graceX, toX)} ${bottom - 1.5}`;
  return (
    <path
      d={`M${x} ${y}${tip}L${toX} ${Math.min(slopeEnd, bottom - 1.5)}V${bottom}H${x}Z`}
      fill="url(#pat-term)"
      stroke="var(--term-fill)"
    />
  );
}
