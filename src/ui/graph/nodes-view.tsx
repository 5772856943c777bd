// The Nodes view: the same pods and volumes by where they are. What is selected stays selected.
import { ReactFlow, ReactFlowProvider, useStore as useFlow, useReactFlow } from '@xyflow/react';
import { FLOW_OPTIONS } from './flow-options.ts';
import '@xyflow/react/dist/base.css';
import { type JSX, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { selection } from '#state';
import { pointIn } from '../shell/present.ts';
import { CursorContext, moveOf, newCursorStore } from './cursor.ts';
import { useRowDomId } from './graph-side.ts';
import type { Size, Viewport } from './layout.ts';
import { Machine } from './machine.tsx';
import { NodesCaption } from './nodes-caption.tsx';
import { clusterNodes } from './nodes-flow.ts';
import { CELL, type NodesPlan, nodesOrder, planNodes, rectOnPlan } from './nodes-layout.ts';
import { NodesLegend } from './nodes-legend.tsx';
import { type NodesShape, useNodesShape } from './nodes-shape.ts';
import { ThoughtAnnouncer } from './thought-announcer.tsx';
import { useMotionAttributes } from './use-motion.ts';
import { useScaledPan } from './use-scaled-pan.ts';
import { useSize } from './use-size.ts';
import { Volume } from './volume.tsx';
import { Wires, Zone } from './zone.tsx';
import { ZoomControl } from './zoom-control.tsx';
import { type Point, panIntoView } from './zooming.ts';
import './identity-view.css';
import './nodes-view.css';
import './legend.css';

export interface NodesViewProps {
  /** An object was chosen, or nothing. */
  readonly onSelect: (id: string | undefined) => void;
  /** Enter or a double click: show what there is to know of it. */
  readonly onOpen?: (id: string) => void;
}

const NODE_TYPES = { zone: Zone, machine: Machine, volume: Volume, wires: Wires, caption: NodesCaption };
const NO_EDGES: never[] = [];
const FOOT = 34;
const ZOOM_STEP = 1.25;
const WHEEL_STEP = 0.0022;
const ZOOM = { min: 0.1, max: 2, whole: 0.9 };

/**
 * The nodes of the cluster at the moment shown. It fills its parent.
 *
 * @param props - what to do when something is chosen
 */
export function NodesView({ onSelect, onOpen }: NodesViewProps): JSX.Element {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const size = useSize(element);
  const shape = useNodesShape();
  const [cursor] = useState(newCursorStore);
  return (
    <CursorContext value={cursor}>
      <div ref={setElement} className="identity-view">
        <ThoughtAnnouncer />
        {size && (
          <ReactFlowProvider>
            <NodesFlow shape={shape} size={size} onSelect={onSelect} onOpen={onOpen} />
          </ReactFlowProvider>
        )}
      </div>
    </CursorContext>
  );
}

interface NodesFlowProps {
  readonly shape: NodesShape;
  readonly size: Size;
  readonly onSelect: (id: string | undefined) => void;
  readonly onOpen: ((id: string) => void) | undefined;
}

function NodesFlow({ shape, size, onSelect, onOpen }: NodesFlowProps) {
  const flow = useReactFlow();
  const cursor = useContext(CursorContext);
  const room = useMemo(() => ({ width: size.width, height: size.height - FOOT }), [size]);
  const plan = useMemo(() => planNodes(shape, size.width), [shape, size.width]);
  const nodes = useMemo(() => clusterNodes(shape, plan), [shape, plan]);
  const order = useMemo(() => nodesOrder(shape), [shape]);
  const best = useMemo(() => fitPlan(plan, room), [plan, room]);
  const isTouched = useRef(false);
  const wrapper = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isTouched.current) flow.setViewport(best).catch(() => {});
  }, [best, flow]);
  const zoomBy = useCallback(
    (factor: number, anchor: Point) => {
      isTouched.current = true;
      const { x, y, zoom } = flow.getViewport();
      const next = Math.min(ZOOM.max, Math.max(ZOOM.min, zoom * factor));
      const k = next / zoom;
      flow
        .setViewport({ x: anchor.x - (anchor.x - x) * k, y: anchor.y - (anchor.y - y) * k, zoom: next })
        .catch(() => {});
    },
    [flow],
  );
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
  const panTo = useCallback(
    (id: string | undefined) => {
      const rect = id === undefined ? undefined : rectOnPlan(plan, id);
      if (!rect) return;
      const viewport = flow.getViewport();
      const { x, y, zoom } = viewport;
      const onScreen = {
        x: rect.x * zoom + x,
        y: rect.y * zoom + y,
        width: rect.width * zoom,
        height: rect.height * zoom,
      };
      const next = panIntoView(viewport, onScreen, room);
      if (next !== viewport) flow.setViewport(next).catch(() => {});
    },
    [plan, flow, room],
  );
  useEffect(() => selection.subscribe(({ selectedId }) => panTo(selectedId)), [panTo]);
  const middle = { x: room.width / 2, y: room.height / 2 };
  const fitAll = () => {
    isTouched.current = false;
    flow.setViewport(best).catch(() => {});
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const { id } = cursor.getState();
    const move = moveOf(event.key, event.shiftKey);
    if (move) {
      const at = id === undefined ? -1 : order.indexOf(id);
      const next = order[stepIn(order, shape, at, move)];
      cursor.setState({ id: next, isShown: true });
      panTo(next);
    } else if (event.key === 'Enter' && id !== undefined) {
      onSelect(id);
      onOpen?.(id);
    } else if (event.key === 'Escape' && selection.getState().selectedId !== undefined) onSelect(undefined);
    else if (event.key === '+' || event.key === '=') zoomBy(ZOOM_STEP, middle);
    else if (event.key === '-') zoomBy(1 / ZOOM_STEP, middle);
    else if (event.key === '0') fitAll();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocus = (event: React.FocusEvent) => {
    if (event.target !== event.currentTarget) return;
    const { selectedId } = selection.getState();
    const known = [cursor.getState().id, selectedId].find((id) => id !== undefined && order.includes(id));
    cursor.setState({ id: known ?? order[0], isShown: event.currentTarget.matches(':focus-visible') });
  };
  const active = useActive();
  const isPannedByFlow = useScaledPan(wrapper, () => {
    isTouched.current = true;
  });
  const domId = useRowDomId();
  return (
    <div className="identity nodes" {...useMotionAttributes()}>
      <ReactFlow
        ref={wrapper}
        className="identity-flow"
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={NODE_TYPES}
        defaultViewport={best}
        minZoom={ZOOM.min}
        maxZoom={ZOOM.max}
        {...FLOW_OPTIONS}
        panOnDrag={isPannedByFlow}
        onMove={(event) => {
          if (event) isTouched.current = true;
        }}
        onClick={(event) => {
          const id = idUnder(event, shape, flow.getViewport().zoom);
          if (id !== undefined) cursor.setState({ id });
          onSelect(id);
        }}
        onDoubleClick={(event) => {
          const id = idUnder(event, shape, flow.getViewport().zoom);
          if (id !== undefined) onOpen?.(id);
        }}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={(event) => {
          if (event.target === event.currentTarget) cursor.setState({ isShown: false });
        }}
        tabIndex={0}
        data-graph-grid=""
        aria-label="Nodes"
        aria-rowcount={nodes.length}
        aria-activedescendant={active === undefined ? undefined : domId(active)}
      />
      <div className="canvas-foot">
        <NodesLegend />
        <Percent onZoom={(direction) => zoomBy(direction > 0 ? ZOOM_STEP : 1 / ZOOM_STEP, middle)} onFit={fitAll} />
      </div>
    </div>
  );
}

