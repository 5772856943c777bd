// How large an element is, as it changes.
import { useLayoutEffect, useState } from 'react';
import type { Size } from './layout.ts';

/**
 * Watches the size of an element.
 *
 * @param element - null while it is not there
 * @returns undefined until it has one
 */
export function useSize(element: HTMLElement | null): Size | undefined {
  const [size, setSize] = useState<Size>();
  useLayoutEffect(() => {
    if (!element) return;
    const measure = () => {
      const [width, height] = [element.clientWidth, element.clientHeight];
      setSize((before) => {
        if (width === 0 || height === 0) return undefined;
        return before?.width === width && before.height === height ? before : { width, height };
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
