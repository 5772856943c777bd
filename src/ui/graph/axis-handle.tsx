// A handle on the rule: dragged, moved with the keys, or told a number. It says what it would do before it is let go.
import { type JSX, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { pageScale } from '../shell/present.ts';
import { HandleField } from './handle-field.tsx';
import './axis.css';

/** Beside the slot it begins, before it, straight above it; or before it and without its word. */
export type LabelSide = 'left' | 'right' | 'over' | 'short';

export interface AxisHandleProps {
  readonly word: 'replicas' | 'partition';
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** Where it stands on the line, and how many pixels a unit has there. */
  readonly at: number;
  readonly k: number;
  /** Units of the line for each pixel of the screen. */
  readonly toUnits: number;
  /** Where its words stand. */
  readonly side: LabelSide;
  /** It does not slide to its place. */
  readonly isStill: boolean;
  readonly valueAt: (x: number) => number;
  /** Where it snaps to while it is dragged; without it, it follows the pointer. */
  readonly xOf?: (value: number) => number;
  /** What it stands for, as it would be typed. */
  readonly commandOf: (value: number) => string;
  /** Called once, when it is let go, and at each key. */
  readonly onChange: ((value: number) => void) | undefined;
}

/** A press that moves less asks for the field. */
const CLICK_PX = 3;

/** As wide as the longest command; nearer to the left edge than this, it opens to the right. */
const NOTE_WIDTH = 320;

/**
 * A slider on the rule.
 *
 * @param props - see there
 */
export function AxisHandle(props: AxisHandleProps): JSX.Element {
  const { word, label, value, max, at, k, side, xOf, onChange, commandOf } = props;
  const start = useRef(0);
  const handle = useRef<HTMLDivElement>(null);
  const [pulled, setPulled] = useState<{ readonly x: number; readonly value: number }>();
  const [isTyping, setTyping] = useState(false);
  const shownX = pulled ? (xOf ? xOf(pulled.value) : pulled.x) : at;
  const shown = pulled?.value ?? value;

  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (!onChange || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = event.clientX;
    setPulled({ x: at, value });
  };
  const pull = (event: PointerEvent) => {
    if (!pulled) return;
    const x = at + ((event.clientX - start.current) / pageScale()) * props.toUnits;
    setPulled({ x, value: props.valueAt(x) });
  };
  const release = (event: PointerEvent) => {
    if (pulled && pulled.value !== value) onChange?.(pulled.value);
    else if (pulled && Math.abs(event.clientX - start.current) < CLICK_PX) setTyping(true);
    setPulled(undefined);
  };
  const press = (event: KeyboardEvent) => {
    const wanted = keyValue(event.key, value, max);
    if (event.key === 'Escape' && pulled) setPulled(undefined);
    else if (event.key === 'Enter' && onChange) setTyping(true);
    else if (wanted === undefined || !onChange) return;
    else if (wanted !== value) onChange(wanted);
    event.preventDefault();
    event.stopPropagation();
  };
  const endTyping = (wanted: number | undefined, isFocusBack: boolean) => {
    setTyping(false);
    if (wanted !== undefined && wanted !== value) onChange?.(wanted);
    if (isFocusBack) handle.current?.focus();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: what it holds has the focus
    <div
      className="axis-handle-place"
      role="gridcell"
      style={{ transform: `translateX(${shownX * k}px)` }}
      data-pulled={pulled !== undefined || undefined}
      data-still={props.isStill || undefined}
    >
      <div
        ref={handle}
        className="axis-handle nopan nodrag"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuenow={shown}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuetext={`${word} ${shown}`}
        aria-disabled={onChange === undefined}
        title={onChange && 'Drag, press the arrow keys, or press Enter for a number'}
        onPointerDown={begin}
        onPointerMove={pull}
        onPointerUp={release}
        onPointerCancel={() => setPulled(undefined)}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={press}
      />
      <span className={`axis-label axis-label-${word} axis-label-${side}`} aria-hidden="true">
        <span className="axis-word">{word} </span>
        <b>{shown}</b>
      </span>
      {(isTyping || (pulled && pulled.value !== value)) && (
        <div className="axis-note nopan nodrag nowheel" data-side={shownX * k > NOTE_WIDTH ? 'left' : 'right'}>
          {isTyping ? (
            <HandleField word={word} label={label} value={value} max={max} commandOf={commandOf} onEnd={endTyping} />
          ) : (
            <span className="mono">kubectl {commandOf(shown)}</span>
          )}
        </div>
      )}
    </div>
  );
}

function keyValue(key: string, value: number, max: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(max, value + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, value - 1);
    case 'PageUp':
      return Math.min(max, value + 5);
    case 'PageDown':
      return Math.max(0, value - 5);
    case 'Home':
      return 0;
    default:
      return undefined;
  }
}
