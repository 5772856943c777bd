// Chips and cells keep their text at its size whatever the zoom: what stands in here is drawn in pixels.
import type { ReactNode } from 'react';
import './unscaled.css';

/**
 * Undoes the canvas' zoom for what it holds.
 *
 * @param props - whether to, and what for
 */
export function Unscaled({ isOn, children }: { readonly isOn: boolean; readonly children: ReactNode }): ReactNode {
  return isOn ? <div className="unscaled">{children}</div> : children;
}
