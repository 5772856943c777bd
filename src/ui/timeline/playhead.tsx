// The playhead: a line through all of the timeline, and a slider for those who move it by keys. What moves with it is
// written straight to the page.
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { clock, history, jump, moment, seek, step, subscribeClockFrame } from '#state';
import { formatMoment } from '../graph/words.ts';
import { type Scale, xOf } from './scale.ts';
import { endOfHistory, showAll, ZOOM_STEP, zoomAtPlayhead } from './window.ts';

/** A name of the ruler this near to the playhead's flag would look out from under it. */
const FLAG_PX = 46;

const PAGE_MS = 10_000;

/** The playhead. Where in time it stands is told by `usePlayheadPosition`: it may move with every picture. */
export function Playhead() {
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
      '+': () => zoomAtPlayhead(1 / ZOOM_STEP),
      '=': () => zoomAtPlayhead(1 / ZOOM_STEP),
      '-': () => zoomAtPlayhead(ZOOM_STEP),
      '0': showAll,
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

/**
 * Moves what stands at the playhead or at the end of what was seen.
 *
 * @param box - the timeline
 * @param scale - the window over its pixels
 * @param width - of the picture
 */
export function usePlayheadPosition(box: React.RefObject<HTMLDivElement | null>, scale: Scale, width: number): void {
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
    if (badge) badge.style.left = `${Math.min(all - 26, reachedX + 17)}px`;
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
