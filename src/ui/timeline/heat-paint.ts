// Paints the cells of a set: the revision where all is well, and over it whatever wants to be seen. Revisions and states
// differ by pattern before they do by colour.
import { type LifeCells, lookOfCode, type PodState, stateOfCode } from '#scene';
import type { Palette } from '../graph/cell-paint.ts';
import { stateTone } from '../icons/index.ts';

/** Where the cells lie, in pixels of the page. */
export interface HeatArea {
  readonly columnPx: number;
  readonly heightPx: number;
  readonly ratio: number;
}

/** What is well is drawn so that it recedes. */
const CALM = 0.42;

type Brush = { readonly fill: string | CanvasPattern; readonly alpha: number };

/**
 * Paints all cells.
 *
 * @param context - of a canvas that is large enough
 * @param picture - the cells
 * @param area - where they lie
 * @param palette - the theme's colours
 */
export function paintHeat(
  context: CanvasRenderingContext2D,
  picture: LifeCells,
  { columnPx, heightPx, ratio }: HeatArea,
  palette: Palette,
): void {
  const { columns, rows, cells } = picture;
  const rowPx = (heightPx * ratio) / rows;
  const brushes = new Map<number, Brush | undefined>();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  for (let row = 0; row < rows; row += 1) {
    const top = Math.round(row * rowPx);
    const height = Math.max(1, Math.round((row + 1) * rowPx) - top);
    for (let column = 0; column < columns; ) {
      const code = cells[row * columns + column] ?? 0;
      const from = column;
      while (column < columns && cells[row * columns + column] === code) column += 1;
      if (!brushes.has(code)) brushes.set(code, brushOf(context, code, palette, ratio));
      const brush = brushes.get(code);
      if (!brush) continue;
      context.globalAlpha = brush.alpha;
      context.fillStyle = brush.fill;
      context.fillRect(from * columnPx * ratio, top, (column - from) * columnPx * ratio, height);
    }
  }
  context.globalAlpha = 1;
}

function brushOf(context: CanvasRenderingContext2D, code: number, palette: Palette, ratio: number): Brush | undefined {
  const state = stateOfCode(code);
  const look = lookOfCode(code);
  if (state === 'absent') return undefined;
  if ((state === 'ready' || state === 'completed') && (look === 1 || look === 2 || look === 3)) {
    const color = palette.revisions[look];
    if (look === 1) return { fill: color, alpha: CALM };
    return { fill: tile(context, look === 2 ? 'diagonal' : 'dots', color, ratio), alpha: 0.8 };
  }
  const color = palette.fills[stateTone(state)];
  const pattern = PATTERNS[state];
  return pattern
    ? { fill: tile(context, pattern, color, ratio), alpha: 1 }
    : { fill: color, alpha: ALPHAS[state] ?? 1 };
}

const PATTERNS: Readonly<Partial<Record<PodState, Tile>>> = {
  creating: 'stripes',
  init: 'stripes',
  terminating: 'hatch',
  unknown: 'dots',
};

const ALPHAS: Readonly<Partial<Record<PodState, number>>> = { ready: CALM, pending: 0.5, 'ready-not-available': 0.7 };

type Tile = 'diagonal' | 'hatch' | 'dots' | 'stripes';

/** A small picture that repeats. */
function tile(context: CanvasRenderingContext2D, kind: Tile, color: string, ratio: number): CanvasPattern | string {
  const size = Math.round(4 * ratio);
  const canvas = new OffscreenCanvas(size, size);
  const brush = canvas.getContext('2d');
  if (!brush) return color;
  brush.fillStyle = color;
  brush.strokeStyle = color;
  if (kind === 'stripes') brush.fillRect(0, 0, size * 0.55, size);
  else if (kind === 'dots') {
    brush.beginPath();
    brush.arc(size / 2, size / 2, size * 0.32, 0, 2 * Math.PI);
    brush.fill();
  } else {
    // Three strokes, so that the corners meet those of the next tile.
    brush.lineWidth = kind === 'diagonal' ? size * 0.42 : size * 0.26;
    brush.beginPath();
    for (const shift of [-size, 0, size]) {
      const [from, to] = kind === 'diagonal' ? [size, 0] : [0, size];
      brush.moveTo(shift - size * 0.5, kind === 'diagonal' ? from + size * 0.5 : from - size * 0.5);
      brush.lineTo(shift + size * 1.5, kind === 'diagonal' ? to - size * 0.5 : to + size * 0.5);
    }
    brush.stroke();
  }
  return context.createPattern(canvas, 'repeat') ?? color;
}
