// The canvas with the view that is shown, and what a person does on it, as acts.
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { asFacts, compared, engine, getFacts, kubectl, select, setView, view } from '#state';
import { IdentityView } from '../graph/identity-view.tsx';
import { Part } from './failed.tsx';
import { focusInspector } from './focus.ts';
import { partitionCommand, scaleCommand } from './set-commands.ts';
import { getNodesView, loadNodesView } from './show-layout.ts';

/** The first picture is the identity view. */
const LateNodesView = lazy(async () => ({ default: await loadNodesView() }));
const LateCompareView = lazy(async () => ({ default: (await import('../compare/compare-view.tsx')).CompareView }));

const LateStopped = lazy(async () => ({ default: (await import('./stopped.tsx')).Stopped }));

function scale(setId: string, replicas: number): void {
  const set = asFacts('set', getFacts(setId));
  if (set) void kubectl(scaleCommand(set, replicas));
}

function hold(setId: string, partition: number): void {
  const set = asFacts('set', getFacts(setId));
  if (set) void kubectl(partitionCommand(set, partition));
}

function pick(id: string | undefined): void {
  select(id);
  if (id !== undefined) setView({ isInspectorOpen: true });
}

function open(id: string): void {
  pick(id);
  // Where the inspector lies over the canvas it is there only with the next picture.
  requestAnimationFrame(focusInspector);
}

/**
 * The canvas, filling its parent.
 */
export function Canvas() {
  const layout = useStore(view, (state) => state.layout);
  const isComparing = useStore(compared, ({ branch }) => branch !== undefined);
  const Nodes = getNodesView() ?? LateNodesView;
  const isStopped = useStore(engine, (state) => state.stoppedBy !== undefined);
  return (
    <div className="cv" data-canvas tabIndex={-1} data-stopped={isStopped || undefined}>
      <div className="cv-view">
        <Part key={`${layout} ${isComparing}`} name="The canvas">
          {isComparing ? (
            <Suspense fallback={null}>
              <LateCompareView onScale={scale} onPartition={hold} onOpen={open} />
            </Suspense>
          ) : layout === 'identity' ? (
            <IdentityView onSelect={pick} onScale={scale} onPartition={hold} onOpen={open} />
          ) : (
            <Suspense fallback={null}>
              <Nodes onSelect={pick} onOpen={open} />
            </Suspense>
          )}
        </Part>
      </div>
      {isStopped && (
        <Suspense fallback={null}>
          <LateStopped />
        </Suspense>
      )}
    </div>
  );
}
