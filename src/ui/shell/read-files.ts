// Reads files and folders that a person hands over, within bounds, and opens what they hold.
import { textOfBytes } from '#lib';
import { notify, openTexts } from '#state';

/** Bounds of what is read at once: a link holds a hundred files, and a session is at most 2 MiB of text. */
const BOUNDS = { files: 100, depth: 5, entries: 2_000, fileBytes: 8 * 1024 * 1024, bytes: 16 * 1024 * 1024 } as const;

/** What is read out of a folder; a file that is handed over on its own may also be a text. */
const MANIFEST = /\.(ya?ml|json)$/i;
const PICKED = /\.(ya?ml|json|txt)$/i;

interface FoundFile {
  readonly path: string;
  readonly file: File;
}

/**
 * Opens files that were picked, dropped or pasted.
 *
 * @param files - in the order given
 */
export async function openPicked(files: readonly File[]): Promise<void> {
  await openFound(
    files.map((file) => ({ path: file.name, file })),
    PICKED,
  );
}

/**
 * Opens entries of a drop: files, and the manifests in folders.
 *
 * @param entries - as the browser hands them out
 */
export async function openEntries(entries: readonly FileSystemEntry[]): Promise<void> {
  const found: FoundFile[] = [];
  let seen = 0;
  let isCut = false;
  const walk = async (entry: FileSystemEntry, depth: number): Promise<void> => {
    seen += 1;
    if (seen > BOUNDS.entries || found.length >= BOUNDS.files * 2) {
      isCut = true;
      return;
    }
    // Folders such as .git hold nothing that was written for a cluster.
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return;
    if (isFile(entry)) {
      const file = await fileOf(entry);
      if (file) found.push({ path: entry.fullPath, file });
    } else if (isFolder(entry)) {
      if (depth >= BOUNDS.depth) {
        isCut = true;
        return;
      }
      for (const inner of await entriesIn(entry)) await walk(inner, depth + 1);
    }
  };
  for (const entry of entries) await walk(entry, 0);
  found.sort((a, b) => (a.path < b.path ? -1 : 1));
  if (isCut) notify({ tone: 'problem', text: `The folder holds more than is read: ${BOUNDS.depth} folders deep.` });
  if (found.length === 0) notify({ tone: 'problem', text: 'There is no file in what was dropped.' });
  else await openFound(found, MANIFEST);
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry): Promise<File | undefined> =>
  new Promise((resolve) => entry.file(resolve, () => resolve(undefined)));

/** A reader hands out a hundred at a time. */
async function entriesIn(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (all.length < BOUNDS.entries) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}

/** Files from Windows may hold UTF-16, which kubectl reads too. */
const textOf = async (file: File): Promise<string> => textOfBytes(new Uint8Array(await file.arrayBuffer()));

async function openFound(found: readonly FoundFile[], wanted: RegExp): Promise<void> {
  const texts: { path: string; text: string }[] = [];
  const left: string[] = [];
  let bytes = 0;
  for (const { path, file } of found) {
    const name = path.split('/').at(-1) ?? path;
    const isTooMuch = texts.length >= BOUNDS.files || file.size > BOUNDS.fileBytes || bytes + file.size > BOUNDS.bytes;
    const text = wanted.test(name) && !isTooMuch ? await textOf(file).catch(() => undefined) : undefined;
    if (text === undefined) left.push(file.size > BOUNDS.fileBytes ? `${name} (larger than 8 MiB)` : name);
    else {
      bytes += file.size;
      texts.push({ path, text });
    }
  }
  await openTexts(texts, left);
}
