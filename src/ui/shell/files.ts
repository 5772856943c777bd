// Files in and out: picked, dropped, downloaded. Nothing leaves the page but what the person downloads.
import { makeLink, notify, openAnyText, openDefault, sessionFileText } from '#state';

/** A session is at most 2 MiB of text; what is much larger is not even read. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;

/**
 * Opens a file that was picked or dropped.
 *
 * @param file - a manifest, a session, or the objects of a living cluster
 * @returns when it is open, or refused with a message
 */
export async function openPickedFile(file: File): Promise<void> {
  if (file.size > FILE_BYTES_MAX) {
    notify({ tone: 'problem', text: `${file.name} has ${Math.round(file.size / 1024)} KiB; 8192 KiB are the most.` });
    return;
  }
  const text = await file.text().catch(() => undefined);
  if (text === undefined) notify({ tone: 'problem', text: `${file.name} could not be read.` });
  else await openAnyText(file.name, text);
}

/** Lets the person pick a file. */
export function pickFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.yaml,.yml,.json,.txt';
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) void openPickedFile(file);
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
