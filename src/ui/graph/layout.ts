// Where everything of the Identity view stands. Pure: from the shape of the sets to numbers, in units that are pixels at
// a zoom of 1. Cards scale with the zoom in both directions. Chips and cells keep their text readable: along the line of
// ordinals they follow the zoom, across it heads and chips have a size in pixels.
import type { Level } from './levels.ts';
import { indexOfOrdinal, lineOf, MARGIN, PITCH, type SetShape, SLOT_WIDTH } from './line.ts';

/** Heights in a set's own frame: its top is 0. */
export const Y = {
  header: 14,
  headerHeight: 74,
  thought: 100,
  thoughtHeight: 34,
  rule: 168,
  rail: 170,
  bus: 219,
  chipRail: 170,
} as const;
export const HEADER_WIDTH = 484;
export const SERVICE_X = 516;
export const SERVICE_WIDTH = 224;
const HEAD_RIGHT = SERVICE_X + SERVICE_WIDTH;
/** The heads of a set and what is between them. */
export const HEADS_WIDTH = HEAD_RIGHT - MARGIN;
/** The bus of the service comes down there. */
const RIGHT_MARGIN = 12;
/** Half a handle and a little more. */
const HANDLE_ROOM = 10;
/** A slot's node begins above its rail, where its number stands on the rule. */
export const SLOT_TOP = 150;
const BARE_RAIL = 319;
const CLAIM_ROW = 109;
/** More claims than these show a count. */
export const CLAIMS_SHOWN_MAX = 2;
const CLAIM_COUNT = 26;
export const CHIP_RAIL_HEIGHT = 178;
const SET_GAP = 26;
/** Cells. */
export const CELL_ORIGIN_X = 32;
export const CELL_ORIGIN_Y = 142;
const CELL_FOOT = 34;
export const CELL_ROW_PITCH = PITCH * 1.049;
const CELL_PITCH_MAX_PX = 27;

/**
 * Where the service's line comes down beside the slots.
 *
 * @param shape - the set
 */
export function busX(shape: SetShape): number {
  const { right } = lineOf(shape);
  return right <= HEAD_RIGHT + 8 ? HEAD_RIGHT + 8.5 : right + 5;
}

/**
 * The height of a slot's rail.
 *
 * @param claimRows - how many claims each slot has
 */
export function railHeight(claimRows: number): number {
  if (claimRows <= CLAIMS_SHOWN_MAX) return BARE_RAIL + claimRows * CLAIM_ROW;
  return BARE_RAIL + CLAIM_ROW + CLAIM_COUNT;
}

/** Where one set stands: so many pixels, and so many units times the zoom, under the top of the first. */
export interface SetPlan {
  readonly shape: SetShape;
  readonly topPx: number;
  readonly topUnits: number;
  readonly heightPx: number;
  readonly heightUnits: number;
}

/**
 * Stacks the sets.
 *
 * @param shapes - from top to bottom
 * @param level - how they are drawn
 * @param columns - how many cells stand in a row
 */
export function planSets(shapes: readonly SetShape[], level: Level, columns: number): readonly SetPlan[] {
  let topPx = 0;
  let topUnits = 0;
  return shapes.map((shape) => {
    const { heightPx, heightUnits } = heightOf(shape, level, columns);
    const plan = { shape, topPx, topUnits, heightPx, heightUnits };
    topPx += heightPx;
    topUnits += heightUnits;
    return plan;
  });
}

function heightOf(shape: SetShape, level: Level, columns: number): { heightPx: number; heightUnits: number } {
  if (level === 'card') return { heightPx: 0, heightUnits: Y.rail + railHeight(shape.claimRows) + SET_GAP };
  if (level === 'chip') return { heightPx: Y.chipRail + CHIP_RAIL_HEIGHT + SET_GAP, heightUnits: 0 };
  return { heightPx: CELL_ORIGIN_Y + CELL_FOOT, heightUnits: cellRows(shape, columns).length * CELL_ROW_PITCH };
}

/**
 * The rows of cells that have any: a row is known by its first ordinal divided by the columns.
 *
 * @param shape - the set
 * @param columns - how many stand in a row
 */
export function cellRows(shape: SetShape, columns: number): readonly number[] {
  const rows: number[] = [];
  for (const ordinal of shape.ordinals) {
    const row = Math.floor(ordinal / columns);
    if (rows.at(-1) !== row) rows.push(row);
  }
  return rows;
}

/** What of the canvas is seen, as the graph library has it: screen = units × zoom + x or y. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A level with its viewport. */
export interface Fit {
  readonly level: Level;
  readonly columns: number;
  readonly viewport: Viewport;
}

/** The least zoom at which cards are drawn, and at which they are kept rather than cut off at the foot of a low canvas. */
const CARD_ZOOM_MIN = 96 / SLOT_WIDTH;
const CARD_ZOOM_KEPT = 88 / SLOT_WIDTH;
const CHIP_ZOOM_MIN = 28 / SLOT_WIDTH;

/**
 * Chooses what shows all slots at once as large as they can be.
 *
 * @param shapes - the sets
 * @param size - of the canvas, without what lies over it
 */
