// The page: the bar, the parts under it, and what lies over all of them.
import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { session, view } from '#state';
import { DIALOGS, loadPalette } from './dialogs.ts';
import { SvgPatterns } from './icons/index.ts';
import { Part } from './shell/failed.tsx';
import { Layout } from './shell/layout.tsx';
import { startPresenting } from './shell/present.ts';
import { TopBar } from './shell/top-bar.tsx';
import { useRoom } from './shell/use-media.ts';
import './shell/shell.css';

// Messages, and what takes a file that is dropped.
const LateBanner = lazy(async () => ({ default: (await import('./shell/banner.tsx')).Banner }));
const LateDropTarget = lazy(async () => ({ default: (await import('./shell/drop-target.tsx')).DropTarget }));
const LateNotices = lazy(async () => ({ default: (await import('./shell/notices.tsx')).Notices }));
const LateProblemPage = lazy(async () => ({ default: (await import('./shell/problem-page.tsx')).ProblemPage }));

/** Behind the first picture and the editor's beginning. */
const PALETTE_MS = 2_000;

/**
 * The whole page.
 */
export function App() {
  return (
    <Part name="The page">
      <Page />
    </Part>
  );
}

function Page() {
  const room = useRoom();
  const status = useStore(session, (state) => state.status);
  const dialog = useStore(view, (state) => state.dialog);
  const Dialog = dialog && DIALOGS[dialog];
  useEffect(startKeyboardSoon, []);
  useEffect(startPresenting, []);
  // Whoever presses Ctrl K types at once: by then the palette has to be there.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), PALETTE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <SvgPatterns />
      {status === 'problem' ? (
        <Suspense fallback={null}>
          <LateProblemPage />
        </Suspense>
      ) : (
        <div className="app" data-room={room}>
          <TopBar room={room} />
          <Suspense fallback={null}>
            <LateBanner />
          </Suspense>
          <main className="sh-main">
            <Layout room={room} />
          </main>
        </div>
      )}
      <Suspense fallback={null}>
        <LateNotices tellsOutput={room !== 'wide'} />
        <LateDropTarget />
      </Suspense>
      <Suspense fallback={null}>{Dialog && <Dialog />}</Suspense>
    </>
  );
}

/** The table of the keys comes right behind the first picture. */
function startKeyboardSoon(): () => void {
  let end: (() => void) | undefined;
  let isOver = false;
  void import('./shell/keyboard.ts').then(
    ({ startKeyboard }) => {
      if (!isOver) end = startKeyboard();
    },
    () => undefined,
  );
  return () => {
    isOver = true;
    end?.();
  };
}
