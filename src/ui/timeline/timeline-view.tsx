// The timeline: ruler, acts, lanes, and the playhead over all of them. Dragging anywhere on it moves the playhead. What
// moves with the playhead is written straight to the page; React draws only when the window or the history changes.
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { clock, endScrub, history, jump, moment, scrubTo, seek, step, subscribeClockFrame } from '#state';
import { formatMoment } from '../graph/words.ts';
import { ActMarks, BranchPaths } from './actions-row.tsx';
import { DESK_LANES, type LaneMetrics, PHONE_LANES } from './lane-shapes.tsx';
import { LaneTable } from './lane-table.tsx';
import { Lanes } from './lanes.tsx';
import { formatTick, GUTTER_PX, panWindow, rulerTicks, type Scale, snap, timeAt, xOf, zoomWindow } from './scale.ts';
import { changeWindow, endOfHistory, timeWindow, useTimeWindow } from './window.ts';
import './timeline.css';

/** Ruler and acts; on a phone, the acts alone. */
const HEAD_PX = 58;
const COMPACT_HEAD_PX = 28;

/** A name of the ruler this near to the playhead's flag would look out from under it. */
const FLAG_PX = 46;

/** The playhead is caught by a tick this near. */
const SNAP_PX = 3;

/** A wheel's notch, and how much nearer it brings the picture. */
const WHEEL_ZOOM = 0.0016;

const PAGE_MS = 10_000;

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
  const leftPx = isCompact ? 12 : GUTTER_PX;
  const scale: Scale = { ...window, leftPx, widthPx: Math.max(1, width - leftPx - (isCompact ? 16 : 28)) };
  const metrics: LaneMetrics = isCompact ? PHONE_LANES : DESK_LANES;
  useGestures(box, scale);
  usePlayheadPosition(box, scale, width);
  const headPx = isCompact ? COMPACT_HEAD_PX : HEAD_PX;
  return (
    <div className="tl" ref={box} data-compact={isCompact || undefined}>
      {width > 0 && (
        <>
          <svg className="tl-head" width={width} height={headPx} aria-hidden="true">
            <defs>
              <clipPath id="tl-head-seen">
                <rect data-seen-clip x="0" y="0" width={width} height={headPx} />
              </clipPath>
            </defs>
            {!isCompact && (
              <>
                <Ruler scale={scale} width={width} />
                <text x="12" y="51" className="tl-dim">
                  actions
                </text>
              </>
            )}
            <BranchPaths scale={scale} endX={width} isCompact={isCompact} />
          </svg>
          <ActMarks scale={scale} endX={width} isCompact={isCompact} />
          <Lanes scale={scale} width={width} metrics={metrics} />
          <Playhead />
        </>
      )}
      <LaneTable />
    </div>
  );
}

function Ruler({ scale, width }: { scale: Scale; width: number }) {
  return (
    <>
      {rulerTicks(scale).map(({ atMs, isNamed }) => {
        const x = Math.round(xOf(scale, atMs)) + 0.5;
        if (x < scale.leftPx - 1 || x > width) return null;
        return (
          <g key={atMs}>
            <path className={isNamed ? 'tl-tick-named' : 'tl-tick'} d={`M${x} ${isNamed ? 14 : 17}V20`} />
            {isNamed && x < width - 30 && (
              <text x={x + 4} y="15" className="tl-dim" data-tick-name>
                {formatTick(atMs)}
              </text>
            )}
          </g>
        );
      })}
      <path className="tl-tick" d={`M0 20.5H${width}`} />
    </>
  );
}

/** Where in time it stands is told by `usePlayheadPosition`: it may move with every picture. */
function Playhead() {
  const tick = useStore(moment, (state) => state.tick);
  const onKeyDown = (event: KeyboardEvent) => {
    const { atMs } = clock.getState();
    const run = {
      ArrowLeft: () => (event.shiftKey ? jump('previous-act') : step(-1)),
      ArrowDown: () => step(-1),
      ArrowRight: () => (event.shiftKey ? jump('next-act') : step(1)),
      ArrowUp: () => step(1),
      PageDown: () => seek(atMs - PAGE_MS),
      PageUp: () => seek(atMs + PAGE_MS),
      Home: () => seek(0),
      End: () => jump('end'),
    }[event.key];
    if (!run) return;
    event.preventDefault();
    void run();
  };
  return (
    <div
      className="tl-playhead"
      data-playhead
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuenow={0}
      data-tick={tick}
      onKeyDown={onKeyDown}
    >
      <span className="tl-playhead-flag num" data-playhead-time />
    </div>
  );
}

