// The Identity view on a canvas that is panned and zoomed. It decides how much of each slot is drawn, keeps what the
// visitor looks at, and leads the keyboard from slot to slot.
import {
  type Viewport as FlowViewport,
  type OnMove,
  ReactFlow,
  useStore as useFlow,
  useReactFlow,
} from '@xyflow/react';
import { type JSX, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { asFacts, clock, type FactsStore, isMotionOff, selection } from '#state';
import { pointIn } from '../shell/present.ts';
import { useTheme } from '../theme/index.ts';
import type { ColorBy } from './cell-paint.ts';
import { CursorContext, moveCursor, moveOf, placeId, placeOf } from './cursor.ts';
import { identityNodes } from './flow-nodes.ts';
import { FLOW_OPTIONS } from './flow-options.ts';
import { useFactsStore, useRowDomId } from './graph-side.ts';
import { ServiceHead, SetHead } from './heads.tsx';
import {
  LateAxis,
  LateCellCanvas,
  LateCellLegend,
  LateCellLens,
  LateCellRows,
  LateChip,
  LateColorBySwitch,
  LateLegend,
  LateThought,
} from './late-parts.tsx';
import { cellAt, type Fit, fitSets, HEADS_WIDTH, planSets, type Size, slotRect } from './layout.ts';
import { levelAt } from './levels.ts';
import { MARGIN, type SetShape, SLOT_WIDTH } from './line.ts';
import { slotId } from './shapes.ts';
import { Slot } from './slot.tsx';
import { OpeningsContext, useOpenings } from './slot-openings.ts';
import { useIsCalm, useMotionAttributes } from './use-motion.ts';
import { useScaledPan } from './use-scaled-pan.ts';
import { ZoomControl } from './zoom-control.tsx';
import { type Point, panIntoView, ZOOM_MAX, ZOOM_MIN, zoomAt } from './zooming.ts';
import './legend.css';

export interface IdentityFlowProps {
  readonly shapes: readonly SetShape[];
  /** Of the whole view. */
  readonly size: Size;
  readonly onSelect: (id: string | undefined) => void;
  readonly onOpen: ((id: string) => void) | undefined;
}

const NODE_TYPES = {
  set: SetHead,
  service: ServiceHead,
  axis: LateAxis,
  thought: LateThought,
  slot: Slot,
  chip: LateChip,
};
const NO_EDGES: never[] = [];
/** The legend lies over the foot of the canvas. */
const FOOT = 34;
const ZOOM_STEP = 1.25;
const WHEEL_STEP = 0.0022;
const LENS_DELAY_MS = 140;
/** As long as a slot takes to its new place: `--t-move`. */
const MOVE_MS = 420;

/**
 * The canvas of the sets.
 *
 * @param props - see there
 */
export function IdentityFlow({ shapes, size, onSelect, onOpen }: IdentityFlowProps): JSX.Element {
  const flow = useReactFlow();
  const cursor = useContext(CursorContext);
  const facts = useFactsStore();
  const theme = useTheme();
  const isCalm = useIsCalm();
  const room = useMemo(() => ({ width: size.width, height: size.height - FOOT }), [size]);
  const best = useMemo(() => fitSets(shapes, room), [shapes, room]);
  const [view, setView] = useState<Pick<Fit, 'level' | 'columns'>>({ level: best.level, columns: best.columns });
  const [lens, setLens] = useState<string>();
  const [colorBy, setColorBy] = useState<ColorBy>('state');
  const isTouched = useRef(false);
  const wrapper = useRef<HTMLDivElement>(null);
  const { level, columns } = view;

  const needsZoom = level !== 'card' && shapes.length > 1;
  const zoom = useFlow((state) => (needsZoom ? state.transform[2] : 1));
  const headWidth = level === 'cell' ? Math.max(HEADS_WIDTH, size.width - 2 * MARGIN) : HEADS_WIDTH;
  const nodes = useMemo(
    () => identityNodes(shapes, { level, columns }, zoom, headWidth),
    [shapes, level, columns, zoom, headWidth],
  );

  const show = useCallback(
    (fit: Fit) => {
      // Level and viewport belong to one picture.
      flushSync(() => {
        setView((before) =>
          before.level === fit.level && before.columns === fit.columns
            ? before
            : { level: fit.level, columns: fit.columns },
        );
        flow.setViewport(fit.viewport).catch(() => {});
      });
    },
    [flow],
  );
  const current = useCallback((): Fit => ({ level, columns, viewport: flow.getViewport() }), [level, columns, flow]);

  const shown = useRef({ room, level });
  useEffect(() => {
    const { room: oldRoom, level: oldLevel } = shown.current;
    shown.current = { room, level: best.level };
    if (isTouched.current) return;
    setView({ level: best.level, columns: best.columns });
    // A set that grows makes room slowly; a pane that is pulled is followed at once.
    const isStill = isCalm || oldRoom !== room || oldLevel !== best.level || isMotionOff(clock.getState());
    flow.setViewport(best.viewport, { duration: isStill ? 0 : MOVE_MS, interpolate: 'linear' }).catch(() => {});
  }, [best, room, flow, isCalm]);

  const zoomBy = useCallback(
    (factor: number, anchor: Point) => {
      isTouched.current = true;
      setLens(undefined);
      const fit = current();
      show(zoomAt(shapes, fit, anchor, fit.viewport.zoom * factor));
    },
    [current, shapes, show],
  );
  const fitAll = () => {
    isTouched.current = false;
    setLens(undefined);
    show(best);
  };
  const onMove: OnMove = (event, viewport: FlowViewport) => {
    if (!event) return;
    isTouched.current = true;
    setLens(undefined);
    // Two fingers zoom without asking.
    const next = levelAt(SLOT_WIDTH * viewport.zoom, level);
    if (next !== level) setView({ level: next, columns });
  };

  useLayoutEffect(() => {
    const element = wrapper.current;
    if (!element) return;
    element.setAttribute('role', 'grid');
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const box = element.getBoundingClientRect();
      zoomBy(Math.exp(-event.deltaY * WHEEL_STEP), pointIn(box, event.clientX, event.clientY));
    };
    element.addEventListener('wheel', onWheel, { capture: true, passive: false });
    return () => element.removeEventListener('wheel', onWheel, { capture: true });
  }, [zoomBy]);

  const rectOf = useCallback(
    (id: string | undefined) => {
      const place = placeOf(shapes, id);
      const plan = planSets(shapes, level, columns).find(({ shape }) => shape === place?.shape);
      return plan && place?.index !== undefined ? slotRect(plan, place.index, current()) : undefined;
    },
    [shapes, level, columns, current],
  );
  const panTo = useCallback(
    (id: string | undefined) => {
      const rect = rectOf(id);
      if (!rect) return;
      const viewport = panIntoView(flow.getViewport(), rect, room);
      if (viewport !== flow.getViewport()) flow.setViewport(viewport).catch(() => {});
    },
    [rectOf, flow, room],
  );
  // What is selected elsewhere is brought into sight.
  useEffect(() => selection.subscribe(({ selectedId }) => panTo(slotIdOf(facts, selectedId))), [panTo, facts]);

  const objectOf = (id: string) => asFacts('slot', facts.getFacts(id))?.podId ?? id;
  const cellUnder = (clientX: number, clientY: number): string | undefined => {
    const box = wrapper.current?.getBoundingClientRect();
    if (!box || level !== 'cell') return undefined;
    const { x, y } = pointIn(box, clientX, clientY);
    const found = cellAt(planSets(shapes, level, columns), current(), x, y);
    return found && slotId(found.plan.shape, found.plan.shape.ordinals[found.index] ?? 0);
  };

  const onClick = (event: React.MouseEvent) => {
    const id = selectIdOf(event.target) ?? cellUnder(event.clientX, event.clientY);
    if (id?.startsWith('Slot/')) cursor.setState({ id });
    setLens(level === 'cell' && id?.startsWith('Slot/') ? id : undefined);
    onSelect(id === undefined ? undefined : objectOf(id));
  };
  const onDoubleClick = (event: React.MouseEvent) => {
    const id = selectIdOf(event.target) ?? cellUnder(event.clientX, event.clientY);
    if (id !== undefined) onOpen?.(objectOf(id));
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = { x: room.width / 2, y: room.height / 2 };
    const { id } = cursor.getState();
    const move = moveOf(event.key, event.shiftKey);
    if (move) {
      const place = moveCursor(shapes, placeOf(shapes, id), move, level === 'cell' ? columns : undefined);
      cursor.setState({ id: place && placeId(place), isShown: true });
      setLens(undefined);
      panTo(place && placeId(place));
    } else if (event.key === 'Enter' && id !== undefined) {
      onSelect(objectOf(id));
      if (level !== 'cell' || lens === id) onOpen?.(objectOf(id));
      else setLens(id);
    } else if (event.key === 'Escape') {
      // With nothing to let go of, the key is the page's.
      if (lens === undefined && selection.getState().selectedId === undefined) return;
      if (lens === undefined) onSelect(undefined);
      setLens(undefined);
    } else if (event.key === '+' || event.key === '=') zoomBy(ZOOM_STEP, middle);
    else if (event.key === '-') zoomBy(1 / ZOOM_STEP, middle);
    else if (event.key === '0') fitAll();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocus = (event: React.FocusEvent) => {
    if (event.target !== event.currentTarget) return;
    const { id } = cursor.getState();
    const known = placeOf(shapes, id) ?? placeOf(shapes, slotIdOf(facts, selection.getState().selectedId));
    const place = known ?? moveCursor(shapes, undefined, 'next', undefined);
    cursor.setState({ id: place && placeId(place), isShown: event.currentTarget.matches(':focus-visible') });
  };
  const onBlur = (event: React.FocusEvent) => {
    if (event.target === event.currentTarget) cursor.setState({ isShown: false });
  };

  const isPannedByFlow = useScaledPan(wrapper, () => {
    isTouched.current = true;
    setLens(undefined);
  });
  const openings = useOpenings(shapes);
  const hover = useHover(level === 'cell', cellUnder, setLens);
  const lensRect = level === 'cell' ? rectOf(lens) : undefined;
  const rowCount = shapes.reduce((sum, { ordinals }) => sum + ordinals.length + 1, 0);
  return (
    <div className="identity" data-level={level} {...useMotionAttributes()} {...hover}>
      <OpeningsContext value={openings}>
        <ReactFlow
          ref={wrapper}
          className="identity-flow"
          nodes={nodes}
          edges={NO_EDGES}
          nodeTypes={NODE_TYPES}
          defaultViewport={best.viewport}
          minZoom={ZOOM_MIN}
          maxZoom={ZOOM_MAX}
          {...FLOW_OPTIONS}
          panOnDrag={isPannedByFlow}
          onMove={onMove}
          onClick={onClick}
          onDoubleClick={onDoubleClick}
          onKeyDown={onKeyDown}
          onFocus={onFocus}
          onBlur={onBlur}
          tabIndex={0}
          data-graph-grid=""
          aria-label="Slots"
          aria-rowcount={rowCount}
          aria-activedescendant={useActiveRow()}
        >
          <ZoomVariable />
          {level === 'cell' && (
            <>
              <LateCellCanvas shapes={shapes} columns={columns} size={size} colorBy={colorBy} theme={theme} />
              <LateCellRows shapes={shapes} />
            </>
          )}
        </ReactFlow>
      </OpeningsContext>
      {level === 'cell' && <LateColorBySwitch value={colorBy} onChange={setColorBy} />}
      {lens !== undefined && lensRect && (
        <LateCellLens slotId={lens} cell={lensRect} size={room} onOpen={(id) => onOpen?.(id)} />
      )}
      <Foot
        level={level}
        colorBy={colorBy}
        onZoom={(direction) =>
          zoomBy(direction > 0 ? ZOOM_STEP : 1 / ZOOM_STEP, { x: room.width / 2, y: room.height / 2 })
        }
        onFit={fitAll}
      />
    </div>
  );
}

function Foot({
  level,
  colorBy,
  onZoom,
  onFit,
}: {
  level: Fit['level'];
  colorBy: ColorBy;
  onZoom: (direction: 1 | -1) => void;
  onFit: () => void;
}) {
  const percent = useFlow((state) => Math.round(state.transform[2] * 100));
  const label = level === 'card' ? `${percent}%` : level === 'chip' ? 'Chips' : 'Cells';
  return (
    <div className="canvas-foot">
      {level === 'cell' ? <LateCellLegend colorBy={colorBy} /> : <LateLegend />}
      <ZoomControl label={label} onZoom={onZoom} onFit={onFit} />
    </div>
  );
}

/** Styles that undo the zoom must know it in the same picture. */
function ZoomVariable() {
  const zoom = useFlow((state) => state.transform[2]);
  const element = useFlow((state) => state.domNode);
  useLayoutEffect(() => {
    element?.style.setProperty('--graph-zoom', String(zoom));
  }, [zoom, element]);
  return null;
}

function useActiveRow(): string | undefined {
  const domId = useRowDomId();
  const cursor = useContext(CursorContext);
  const [id, setId] = useState(cursor.getState().id);
  useEffect(() => cursor.subscribe((state) => setId(state.id)), [cursor]);
  return id === undefined ? undefined : domId(id);
}

/** A cell that the pointer rests on is put under the lens; leaving the cell for the lens keeps it. */
function useHover(
  isOn: boolean,
  cellUnder: (x: number, y: number) => string | undefined,
  setLens: (id: string | undefined) => void,
): { readonly onPointerMove?: (event: React.PointerEvent) => void; readonly onPointerLeave?: () => void } {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef<string>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!isOn) return {};
  return {
    onPointerMove: (event) => {
      if (event.pointerType !== 'mouse' || event.buttons !== 0) return;
      if (event.target instanceof Element && event.target.closest('.lens')) {
        clearTimeout(timer.current);
        return;
      }
      const id = cellUnder(event.clientX, event.clientY);
      if (id === last.current) return;
      last.current = id;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setLens(id), LENS_DELAY_MS);
    },
    onPointerLeave: () => {
      last.current = undefined;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setLens(undefined), LENS_DELAY_MS);
    },
  };
}

function selectIdOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-select]')?.dataset.select : undefined;
}

/** The slot in which an object stands. */
function slotIdOf(facts: FactsStore, id: string | undefined): string | undefined {
  if (id === undefined || id.startsWith('Slot/')) return id;
  const pod = asFacts('pod', facts.getFacts(id));
  const set = pod?.setId === undefined ? undefined : asFacts('set', facts.getFacts(pod.setId));
  return set && pod?.ordinal !== undefined ? slotId(set, pod.ordinal) : id;
}
