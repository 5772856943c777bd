// The left column: the manifests, what is wrong with them, and how they get into the cluster.
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { apply, applyAll, editor, openDialog, session, setView, watchCluster } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { Boundary } from '../shell/boundary.tsx';
import { pickFile } from '../shell/files.ts';
import { Breadcrumbs } from './breadcrumbs.tsx';
import { FileMenu } from './file-menu.tsx';
import { FileTabs } from './file-tabs.tsx';
import { startManifestObjects } from './objects.ts';
import { PlainPane } from './plain-pane.tsx';
import { Problems } from './problems.tsx';
import { useDifference } from './use-difference.ts';
import { differenceWords } from './words.ts';
import './editor.css';

const LivingOffer = lazy(async () => ({ default: (await import('../living/living-offer.tsx')).LivingOffer }));
const MonacoPane = lazy(async () => ({ default: (await import('./monaco-pane.tsx')).MonacoPane }));

/** Rather late than before the picture. */
const IDLE_MS = 1_200;

/**
 * The editor with its tabs, problems and Apply.
 *
 * @param props - `canFold`: there is a column to fold
 * @returns the column, filling its parent
 */
export function EditorPane({ canFold = false }: { canFold?: boolean }) {
  const [renaming, setRenaming] = useState<string>();
  useEffect(startManifestObjects, []);
  useEffect(watchCluster, []);
  return (
    <section className="ed" aria-label="Manifest">
      <div className="ed-tab">
        <FileTabs renaming={renaming} onRename={setRenaming} />
        <button type="button" className="btn btn-small ed-examples" onClick={() => openDialog('gallery')}>
          Examples
        </button>
        <FileMenu onRename={setRenaming} />
        {canFold && (
          <button
            type="button"
            className="btn btn-icon ed-fold"
            aria-label="Fold the editor"
            title="Fold the editor (\)"
            onClick={() => setView({ isEditorFolded: true })}
          >
            <ActionIcon name="panel" size={15} />
          </button>
        )}
      </div>
      <Breadcrumbs />
      <div className="ed-code">
        <Pane />
        <Empty />
      </div>
      <Suspense fallback={null}>
        <LivingOffer />
      </Suspense>
      <Problems />
      <ApplyBar />
    </section>
  );
}

/** What to do with an empty file. It stands under the text, so that one can type at once. */
function Empty() {
  const isEmpty = useStore(editor, ({ files, fileName }) => (files[fileName] ?? '').trim() === '');
  const isOpen = useStore(session, (state) => state.status === 'open');
  if (!isEmpty || !isOpen) return null;
  return (
    <div className="ed-empty">
      <p>Type or paste a manifest, drop files here, or begin with one that is there.</p>
      <div className="ed-empty-acts">
        <button type="button" className="btn btn-line" onClick={() => openDialog('gallery')}>
          Browse the gallery
        </button>
        <button type="button" className="btn" onClick={pickFile}>
          Open files…
        </button>
      </div>
    </div>
  );
}

/** First the plain field; the editor when the picture stands; the plain field again where the editor cannot be had. */
function Pane() {
  const isWanted = usePictureDone();
  const caret = useRef<number>(undefined);
  const keepCaret = (offset: number | undefined) => {
    caret.current = offset;
  };
  const plain = <PlainPane onCaret={keepCaret} />;
  if (!isWanted) return plain;
  return (
    <Boundary fallback={plain}>
      <Suspense fallback={plain}>
        <MonacoPane startFocused={caret.current} />
      </Suspense>
    </Boundary>
  );
}

function usePictureDone(): boolean {
  const [isDone, setDone] = useState(false);
  const isOpen = useStore(session, (state) => state.status === 'open');
  useEffect(() => {
    if (!isOpen) return undefined;
    let idle: number | undefined;
    const wait = () => {
      if (typeof requestIdleCallback === 'function')
        idle = requestIdleCallback(() => setDone(true), { timeout: IDLE_MS });
      else setDone(true);
    };
    // Two pictures: the one that draws the facts, and the one after it.
    let picture = requestAnimationFrame(() => {
      picture = requestAnimationFrame(wait);
    });
    return () => {
      cancelAnimationFrame(picture);
      if (idle !== undefined) cancelIdleCallback(idle);
    };
  }, [isOpen]);
  return isDone;
}

function ApplyBar() {
  const count = useDifference();
  const hasError = useStore(editor, ({ problems }) => problems.some(({ severity }) => severity === 'error'));
  const isRefused = useStore(editor, (state) => state.isRefused);
  const filled = useStore(editor, ({ files }) => Object.values(files).filter((text) => text.trim() !== '').length);
  const isChecked = useStore(editor, ({ checkedText, files, fileName }) => checkedText === files[fileName]);
  const verdict = isRefused
    ? 'The API server refused this'
    : hasError
      ? 'The API server will refuse this'
      : isChecked
        ? // The same text may well change something: what it made can be changed or deleted by other acts.
          'The API server will take this'
        : 'Being checked';
  return (
    <div className="ed-apply">
      <span className="ed-apply-bar" data-on={(count ?? 1) > 0 || undefined} />
      <div className="ed-apply-words">
        <b>{differenceWords(count)}</b>
        <span>{verdict}</span>
      </div>
      <span className="sp" />
      {filled > 1 && (
        <button
          type="button"
          className="btn btn-line ed-apply-all"
          aria-keyshortcuts="Control+Shift+Enter"
          title={`Apply all ${filled} files (${isMac() ? '⌘ ⇧ ⏎' : 'Ctrl Shift ⏎'})`}
          onClick={() => void applyAll()}
        >
          Apply all
        </button>
      )}
      <button type="button" className="btn btn-primary" aria-keyshortcuts="Control+Enter" onClick={() => void apply()}>
        Apply
        {filled < 2 && <kbd>{isMac() ? '⌘ ⏎' : 'Ctrl ⏎'}</kbd>}
      </button>
    </div>
  );
}

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);
