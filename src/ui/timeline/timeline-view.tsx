// The timeline: ruler, acts, lanes, and the playhead over all of them. Dragging anywhere on it moves the playhead. What
// moves with the playhead is written straight to the page; React draws only when the window or the history changes.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { history } from '#state';
import { useIsCalm, useMotionAttributes } from '../graph/use-motion.ts';
import { ActMarks } from './actions-row.tsx';
import { BranchPaths, ForecastPath } from './branch-paths.tsx';
import { branchTree } from './branch-tree.ts';
import { startForecast } from './forecast.ts';
import { layHead } from './head-layout.ts';
import { DESK_LANES, type LaneMetrics, PHONE_LANES } from './lane-shapes.tsx';
import { LaneTable } from './lane-table.tsx';
import { Lanes } from './lanes.tsx';
import { Playhead, usePlayheadPosition } from './playhead.tsx';
import { Ruler } from './ruler.tsx';
import { GUTTER_PX, type Scale } from './scale.ts';
import { useGestures } from './use-gestures.ts';
import { useTimeWindow } from './window.ts';
import './timeline.css';

/**
 * The timeline, filling its parent.
 *
 * @param props - `isCompact`: without names and claims, for a phone
 * @returns the picture, its controls, and the same data as a table
 */
export function TimelineView({ isCompact = false }: { isCompact?: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const window = useTimeWindow();
  const branch = useStore(history, (state) => state.branch);
  const branches = useStore(history, (state) => state.branches);
  const isCalm = useIsCalm();
  const leftPx = isCompact ? 12 : GUTTER_PX;
  const scale: Scale = { ...window, leftPx, widthPx: Math.max(1, width - leftPx - (isCompact ? 16 : 28)) };
  const metrics: LaneMetrics = isCompact ? PHONE_LANES : DESK_LANES;
  const { rows, hidden } = useMemo(
    () => (isCompact ? { rows: [], hidden: 0 } : branchTree({ branch, branches })),
    [isCompact, branch, branches],
  );
  const layout = useMemo(() => layHead(rows.length, isCompact), [rows.length, isCompact]);
  useGestures(box, scale);
  usePlayheadPosition(box, scale, width);
  useEffect(startForecast, []);
  const head = { scale, endX: width, layout, rows };
  return (
    <div
      className="tl"
      ref={box}
      data-compact={isCompact || undefined}
      data-calm={isCalm || undefined}
      {...useMotionAttributes()}
    >
      {width > 0 && (
        <>
          <svg className="tl-head" width={width} height={layout.heightPx} aria-hidden="true">
            <defs>
              <clipPath id="tl-head-seen">
                <rect data-seen-clip x="0" y="0" width={width} height={layout.heightPx} />
              </clipPath>
              <clipPath id="tl-head-foreseen">
                <rect data-foreseen-clip x="0" y="0" width={width} height={layout.heightPx} />
              </clipPath>
            </defs>
            {!isCompact && (
              <>
                <Ruler scale={scale} width={width} />
                <text x="12" y={layout.ownY + 4} className="tl-dim">
                  actions
                </text>
              </>
            )}
            <BranchPaths {...head} />
            {!isCompact && <ForecastPath {...head} />}
          </svg>
          <ActMarks {...head} hidden={hidden} />
          <Lanes scale={scale} width={width} metrics={metrics} />
          <Playhead />
        </>
      )}
      <LaneTable />
    </div>
  );
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const read = () => setWidth(element.clientWidth);
    const observer = new ResizeObserver(read);
    observer.observe(element);
    read();
    return () => observer.disconnect();
  }, [box]);
  return width;
}
