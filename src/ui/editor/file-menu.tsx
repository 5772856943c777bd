// Everything that can be done with the files of the editor, for those who do not know the keys.
import { useStore } from 'zustand';
import { applyAll, editor, freeFileName, moveFile, newFile, notify, openDialog } from '#state';
import { pickFile } from '../shell/files.ts';
import { Menu, type MenuItem } from '../shell/menu.tsx';
import { closeOthers, closeWithNotice } from './file-acts.ts';
import { objectAtPlace, showInGraph } from './objects.ts';
import { type EditorCommand, surfaceStore } from './surface.ts';

/**
 * The button with the menu.
 *
 * @param props - told which file gets a name
 */
export function FileMenu({ onRename }: { onRename: (name: string) => void }) {
  const fileName = useStore(editor, (state) => state.fileName);
  const names = useStore(editor, (state) => Object.keys(state.files).join('\n')).split('\n');
  const isApplied = useStore(editor, (state) => state.applied[state.fileName] !== undefined);
  const run = useStore(surfaceStore, (state) => state.surface?.run);
  const at = names.indexOf(fileName);
  const command = (id: EditorCommand, label: string, hint: string): MenuItem[] =>
    run ? [{ id, label, hint, run: () => run(id) }] : [];
  return (
    <Menu
      label="Files and editor"
      className="btn btn-icon ed-more"
      align="end"
      hasChevron={false}
      groups={[
        [
          { id: 'new', label: 'New file', hint: freeFileName('manifest.yaml'), run: () => void addFile() },
          { id: 'open', label: 'Open files…', hint: 'manifests or a session', run: pickFile },
          {
            id: 'gallery',
            label: 'Gallery…',
            hint: 'examples, and sets as people run them',
            run: () => openDialog('gallery'),
          },
          { id: 'rename', label: 'Rename…', hint: 'F2 on the tab', run: () => onRename(fileName) },
          { id: 'close', label: 'Close', hint: 'Delete on the tab', run: () => closeWithNotice(fileName) },
          ...(names.length > 1 ? [{ id: 'others', label: 'Close the others', run: () => closeOthers(fileName) }] : []),
        ],
        names.length > 1
          ? [
              ...(at > 0 ? [{ id: 'left', label: 'Move left', run: () => moveFile(fileName, at - 1) }] : []),
              ...(at < names.length - 1
                ? [{ id: 'right', label: 'Move right', run: () => moveFile(fileName, at + 1) }]
                : []),
              { id: 'all', label: 'Apply all files', hint: 'Ctrl Shift Enter', run: () => void applyAll() },
            ]
          : [],
        [
          { id: 'show', label: 'Show in the graph', hint: 'F12', run: showHere },
          ...command('outline', 'Go to object…', 'Ctrl Shift O'),
          ...command('format', 'Format', 'Shift Alt F'),
          ...command('find', 'Find…', 'Ctrl F'),
          ...(isApplied ? command('compare', 'Compare with applied', 'and edit there') : []),
          ...command('commands', 'All commands…', 'F1'),
        ],
      ].filter((group) => group.length > 0)}
    >
      <span aria-hidden="true">⋯</span>
    </Menu>
  );
}

function addFile(): void {
  if (newFile() === undefined) notify({ tone: 'problem', text: 'There are as many files as a link holds.' });
}

function showHere(): void {
  const id = objectAtPlace({ fileName: editor.getState().fileName, ...surfaceStore.getState().caret });
  if (id === undefined) notify({ tone: 'info', topic: 'place', text: 'No object can be read at this place.' });
  else showInGraph(id);
}
