// The editor proper: the open file as a model of the package, with its keys, its marks and its ways to the picture.
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { TextEdit } from '#manifest';
import { apply, applyAll, editor as editorStore, type Hunk } from '#state';
import { focusCanvas } from '../shell/focus.ts';
import { useTheme } from '../theme/index.ts';
import { goToProblem } from './go-to-problem.ts';
import { HunkCard } from './hunk-card.tsx';
import { MonacoCompare } from './monaco-compare.tsx';
import { provedFormat, setUpLanguage, showObjectAt } from './monaco-language.ts';
import { bindMarks, presentHunks } from './monaco-marks.ts';
import { bindText, type CodeEditor } from './monaco-models.ts';
import { EDITOR_OPTIONS } from './monaco-options.ts';
import { monaco, setUpMonaco } from './monaco-setup.ts';
import { showMonacoTheme } from './monaco-theme.ts';
import { editorPlace } from './objects.ts';
import { type EditorCommand, setCaret, surfaceStore, takeWantedPlace } from './surface.ts';

/** Where nothing of the editor's own waits for Escape. */
const NOTHING_OPEN =
  '!suggestWidgetVisible && !findWidgetVisible && !editorHasSelection && !editorHasMultipleSelections && !inSnippetMode && !editorHoverVisible && !codeActionMenuVisible';

/** A stretch that differs from what was applied, and where the card about it stands. */
interface ShownHunk {
  readonly hunk: Hunk;
  readonly top: number;
  readonly left: number;
}

/**
 * The editor, filling its parent.
 *
 * @param props - `startFocused`: the person was typing already, at this offset of the text
 * @returns an element that the package takes over
 */
export function MonacoPane({ startFocused }: { startFocused: number | undefined }) {
  const host = useRef<HTMLDivElement>(null);
  const instance = useRef<CodeEditor>(undefined);
  const focusAt = useRef(startFocused);
  const theme = useTheme();
  const [shown, setShown] = useState<ShownHunk>();
  const isComparing = useStore(surfaceStore, (state) => state.isComparing);

  useEffect(() => {
    if (!host.current) return undefined;
    setUpMonaco(provedFormat);
    setUpLanguage();
    const created = monaco.editor.create(host.current, {
      ...EDITOR_OPTIONS,
      model: null,
      ariaLabel: 'Manifest. Press Escape to leave.',
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
    });
    instance.current = created;
    addKeys(created, setShown);
    const leave = bindText(created);
    const marks = bindMarks(created);
    const caret = created.onDidChangeCursorPosition(({ position }) =>
      setCaret({ line: position.lineNumber, column: position.column }),
    );
    const clicks = created.onMouseDown((event) => onClick(created, event, setShown));
    surfaceStore.setState({
      surface: { edit: (edits) => editModel(created, edits), run: (command) => runCommand(created, command) },
    });
    const places = takePlaces(created);
    if (focusAt.current !== undefined) {
      const position = created.getModel()?.getPositionAt(focusAt.current);
      if (position) created.setPosition(position);
      created.focus();
    }
    return () => {
      surfaceStore.setState({ surface: undefined });
      for (const part of [caret, clicks]) part.dispose();
      places();
      marks();
      leave();
      created.dispose();
      instance.current = undefined;
    };
  }, []);

  useEffect(() => showMonacoTheme(theme), [theme]);

  const fileName = useStore(editorStore, (state) => state.fileName);
  useEffect(() => {
    instance.current?.updateOptions({ ariaLabel: `Manifest ${fileName}. Press Escape to leave.` });
    setShown(undefined);
  }, [fileName]);

  return (
    <>
      <div className="ed-monaco" ref={host} data-testid="monaco" hidden={isComparing} />
      {isComparing && <MonacoCompare />}
      {shown && !isComparing && (
        <HunkCard
          {...shown}
          onClose={() => {
            setShown(undefined);
            instance.current?.focus();
          }}
        />
      )}
    </>
  );
}

