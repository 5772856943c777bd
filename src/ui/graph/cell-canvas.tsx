// The cells of all sets on one canvas, in the pixels of the screen: it follows the graph's viewport and the facts.
import { useStore as useFlow } from '@xyflow/react';
import { type JSX, useCallback, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { asFacts, type FactsStore, selection } from '#state';
import { pageScale } from '../shell/present.ts';
import { type Cell, type ColorBy, type Look, newStamps, paintCells, readPalette, type Stamps } from './cell-paint.ts';
import { CursorContext, placeOf } from './cursor.ts';
import { useFactsStore } from './graph-side.ts';
import { type Fit, planSets, type Rect, type SetPlan, type Size, slotRect } from './layout.ts';
import type { SetShape } from './line.ts';
import { slotId } from './shapes.ts';
import { zoneLooksOf } from './zone-looks.ts';

export interface CellCanvasProps {
  readonly shapes: readonly SetShape[];
  readonly columns: number;
  readonly size: Size;
  readonly colorBy: ColorBy;
  /** Changes when the colours do. */
  readonly theme: string;
}

/**
 * A canvas behind the heads.
 *
 * @param props - see there
 */
export function CellCanvas({ shapes, columns, size, colorBy, theme }: CellCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [x, y, zoom] = useFlow((state) => state.transform);
  const cursor = useContext(CursorContext);
  const facts = useFactsStore();
  const stamps = useRef<Stamps>(undefined);
  const palette = useRef<{ theme: string; colors: ReturnType<typeof readPalette> }>(undefined);

  const paint = useCallback(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    if (palette.current?.theme !== theme) palette.current = { theme, colors: readPalette(canvas.current) };
    stamps.current ??= newStamps();
    const fit: Fit = { level: 'cell', columns, viewport: { x, y, zoom } };
    const plans = planSets(shapes, 'cell', columns);
    const { id, isShown } = cursor.getState();
    const zones = colorBy === 'zone' ? new Map(zoneLooksOf(facts).map(({ zone, look }) => [zone, look])) : undefined;
    const rings = [ringOf(plans, fit, selectedSlotId(facts)), isShown ? ringOf(plans, fit, id) : undefined];
    paintCells(context, stamps.current, {
      plans,
      fit,
      size,
      ratio: devicePixelRatio * pageScale(),
      palette: palette.current.colors,
      colorBy,
      cellOf: (plan, index) => readCell(facts, plan, index, zones),
      rings: rings.filter((ring) => ring !== undefined),
    });
  }, [shapes, columns, size, colorBy, theme, x, y, zoom, cursor, facts]);

  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const ratio = devicePixelRatio * pageScale();
    element.width = Math.round(size.width * ratio);
    element.height = Math.round(size.height * ratio);
  }, [size]);
  useLayoutEffect(paint, [paint]);
  useEffect(() => {
    const leave = [facts.subscribeAll(paint), selection.subscribe(paint), cursor.subscribe(paint)];
    return () => {
      for (const end of leave) end();
    };
  }, [paint, cursor, facts]);
  // Fonts may come after the first painting; each painting later has them.
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => {
    let isHere = true;
    document.fonts.ready.then(
      () => isHere && latest.current(),
      () => {},
    );
    return () => {
      isHere = false;
    };
  }, []);

  return (
    <div className="cells" aria-hidden="true">
      <canvas ref={canvas} style={{ width: size.width, height: size.height }} />
    </div>
  );
}

const slotIds = new WeakMap<SetShape, string[]>();

/** Ten thousand names are not put together at every painting. */
function slotIdAt(shape: SetShape, index: number): string {
  let ids = slotIds.get(shape);
  if (!ids) {
    ids = shape.ordinals.map((ordinal) => slotId(shape, ordinal));
    slotIds.set(shape, ids);
  }
  return ids[index] ?? '';
}

const ABSENT: Cell = { state: 'absent', look: undefined, isUpdated: false };

function readCell(facts: FactsStore, plan: SetPlan, index: number, zones: ReadonlyMap<string, Look> | undefined): Cell {
  const slot = asFacts('slot', facts.getFacts(slotIdAt(plan.shape, index)));
  const pod = slot?.podId === undefined ? undefined : asFacts('pod', facts.getFacts(slot.podId));
  if (!pod) return ABSENT;
  const node =
    zones && pod.nodeName !== undefined ? asFacts('node', facts.getFacts(`Node//${pod.nodeName}`)) : undefined;
  return {
    state: pod.state,
    look: pod.revision?.look,
    isUpdated: pod.isUpdated,
    ...(node && { zone: zones?.get(node.zone) }),
  };
}

/** The slot of the selected object: a pod and a claim stand in one. */
function selectedSlotId(facts: FactsStore): string | undefined {
  const { selectedId } = selection.getState();
  if (selectedId === undefined || selectedId.startsWith('Slot/')) return selectedId;
  const pod = asFacts('pod', facts.getFacts(selectedId));
  const set = pod?.setId === undefined ? undefined : asFacts('set', facts.getFacts(pod.setId));
  return set && pod?.ordinal !== undefined ? slotId(set, pod.ordinal) : undefined;
}

function ringOf(plans: readonly SetPlan[], fit: Fit, id: string | undefined): Rect | undefined {
  const place = placeOf(
    plans.map(({ shape }) => shape),
    id,
  );
  const plan = plans.find(({ shape }) => shape === place?.shape);
  return plan && place?.index !== undefined ? slotRect(plan, place.index, fit) : undefined;
}
