// Where the parts of the page stand, by how much room there is. Sizes are remembered.
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { compared, setView, terminal, view } from '#state';
import { PANELS } from '../panels/index.ts';
import { Transport } from '../timeline/index.ts';
import { BottomPanel, PanelTabs } from './bottom-panel.tsx';
import { Canvas } from './canvas.tsx';
import { Part } from './failed.tsx';
import { Split } from './split.tsx';
import type { Room } from './use-media.ts';

// What the first picture does without comes behind it.
const LateEditor = lazy(async () => ({ default: (await import('../editor/index.ts')).EditorPane }));
const LateFoldedEditor = lazy(async () => ({ default: (await import('./folded-editor.tsx')).FoldedEditor }));
const LateInspector = lazy(async () => ({ default: (await import('../inspector/index.ts')).Inspector }));
const LatePresentBar = lazy(async () => ({ default: (await import('./present-bar.tsx')).PresentBar }));
const LateTimeline = lazy(async () => ({ default: (await import('../timeline/timeline-view.tsx')).TimelineView }));

const FOLDED_PX = 44;
const EDITOR = { size: 368, min: 280, max: 560 };
const INSPECTOR = { size: 312, min: 280, max: 480 };
const BOTTOM = { size: 220, min: 132, max: 480 };
const BOTTOM_FOLDED_PX = 39;
const PRESENT_PX = 40;

/**
 * Everything under the top bar.
 *
 * @param props - how much room there is
 */
export function Layout({ room }: { room: Room }) {
  if (room === 'phone') return <PhoneLayout />;
  if (room === 'tablet') return <Stack room={room} upper={<CanvasWithOverlay isManifestAllowed />} />;
  return <DeskLayout room={room} />;
}

function DeskLayout({ room }: { room: Room }) {
  const isFolded = useStore(view, (state) => state.isEditorFolded);
  // Two canvases beside each other leave the inspector no place of its own.
  const isComparing = useStore(compared, ({ branch }) => branch !== undefined);
  const upper =
    room === 'wide' && !isComparing ? (
      <Split
        name="inspector"
        label="Width of the inspector"
        direction="row"
        sizes={INSPECTOR}
        sized={<Inspector />}
        rest={<Canvas />}
      />
    ) : (
      <CanvasWithOverlay />
    );
  return (
    <Split
      name="editor"
      label="Width of the editor"
      direction="row"
      isSizedFirst
      sizes={EDITOR}
      foldedPx={FOLDED_PX}
      isFolded={isFolded}
      onFold={(isNarrow) => setView({ isEditorFolded: isNarrow })}
      sized={
        <>
          {isFolded && (
            <Suspense fallback={<div className="ly-empty" />}>
              <LateFoldedEditor />
            </Suspense>
          )}
          {/* Folded it stays, so that typing goes on where it was. */}
          <div className="ly-fill" hidden={isFolded}>
            <Editor canFold />
          </div>
        </>
      }
      rest={<Stack room={room} upper={upper} />}
    />
  );
}

/** The canvas over the timeline. */
function Stack({ room, upper }: { room: Room; upper: ReactNode }) {
  const [isFolded, setFolded] = useState(false);
  const isPresenting = useStore(view, (state) => state.isPresenting) && room !== 'tablet';
  // Who asks for the terminal, or for a tab, wants to see it.
  useEffect(() => {
    const unfold = () => setFolded(false);
    const leave = [
      terminal.subscribe((now, before) => now.focusAsked !== before.focusAsked && unfold()),
      view.subscribe((now, before) => now.bottomTab !== before.bottomTab && unfold()),
    ];
    return () => {
      for (const end of leave) end();
    };
  }, []);
  return (
    <Split
      name="bottom"
      label="Height of the timeline"
      direction="column"
      sizes={BOTTOM}
      foldedPx={isPresenting ? PRESENT_PX : BOTTOM_FOLDED_PX}
      isFolded={isFolded || isPresenting}
      isFixed={isPresenting}
      onFold={setFolded}
      sized={
        isPresenting ? (
          <Suspense fallback={null}>
            <LatePresentBar />
          </Suspense>
        ) : (
          <BottomPanel room={room} />
        )
      }
      rest={upper}
    />
  );
}

function Editor({ canFold = false }: { canFold?: boolean }) {
  return (
    <Part name="The editor">
      <Suspense fallback={<div className="ly-empty" />}>
        <LateEditor canFold={canFold} />
      </Suspense>
    </Part>
  );
}

function Inspector({ isOverlay = false }: { isOverlay?: boolean }) {
  return (
    <Part name="The inspector">
      <Suspense fallback={<div className="ly-empty" />}>
        <LateInspector isOverlay={isOverlay} />
      </Suspense>
    </Part>
  );
}

/** Where the inspector has no place of its own it lies over the canvas. */
function CanvasWithOverlay({ isManifestAllowed = false }: { isManifestAllowed?: boolean }) {
  const isOpen = useStore(view, (state) => state.isInspectorOpen);
  const isManifest = useStore(view, (state) => state.isManifestShown) && isManifestAllowed;
  return (
    <div className="ly-canvas">
      <div className="ly-fill" hidden={isManifest}>
        <Canvas />
      </div>
      {isManifest && <Editor />}
      {isOpen && !isManifest && (
        <div className="ly-overlay">
          <Inspector isOverlay />
        </div>
      )}
    </div>
  );
}

/** The read-and-play page: rows of slots, a small timeline, large buttons. */
function PhoneLayout() {
  const tab = useStore(view, (state) => state.bottomTab);
  const panel = PANELS.find(({ id }) => id === tab);
  const isTimeline = panel === undefined || tab === 'timeline';
  return (
    <div className="ly-phone">
      <CanvasWithOverlay isManifestAllowed />
      <section className="ly-phone-play" aria-label="Playback and history" data-time>
        <PanelTabs />
        <div
          className="ly-phone-time"
          id="bottom-tab"
          role="tabpanel"
          aria-labelledby={`tab-${tab}`}
          data-tall={!isTimeline || undefined}
        >
          <Part key={tab} name={panel?.title ?? 'The timeline'}>
            <Suspense fallback={null}>{isTimeline ? <LateTimeline isCompact /> : <panel.Content />}</Suspense>
          </Part>
        </div>
        <Transport isLarge />
      </section>
    </div>
  );
}
