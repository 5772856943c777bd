// Paints cells: a thousand pods on one canvas. Shapes are drawn once for each look and stamped from then on.
import {
  cellGlyph,
  GLYPH_HEIGHT,
  GLYPH_WIDTH,
  REVISION_MARKS,
  type ShownState,
  stateTone,
  type Tone,
} from '../icons/index.ts';
import {
  CELL_ORIGIN_X,
  CELL_ORIGIN_Y,
  CELL_ROW_PITCH,
  cellRows,
  type Fit,
  type Rect,
  type SetPlan,
  type Size,
  screenTop,
} from './layout.ts';
import { MARGIN, PITCH } from './line.ts';

export type Look = 1 | 2 | 3;

/** What is known of a cell. */
export interface Cell {
  readonly state: ShownState;
  readonly look: Look | undefined;
  readonly isUpdated: boolean;
  /** Of the zone that its node is in; undefined without a node. */
  readonly zone?: Look | undefined;
}

/** Colours as the theme has them. */
export interface Palette {
  readonly fills: Readonly<Record<Tone, string>>;
  readonly revisions: Readonly<Record<Look, string>>;
  readonly ground: string;
  /** Zones have no hue: that is for states and revisions. */
  readonly zone: string;
  readonly ink: string;
  readonly label: string;
  readonly font: string;
}

const TONES: readonly Tone[] = ['ready', 'work', 'wait', 'term', 'fail', 'unk'];

/**
 * Reads the theme's colours off an element.
 *
 * @param element - one that stands in the theme
 */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    fills: Object.fromEntries(TONES.map((tone) => [tone, value(`${tone}-fill`)])) as Record<Tone, string>,
    revisions: { 1: value('r1-fill'), 2: value('r2-fill'), 3: value('r3-fill') },
    ground: value('canvas'),
    zone: value('ink-2'),
    ink: value('ink'),
    label: value('ink-3'),
    font: `450 12px ${value('font-ui')}`,
  };
}

/** What the cells are coloured by. */
export type ColorBy = 'state' | 'revision' | 'zone';

export interface PaintOptions {
  readonly plans: readonly SetPlan[];
  readonly fit: Fit;
  readonly size: Size;
  readonly ratio: number;
  readonly palette: Palette;
  readonly colorBy: ColorBy;
  /** The cell of a set's ordinal, by its place. */
  readonly cellOf: (plan: SetPlan, index: number) => Cell;
  /** Cells with a ring round them: what is selected, and where the keyboard is. */
  readonly rings: readonly Rect[];
}

/** A cell takes so much of its pitch. */
const CELL_SHARE = 17 / 20.4;
const LABEL_RIGHT = 24;
const LABEL_ROW_MIN_PX = 14;

/** Gives the stamp of a cell, so many pixels of the device wide. */
export type Stamps = (cell: Cell, width: number, options: Pick<PaintOptions, 'palette' | 'colorBy'>) => OffscreenCanvas;

/**
 * Keeps the shapes that were drawn for one size and theme.
 *
 * @returns gives a stamp, drawing it the first time
 */
export function newStamps(): Stamps {
  const stamps = new Map<string, OffscreenCanvas>();
  let key = '';
  return (cell, width, { palette, colorBy }) => {
    const wanted = `${width} ${colorBy} ${palette.ground} ${palette.ink}`;
    if (wanted !== key) {
      stamps.clear();
      key = wanted;
    }
    const name = `${cell.state} ${cell.look ?? 0} ${cell.zone ?? 0}`;
    let stamp = stamps.get(name);
    if (!stamp) {
      stamp = drawStamp(cell, width, palette, colorBy);
      stamps.set(name, stamp);
    }
    return stamp;
  };
}

function drawStamp({ state, look, zone }: Cell, width: number, palette: Palette, colorBy: ColorBy): OffscreenCanvas {
  const height = Math.ceil((width * GLYPH_HEIGHT) / GLYPH_WIDTH);
  const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.scale(width / GLYPH_WIDTH, width / GLYPH_WIDTH);
  context.lineJoin = 'round';
  if (colorBy === 'revision' && look !== undefined && state !== 'absent') {
    fillWithLook(context, look, palette.revisions[look]);
    return canvas;
  }
  if (colorBy === 'zone' && zone !== undefined && state !== 'absent') {
    fillWithLook(context, zone, palette.zone);
    return canvas;
  }
  const tone = palette.fills[stateTone(state)];
  for (const part of cellGlyph(state)) {
    const paint = part.color === 'cell-ground' ? palette.ground : tone;
    const path = new Path2D(part.path);
    context.globalAlpha = part.opacity ?? 1;
    context.setLineDash([...(part.dash ?? [])]);
    context.lineCap = part.dash ? 'round' : 'butt';
    if (part.width === undefined) {
      context.fillStyle = paint;
      context.fill(path);
    } else {
      context.strokeStyle = paint;
      context.lineWidth = part.width;
      context.stroke(path);
    }
  }
  if (look !== undefined && state !== 'absent') {
    context.globalAlpha = 1;
    context.setLineDash([]);
    context.lineCap = look === 3 ? 'round' : 'butt';
    context.strokeStyle = palette.revisions[look];
    context.lineWidth = 1.8;
    context.stroke(new Path2D(REVISION_MARKS[look]));
  }
  return canvas;
}

