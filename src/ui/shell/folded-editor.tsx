// What is left of the editor when it is folded: a strip that unfolds it.
import { useStore } from 'zustand';
import { editor, setView } from '#state';
import { useDifference } from '../editor/use-difference.ts';
import { differenceWords } from '../editor/words.ts';
import { ActionIcon } from '../icons/index.ts';

/**
 * The strip, filling its parent.
 */
export function FoldedEditor() {
  const fileName = useStore(editor, (state) => state.fileName);
  const count = useDifference();
  return (
    <button
      type="button"
      className="fe"
      aria-label={`Unfold the editor: ${fileName}`}
      aria-expanded={false}
      title="Unfold the editor (\\)"
      onClick={() => setView({ isEditorFolded: false })}
    >
      <ActionIcon name="panel" size={15} />
      <span className="fe-words">
        <b>{fileName}</b> {differenceWords(count).toLowerCase()}
      </span>
    </button>
  );
}
