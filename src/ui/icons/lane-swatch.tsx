// The shape that a state has on the timeline, as a small sample for legends.
import type { JSX } from 'react';
import { type ShownState, stateTone } from './state-icon.tsx';

/** Where the teeth of a back-off stand: at widening gaps. */
const TEETH = [0, 4.2, 10.3];

/**
 * A sample of the lane of a state, 15 by 12 pixels.
 *
 * @param props - the state
 */
export function LaneSwatch({ state }: { readonly state: ShownState }): JSX.Element {
  return (
    <svg className="icon" width="15" height="12" viewBox="0 0 15 12" aria-hidden="true">
      {drawLane(state, `var(--${stateTone(state)}-fill)`)}
    </svg>
  );
}

function drawLane(state: ShownState, color: string): JSX.Element {
  switch (state) {
    case 'absent':
      return <path d="M0 11h15" stroke={color} strokeWidth="1.2" strokeDasharray="2 3" />;
    case 'pending':
    case 'unschedulable':
      return <rect y="10" width="15" height="2" fill={color} />;
    case 'creating':
    case 'init':
      return <rect y="7.7" width="15" height="4.3" fill="url(#pat-work)" />;
    case 'not-ready':
      return <rect y="3.8" width="15" height="8.2" fill={color} />;
    case 'ready-not-available':
      return (
        <rect x=".6" y=".6" width="13.8" height="10.8" fill="var(--ready-soft)" stroke={color} strokeWidth="1.2" />
      );
    case 'ready':
      return (
        <>
          <rect width="15" height="12" fill={color} opacity=".3" />
          <rect y="10.8" width="15" height="1.2" fill={color} />
        </>
      );
    case 'terminating':
      return <path d="M0 .6 15 10.8V12H0z" fill="url(#pat-term)" stroke={color} />;
    case 'crash-loop':
    case 'pull-failed':
      return (
        <>
          <rect y="7.9" width="15" height="4.1" fill={color} />
          {TEETH.map((x) => (
            <path key={x} d={`M${x} 12V0h2.2v8.4L${x + 3.2} 12z`} fill={color} />
          ))}
        </>
      );
    case 'completed':
      return <rect x=".7" y=".7" width="13.6" height="10.6" fill="none" stroke={color} strokeWidth="1.4" />;
    case 'unknown':
      return (
        <rect
          x=".8"
          y=".8"
          width="13.4"
          height="10.4"
          fill="none"
          stroke={color}
          strokeWidth="1.6"
          strokeDasharray=".1 3"
          strokeLinecap="round"
        />
      );
  }
}
