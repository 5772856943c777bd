// The control of the zoom.
import type { JSX } from 'react';
import { ActionIcon } from '../icons/index.ts';
import './legend.css';

export interface ZoomControlProps {
  /** `100%`, `Chips` or `Cells`. */
  readonly label: string;
  readonly onZoom: (direction: 1 | -1) => void;
  readonly onFit: () => void;
}

/**
 * Out, fit, in.
 *
 * @param props - see there
 */
export function ZoomControl({ label, onZoom, onFit }: ZoomControlProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has looks of its own
    <div className="zoom" role="group" aria-label="Zoom">
      <button type="button" aria-label="Zoom out" onClick={() => onZoom(-1)}>
        <ActionIcon name="minus" size={14} />
      </button>
      <button
        type="button"
        className="zoom-fit"
        title="Fit to view"
        aria-label={`${label}, fit to view`}
        onClick={onFit}
      >
        {label}
      </button>
      <button type="button" aria-label="Zoom in" onClick={() => onZoom(1)}>
        <ActionIcon name="plus" size={14} />
      </button>
    </div>
  );
}
