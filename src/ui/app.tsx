// The page: the bar, the parts under it, and what lies over all of them.
import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { session, view } from '#state';
import { DIALOGS, loadPalette } from './dialogs.ts';
import { SvgPatterns } from './icons/index.ts';
import { Banner } from './shell/banner.tsx';
import { DropTarget } from './shell/drop-target.tsx';
import { Part } from './shell/failed.tsx';
import { Layout } from './shell/layout.tsx';
import { Notices } from './shell/notices.tsx';
import { startPresenting } from './shell/present.ts';
import { TopBar } from './shell/top-bar.tsx';
import { useRoom } from './shell/use-media.ts';
import './shell/shell.css';

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
          <Banner />
          <main className="sh-main">
            <Layout room={room} />
          </main>
        </div>
      )}
      <Notices tellsOutput={room !== 'wide'} />
      <DropTarget />
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
