// The manifest in a plain field: until the editor has come, and where it never does.
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { apply, editor, setText } from '#state';
import { focusCanvas } from '../shell/focus.ts';
import { setReveal } from './jump-to.ts';

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
  useEffect(() => {
    setReveal((line, column) => {
      const element = field.current;
      if (!element) return;
      const lines = element.value.split('\n');
      const at = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
      element.focus();
      element.setSelectionRange(at, at);
    });
    return () => setReveal(undefined);
  }, []);
  const tellCaret = () => onCaret(field.current?.selectionStart);
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
          void apply();
        } else if (event.key === 'Escape') focusCanvas();
      }}
    />
  );
}
