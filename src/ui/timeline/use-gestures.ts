// What fingers, mouse and wheel do on the timeline.
import { useEffect, useRef } from 'react';
import { clock, endScrub, history, scrubTo } from '#state';
import { pointIn } from '../shell/present.ts';
import { panWindow, pictureAt, type Scale, snap, timeAt, zoomWindow } from './scale.ts';
import { changeWindow, timeWindow } from './window.ts';

/** The playhead is caught by a tick this near. */
const SNAP_PX = 3;

/** A wheel's notch, and how much nearer it brings the picture. */
const WHEEL_ZOOM = 0.0016;

/**
 * One pointer drags the playhead, two pinch; the wheel zooms, pushes along, or scrolls the lanes.
 *
 * @param box - the timeline
 * @param scale - the window over its pixels
 */
export function useGestures(box: React.RefObject<HTMLDivElement | null>, scale: Scale): void {
  const latest = useRef(scale);
  latest.current = scale;
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const pointers = new Map<number, number>();
    let pinch: { distance: number; middle: number } | undefined;
    const xIn = (event: { clientX: number }) => pointIn(element.getBoundingClientRect(), event.clientX, 0).x;
    const scrub = (x: number) => {
      const shown = latest.current;
      const atMs = timeAt(shown, x);
      scrubTo(snap(history.getState().tickTimesMs, atMs, (SNAP_PX / shown.widthPx) * shown.spanMs));
    };
    const onDown = (event: PointerEvent) => {
      const target = event.target as Element;
      if (event.button !== 0 || target.closest('button, input, [role="menu"]')) return;
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
          zoomWindow(window, pictureAt(shown, next.middle), before.distance / next.distance),
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
      else changeWindow((window) => zoomWindow(window, pictureAt(shown, xIn(event)), Math.exp(delta * WHEEL_ZOOM)));
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
