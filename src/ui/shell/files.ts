// Files in and out: picked, dropped, downloaded. Nothing leaves the page but what the person downloads.
import { makeLink, notify, openDefault, sessionFileText } from '#state';

/** The reading of files is wanted once a visit at most. */
const loadReader = () => import('./read-files.ts');

/**
 * Opens what was dropped or pasted: files, and folders with the files in them.
 *
 * @param data - of the event; it is emptied when that is over, so what is in it is taken at once
 */
export function takeFiles(data: DataTransfer): void {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? undefined);
  const files = [...data.files];
  const folders = entries.filter((entry) => entry?.isDirectory === true);
  void loadReader().then(({ openEntries, openPicked }) =>
    folders.length > 0 ? openEntries(entries.filter((entry) => entry !== undefined)) : openPicked(files),
  );
}

/** Lets the person pick files. */
export function pickFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = '.yaml,.yml,.json,.txt';
  input.onchange = () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) void loadReader().then(({ openPicked }) => openPicked(files));
  };
  input.click();
}

/** Saves the present session as a file. */
export async function downloadSession(): Promise<void> {
  await makeLink();
  const text = await sessionFileText();
  if (text === undefined) {
    notify({ tone: 'problem', text: 'There is no session to download.' });
    return;
  }
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = 'session.ordinal.json';
  anchor.click();
  // The browser has taken the address by then; keeping it would keep the text.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Opens the example in place of everything. */
export function startOver(): void {
  void openDefault();
}
