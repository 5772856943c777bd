// The left column: the manifest, what is wrong with it, and how it gets into the cluster.
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { apply, EXAMPLES, editor, notify, openFile, session, setText, setView } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { Boundary } from '../shell/boundary.tsx';
import { Menu } from '../shell/menu.tsx';
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
 * The editor with its header, problems and Apply.
 *
 * @param props - `canFold`: there is a column to fold
 * @returns the column, filling its parent
 */
export function EditorPane({ canFold = false }: { canFold?: boolean }) {
  const fileName = useStore(editor, (state) => state.fileName);
  return (
    <section className="ed" aria-label="Manifest">
      <div className="ed-tab">
        <ActionIcon name="file" size={15} />
        <b className="ed-file">{fileName}</b>
        <EditedWord />
        <span className="sp" />
        <ExamplesMenu />
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
      <div className="ed-code">
        <Pane />
      </div>
      <Suspense fallback={null}>
        <LivingOffer />
      </Suspense>
      <Problems />
      <ApplyBar />
    </section>
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

function EditedWord() {
  const count = useDifference();
  return <span className="dim">{count === undefined ? 'not applied' : count > 0 ? 'edited' : 'applied'}</span>;
}

function ExamplesMenu() {
  const load = (name: string, text: string) => {
    const { files, fileName } = editor.getState();
    const before = files[name];
    openFile(name, text);
    notify({
      tone: 'info',
      topic: 'file',
      text: `${name} is in the editor and not applied yet.`,
      action: {
        label: 'Undo',
        run: () => {
          if (before !== undefined) setText(before);
          editor.setState({ fileName });
        },
      },
    });
  };
  return (
    <Menu
      label="Examples"
      className="btn btn-small"
      align="end"
      groups={[
        EXAMPLES.map(({ title, about, fileName, text }) => ({
          id: fileName,
          label: title,
          hint: about,
          run: () => load(fileName, text),
        })),
      ]}
    >
      Examples
    </Menu>
  );
}

function ApplyBar() {
  const count = useDifference();
  const hasError = useStore(editor, ({ problems }) => problems.some(({ severity }) => severity === 'error'));
  const isRefused = useStore(editor, (state) => state.isRefused);
  const isChecked = useStore(editor, ({ checkedText, files, fileName }) => checkedText === files[fileName]);
  const verdict = isRefused
    ? 'The API server refused this'
    : hasError
      ? 'The API server will refuse this'
      : count === 0
        ? 'Applying it again changes nothing'
        : isChecked
          ? 'The API server will take this'
          : 'Being checked';
  return (
    <div className="ed-apply">
      <span className="ed-apply-bar" data-on={(count ?? 1) > 0 || undefined} />
      <div className="ed-apply-words">
        <b>{differenceWords(count)}</b>
        <span>{verdict}</span>
      </div>
      <span className="sp" />
      <button type="button" className="btn btn-primary" aria-keyshortcuts="Control+Enter" onClick={() => void apply()}>
        Apply
        <kbd>{isMac() ? '⌘ ⏎' : 'Ctrl ⏎'}</kbd>
      </button>
    </div>
  );
}

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);
