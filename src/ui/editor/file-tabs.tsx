// The open files as tabs: the one that is shown, which differ from what was applied, and which have problems.
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { editor, moveFile, newFile, notify, renameFile, showFile } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { closeWithNotice } from './file-acts.ts';

/** What a dragged tab carries: its own type, so that nothing else takes it for a text. */
const DRAG_TYPE = 'text/x-ordinal-file';

/**
 * The row of tabs; it scrolls where there are more than fit.
 *
 * @param props - the name that is being changed, and what is told of that
 */
export function FileTabs({
  renaming,
  onRename,
}: {
  renaming: string | undefined;
  onRename: (name: string | undefined) => void;
}) {
  const names = useStore(editor, (state) => Object.keys(state.files).join('\n')).split('\n');
  const shown = useStore(editor, (state) => state.fileName);
  const list = useRef<HTMLUListElement>(null);
  const [dropAt, setDropAt] = useState<number>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tab that is shown comes into sight when it is another
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown, names.length]);

  const focusTab = (at: number) => {
    const buttons = list.current?.querySelectorAll<HTMLElement>('.ed-tab-name') ?? [];
    buttons[(at + buttons.length) % buttons.length]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, name: string, at: number) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by !== 0 && event.altKey && event.shiftKey) {
      moveFile(name, at + by);
      requestAnimationFrame(() => focusTab(Math.max(0, Math.min(names.length - 1, at + by))));
    } else if (by !== 0) focusTab(at + by);
    else if (event.key === 'Home') focusTab(0);
    else if (event.key === 'End') focusTab(-1);
    else if (event.key === 'F2') onRename(name);
    else if (event.key === 'Delete') {
      closeWithNotice(name);
      requestAnimationFrame(() => focusTab(Math.max(0, at - 1)));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const placeOf = (event: DragEvent): number => {
    const items = [...(list.current?.querySelectorAll('.ed-tab-item') ?? [])];
    const at = items.findIndex((item) => {
      const { left, width } = item.getBoundingClientRect();
      return event.clientX < left + width / 2;
    });
    return at < 0 ? items.length : at;
  };
  return (
    <ul
      ref={list}
      className="ed-tabs"
      aria-label="Files"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setDropAt(placeOf(event));
      }}
      onDragLeave={() => setDropAt(undefined)}
      onDrop={(event) => {
        const name = event.dataTransfer.getData(DRAG_TYPE);
        setDropAt(undefined);
        if (name === '') return;
        event.preventDefault();
        const [from, to] = [names.indexOf(name), placeOf(event)];
        moveFile(name, to > from ? to - 1 : to);
      }}
    >
      {names.map((name, at) => (
        <li
          key={name}
          className="ed-tab-item"
          data-open={name === shown || undefined}
          data-drop={
            dropAt === at ? 'before' : dropAt === names.length && at === names.length - 1 ? 'after' : undefined
          }
          draggable={renaming !== name && names.length > 1}
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAG_TYPE, name);
            event.dataTransfer.effectAllowed = 'move';
          }}
          onDragEnd={() => setDropAt(undefined)}
          onAuxClick={(event) => event.button === 1 && closeWithNotice(name)}
        >
          {renaming === name ? (
            <NameField name={name} onEnd={() => onRename(undefined)} />
          ) : (
            <>
              <button
                type="button"
                className="ed-tab-name"
                aria-current={name === shown || undefined}
                tabIndex={name === shown ? 0 : -1}
                onClick={() => showFile(name)}
                onDoubleClick={() => onRename(name)}
                onKeyDown={(event) => onKeyDown(event, name, at)}
              >
                <TabMark name={name} />
                <span className="ed-tab-words">{name}</span>
                <TabState name={name} />
              </button>
              {names.length > 1 && (
                <button
                  type="button"
                  className="btn btn-icon ed-tab-close"
                  aria-label={`Close ${name}`}
                  title="Close (Delete)"
                  tabIndex={-1}
                  onClick={() => closeWithNotice(name)}
                >
                  <ActionIcon name="close" size={12} />
                </button>
              )}
            </>
          )}
        </li>
      ))}
      <li className="ed-tab-new">
        <button
          type="button"
          className="btn btn-icon"
          aria-label="New file"
          title="New file"
          onClick={() => {
            if (newFile() === undefined) notify({ tone: 'problem', text: 'There are as many files as a link holds.' });
          }}
        >
          <ActionIcon name="plus" size={14} />
        </button>
      </li>
    </ul>
  );
}

/** The worst that is said about a file. */
function TabMark({ name }: { name: string }) {
  const worst = useStore(editor, ({ fileName, problems, problemsOf }) => {
    const own = fileName === name ? problems : (problemsOf[name] ?? []);
    if (own.some(({ severity }) => severity === 'error')) return 'error';
    return own.some(({ severity }) => severity === 'warning') ? 'warning' : undefined;
  });
  if (worst === undefined) return <ActionIcon name="file" size={15} />;
  return (
    <span className="ed-problem-icon" data-severity={worst}>
      <ActionIcon name="warning" size={14} />
      <span className="visually-hidden">{worst === 'error' ? 'has errors, ' : 'has warnings, '}</span>
    </span>
  );
}

/** A dot where a file differs from what was applied of it; a ring where nothing was. */
function TabState({ name }: { name: string }) {
  const state = useStore(editor, ({ applied, files }) =>
    applied[name] === undefined ? 'not applied' : applied[name] === files[name] ? 'applied' : 'edited',
  );
  return (
    <span className="ed-tab-state" title={state}>
      {state !== 'applied' && <span className="ed-tab-dot" data-state={state} aria-hidden="true" />}
      <span className="ed-tab-word">{state}</span>
    </span>
  );
}

function NameField({ name, onEnd }: { name: string; onEnd: () => void }) {
  const isOver = useRef(false);
  const end = (wanted: string | undefined) => {
    if (isOver.current) return;
    isOver.current = true;
    onEnd();
    if (wanted === undefined || wanted.trim() === '' || wanted === name) return;
    if (renameFile(name, wanted) === undefined)
      notify({ tone: 'problem', topic: 'file', text: `There is a file with the name ${wanted} already.` });
  };
  return (
    <input
      className="ed-rename mono"
      aria-label={`Name of ${name}`}
      defaultValue={name}
      maxLength={100}
      spellCheck={false}
      ref={(input) => {
        if (!input || input === document.activeElement) return;
        input.focus();
        // The name without its end is what one wants to change.
        input.setSelectionRange(0, name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length);
      }}
      onBlur={(event) => end(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(event.currentTarget.value);
        if (event.key === 'Escape') end(undefined);
      }}
    />
  );
}
