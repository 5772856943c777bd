// The manifest in a plain field: until the editor has come, and where it never does.
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { applyFix, type Position } from '#manifest';
import { apply, applyAll, editor, getText, notify, setText } from '#state';
import { focusCanvas } from '../shell/focus.ts';
import { goToProblem } from './go-to-problem.ts';
import { editorPlace } from './objects.ts';
import { setCaret, surfaceStore, takeWantedPlace } from './surface.ts';

/**
 * The field, filling its parent.
 *
 * @param props - told where the caret stands while the field has the focus, so that typing goes on in the editor
 * @returns a text area with the open file
 */
export function PlainPane({ onCaret }: { onCaret: (offset: number | undefined) => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const fileName = useStore(editor, (state) => state.fileName);
  const text = useStore(editor, (state) => state.files[state.fileName] ?? '');
  const wanted = useStore(editorPlace, (state) => state.wanted);
  useEffect(() => {
    const edit: NonNullable<ReturnType<typeof surfaceStore.getState>['surface']>['edit'] = (edits) => {
      const before = getText();
      const name = editor.getState().fileName;
      setText(applyFix(before, { edits }));
      // The field's own undo does not know of it.
      notify({
        tone: 'info',
        topic: 'fix',
        text: 'The manifest is changed.',
        action: { label: 'Undo', run: () => editor.getState().fileName === name && setText(before) },
      });
    };
    surfaceStore.setState({ surface: { edit } });
    return () => surfaceStore.setState({ surface: undefined });
  }, []);
  // With the text of the file that is open by then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is wanted again with each of these
  useEffect(() => {
    const element = field.current;
    const place = element && takeWantedPlace();
    if (!place) return;
    const at = offsetOf(element.value, place);
    element.focus();
    element.setSelectionRange(at, at);
  }, [wanted, fileName, text]);
  const tellCaret = () => {
    const at = field.current?.selectionStart;
    onCaret(at);
    if (at !== undefined) setCaret(placeOf(field.current?.value ?? '', at));
  };
  return (
    <textarea
      ref={field}
      className="ed-plain"
      aria-label={`Manifest ${fileName}`}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      wrap="off"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        tellCaret();
      }}
      onSelect={tellCaret}
      onFocus={tellCaret}
      onBlur={() => onCaret(undefined)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void (event.shiftKey ? applyAll() : apply());
        } else if (event.key === 'F8') {
          event.preventDefault();
          goToProblem(event.shiftKey ? -1 : 1);
        } else if (event.key === 'Escape') focusCanvas();
      }}
    />
  );
}

const offsetOf = (text: string, { line, column }: Position): number =>
  text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, one) => sum + one.length + 1, 0) +
  column -
  1;

function placeOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
