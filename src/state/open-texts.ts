// Opens the texts of several files at once: manifests as tabs, a session or a living cluster in place of everything.

import { openFile, showFile } from './editor.ts';
import { FILES_MAX } from './editor-files.ts';
import { editor, fileNameOf } from './editor-store.ts';
import { isLivingCluster, openAnyText } from './living-cluster.ts';
import { notify } from './notices.ts';
import { isSessionText, untilOpened } from './session.ts';
import { setView } from './view.ts';

/** A text with the way to it: `folder/web.yaml`, or the name alone. */
export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/** More characters than a link carries of one manifest. */
const CHARACTERS_MAX = 1024 * 1024;

/** More names than these would not be read. */
const NAMES_SHOWN = 4;

/**
 * Opens texts that were dropped, pasted or picked together.
 *
 * @param texts - in the order of their tabs
 * @param leftOut - names of files that were not read, for the message
 */
export async function openTexts(texts: readonly NamedText[], leftOut: readonly string[] = []): Promise<void> {
  const kinds = await Promise.all(texts.map(async ({ text }) => isSessionText(text) || (await isLivingCluster(text))));
  const whole = texts.find((_, i) => kinds[i]);
  const manifests = texts.filter((_, i) => !kinds[i]);
  if (whole) await openAnyText(nameIn(whole, texts), whole.text);
  await untilOpened();
  const left = [...leftOut, ...texts.filter((one, i) => kinds[i] && one !== whole).map(({ path }) => baseName(path))];
  const opened: string[] = [];
  const before = editor.getState();
  for (const one of manifests) {
    const name = fileNameOf(nameIn(one, manifests));
    const { files } = editor.getState();
    const hasRoom = Object.hasOwn(files, name) || Object.keys(files).length < FILES_MAX;
    if (!hasRoom || one.text.length > CHARACTERS_MAX || one.text.includes('\0')) left.push(baseName(one.path));
    else {
      openFile(name, one.text);
      opened.push(name);
    }
  }
  const [first] = opened;
  if (first !== undefined) {
    showFile(first);
    setView({ isEditorFolded: false, isManifestShown: true });
  }
  tell(opened, left, before);
}

/** The name alone, and where two files have the same one, the folder as well. */
function nameIn({ path }: NamedText, all: readonly NamedText[]): string {
  const name = baseName(path);
  return all.filter((one) => baseName(one.path) === name).length > 1 ? path.replace(/^\/+/, '') : name;
}

const baseName = (path: string): string => path.split('/').at(-1) ?? path;

function tell(
  opened: readonly string[],
  left: readonly string[],
  before: { readonly files: Readonly<Record<string, string>>; readonly fileName: string },
): void {
  const sentences: string[] = [];
  const [first] = opened;
  if (opened.length === 1) sentences.push(`${first} is in the editor and not applied yet.`);
  if (opened.length > 1) sentences.push(`${opened.length} files are in the editor and not applied yet.`);
  if (left.length > 0) {
    const more = left.length > NAMES_SHOWN ? ` and ${left.length - NAMES_SHOWN} more` : '';
    sentences.push(`Left out: ${left.slice(0, NAMES_SHOWN).join(', ')}${more}.`);
  }
  if (sentences.length === 0) return;
  const replaced = opened.filter((name) => {
    const old = before.files[name] ?? '';
    return old.trim() !== '' && old !== editor.getState().files[name];
  });
  if (replaced.length > 0) sentences.push(`${replaced.join(', ')} had another text before.`);
  notify({
    tone: opened.length === 0 ? 'problem' : 'info',
    topic: 'file',
    text: sentences.join(' '),
    ...(replaced.length > 0 && {
      action: {
        label: 'Undo',
        run: () => {
          const { files } = editor.getState();
          const [shown] = replaced;
          editor.setState({
            files: { ...files, ...Object.fromEntries(replaced.map((name) => [name, before.files[name] ?? ''])) },
          });
          if (shown !== undefined) openFile(shown, before.files[shown] ?? '');
        },
      },
    }),
  });
}
