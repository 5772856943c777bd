// All lanes, as far as they are in sight: a set of two hundred slots draws no more than the window holds.
import { useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Lane } from '#scene';
import { facts, getFacts, history, select, selection } from '#state';
import { Scroller } from '../shell/scroller.tsx';
import { useForeseenEndMs } from './forecast.ts';
import { Heat, heatRoomPx } from './heat.tsx';
import { DESK_LANES, type LaneMetrics, LaneRow } from './lane-shapes.tsx';
import { FoldBands } from './ruler.tsx';
import { type Scale, xOf } from './scale.ts';

/** Rows beyond both edges, so that scrolling shows no gap. */
const SPARE_ROWS = 3;

/** As many letters as the gutter has room for. */
const NAME_LETTERS_MAX = 10;

export interface LanesProps {
  readonly scale: Scale;
  readonly width: number;
  readonly metrics: LaneMetrics;
}

/**
 * The lanes under the ruler.
 *
 * @param props - the window over its pixels, and what a lane measures
 * @returns a scrolling list of lanes with their names
 */
export function Lanes({ scale, width, metrics }: LanesProps) {
  const lanes = useStore(history, (state) => state.lanes);
  const summaries = useStore(history, (state) => state.summaries);
  const box = useRef<HTMLElement>(null);
  const { top, height } = useScrolled(box);
  const { rowPx } = metrics;
  const isCompact = metrics !== DESK_LANES;
  const heatPx = heatRoomPx(isCompact);
  const headPx = summaries.length * heatPx;
  const knownX = useKnownX(scale, width);
  const first = Math.max(0, Math.floor((top - headPx) / rowPx) - SPARE_ROWS);
  const last = Math.min(lanes.length, Math.ceil((top - headPx + height) / rowPx) + SPARE_ROWS);
  const totalPx = headPx + lanes.length * rowPx + 4;
  const isLong = totalPx > height && height > 0;
  return (
    <Scroller className="tl-lanes" ref={box} label="Lanes" isLong={isLong}>
      <div className="tl-lanes-all" style={{ height: totalPx }}>
        {summaries.map((summary, i) => (
          <Heat
            key={summary.setId}
            summary={summary}
            top={i * heatPx}
            scale={scale}
            width={width}
            knownX={knownX}
            isCompact={isCompact}
          />
        ))}
        <LanePicture
          lanes={lanes.slice(first, last)}
          topPx={headPx + first * rowPx}
          scale={scale}
          width={width}
          metrics={metrics}
          totalPx={totalPx}
        />
        {!isCompact &&
          lanes
            .slice(first, last)
            .map((lane, i) => <LaneName key={lane.id} lane={lane} top={headPx + (first + i) * rowPx} height={rowPx} />)}
      </div>
    </Scroller>
  );
}

/** Where what is foreseen ends; undefined: what was looked at is all. */
function useKnownX(scale: Scale, width: number): number | undefined {
  const foreseenMs = useForeseenEndMs();
  return foreseenMs === undefined ? undefined : Math.min(width, xOf(scale, foreseenMs));
}

interface PictureProps extends LanesProps {
  readonly lanes: readonly Lane[];
  readonly topPx: number;
  readonly totalPx: number;
}

/** What has been seen is drawn in full; what is only foreseen, once more and dimmed, beyond the edge between them. */
function LanePicture({ lanes, topPx, scale, width, metrics, totalPx }: PictureProps) {
  const endX = width + 10;
  const foreseenMs = useForeseenEndMs();
  const rows = (until: number) => (
    <>
      {lanes.map((lane, i) => (
        <LaneRow
          key={lane.id}
          lane={lane}
          top={topPx + i * metrics.rowPx}
          scale={scale}
          metrics={metrics}
          endX={until}
        />
      ))}
    </>
  );
  return (
    <svg className="tl-picture" width={width} height={totalPx} aria-hidden="true">
      <defs>
        <clipPath id="tl-seen">
          <rect data-seen-clip x="0" y="-10" width={width} height={totalPx + 20} />
        </clipPath>
        <clipPath id="tl-foreseen">
          <rect data-foreseen-clip x="0" y="-10" width={width} height={totalPx + 20} />
        </clipPath>
      </defs>
      <SelectedRow lanes={lanes} topPx={topPx} rowPx={metrics.rowPx} width={width} />
      <g clipPath="url(#tl-seen)">{rows(endX)}</g>
      {foreseenMs !== undefined && (
        <g clipPath="url(#tl-foreseen)" className="tl-forecast">
          {rows(Math.min(endX, xOf(scale, foreseenMs)))}
        </g>
      )}
      <FoldBands scale={scale} width={width} heightPx={totalPx} />
    </svg>
  );
}

function SelectedRow({
  lanes,
  topPx,
  rowPx,
  width,
}: {
  lanes: readonly Lane[];
  topPx: number;
  rowPx: number;
  width: number;
}) {
  const at = useStore(selection, ({ selectedId }) => lanes.findIndex((lane) => isLaneOf(lane, selectedId)));
  return at < 0 ? null : <rect x="0" y={topPx + at * rowPx} width={width} height={rowPx} fill="var(--sel)" />;
}

/** A lane is the selected one when its slot is, or the pod or a claim in it. */
function isLaneOf(lane: Lane, id: string | undefined): boolean {
  if (id === undefined) return false;
  if (id === lane.id || id === podIdOf(lane)) return true;
  const slot = getFacts(lane.id);
  return slot?.type === 'slot' && slot.claimIds.includes(id);
}

const podIdOf = (lane: Lane): string => `Pod/${lane.id.split('/')[1] ?? 'default'}/${lane.name}`;

function LaneName({ lane, top, height }: { lane: Lane; top: number; height: number }) {
  const isSelected = useStore(selection, ({ selectedId }) => isLaneOf(lane, selectedId));
  const pick = () => {
    const podId = podIdOf(lane);
    select(facts.getFacts(podId) ? podId : lane.id);
  };
  return (
    <button
      type="button"
      className="tl-name"
      tabIndex={-1}
      data-selected={isSelected || undefined}
      style={{ top, height }}
      title={lane.name}
      onClick={pick}
    >
      {shortName(lane.name)}
    </button>
  );
}

/** The ordinal is at the end, and it is what tells the lanes apart. */
function shortName(name: string): string {
  return name.length <= NAME_LETTERS_MAX ? name : `${name.slice(0, 3)}…${name.slice(-4)}`;
}

function useScrolled(box: React.RefObject<HTMLElement | null>): { top: number; height: number } {
  const [at, setAt] = useState({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const read = () => setAt({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener('scroll', read, { passive: true });
    read();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', read);
    };
  }, [box]);
  return at;
}
