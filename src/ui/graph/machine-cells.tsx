// The pods of a node that has too many of them for anything but cells.
import { type JSX, useCallback, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { asFacts, selection } from '#state';
import { GLYPH_WIDTH } from '../icons/index.ts';
import { pageScale } from '../shell/present.ts';
import { useTheme } from '../theme/index.ts';
import { newStamps, readPalette } from './cell-paint.ts';
import { CursorContext } from './cursor.ts';
import { useFactsStore, useRowDomId } from './graph-side.ts';
import { CELL, cellColumns, cellRect, type MachinePlan } from './nodes-layout.ts';
import { useFacts } from './use-facts.ts';
import { podWord } from './words.ts';

/**
 * A canvas of cells. A click on it is read by the view, from the place of the pointer.
 *
 * @param props - the node's plan
 */
export function MachineCells({ plan }: { readonly plan: MachinePlan }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const cursor = useContext(CursorContext);
  const facts = useFactsStore();
  const { body, shape } = plan;
  const paint = useCallback(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = devicePixelRatio * pageScale();
    const palette = { ...readPalette(element), theme };
    const stamp = newStamps();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, element.width, element.height);
    const { selectedId } = selection.getState();
    const { id: cursorId, isShown } = cursor.getState();
    for (const [i, id] of shape.podIds.entries()) {
      const pod = asFacts('pod', facts.getFacts(id));
      const rect = cellRect(plan, i);
      const [x, y] = [(rect.x - body.x) * ratio, (rect.y - body.y) * ratio];
      const cell = {
        state: pod?.state ?? ('absent' as const),
        look: pod?.revision?.look,
        isUpdated: pod?.isUpdated ?? false,
      };
      context.drawImage(
        stamp(cell, Math.round(GLYPH_WIDTH * ratio), { palette, colorBy: 'state' }),
        x + 2 * ratio,
        y + ratio,
      );
      if (id !== selectedId && !(isShown && id === cursorId)) continue;
      context.strokeStyle = palette.ink;
      context.lineWidth = 1.5 * ratio;
      context.strokeRect(x + ratio, y, (CELL - 2) * ratio, (CELL - 1) * ratio);
    }
  }, [plan, body, shape, theme, cursor, facts]);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const ratio = devicePixelRatio * pageScale();
    element.width = Math.round(body.width * ratio);
    element.height = Math.round(body.height * ratio);
    paint();
  }, [body, paint]);
  useEffect(() => {
    const own = new Set(shape.podIds);
    const leave = [
      facts.subscribeAll((changed) => {
        for (const id of changed) if (own.has(id)) return paint();
      }),
      selection.subscribe(paint),
      cursor.subscribe(paint),
    ];
    return () => {
      for (const end of leave) end();
    };
  }, [shape, paint, cursor, facts]);
  return (
    <div
      className="machine-cells"
      style={{ left: body.x, top: body.y, width: body.width, height: body.height }}
      data-cells={shape.id}
      data-columns={cellColumns(body.width)}
    >
      <canvas ref={canvas} style={{ width: body.width, height: body.height }} />
      <CursorCell podIds={shape.podIds} />
    </div>
  );
}

/** The painted pod that the keyboard is on, in words. */
function CursorCell({ podIds }: { podIds: readonly string[] }) {
  const id = useStore(useContext(CursorContext), (state) => state.id);
  const domId = useRowDomId();
  const isHere = id !== undefined && podIds.includes(id);
  const pod = useFacts('pod', isHere ? id : undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the canvas' grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
    <span className="visually-hidden" role="gridcell" id={pod && domId(pod.id)}>
      {pod ? `${pod.name}, ${podWord(pod, 0).toLowerCase()}` : `${podIds.length} pods`}
    </span>
  );
}