export function fitSets(shapes: readonly SetShape[], size: Size): Fit {
  const columns = columnsFor(shapes, size.width);
  const right = Math.max(MARGIN, ...shapes.map((shape) => lineOf(shape).right));
  const handle = Math.max(0, ...shapes.map((shape) => lineOf(shape).replicasX + HANDLE_ROOM));
  const whole = Math.max(HEAD_RIGHT + MARGIN, right + RIGHT_MARGIN, handle);
  const cardZoom = Math.min(1, size.width / whole);
  if (cardZoom >= CARD_ZOOM_MIN) {
    const [plan] = planSets(shapes.slice(0, 1), 'card', columns);
    const tall = plan ? plan.heightUnits - SET_GAP : 1;
    const zoom = Math.max(CARD_ZOOM_KEPT, Math.min(cardZoom, size.height / tall));
    return {
      level: 'card',
      columns,
      viewport: { x: Math.max(0, Math.round((size.width - whole * zoom) / 2)), y: 0, zoom },
    };
  }
  const chipZoom = Math.min(CARD_ZOOM_MIN - 0.001, (size.width - 2 * MARGIN) / (right - MARGIN));
  if (chipZoom >= CHIP_ZOOM_MIN) {
    const used = Math.max(HEADS_WIDTH, (right - MARGIN) * chipZoom);
    const left = Math.max(MARGIN, Math.round((size.width - used) / 2));
    return { level: 'chip', columns, viewport: { x: left - MARGIN * chipZoom, y: 0, zoom: chipZoom } };
  }
  const pitch = Math.min(CELL_PITCH_MAX_PX, (size.width - 2 * MARGIN - CELL_ORIGIN_X) / columns);
  const zoom = pitch / PITCH;
  return { level: 'cell', columns, viewport: { x: MARGIN - MARGIN * zoom, y: 0, zoom } };
}

/** Cells are best read about so wide; beyond some thousands they may be smaller. */
const CELL_PITCH_PX = 18;
const SMALL_CELL_PITCH_PX = 9;
const MANY = 2000;

/**
 * How many cells stand in a row: a round number, so that an ordinal is its row's label plus its column.
 *
 * @param shapes - the sets
 * @param width - of the canvas
 */
export function columnsFor(shapes: readonly SetShape[], width: number): number {
  const most = Math.max(0, ...shapes.map(({ ordinals }) => ordinals.length));
  const pitch = most > MANY ? SMALL_CELL_PITCH_PX : CELL_PITCH_PX;
  const room = Math.floor((width - 2 * MARGIN - CELL_ORIGIN_X) / pitch);
  const choices = most > MANY ? [10, 20, 50, 100] : [10, 20, 50];
  return choices.filter((columns) => columns <= room).at(-1) ?? 10;
}

/**
 * Where a set's top is on the screen.
 *
 * @param plan - the set
 * @param viewport - what is seen
 */
export function screenTop(plan: SetPlan, viewport: Viewport): number {
  return viewport.y + plan.topPx + plan.topUnits * viewport.zoom;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Where a slot is on the screen.
 *
 * @param plan - its set
 * @param index - its place among the set's ordinals
 * @param fit - how the sets are drawn
 */
export function slotRect(plan: SetPlan, index: number, { level, columns, viewport }: Fit): Rect {
  const { x, zoom } = viewport;
  const top = screenTop(plan, viewport);
  if (level === 'cell') {
    const ordinal = plan.shape.ordinals[index] ?? 0;
    const row = rowIndexOf(plan.shape, columns, Math.floor(ordinal / columns));
    return {
      x: x + MARGIN * zoom + CELL_ORIGIN_X + (ordinal % columns) * PITCH * zoom,
      y: top + CELL_ORIGIN_Y + row * CELL_ROW_PITCH * zoom,
      width: PITCH * zoom,
      height: CELL_ROW_PITCH * zoom,
    };
  }
  const left = x + (lineOf(plan.shape).xs[index] ?? MARGIN) * zoom;
  const width = SLOT_WIDTH * zoom;
  if (level === 'chip') return { x: left, y: top + SLOT_TOP, width, height: Y.chipRail + CHIP_RAIL_HEIGHT - SLOT_TOP };
  const height = (Y.rail + railHeight(plan.shape.claimRows) - SLOT_TOP) * zoom;
  return { x: left, y: top + SLOT_TOP * zoom, width, height };
}

function rowIndexOf(shape: SetShape, columns: number, row: number): number {
  const rows = rowsCached(shape, columns);
  // Rows without a gap, as they nearly always are, need no search.
  const guess = row - (rows[0] ?? 0);
  return rows[guess] === row ? guess : rows.indexOf(row);
}

const rowsByShape = new WeakMap<SetShape, Map<number, readonly number[]>>();

function rowsCached(shape: SetShape, columns: number): readonly number[] {
  const byColumns = rowsByShape.get(shape) ?? new Map<number, readonly number[]>();
  rowsByShape.set(shape, byColumns);
  const rows = byColumns.get(columns) ?? cellRows(shape, columns);
  byColumns.set(columns, rows);
  return rows;
}

/**
 * Which cell is under a point.
 *
 * @param plans - the sets
 * @param fit - how they are drawn; cells
 * @param px - the point on the screen
 * @param py - the point on the screen
 * @returns the set's plan and the place among its ordinals
 */
export function cellAt(
  plans: readonly SetPlan[],
  { columns, viewport }: Fit,
  px: number,
  py: number,
): { readonly plan: SetPlan; readonly index: number } | undefined {
  const { x, zoom } = viewport;
  const column = Math.floor((px - x - MARGIN * zoom - CELL_ORIGIN_X) / (PITCH * zoom));
  if (column < 0 || column >= columns) return undefined;
  for (const plan of plans) {
    const rows = rowsCached(plan.shape, columns);
    const at = Math.floor((py - screenTop(plan, viewport) - CELL_ORIGIN_Y) / (CELL_ROW_PITCH * zoom));
    const row = rows[at];
    if (row === undefined) continue;
    const index = indexOfOrdinal(plan.shape, row * columns + column);
    return index === undefined ? undefined : { plan, index };
  }
  return undefined;
}
