// A drag that moves a canvas by as many pixels of the page as the pointer moves on the screen.
import type { ReactFlowInstance } from '@xyflow/react';
import { pageScale } from '../shell/present.ts';

/** A press that moves less is a click. */
const CLICK_PX = 4;

/**
 * Lets a canvas be dragged.
 *
 * @param element - the canvas
 * @param flow - moves it
 * @param onPan - called before each move
 * @param signal - ends it
 */
export function startScaledPan(
  element: HTMLElement,
  flow: Pick<ReactFlowInstance, 'getViewport' | 'setViewport'>,
  onPan: () => void,
  signal: AbortSignal,
): void {
  const onPointerDown = (down: PointerEvent) => {
    if (down.button !== 0 || (down.target instanceof Element && down.target.closest('.nopan'))) return;
    const from = flow.getViewport();
    const drag = new AbortController();
    let isDragged = false;
    const onMove = (move: PointerEvent) => {
      const [dx, dy] = [move.clientX - down.clientX, move.clientY - down.clientY];
      if (!isDragged && Math.hypot(dx, dy) < CLICK_PX) return;
      isDragged = true;
      onPan();
      const scale = pageScale();
      flow.setViewport({ ...from, x: from.x + dx / scale, y: from.y + dy / scale }).catch(() => {});
    };
    const onUp = () => {
      drag.abort();
      // The end of a drag is no click.
      if (isDragged) element.addEventListener('click', stop, { capture: true, once: true });
      setTimeout(() => element.removeEventListener('click', stop, { capture: true }));
    };
    addEventListener('pointermove', onMove, { signal: drag.signal });
    addEventListener('pointerup', onUp, { signal: drag.signal });
    addEventListener('pointercancel', onUp, { signal: drag.signal });
  };
  element.addEventListener('pointerdown', onPointerDown, { signal });
}

function stop(event: Event): void {
  event.stopPropagation();
}