/** Moves what stands at the playhead or at the end of what was seen. */
function usePlayheadPosition(box: React.RefObject<HTMLDivElement | null>, scale: Scale, width: number): void {
  const latest = useRef({ scale, width });
  latest.current = { scale, width };
  const place = useRef(() => {
    const root = box.current;
    if (!root) return;
    const { scale: shown, width: all } = latest.current;
    const { atMs } = clock.getState();
    const reachedMs = endOfHistory();
    const reachedX = Math.max(0, Math.min(all, xOf(shown, reachedMs)));
    const playhead = root.querySelector<HTMLElement>('[data-playhead]');
    if (playhead) {
      const x = xOf(shown, atMs);
      playhead.style.transform = `translateX(${x}px)`;
      playhead.dataset.hidden = String(x < shown.leftPx - 1 || x > all + 1);
      setText(playhead.querySelector('[data-playhead-time]'), formatMoment(atMs));
      for (const name of root.querySelectorAll<SVGTextElement>('[data-tick-name]')) {
        const far = name.x.baseVal[0]?.value ?? 0;
        setAttribute(name, 'visibility', x > far - FLAG_PX / 2 && x < far + FLAG_PX + 8 ? 'hidden' : 'visible');
      }
      setAttribute(playhead, 'aria-valuenow', String(Math.round(atMs / 1000)));
      setAttribute(playhead, 'aria-valuemax', String(Math.ceil(reachedMs / 1000)));
      setAttribute(playhead, 'aria-valuetext', `${formatMoment(atMs)}, tick ${playhead.dataset.tick ?? 0}`);
    }
    for (const clip of root.querySelectorAll('[data-seen-clip]')) setAttribute(clip, 'width', reachedX.toFixed(1));
    for (const clip of root.querySelectorAll('[data-foreseen-clip]')) setAttribute(clip, 'x', reachedX.toFixed(1));
    const badge = root.querySelector<HTMLElement>('[data-reached]');
    if (badge) badge.style.left = `${Math.min(all - 26, reachedX + 12)}px`;
  });
  useLayoutEffect(() => place.current());
  useEffect(() => {
    const draw = () => place.current();
    const leave = [subscribeClockFrame(draw), history.subscribe(draw), moment.subscribe(draw)];
    return () => {
      for (const end of leave) end();
    };
  }, []);
}

function setText(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

function setAttribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
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

/** One pointer drags the playhead, two pinch; the wheel zooms, pushes along, or scrolls the lanes. */
function useGestures(box: React.RefObject<HTMLDivElement | null>, scale: Scale): void {
  const latest = useRef(scale);
  latest.current = scale;
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const pointers = new Map<number, number>();
    let pinch: { distance: number; middle: number } | undefined;
    const xIn = (event: { clientX: number }) => event.clientX - element.getBoundingClientRect().left;
    const scrub = (x: number) => {
      const shown = latest.current;
      const atMs = timeAt(shown, x);
      scrubTo(snap(history.getState().tickTimesMs, atMs, (SNAP_PX / shown.widthPx) * shown.spanMs));
    };
    const onDown = (event: PointerEvent) => {
      const target = event.target as Element;
      if (event.button !== 0 || target.closest('button')) return;
      const x = xIn(event);
      if (x < latest.current.leftPx - 8 && !target.closest('[data-playhead]')) return;
      pointers.set(event.pointerId, x);
      element.setPointerCapture(event.pointerId);
      if (pointers.size === 1) {
        timeWindow.setState({ isFollowing: false });
        scrub(x);
      } else {
        endScrub();
        pinch = undefined;
      }
    };
    const onMove = (event: PointerEvent) => {
      if (!pointers.has(event.pointerId)) return;
      pointers.set(event.pointerId, xIn(event));
      if (pointers.size === 1) {
        if (clock.getState().isScrubbing) scrub(xIn(event));
        return;
      }
      const [a = 0, b = 0] = pointers.values();
      const next = { distance: Math.max(20, Math.abs(a - b)), middle: (a + b) / 2 };
      const before = pinch;
      pinch = next;
      if (!before) return;
      const shown = latest.current;
      changeWindow((window) =>
        panWindow(
          zoomWindow(window, timeAt(shown, next.middle), before.distance / next.distance),
          ((before.middle - next.middle) / shown.widthPx) * shown.spanMs,
        ),
      );
    };
    const onUp = (event: PointerEvent) => {
      if (!pointers.delete(event.pointerId)) return;
      pinch = undefined;
      if (pointers.size === 0) endScrub();
    };
    const onWheel = (event: WheelEvent) => {
      const shown = latest.current;
      const lanes = element.querySelector('.tl-lanes');
      const isAcross = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      const isZoom = event.ctrlKey || event.metaKey;
      const canScroll = lanes !== null && lanes.scrollHeight > lanes.clientHeight + 1;
      if (!isZoom && !isAcross && canScroll && lanes.contains(event.target as Node)) return;
      event.preventDefault();
      const delta = isAcross && !isZoom ? event.deltaX || event.deltaY : event.deltaY;
      if (isAcross && !isZoom) changeWindow((window) => panWindow(window, (delta / shown.widthPx) * shown.spanMs));
      else changeWindow((window) => zoomWindow(window, timeAt(shown, xIn(event)), Math.exp(delta * WHEEL_ZOOM)));
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      element.removeEventListener('wheel', onWheel);
    };
  }, [box]);
}
