// Zooming about a point, across the levels. Pure.
import {
  CELL_ORIGIN_X,
  CELL_ORIGIN_Y,
  CELL_ROW_PITCH,
  cellRows,
  type Fit,
  planSets,
  type SetPlan,
  screenTop,
  slotRect,
  type Viewport,
} from './layout.ts';
import { levelAt } from './levels.ts';
import { lineOf, MARGIN, PITCH, type SetShape, SLOT_WIDTH } from './line.ts';

export const ZOOM_MIN = 0.04;
export const ZOOM_MAX = 2;

/** A point on the canvas, in pixels of the screen. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Zooms so that what is under a point stays there. Where the level changes, the slot under the point does.
 *
 * @param shapes - the sets
 * @param fit - how they are drawn now
 * @param anchor - the point
 * @param wanted - the zoom asked for
 * @returns how they are drawn then
 */
export function zoomAt(shapes: readonly SetShape[], fit: Fit, anchor: Point, wanted: number): Fit {
  const zoom = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, wanted));
  const level = levelAt(SLOT_WIDTH * zoom, fit.level);
  const before = planSets(shapes, fit.level, fit.columns);
  const after = planSets(shapes, level, fit.columns);
  const at = Math.max(
    0,
    before.findLastIndex((plan) => screenTop(plan, fit.viewport) <= anchor.y),
  );
  const [from, to] = [before[at], after[at]];
  if (!from || !to) return { ...fit, level, viewport: { ...fit.viewport, zoom } };
  const isSameKind = level === fit.level || (level !== 'cell' && fit.level !== 'cell');
  const viewport = isSameKind
    ? { x: xUnder(fit, anchor, zoom), y: yUnder(from, to, fit, level, anchor, zoom), zoom }
    : acrossCells(from, to, fit, { ...fit, level, viewport: { x: 0, y: 0, zoom } }, anchor);
  return { ...fit, level, viewport };
}

/** What scales is measured from where it begins: a line at the canvas' left, cells behind their labels. */
function xUnder({ level, viewport }: Fit, anchor: Point, zoom: number): number {
  const fixed = level === 'cell' ? CELL_ORIGIN_X : 0;
  const units = (anchor.x - viewport.x - fixed) / viewport.zoom;
  return anchor.x - fixed - units * zoom;
}

function yUnder(from: SetPlan, to: SetPlan, fit: Fit, level: Fit['level'], anchor: Point, zoom: number): number {
  const { viewport } = fit;
  const top = screenTop(from, viewport);
  const below = anchor.y - top;
  let newTop = top;
  if (level === 'card' && fit.level === 'card') newTop = anchor.y - (below / viewport.zoom) * zoom;
  if (level === 'cell' && below > CELL_ORIGIN_Y) {
    newTop = anchor.y - CELL_ORIGIN_Y - ((below - CELL_ORIGIN_Y) / viewport.zoom) * zoom;
  }
  return newTop - to.topPx - to.topUnits * zoom;
}

/** Between a line and rows of cells: the slot under the point stays there as far as the set's head stays in sight. */
function acrossCells(from: SetPlan, to: SetPlan, fit: Fit, next: Fit, anchor: Point): Viewport {
  const { zoom } = next.viewport;
  const index = nearestSlot(from, fit, anchor);
  const old = slotRect(from, index, fit);
  const fresh = slotRect(to, index, next);
  const top = screenTop(from, fit.viewport);
  const inside = fresh.y - screenTop(to, next.viewport);
  const isCells = next.level === 'cell';
  // Cells begin at the left, as a fit would have it; a line has no rows to scroll away.
  const newTop = isCells ? Math.min(top, anchor.y - inside) : Math.max(0, top);
  const x = isCells ? MARGIN - MARGIN * zoom : old.x + old.width / 2 - fresh.x - fresh.width / 2;
  return { x, y: newTop - to.topPx - to.topUnits * zoom, zoom };
}

function nearestSlot(plan: SetPlan, fit: Fit, anchor: Point): number {
  const { shape } = plan;
  if (fit.level !== 'cell') {
    const units = (anchor.x - fit.viewport.x) / fit.viewport.zoom - SLOT_WIDTH / 2;
    const { xs } = lineOf(shape);
    const after = xs.findIndex((x) => x >= units);
    return after < 0 ? Math.max(0, xs.length - 1) : after;
  }
  const { zoom } = fit.viewport;
  const column = Math.floor((anchor.x - fit.viewport.x - MARGIN * zoom - CELL_ORIGIN_X) / (PITCH * zoom));
  const row = Math.floor((anchor.y - screenTop(plan, fit.viewport) - CELL_ORIGIN_Y) / (CELL_ROW_PITCH * zoom));
  const rows = cellRows(shape, fit.columns);
  const key = rows[Math.min(rows.length - 1, Math.max(0, row))] ?? 0;
  const ordinal = key * fit.columns + Math.min(fit.columns - 1, Math.max(0, column));
  const index = shape.ordinals.findIndex((own) => own >= ordinal);
  return index < 0 ? Math.max(0, shape.ordinals.length - 1) : index;
}

/**
 * Moves what is seen just so far that a rectangle is inside.
 *
 * @param viewport - what is seen
 * @param rect - on the screen
 * @param size - of the canvas
 * @param margin - how far it stays from the edge
 */
export function panIntoView(
  viewport: Viewport,
  rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  size: { readonly width: number; readonly height: number },
  margin = 24,
): Viewport {
  const dx = shift(rect.x, rect.width, size.width, margin);
  const dy = shift(rect.y, rect.height, size.height, margin);
  return dx === 0 && dy === 0 ? viewport : { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}

function shift(at: number, length: number, room: number, margin: number): number {
  const [start, end] = [at, at + length];
  if ((start >= 0 && end <= room) || (start < 0 && end > room)) return 0;
  // What does not fit shows its beginning.
  return start < 0 || length > room - 2 * margin ? margin - start : room - margin - end;
}
