// Panning by drag while the page is shown larger: the canvas' own takes pixels of the screen for pixels of the page.
import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { view } from '#state';

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
    const end = new AbortController();
    void import('./scaled-pan.ts').then(({ startScaledPan }) =>
      startScaledPan(element, flow, () => latest.current(), end.signal),
    );
    return () => end.abort();
  }, [wrapper, flow, isPresenting]);
  return !isPresenting;
}
