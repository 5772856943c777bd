// The marks in the editor: what differs from what was applied, what is wrong, and the first fault in words.
import type { Problem } from '#bridge';
import { diffLines, editor as editorStore, getText, type Hunk } from '#state';
import type { CodeEditor, Model } from './monaco-models.ts';
import { newPeek, peeked } from './monaco-peek.ts';
import { monaco } from './monaco-setup.ts';
import { appliedValue } from './words.ts';

const OWNER = 'api-server';

const SEVERITY: Readonly<Record<Problem['severity'], monaco.MarkerSeverity>> = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

/**
 * How the open file differs from what was applied.
 *
 * @returns no stretches where nothing was applied
 */
export function presentHunks(): readonly Hunk[] {
  const { applied, fileName } = editorStore.getState();
  const before = applied[fileName];
  return before === undefined ? [] : diffLines(before, getText()).hunks;
}

/**
 * Draws the marks of the open file, and keeps them up to date.
 *
 * @param instance - the editor
 * @returns ends it
 */
export function bindMarks(instance: CodeEditor): () => void {
  const changed = instance.createDecorationsCollection();
  const peek = newPeek(instance);
  let shownProblem = '';
  const draw = () => {
    const { applied, fileName, problems } = editorStore.getState();
    const model = instance.getModel();
    if (!model) return;
    const before = applied[fileName];
    const diff = before === undefined ? undefined : diffLines(before, getText());
    const lineCount = model.getLineCount();
    changed.set([
      ...(diff?.changed ?? []).flatMap(({ line, before: old }) =>
        line <= lineCount ? [changedLine(model, line, old)] : [],
      ),
      ...(diff?.hunks ?? []).flatMap(({ line, count }) =>
        count === 0 ? [removedMark(Math.min(line, lineCount))] : [],
      ),
    ]);
    monaco.editor.setModelMarkers(
      model,
      OWNER,
      problems.map((problem) => markerOf(model, problem)),
    );
    const told = peeked(problems);
    const { contentWidth } = instance.getLayoutInfo();
    const key = told ? `${told.problem.from.line} ${told.problem.message} ${contentWidth}` : '';
    if (key === shownProblem) return;
    shownProblem = key;
    // The sentence comes and goes while somebody types: the line under the caret stays where it is.
    const line = instance.getPosition()?.lineNumber ?? 1;
    const offset = instance.getTopForLineNumber(line) - instance.getScrollTop();
    peek.show(told?.problem, told?.fixes ?? []);
    if (instance.hasTextFocus()) instance.setScrollTop(instance.getTopForLineNumber(line) - offset);
    peek.bringIntoSight();
  };
  draw();
  const leave = editorStore.subscribe((now, before) => {
    draw();
    const first = now.problems.find((problem) => problem.severity === 'error');
    if (now.isRefused && !before.isRefused && first) instance.revealLineInCenterIfOutsideViewport(first.from.line);
  });
  // The list of problems takes room from the editor: the line that is typed in stays in sight.
  const layouts = instance.onDidLayoutChange(() => {
    draw();
    const position = instance.getPosition();
    if (position && instance.hasTextFocus()) instance.revealPosition(position);
    peek.bringIntoSight();
  });
  const models = instance.onDidChangeModel(() => {
    shownProblem = '';
    peek.forget();
    draw();
  });
  return () => {
    leave();
    layouts.dispose();
    models.dispose();
    peek.dispose();
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
      linesDecorationsTooltip: 'Differs from what was applied. Click to see, and to set it back.',
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

function removedMark(line: number) {
  return {
    range: new monaco.Range(line, 1, line, 1),
    options: {
      linesDecorationsClassName: 'ed-removed-mark',
      linesDecorationsTooltip: 'Lines are missing here that were applied. Click to see, and to set them back.',
    },
  };
}

function markerOf(model: Model, { from, to, severity, message, code, docs }: Problem) {
  const last = model.getLineCount();
  const line = Math.min(Math.max(1, from.line), last);
  const endLine = Math.min(Math.max(line, to.line), last);
  const isEmpty = endLine === line && to.column <= from.column;
  return {
    severity: SEVERITY[severity],
    message,
    ...(code !== undefined && { code: docs === undefined ? code : { value: code, target: monaco.Uri.parse(docs) } }),
    startLineNumber: line,
    startColumn: from.column,
    endLineNumber: endLine,
    endColumn: isEmpty ? model.getLineMaxColumn(line) : to.column,
  };
}
