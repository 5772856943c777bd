// What the other parts of the column ask of the field with the text, whichever it is: the editor or the plain one.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Position, TextEdit } from '#manifest';
import { applyFix } from '#manifest';
import { editor, getText, setText } from '#state';
import { editorPlace, goToPlace } from './objects.ts';

/** A field that shows the open file. */
export interface Surface {
  /** Changes parts of the open file so that it can be undone. */
  readonly edit: (edits: readonly TextEdit[]) => void;
  /** Runs one of the editor's own commands; absent where there are none. */
  readonly run?: (command: EditorCommand) => void;
}

/** Commands of the editor that are offered outside of it. */
export type EditorCommand = 'format' | 'outline' | 'find' | 'compare' | 'commands';

/** What is known of the field. */
export interface SurfaceState {
  readonly surface: Surface | undefined;
  /** Where the caret stands in the open file. */
  readonly caret: Position;
  /** The file stands beside what was applied of it. */
  readonly isComparing: boolean;
}

/** The field that is there. */
export const surfaceStore: StoreApi<SurfaceState> = createStore<SurfaceState>(() => ({
  surface: undefined,
  caret: { line: 1, column: 1 },
  isComparing: false,
}));

/**
 * Tells where the caret stands.
 *
 * @param caret - its line and column, from 1
 */
export function setCaret(caret: Position): void {
  const { caret: before } = surfaceStore.getState();
  if (before.line !== caret.line || before.column !== caret.column) surfaceStore.setState({ caret });
}

/**
 * Goes to a place in the open file.
 *
 * @param line - from 1
 * @param column - from 1
 */
export function jumpTo(line: number, column: number): void {
  goToPlace({ fileName: editor.getState().fileName, line, column });
}

/**
 * The place that is wanted in the open file, once.
 *
 * @returns undefined where nothing is wanted, or in another file
 */
export function takeWantedPlace(): Position | undefined {
  const { wanted } = editorPlace.getState();
  if (!wanted || wanted.fileName !== editor.getState().fileName) return undefined;
  editorPlace.setState({ wanted: undefined });
  return wanted;
}

/**
 * Changes the open file so that it can be undone where the field can undo.
 *
 * @param edits - places in the text as it stands
 */
export function editText(edits: readonly TextEdit[]): void {
  const { surface } = surfaceStore.getState();
  if (surface) surface.edit(edits);
  else setText(applyFix(getText(), { edits }));
}
