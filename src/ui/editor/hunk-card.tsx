// What stood in the place of lines that differ from what was applied, with the way back.
import { useEffect, useRef } from 'react';
import { getText, type Hunk, setText, withoutHunk } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { withKeys } from '../shell/with-keys.ts';

const LINES_MAX = 12;

/**
 * The card under the lines that differ.
 *
 * @param props - the lines, where the card stands in the editor, and what closes it
 */
export function HunkCard({ hunk, top, left, onClose }: { hunk: Hunk; top: number; left: number; onClose: () => void }) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.querySelector('button')?.focus(), []);
  const { before } = hunk;
  const setBack = () => {
    setText(withoutHunk(getText(), hunk));
    onClose();
  };
  return (
    <div
      ref={card}
      className="ed-hunk"
      role="dialog"
      aria-label="Lines that differ from what was applied"
      style={{ top: `min(${top}px, calc(100% - 96px))`, left }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <p>{before.length === 0 ? 'These lines were not there when it was applied.' : 'Applied was:'}</p>
      {before.length > 0 && (
        <pre className="mono">
          {withKeys(before.slice(0, LINES_MAX), (line) => line).map(({ key, item }) => (
            <span key={key}>{item}</span>
          ))}
          {before.length > LINES_MAX && <span className="dim">and {before.length - LINES_MAX} more lines</span>}
        </pre>
      )}
      <div className="ed-hunk-acts">
        <button type="button" className="btn btn-line btn-small" onClick={setBack}>
          {before.length === 0 ? 'Take them away' : 'Set back'}
        </button>
        <span className="sp" />
        <button type="button" className="btn btn-icon" aria-label="Close" onClick={onClose}>
          <ActionIcon name="close" size={14} />
        </button>
      </div>
    </div>
  );
}