/** Solid, diagonal, dots: a revision is known without its colour here too. */
function fillWithLook(context: OffscreenCanvasRenderingContext2D, look: Look, color: string): void {
  const box = new Path2D();
  box.roundRect(1, 0.5, 12, 12, 2.4);
  context.fillStyle = color;
  context.strokeStyle = color;
  if (look === 1) {
    context.fill(box);
    return;
  }
  context.lineWidth = 1;
  context.stroke(box);
  context.clip(box);
  if (look === 2) {
    context.lineWidth = 2;
    for (let x = -12; x < 28; x += 4.2) context.stroke(new Path2D(`M${x} 14 L${x + 14} 0`));
    return;
  }
  for (let x = 3; x < 14; x += 4) {
    for (let y = 2.5; y < 14; y += 4)
      context.fill(new Path2D(`M${x + 1.3} ${y}a1.3 1.3 0 1 1-2.6 0a1.3 1.3 0 1 1 2.6 0`));
  }
}

/**
 * Paints all cells that are in sight.
 *
 * @param context - of a canvas as large as the view
 * @param stamps - shapes drawn before
 * @param options - what to paint
 */
export function paintCells(context: CanvasRenderingContext2D, stamps: Stamps, options: PaintOptions): void {
  const { ratio, size } = options;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, size.width * ratio, size.height * ratio);
  for (const plan of options.plans) paintSet(context, stamps, plan, options);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.strokeStyle = options.palette.ink;
  context.lineWidth = 2;
  for (const ring of options.rings) {
    context.beginPath();
    context.roundRect(ring.x - 2.5, ring.y - 2.5, ring.width * CELL_SHARE + 5, ring.height - 0.5, 5);
    context.stroke();
  }
}

function paintSet(context: CanvasRenderingContext2D, stamps: Stamps, plan: SetPlan, options: PaintOptions): void {
  const { fit, size, ratio, palette } = options;
  const { columns, viewport } = fit;
  const pitch = PITCH * viewport.zoom;
  const rowPitch = CELL_ROW_PITCH * viewport.zoom;
  const left = viewport.x + MARGIN * viewport.zoom;
  const x0 = left + CELL_ORIGIN_X;
  const y0 = screenTop(plan, viewport) + CELL_ORIGIN_Y;
  const width = Math.max(1, Math.round(pitch * CELL_SHARE * ratio));
  const { ordinals } = plan.shape;
  let firstUpdated: number | undefined;
  let hasOld = false;
  context.setTransform(1, 0, 0, 1, 0, 0);
  let rowIndex = -1;
  let row: number | undefined;
  for (let index = 0; index < ordinals.length; index++) {
    const ordinal = ordinals[index] ?? 0;
    const own = Math.floor(ordinal / columns);
    if (own !== row) {
      row = own;
      rowIndex++;
    }
    const y = y0 + rowIndex * rowPitch;
    const isSeen = y + rowPitch >= 0 && y <= size.height;
    if (!isSeen && firstUpdated !== undefined) continue;
    const cell = options.cellOf(plan, index);
    if (cell.state !== 'absent') {
      if (cell.isUpdated) firstUpdated ??= index;
      else hasOld = true;
    }
    if (!isSeen) continue;
    const x = x0 + (ordinal % columns) * pitch;
    if (x + pitch < 0 || x > size.width) continue;
    context.drawImage(stamps(cell, width, options), Math.round(x * ratio), Math.round(y * ratio));
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintLabels(context, plan, options, { x0, y0, left, pitch, rowPitch });
  if (hasOld && firstUpdated !== undefined && firstUpdated > 0) {
    paintFrontier(context, plan, options, firstUpdated, { x0, y0, left, pitch, rowPitch });
  }
  context.fillStyle = palette.label;
}

interface Frame {
  readonly x0: number;
  readonly y0: number;
  readonly left: number;
  readonly pitch: number;
  readonly rowPitch: number;
}

function paintLabels(context: CanvasRenderingContext2D, plan: SetPlan, options: PaintOptions, frame: Frame): void {
  const { columns } = options.fit;
  const { x0, y0, left, pitch, rowPitch } = frame;
  context.font = options.palette.font;
  context.fillStyle = options.palette.label;
  context.fontKerning = 'normal';
  context.textBaseline = 'alphabetic';
  context.textAlign = 'right';
  const every = Math.max(1, Math.ceil(LABEL_ROW_MIN_PX / rowPitch));
  const middle = (rowPitch * (11 / 15)) / 2 + 4;
  for (const [i, row] of cellRows(plan.shape, columns).entries()) {
    const y = y0 + i * rowPitch + middle;
    if (i % every === 0 && y > -20 && y < options.size.height + 20)
      context.fillText(String(row * columns), left + LABEL_RIGHT, y);
  }
  context.textAlign = 'left';
  const step = columns <= 20 ? 5 : 10;
  if (step * pitch < 30 || plan.shape.ordinals.length <= 1) return;
  for (let column = 0; column < columns; column += step) context.fillText(`+${column}`, x0 + column * pitch, y0 - 9);
}

/** How far the update has come, from the highest ordinal down. */
function paintFrontier(
  context: CanvasRenderingContext2D,
  plan: SetPlan,
  options: PaintOptions,
  index: number,
  { x0, y0, pitch, rowPitch }: Frame,
): void {
  const { columns } = options.fit;
  const ordinal = plan.shape.ordinals[index] ?? 0;
  const row = cellRows(plan.shape, columns).indexOf(Math.floor(ordinal / columns));
  const gap = (pitch * (1 - CELL_SHARE)) / 2;
  const top = y0 + row * rowPitch - 2;
  const x = x0 + (ordinal % columns) * pitch - gap;
  const right = x0 + columns * pitch - gap;
  context.strokeStyle = options.palette.ink;
  context.lineWidth = 1.6;
  context.beginPath();
  if (x > x0) {
    context.moveTo(x0 - 4, top + rowPitch);
    context.lineTo(x, top + rowPitch);
    context.lineTo(x, top);
  } else context.moveTo(x0 - 4, top);
  context.lineTo(right, top);
  context.stroke();
}
