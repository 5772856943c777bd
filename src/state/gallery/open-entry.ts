// Puts a manifest of the gallery into the editor.
import { openFile } from '../editor.ts';
import { notify } from '../notices.ts';
import { setView } from '../view.ts';
import { GALLERY } from './index.ts';

/**
 * Opens a manifest of the gallery beside the files that are open; nothing is applied.
 *
 * @param id - of its entry
 * @returns whether there is such an entry
 */
export async function openFromGallery(id: string): Promise<boolean> {
  const entry = GALLERY.find((one) => one.id === id);
  if (!entry) return false;
  openFile(entry.fileName, await entry.load());
  setView({ isEditorFolded: false, isManifestShown: true });
  notify({ tone: 'info', text: `${entry.title}: ${entry.about}. ${entry.tryThis}` });
  return true;
}
