// The editor proper: the open file as a model of the package, with the marks of what differs and of what is wrong.
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Problem } from '#bridge';
import { apply, diffLines, editor as editorStore, getText, setText } from '#state';
import { focusCanvas } from '../shell/focus.ts';
import { useTheme } from '../theme/index.ts';
import { setReveal } from './jump-to.ts';
import { monaco, setUpMonaco } from './monaco-setup.ts';
import { showMonacoTheme } from './monaco-theme.ts';
import { appliedValue } from './words.ts';

type CodeEditor = ReturnType<typeof monaco.editor.create>;
type Model = ReturnType<typeof monaco.editor.createModel>;

const OWNER = 'api-server';

/** Where nothing of the editor's own waits for Escape. */
const NOTHING_OPEN =
  '!suggestWidgetVisible && !findWidgetVisible && !markersNavigationVisible && !editorHasSelection && !editorHasMultipleSelections && !inSnippetMode && !editorHoverVisible';

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

  useEffect(() => {
    if (!host.current) return undefined;
    setUpMonaco();
    const created = monaco.editor.create(host.current, {
      model: null,
      automaticLayout: true,
      ariaLabel: 'Manifest. Press Escape to leave.',
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
      fontSize: 13,
      lineHeight: 17,
      fontLigatures: false,
      minimap: { enabled: false },
      lineNumbersMinChars: 4,
      lineDecorationsWidth: 14,
      glyphMargin: false,
      folding: true,
      padding: { top: 7, bottom: 40 },
      overviewRulerLanes: 0,
      hideCursorInOverviewRuler: true,
      renderLineHighlight: 'line',
      renderLineHighlightOnlyWhenFocus: true,
      renderWhitespace: 'selection',
      scrollBeyondLastLine: false,
      tabSize: 2,
      insertSpaces: true,
      detectIndentation: false,
      wordBasedSuggestions: 'off',
      quickSuggestions: { other: true, strings: true, comments: false },
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
      fixedOverflowWidgets: true,
    });
    instance.current = created;
    created.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => void apply());
    created.addCommand(monaco.KeyCode.Escape, focusCanvas, NOTHING_OPEN);
    setReveal((line, column) => {
      created.revealLineInCenterIfOutsideViewport(line);
      created.setPosition({ lineNumber: line, column });
      created.focus();
    });
    const leave = bindText(created);
    const marks = bindMarks(created);
    if (focusAt.current !== undefined) {
      const position = created.getModel()?.getPositionAt(focusAt.current);
      if (position) created.setPosition(position);
      created.focus();
    }
    return () => {
      setReveal(undefined);
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
  }, [fileName]);

  return <div className="ed-monaco" ref={host} data-testid="monaco" />;
}

/** The model of a file lives as long as the page, so that undo survives folding and switching. */
function modelOf(fileName: string): Model {
  const uri = monaco.Uri.parse(`inmemory://model/${encodeURIComponent(fileName)}`);
  return monaco.editor.getModel(uri) ?? monaco.editor.createModel('', 'yaml', uri);
}

/** Keeps the store and the model of the open file the same, whichever changes. */
function bindText(instance: CodeEditor): () => void {
  const show = () => {
    const model = modelOf(editorStore.getState().fileName);
    if (instance.getModel() !== model) instance.setModel(model);
    const text = getText();
    if (model.getValue() === text) return;
    // As an edit, so that it can be undone; a model that was empty has nothing to go back to.
    if (model.getValueLength() === 0) model.setValue(text);
    else model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  };
  show();
  const leave = editorStore.subscribe(show);
  const changes = instance.onDidChangeModelContent(() => setText(instance.getValue()));
  return () => {
    leave();
    changes.dispose();
  };
}

const SEVERITY: Readonly<Record<Problem['severity'], monaco.MarkerSeverity>> = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

