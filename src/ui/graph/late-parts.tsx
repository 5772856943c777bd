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

export const LateAxis = late(async () => (await import('./axis.tsx')).Axis);
export const LateCellCanvas = late(async () => (await loadCells()).CellCanvas);
export const LateCellLegend = late(async () => (await loadCells()).CellLegend);
export const LateCellLens = late(async () => (await loadCells()).CellLens);
export const LateCellRows = late(async () => (await loadCells()).CellRows);
export const LateColorBySwitch = late(async () => (await loadCells()).ColorBySwitch);
export const LateThoughtAnnouncer = late(async () => (await import('./thought-announcer.tsx')).ThoughtAnnouncer);
export const LateThought = late(async () => (await import('./thought.tsx')).ThoughtCaption);
export const LateChip = late(async () => (await import('./chip.tsx')).Chip);
export const LateLegend = late(async () => (await import('./legend.tsx')).Legend);
export const LateEmptyIdentity = late(async () => (await import('./empty-identity.tsx')).EmptyIdentity);
export const LateIdentityRows = late(async () => (await import('./identity-rows.tsx')).IdentityRows);
