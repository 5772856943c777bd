// From the plan of the sets to the nodes of the graph library. Pure. Nodes change when slots come or go, never with a tick.
import { Position } from '@xyflow/react';
import {
  type Fit,
  HEADER_WIDTH,
  HEADS_WIDTH,
  planSets,
  railHeight,
  SERVICE_WIDTH,
  SERVICE_X,
  type SetPlan,
  SLOT_TOP,
  Y,
} from './layout.ts';
import { lineOf, MARGIN, PITCH, type SetShape, SLOT_WIDTH } from './line.ts';
import type { IdentityNode } from './node-parts.ts';

/** What is drawn in pixels takes the more units the smaller the zoom: as much as it ever takes is reserved. */
const ZOOM_LEAST = { chip: 0.17, cell: 0.035 } as const;
const PIXELS_HIGH = 400;

/** The library calls each of its elements a node, which means something else here, and breaks the grid's rows. */
export const PLAIN = { 'aria-roledescription': undefined } as const;

/** Layers: what joins things lies under the slots, what points at them over. */
const Z = { slot: 1, axis: 2, thought: 3, head: 1 } as const;

/**
 * The nodes of all sets.
 *
 * @param shapes - the sets
 * @param fit - how they are drawn
 * @param zoom - counts only where sets of chips or cells stand under each other
 * @param width - pixels that heads may take
 */
export function identityNodes(
  shapes: readonly SetShape[],
  { level, columns }: Pick<Fit, 'level' | 'columns'>,
  zoom: number,
  width: number,
): IdentityNode[] {
  let row = 1;
  return planSets(shapes, level, columns).flatMap((plan) => {
    const nodes = setNodes(plan, level, zoom, width, row);
    row += plan.shape.ordinals.length + 1;
    return nodes.map((node) => ({ ...node, domAttributes: PLAIN }));
  });
}

function setNodes(plan: SetPlan, level: Fit['level'], zoom: number, width: number, row: number): IdentityNode[] {
  const { shape } = plan;
  const isCard = level === 'card';
  const top = plan.topUnits + (plan.topPx === 0 ? 0 : plan.topPx / zoom);
  const at = (x: number, y: number) => ({ x, y: top + (isCard ? y : 0) });
  const data = { shape, level, width, row };
  const least = level === 'card' ? 1 : ZOOM_LEAST[level];
  const tall = isCard ? {} : { height: PIXELS_HIGH / least };
  const lineRight = lineOf(shape).right;
  const whole = Math.max(SERVICE_X + SERVICE_WIDTH, lineRight);
  const head = {
    id: shape.id,
    type: 'set' as const,
    position: at(MARGIN, Y.header),
    width: isCard ? HEADER_WIDTH : width / least,
    height: Y.headerHeight,
    ...tall,
    zIndex: Z.head,
    data,
  };
  const thought = {
    id: `${shape.id} thought`,
    type: 'thought' as const,
    position: at(0, 0),
    width: isCard ? whole : width / least,
    height: 140,
    ...tall,
    zIndex: Z.thought,
    data,
  };
  if (level === 'cell') return [head, thought];
  const service = {
    id: `${shape.id} service`,
    type: 'service' as const,
    position: at(isCard ? SERVICE_X : MARGIN, Y.header),
    width: isCard ? SERVICE_WIDTH : HEADS_WIDTH / least,
    height: Y.headerHeight,
    ...tall,
    zIndex: Z.head,
    data,
  };
  const axis = {
    id: `${shape.id} axis`,
    type: 'axis' as const,
    position: at(0, 0),
    width: isCard ? whole : Math.max(lineRight, width / least),
    height: Y.rail + railHeight(shape.claimRows),
    ...tall,
    zIndex: Z.axis,
    data,
  };
  return [head, ...(shape.serviceName === '' ? [] : [service]), ...slotNodes(plan, isCard, top, row), axis, thought];
}

function slotNodes({ shape }: SetPlan, isCard: boolean, top: number, row: number): IdentityNode[] {
  const { xs } = lineOf(shape);
  const height = isCard ? Y.rail + railHeight(shape.claimRows) - SLOT_TOP : PIXELS_HIGH / ZOOM_LEAST.chip;
  return xs.map((x, index) => {
    const next = xs[index + 1] ?? x + PITCH;
    const before = xs[index - 1];
    return {
      id: `${shape.id} ${shape.ordinals[index]}`,
      type: isCard ? ('slot' as const) : ('chip' as const),
      position: { x, y: top + (isCard ? SLOT_TOP : 0) },
      width: SLOT_WIDTH,
      height,
      zIndex: Z.slot,
      handles: [{ type: 'target' as const, position: Position.Top, x: SLOT_WIDTH / 2, y: 0, width: 1, height: 1 }],
      data: {
        shape,
        index,
        row: row + 1 + index,
        toNext: next - x,
        toPrevious: before === undefined ? 0 : x - before - SLOT_WIDTH,
      },
    };
  });
}
