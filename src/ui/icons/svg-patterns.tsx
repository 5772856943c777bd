// Patterns that SVG drawings fill with: the looks of revisions, the hatch of leaving, the comb of work.
import type { JSX } from 'react';

/**
 * The definitions, to be put once into the page: `fill="url(#pat-r2)"`.
 */
export function SvgPatterns(): JSX.Element {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <defs>
        <pattern id="pat-r1" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" fill="var(--r1-fill)" />
        </pattern>
        <pattern id="pat-r2" width="4.6" height="4.6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2.6" height="4.6" fill="var(--r2-fill)" />
        </pattern>
        <pattern id="pat-r3" width="4" height="4" patternUnits="userSpaceOnUse">
          <circle cx="2" cy="2" r="1.2" fill="var(--r3-fill)" />
        </pattern>
        <pattern id="pat-term" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.5" height="4" fill="var(--term-fill)" />
        </pattern>
        <pattern id="pat-work" width="3" height="4" patternUnits="userSpaceOnUse">
          <rect width="1.7" height="4" fill="var(--work-fill)" />
        </pattern>
      </defs>
    </svg>
  );
}