/** Draws what differs from applied, what is wrong, and the first fault in words under its line. */
function bindMarks(instance: CodeEditor): () => void {
  const changed = instance.createDecorationsCollection();
  let zone: string | undefined;
  let shownProblem = '';
  const draw = () => {
    const { applied, fileName, problems } = editorStore.getState();
    const model = instance.getModel();
    if (!model) return;
    const before = applied[fileName];
    const diff = before === undefined ? undefined : diffLines(before, getText());
    changed.set(
      (diff?.changed ?? []).flatMap(({ line, before: old }) =>
        line <= model.getLineCount() ? [changedLine(model, line, old)] : [],
      ),
    );
    monaco.editor.setModelMarkers(
      model,
      OWNER,
      problems.map((problem) => markerOf(model, problem)),
    );
    const first = problems.find((problem) => problem.severity === 'error');
    const key = first ? `${first.from.line} ${first.message}` : '';
    if (key === shownProblem) return;
    shownProblem = key;
    // The sentence comes and goes while somebody types: the line under the caret stays where it is.
    const line = instance.getPosition()?.lineNumber ?? 1;
    const offset = instance.getTopForLineNumber(line) - instance.getScrollTop();
    instance.changeViewZones((accessor) => {
      if (zone !== undefined) accessor.removeZone(zone);
      zone = first ? accessor.addZone(peekZone(instance, first)) : undefined;
    });
    if (instance.hasTextFocus()) instance.setScrollTop(instance.getTopForLineNumber(line) - offset);
  };
  draw();
  const leave = editorStore.subscribe((now, before) => {
    draw();
    const first = now.problems.find((problem) => problem.severity === 'error');
    if (now.isRefused && !before.isRefused && first) instance.revealLineInCenterIfOutsideViewport(first.from.line);
  });
  // The list of problems takes room from the editor: the line that is typed in stays in sight.
  const layouts = instance.onDidLayoutChange(() => {
    const position = instance.getPosition();
    if (position && instance.hasTextFocus()) instance.revealPosition(position);
  });
  const models = instance.onDidChangeModel(() => {
    shownProblem = '';
    zone = undefined;
    draw();
  });
  return () => {
    leave();
    layouts.dispose();
    models.dispose();
  };
}

function changedLine(model: Model, line: number, old: string | undefined) {
  const end = model.getLineMaxColumn(line);
  const value = appliedValue(model.getLineContent(line), old);
  return {
    range: new monaco.Range(line, end, line, end),
    options: {
      isWholeLine: true,
      className: 'ed-changed',
      // The note stands behind the line, where the range is empty.
      showIfCollapsed: true,
      linesDecorationsClassName: 'ed-changed-bar',
      ...(value !== undefined && {
        after: {
          content: `   applied ${value}`,
          inlineClassName: 'ed-was',
          cursorStops: monaco.editor.InjectedTextCursorStops.None,
        },
      }),
    },
  };
}

function markerOf(model: Model, { from, to, severity, message }: Problem) {
  const last = model.getLineCount();
  const line = Math.min(Math.max(1, from.line), last);
  const endLine = Math.min(Math.max(line, to.line), last);
  const isEmpty = endLine === line && to.column <= from.column;
  return {
    severity: SEVERITY[severity],
    message,
    startLineNumber: line,
    startColumn: from.column,
    endLineNumber: endLine,
    endColumn: isEmpty ? model.getLineMaxColumn(line) : to.column,
  };
}

/** The sentence under the line. Its height is known only once it is laid out at the editor's width. */
function peekZone(instance: CodeEditor, problem: Problem) {
  const domNode = document.createElement('div');
  const words = document.createElement('div');
  words.className = 'ed-peek';
  words.textContent = problem.message;
  domNode.append(words);
  const { contentWidth } = instance.getLayoutInfo();
  words.style.width = `${Math.max(160, contentWidth - 28)}px`;
  words.style.visibility = 'hidden';
  document.body.append(words);
  const heightInPx = words.offsetHeight + 10;
  words.style.visibility = '';
  domNode.append(words);
  return {
    afterLineNumber: Math.min(problem.from.line, instance.getModel()?.getLineCount() ?? 1),
    heightInPx,
    domNode,
  };
}
