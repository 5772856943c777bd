// Parts of the canvas that the first picture nearly always does without: each is nothing until it has come.
import { type ComponentType, type JSX, lazy, Suspense } from 'react';

/**
 * A component that is loaded when it is first drawn.
 *
 * @param load - brings it
 */
function late<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => JSX.Element {
  const Late = lazy(async () => ({ default: await load() }));
  return function LatePart(props: P) {
    return (
      <Suspense fallback={null}>
        <Late {...props} />
      </Suspense>
    );
  };
}

const loadCells = () => import('./cells.ts');

export const LateCellCanvas = late(async () => (await loadCells()).CellCanvas);
export const LateCellLegend = late(async () => (await loadCells()).CellLegend);
export const LateCellLens = late(async () => (await loadCells()).CellLens);
export const LateCellRows = late(async () => (await loadCells()).CellRows);
export const LateColorBySwitch = late(async () => (await loadCells()).ColorBySwitch);
export const LateChip = late(async () => (await import('./chip.tsx')).Chip);
export const LateHandleField = late(async () => (await import('./handle-field.tsx')).HandleField);
export const LateLegend = late(async () => (await import('./legend.tsx')).Legend);
export const LateIdentityRows = late(async () => (await import('./identity-rows.tsx')).IdentityRows);
