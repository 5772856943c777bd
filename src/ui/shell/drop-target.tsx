// Files dropped anywhere on the page are opened.
import { useEffect, useState } from 'react';
import { openPickedFile } from './files.ts';

/**
 * Takes dropped files, and says so while one hangs over the page.
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
      void openAll([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', onOver, true);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop, true);
    return () => {
      removeEventListener('dragover', onOver, true);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop, true);
    };
  }, []);
  return isOver ? <div className="dt">Drop a manifest or a session</div> : null;
}

async function openAll(files: readonly File[]): Promise<void> {
  for (const file of files) await openPickedFile(file);
}
