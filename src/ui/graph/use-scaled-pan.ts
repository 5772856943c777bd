// Panning by drag while the page is shown larger. The graph library takes pixels of the screen for pixels of the page:
// under its own drag the canvas would run ahead of the pointer.
import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { view } from '#state';
import { pageScale } from '../shell/present.ts';

/** A press that moves less is a click. */
const CLICK_PX = 4;

/**
 * Lets the canvas be dragged while presenting.
 *
 * @param wrapper - the canvas
 * @param onPan - the visitor has moved it
 * @returns what the graph library is told: false where it shall not pan by drag itself
 */
export function useScaledPan(wrapper: RefObject<HTMLElement | null>, onPan: () => void): boolean {
  const flow = useReactFlow();
  const isPresenting = useStore(view, (state) => state.isPresenting);
  const latest = useRef(onPan);
  latest.current = onPan;
  useEffect(() => {
    const element = wrapper.current;
    if (!element || !isPresenting) return undefined;
    const onPointerDown = (down: PointerEvent) => {
      if (down.button !== 0 || (down.target instanceof Element && down.target.closest('.nopan'))) return;
      const from = flow.getViewport();
      let isDragged = false;
      const onMove = (move: PointerEvent) => {
        const [dx, dy] = [move.clientX - down.clientX, move.clientY - down.clientY];
        if (!isDragged && Math.hypot(dx, dy) < CLICK_PX) return;
        isDragged = true;
        latest.current();
        const scale = pageScale();
        flow.setViewport({ ...from, x: from.x + dx / scale, y: from.y + dy / scale }).catch(() => {});
      };
      const onUp = () => {
        removeEventListener('pointermove', onMove);
        removeEventListener('pointerup', onUp);
        removeEventListener('pointercancel', onUp);
        // The end of a drag is no click.
        if (isDragged) element.addEventListener('click', stop, { capture: true, once: true });
        setTimeout(() => element.removeEventListener('click', stop, { capture: true }));
      };
      addEventListener('pointermove', onMove);
      addEventListener('pointerup', onUp);
      addEventListener('pointercancel', onUp);
    };
    element.addEventListener('pointerdown', onPointerDown);
    return () => element.removeEventListener('pointerdown', onPointerDown);
  }, [wrapper, flow, isPresenting]);
  return !isPresenting;
}

function stop(event: Event): void {
  event.stopPropagation();
}