function Percent({ onZoom, onFit }: { onZoom: (direction: 1 | -1) => void; onFit: () => void }) {
  const percent = useFlow((state) => Math.round(state.transform[2] * 100));
  return <ZoomControl label={`${percent}%`} onZoom={onZoom} onFit={onFit} />;
}

/** All of it where it nearly fits, and else its top at full size. */
function fitPlan({ size }: NodesPlan, room: Size): Viewport {
  const needed = Math.min(1, room.height / size.height);
  const zoom = needed < ZOOM.whole ? 1 : needed;
  return { x: Math.max(0, Math.round((room.width - size.width * zoom) / 2)), y: 0, zoom };
}

function useActive(): string | undefined {
  const cursor = useContext(CursorContext);
  const [id, setId] = useState(cursor.getState().id);
  useEffect(() => cursor.subscribe((state) => setId(state.id)), [cursor]);
  return id;
}

/** Up and down go from node to node, everything else from thing to thing. */
function stepIn(
  order: readonly string[],
  shape: NodesShape,
  at: number,
  move: NonNullable<ReturnType<typeof moveOf>>,
): number {
  const last = order.length - 1;
  const machines = shape.zones.flatMap(({ machines }) => machines.map(({ id }) => order.indexOf(id)));
  switch (move) {
    case 'first':
      return 0;
    case 'last':
      return last;
    case 'up':
      return machines.findLast((i) => i < at) ?? 0;
    case 'down':
      return machines.find((i) => i > at) ?? Math.min(last, at + 1);
    case 'previous':
    case 'page-up':
      return Math.max(0, at - (move === 'previous' ? 1 : 10));
    case 'next':
    case 'page-down':
      return Math.min(last, at + (move === 'next' ? 1 : 10));
  }
}

/** What is under the pointer; a painted pod is known by its place. */
function idUnder(event: React.MouseEvent, shape: NodesShape, zoom: number): string | undefined {
  if (!(event.target instanceof Element)) return undefined;
  const cells = event.target.closest<HTMLElement>('[data-cells]');
  if (cells) {
    const box = cells.getBoundingClientRect();
    const { x, y } = pointIn(box, event.clientX, event.clientY);
    const [column, row] = [Math.floor(x / (CELL * zoom)), Math.floor(y / (CELL * zoom))];
    const columns = Number(cells.dataset.columns);
    const ids = podIdsOf(shape, cells.dataset.cells);
    const id = column < columns ? ids[row * columns + column] : undefined;
    if (id !== undefined) return id;
  }
  return event.target.closest<HTMLElement>('[data-select]')?.dataset.select;
}

function podIdsOf(shape: NodesShape, machineId: string | undefined): readonly string[] {
  const machines = shape.zones.flatMap((zone) => zone.machines);
  return machines.find(({ id }) => id === machineId)?.podIds ?? shape.unplacedIds;
}
