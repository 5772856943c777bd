// Files dropped anywhere on the page, or pasted into it, are opened.
import { useEffect, useState } from 'react';
import { takeFiles } from './files.ts';

/**
 * Takes dropped and pasted files, and says so while one hangs over the page.
 *
 * @returns a veil while a file is over the page
 */
export function DropTarget() {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      // The editor would take the file's name as text.
      event.stopPropagation();
      setOver(false);
      if (event.dataTransfer) takeFiles(event.dataTransfer);
    };
    const onPaste = (event: ClipboardEvent) => {
      const { clipboardData } = event;
      // A copied picture or table brings a file along with its text: then the text is meant.
      if (!clipboardData || clipboardData.files.length === 0 || clipboardData.types.includes('text/plain')) return;
      event.preventDefault();
      event.stopPropagation();
      takeFiles(clipboardData);
    };
    addEventListener('dragover', onOver, true);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop, true);
    addEventListener('paste', onPaste, true);
    return () => {
      removeEventListener('dragover', onOver, true);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop, true);
      removeEventListener('paste', onPaste, true);
    };
  }, []);
  return isOver ? <div className="dt">Drop manifests, a folder or a session</div> : null;
}
