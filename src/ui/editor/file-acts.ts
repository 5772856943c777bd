// What is done to files, with the word about it.
import { closeFile, editor, notify } from '#state';

/**
 * Closes a file and says how to have it back.
 *
 * @param name - of the file
 */
export function closeWithNotice(name: string): void {
  const { applied, files } = editor.getState();
  const isBlank = (files[name] ?? '').trim() === '';
  const undo = closeFile(name);
  if (isBlank) return;
  const stays = applied[name] === undefined ? '' : ' What was applied of it stays in the cluster.';
  notify({
    tone: 'info',
    topic: `closed ${name}`,
    text: `${name} is closed.${stays}`,
    action: { label: 'Undo', run: undo },
  });
}

/**
 * Closes all files but one.
 *
 * @param kept - the name of that
 */
export function closeOthers(kept: string): void {
  const before = editor.getState().files;
  const others = Object.keys(before).filter((name) => name !== kept);
  const undo = others.map(closeFile);
  notify({
    tone: 'info',
    topic: 'closed others',
    text: `${others.length} ${others.length === 1 ? 'file is' : 'files are'} closed.`,
    action: {
      label: 'Undo',
      run: () => {
        for (const back of undo.reverse()) back();
      },
    },
  });
}
