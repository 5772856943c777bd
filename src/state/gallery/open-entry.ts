// Puts a manifest of the gallery into the editor, or begins a cluster of its own with it.
import { openBeside } from '../editor-files.ts';
import { notify } from '../notices.ts';
import { newDefaultSession, openSession } from '../session.ts';
import { play } from '../transport.ts';
import { setView } from '../view.ts';
import type { GalleryEntry } from './entries.ts';

/** What is opened of an entry. */
type Opened = Pick<GalleryEntry, 'title' | 'about' | 'tryThis' | 'fileName' | 'load'>;

/**
 * Opens a manifest of the gallery beside the files that are open; nothing is applied, and nothing is replaced.
 *
 * @param entry - of the gallery
 * @returns whether there was room for one more file
 */
export async function openFromGallery(entry: Opened): Promise<boolean> {
  const name = openBeside(entry.fileName, await entry.load());
  if (name === undefined) {
    notify({ tone: 'problem', text: 'There are as many files as a link holds.' });
    return false;
  }
  setView({ isEditorFolded: false, isManifestShown: true });
  notify({ tone: 'info', topic: 'file', text: `${name} is in the editor and not applied yet. ${entry.tryThis}` });
  return true;
}

/**
 * Begins a session with a manifest of the gallery alone, applied at time 0 to three nodes in three zones.
 *
 * @param entry - of the gallery
 * @returns whether it could be begun
 */
export async function startFromGallery(entry: Opened): Promise<boolean> {
  const { fileName } = entry;
  const files = { [fileName]: await entry.load() };
  const act = { type: 'kubectl' as const, command: `apply -f ${fileName}`, files };
  const isOpen = await openSession({
    ...newDefaultSession(),
    files,
    branches: [{ id: 0, name: 'main', acts: [{ atMs: 0, act }], reachedMs: 0 }],
  });
  if (!isOpen) return false;
  play();
  notify({ tone: 'info', topic: 'file', text: `${entry.title}: ${entry.about}. ${entry.tryThis}` });
  return true;
}
