// Ctrl K: everything that can be done, found by typing.
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { closeDialog, selection } from '#state';
import { useAnswer } from '../shell/use-answer.ts';
import { matchLines, type PaletteLine, paletteLines } from './commands.ts';
import './palette.css';

const SHOWN_MAX = 60;

/**
 * The palette; open as long as it is on the page.
 */
export function Palette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const selectedId = useStore(selection, (state) => state.selectedId);
  const offers = useAnswer('offers', selectedId === undefined ? undefined : { id: selectedId });
  const all = useMemo(() => paletteLines(offers ?? []), [offers]);
  const found = matchLines(all, typed).slice(0, SHOWN_MAX);
  const chosen = Math.min(at, found.length - 1);

  useEffect(() => dialog.current?.showModal(), []);

  const run = (line: PaletteLine | undefined) => {
    if (!line) return;
    dialog.current?.close();
    line.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') {
      event.preventDefault();
      run(found[chosen]);
      return;
    }
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0 || found.length === 0) return;
    event.preventDefault();
    const next = (chosen + by + found.length) % found.length;
    setAt(next);
    document.getElementById(`palette-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <dialog
      ref={dialog}
      className="pl"
      aria-label="Search or run"
      onClose={() => closeDialog('palette')}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      onKeyDown={onKeyDown}
    >
      <input
        type="text"
        className="pl-field"
        role="combobox"
        aria-label="Search or run"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen >= 0 ? `palette-${chosen}` : undefined}
        placeholder="Search, or type kubectl …"
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
      />
      <div className="pl-list" id="palette-list" role="listbox" aria-label="What can be done">
        {found.map((line, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the chosen line
          <div
            key={line.id}
            id={`palette-${i}`}
            className="pl-line"
            role="option"
            aria-selected={i === chosen}
            onPointerMove={() => setAt(i)}
            onClick={() => run(line)}
          >
            <span>{line.label}</span>
            {line.hint !== undefined && <span className="pl-hint">{line.hint}</span>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="pl-none">Nothing has these words. A kubectl command runs as it is.</p>}
    </dialog>
  );
}
