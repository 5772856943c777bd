// The silhouettes of pod states. Each is told from the others without its colour; cards, chips, legends and the
// inspector draw the same ones.
import type { JSX } from 'react';
import type { PodState } from '#scene';
import './icons.css';

/** A pod's state, or a slot without a pod. */
export type ShownState = PodState | 'absent';

/** The family of colours a state is drawn in: the custom properties `--<tone>-fg`, `-fill` and `-soft`. */
export type Tone = 'ready' | 'work' | 'wait' | 'term' | 'fail' | 'unk';

const TONES: Readonly<Record<ShownState, Tone>> = {
  absent: 'unk',
  pending: 'work',
  unschedulable: 'wait',
  creating: 'work',
  init: 'work',
  'not-ready': 'wait',
  'ready-not-available': 'ready',
  ready: 'ready',
  terminating: 'term',
  'crash-loop': 'fail',
  'pull-failed': 'fail',
  completed: 'unk',
  unknown: 'unk',
};

/**
 * The family of colours of a state.
 *
 * @param state - a pod's state, or `absent`
 * @returns such as `ready`, for `var(--ready-fg)`
 */
export function stateTone(state: ShownState): Tone {
  return TONES[state];
}

export interface StateIconProps {
  readonly state: ShownState;
  readonly size?: number;
  /** How much of a ring or arc is drawn, from 0 to 1: what is left of a grace period, or what has passed of minReadySeconds. */
  readonly fraction?: number;
  /** Written inside the ring of a terminating pod where there is room for it. */
  readonly seconds?: number;
  /** What a screen reader says; without it the icon is an ornament beside its word. */
  readonly label?: string;
}

/** Below this size a number inside the ring could not be read. */
const NUMBER_SIZE_MIN = 28;

/**
 * The silhouette of a state.
 *
 * @param props - see there
 */
export function StateIcon({ state, size = 28, fraction, seconds, label }: StateIconProps): JSX.Element {
  return (
    <svg
      className={`st st-${state}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
    >
      {drawState(state, fraction, size >= NUMBER_SIZE_MIN ? seconds : undefined)}
    </svg>
  );
}

function drawState(state: ShownState, fraction: number | undefined, seconds: number | undefined): JSX.Element {
  switch (state) {
    case 'absent':
      return <circle className="st-line" cx="12" cy="12" r="9" strokeWidth="1.6" strokeDasharray="2.6 3.05" />;
    case 'pending':
      return (
        <g className="st-line" strokeWidth="1.8">
          <circle cx="12" cy="12" r="9" />
          <path d="M12 7.2V12l3.2 2.2" />
        </g>
      );
    case 'unschedulable':
      return (
        <g className="st-line" strokeWidth="2">
          <path d="M12 3.6 21 19.6H3z" />
          <path d="M12 9.6v4.2M12 16.7v.1" strokeWidth="2.1" />
        </g>
      );
    case 'creating':
      return (
        <g className="st-line" strokeWidth="2">
          <Turning />
          <path d="M12 7.6v8M8.6 12.4l3.4 3.4 3.4-3.4" />
        </g>
      );
    case 'init':
      return (
        <g className="st-line" strokeWidth="2">
          <Turning />
          <path d="M7.8 15.6h2.8v-3.2h2.8V9.2h2.8" />
        </g>
      );
    case 'not-ready':
      return (
        <>
          <circle className="st-line" cx="12" cy="12" r="9" strokeWidth="2" />
          <path d="M12 6a6 6 0 0 0 0 12z" fill="currentColor" />
        </>
      );
    case 'ready-not-available':
      return (
        <>
          <Ring radius={10.2} width={1.9} fraction={fraction ?? 0.6} />
          <circle cx="12" cy="12" r="7" fill="currentColor" />
          <path className="st-knock" strokeWidth="2" d="M9 12.2l2.2 2.2 4-4.3" />
        </>
      );
    case 'ready':
      return (
        <>
          <circle cx="12" cy="12" r="10" fill="currentColor" />
          <path className="st-knock st-check" strokeWidth="2.3" pathLength="1" d="M7.6 12.4l3.1 3.1 5.8-6.3" />
        </>
      );
    case 'terminating':
      return (
        <>
          <Ring radius={9.8} width={2.2} fraction={fraction ?? 0.6} />
          {seconds === undefined ? (
            <path className="st-line" strokeWidth="2.1" d="M8.4 10.6l3.6 3.6 3.6-3.6" />
          ) : (
            <text className="st-number" x="12" y="12" dy=".36em" textAnchor="middle">
              {seconds}
            </text>
          )}
        </>
      );
    case 'crash-loop':
      return (
        <>
          <path d="M8 2.2h8L21.8 8v8L16 21.8H8L2.2 16V8z" fill="currentColor" />
          <path className="st-knock" strokeWidth="2" d="M16.4 12a4.4 4.4 0 1 1-1.5-3.3M16.6 6.4v2.8h-2.8" />
        </>
      );
    case 'pull-failed':
      return (
        <>
          <rect x="2.6" y="2.6" width="18.8" height="18.8" rx="4" fill="currentColor" />
          <path className="st-knock" strokeWidth="2" d="M12 6.4v6M9 9.8l3 3 3-3" />
          <path className="st-knock" strokeWidth="1.8" d="M9.9 15.3l4.2 3M14.1 15.3l-4.2 3" />
        </>
      );
    case 'completed':
      return (
        <g className="st-line" strokeWidth="2">
          <rect x="3.4" y="3.4" width="17.2" height="17.2" rx="4" />
          <path d="M8.2 12.3l2.7 2.7 5-5.4" />
        </g>
      );
    case 'unknown':
      return (
        <g className="st-line" strokeWidth="2">
          <circle cx="12" cy="12" r="9.2" strokeWidth="2.2" strokeDasharray=".1 4.72" />
          <path d="M9.7 9.9a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1.1.8-1.1 1.7M12 16.6v.1" />
        </g>
      );
  }
}

/** An open ring that turns while work is under way. */
function Turning() {
  return (
    <g className="st-turn">
      <circle cx="12" cy="12" r="9.2" strokeDasharray="42.78 57.81" transform="rotate(-90 12 12)" />
    </g>
  );
}

/** A ring drawn faintly all round, and clearly as far as the fraction says. */
function Ring({ radius, width, fraction }: { radius: number; width: number; fraction: number }) {
  const round = 2 * Math.PI * radius;
  const drawn = round * Math.min(1, Math.max(0, fraction));
  return (
    <g className="st-line" strokeWidth={width}>
      <circle cx="12" cy="12" r={radius} opacity=".3" />
      {drawn > 0 && (
        <circle cx="12" cy="12" r={radius} strokeDasharray={`${drawn} ${round}`} transform="rotate(-90 12 12)" />
      )}
    </g>
  );
}