function addKeys(created: CodeEditor, setShown: (shown: ShownHunk | undefined) => void): void {
  const { KeyCode, KeyMod } = monaco;
  created.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => void apply());
  created.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.Enter, () => void applyAll());
  created.addCommand(KeyCode.Escape, focusCanvas, NOTHING_OPEN);
  const menu = { contextMenuGroupId: 'navigation' };
  created.addAction({
    ...menu,
    id: 'ordinal.showObject',
    label: 'Show in the graph',
    keybindings: [KeyCode.F12],
    contextMenuOrder: 1,
    run: () => {
      const position = created.getPosition();
      if (position) showObjectAt(position.lineNumber, position.column);
    },
  });
  const goToFault = (by: 1 | -1) => () => {
    goToProblem(by);
    // What is said there, with its ways out: the hover of the place.
    requestAnimationFrame(() => requestAnimationFrame(() => void created.getAction('editor.action.showHover')?.run()));
  };
  created.addAction({
    id: 'ordinal.nextProblem',
    label: 'Next problem',
    keybindings: [KeyCode.F8],
    run: goToFault(1),
  });
  created.addAction({
    id: 'ordinal.previousProblem',
    label: 'Previous problem',
    keybindings: [KeyMod.Shift | KeyCode.F8],
    run: goToFault(-1),
  });
  const go = (by: 1 | -1) => () => {
    const hunk = hunkFrom(created.getPosition()?.lineNumber ?? 1, by);
    if (!hunk) return;
    created.setPosition({ lineNumber: hunk.line, column: 1 });
    created.revealLineInCenterIfOutsideViewport(hunk.line);
    // The card stands where the line is, which is known once it is in sight.
    requestAnimationFrame(() => setShown(cardOf(created, hunk)));
  };
  created.addAction({
    ...menu,
    id: 'ordinal.nextChange',
    label: 'Next line that differs from applied',
    keybindings: [KeyMod.Alt | KeyCode.F5],
    contextMenuOrder: 2,
    run: go(1),
  });
  created.addAction({
    id: 'ordinal.previousChange',
    label: 'Previous line that differs from applied',
    keybindings: [KeyMod.Alt | KeyMod.Shift | KeyCode.F5],
    run: go(-1),
  });
  created.addAction({
    ...menu,
    id: 'ordinal.compare',
    label: 'Compare with what was applied',
    contextMenuOrder: 3,
    run: () => surfaceStore.setState({ isComparing: true }),
  });
}

/** The next stretch after a line, or the one before it; at the ends it goes round. */
function hunkFrom(line: number, by: 1 | -1): Hunk | undefined {
  const hunks = presentHunks();
  return by > 0
    ? (hunks.find((hunk) => hunk.line > line) ?? hunks[0])
    : (hunks.findLast((hunk) => hunk.line < line) ?? hunks.at(-1));
}

function cardOf(created: CodeEditor, hunk: Hunk): ShownHunk {
  const last = hunk.line + Math.max(0, hunk.count - 1);
  const { lineHeight } = EDITOR_OPTIONS;
  const top = created.getTopForLineNumber(last) - created.getScrollTop() + lineHeight;
  return { hunk, top: Math.max(lineHeight, top), left: created.getLayoutInfo().contentLeft };
}

type MouseEvent = Parameters<Parameters<CodeEditor['onMouseDown']>[0]>[0];

function onClick(created: CodeEditor, { event, target }: MouseEvent, setShown: (next: ShownHunk | undefined) => void) {
  setShown(undefined);
  const { position } = target;
  if (!position || !event.leftButton) return;
  const { MouseTargetType } = monaco.editor;
  if (target.type === MouseTargetType.GUTTER_LINE_DECORATIONS) {
    const line = position.lineNumber;
    const isAt = ({ line: from, count }: Hunk) => line >= from && line < from + Math.max(1, count);
    const hunk =
      presentHunks().find(isAt) ?? presentHunks().find(({ line: from, count }) => count === 0 && from === line + 1);
    if (hunk && !target.element?.className.includes('folding')) setShown(cardOf(created, hunk));
    return;
  }
  if (target.type === MouseTargetType.CONTENT_TEXT && (event.ctrlKey || event.metaKey) && !event.altKey)
    showObjectAt(position.lineNumber, position.column);
}

/** As one step of the model's undo, with the caret kept. */
function editModel(created: CodeEditor, edits: readonly TextEdit[]): void {
  created.pushUndoStop();
  created.executeEdits(
    'ordinal',
    edits.map(({ from, to, text }) => ({
      range: new monaco.Range(from.line, from.column, to.line, to.column),
      text,
    })),
  );
  created.pushUndoStop();
}

const COMMANDS: Readonly<Record<Exclude<EditorCommand, 'compare'>, string>> = {
  format: 'editor.action.formatDocument',
  outline: 'editor.action.quickOutline',
  find: 'actions.find',
  commands: 'editor.action.quickCommand',
};

function runCommand(created: CodeEditor, command: EditorCommand): void {
  if (command === 'compare') {
    surfaceStore.setState(({ isComparing }) => ({ isComparing: !isComparing }));
    return;
  }
  surfaceStore.setState({ isComparing: false });
  created.focus();
  void created.getAction(COMMANDS[command])?.run();
}

/** Goes to the places that are wanted of the open file. */
function takePlaces(created: CodeEditor): () => void {
  const take = () => {
    const place = takeWantedPlace();
    if (!place) return;
    surfaceStore.setState({ isComparing: false });
    // A column that was folded has no size before the next picture.
    requestAnimationFrame(() => {
      created.layout();
      created.setPosition({ lineNumber: place.line, column: place.column });
      created.revealLineInCenterIfOutsideViewport(place.line);
      created.focus();
    });
  };
  take();
  const leave = [editorPlace.subscribe(take), editorStore.subscribe(take)];
  return () => {
    for (const end of leave) end();
  };
}
