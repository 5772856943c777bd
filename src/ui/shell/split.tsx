// Two parts beside or over each other with a grip between them: one has a size in pixels, the other takes the rest. The
// size is remembered.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { pageScale } from './present.ts';
import { readSize, writeSize } from './stored-size.ts';

/** What a sized part may measure. */
export interface Sizes {
  readonly size: number;
  readonly min: number;
  readonly max: number;
}

export interface SplitProps {
  /** Under which the size is remembered. */
  readonly name: string;
  /** What the grip is called. */
  readonly label: string;
  readonly direction: 'row' | 'column';
  /** Whether the sized part comes first. */
  readonly isSizedFirst?: boolean;
  readonly sizes: Sizes;
  readonly sized: ReactNode;
  readonly rest: ReactNode;
  /** What is left of the sized part when it is folded; without it, it cannot be. */
  readonly foldedPx?: number;
  readonly isFolded?: boolean;
  readonly onFold?: (isFolded: boolean) => void;
  /** The parts stay as they are: there is no grip. */
  readonly isFixed?: boolean;
}

const STEP_PX = 16;

/** The other part keeps at least this. */
const REST_PX_MIN = 200;

/** Dragged this far under its least size, a part folds. */
const FOLD_PX = 60;

/**
 * Two parts and the grip between them.
 *
 * @param props - see `SplitProps`
 * @returns a box that fills its parent
 */
export function Split(props: SplitProps) {
  const {
    name,
    label,
    direction,
    isSizedFirst = false,
    sizes,
    sized,
    rest,
    foldedPx,
    isFolded = false,
    onFold,
    isFixed = false,
  } = props;
  const box = useRef<HTMLDivElement>(null);
  const [sizePx, setSizePx] = useState(() => Math.min(sizes.max, Math.max(sizes.min, readSize(name, sizes.size))));
  const isRow = direction === 'row';
  const shownPx = isFolded && foldedPx !== undefined ? foldedPx : sizePx;

  const resize = (wantedPx: number) => {
    const all = (isRow ? box.current?.clientWidth : box.current?.clientHeight) ?? 0;
    if (foldedPx !== undefined && wantedPx < sizes.min - FOLD_PX) {
      if (!isFolded) onFold?.(true);
      return;
    }
    if (isFolded) onFold?.(false);
    const next = Math.max(sizes.min, Math.min(sizes.max, all - REST_PX_MIN, wantedPx));
    setSizePx(next);
    writeSize(name, next);
  };
  const sign = isSizedFirst ? 1 : -1;
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget;
    const fromPx = shownPx;
    const from = isRow ? event.clientX : event.clientY;
    grip.setPointerCapture(event.pointerId);
    const onMove = (move: globalThis.PointerEvent) =>
      resize(fromPx + (sign * ((isRow ? move.clientX : move.clientY) - from)) / pageScale());
    const onUp = () => {
      grip.removeEventListener('pointermove', onMove);
      grip.removeEventListener('pointerup', onUp);
      grip.removeEventListener('pointercancel', onUp);
    };
    grip.addEventListener('pointermove', onMove);
    grip.addEventListener('pointerup', onUp);
    grip.addEventListener('pointercancel', onUp);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? STEP_PX * 4 : STEP_PX;
    const next = {
      [isRow ? 'ArrowLeft' : 'ArrowUp']: sizePx - sign * step,
      [isRow ? 'ArrowRight' : 'ArrowDown']: sizePx + sign * step,
      Home: sizes.min,
      End: sizes.max,
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      resize(Math.max(sizes.min, next));
    } else if (event.key === 'Enter' && foldedPx !== undefined) {
      event.preventDefault();
      onFold?.(!isFolded);
    }
  };

  const first = (
    <div className="sp-part" style={{ flex: `0 0 ${shownPx}px` }}>
      {sized}
    </div>
  );
  return (
    <div className="sp-box" ref={box} data-direction={direction}>
      {isSizedFirst && first}
      {!isSizedFirst && <div className="sp-part sp-rest">{rest}</div>}
      {/* biome-ignore lint/a11y/useSemanticElements: a line that can be moved is no rule between texts */}
      <div
        className="sp-grip"
        hidden={isFixed}
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation={isRow ? 'vertical' : 'horizontal'}
        aria-valuenow={Math.round(shownPx)}
        aria-valuemin={foldedPx ?? sizes.min}
        aria-valuemax={sizes.max}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
        onDoubleClick={() => resize(sizes.size)}
      />
      {isSizedFirst && <div className="sp-part sp-rest">{rest}</div>}
      {!isSizedFirst && first}
    </div>
  );
}
