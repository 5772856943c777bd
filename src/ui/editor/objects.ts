// What the files of the editor hold, and the ways between a place in a manifest and an object in the picture.
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { editor, getFacts, loadObjectsOf, type ManifestObject, notify, select, setView, showFile } from '#state';

/** A place in a file; lines and columns count from 1. */
export interface EditorPlace {
  readonly fileName: string;
  readonly line: number;
  readonly column: number;
}

/** The objects of each file, as of the last time that typing rested. */
export const manifestObjects: StoreApi<{
  readonly byFile: Readonly<Record<string, readonly ManifestObject[]>>;
}> = createStore(() => ({ byFile: {} }));

/** The place that the editor is to show next; it takes it away when it has. */
export const editorPlace: StoreApi<{ readonly wanted: EditorPlace | undefined }> = createStore(() => ({
  wanted: undefined,
}));

/** How long typing rests before the files are read again. */
const READ_MS = 180;

/** Texts as they were read, so that only what has changed is read again. */
const known = new Map<string, string>();

/** Reads the files that are other than when they were read last. */
async function readFiles(): Promise<void> {
  const objectsOf = await loadObjectsOf();
  const { files } = editor.getState();
  const before = manifestObjects.getState().byFile;
  const names = Object.keys(files);
  const isSame = names.length === Object.keys(before).length && names.every((name) => known.get(name) === files[name]);
  if (isSame && names.every((name) => before[name])) return;
  const byFile: Record<string, readonly ManifestObject[]> = {};
  for (const [name, text] of Object.entries(files)) {
    byFile[name] = known.get(name) === text && before[name] ? before[name] : objectsOf(name, text);
    known.set(name, text);
  }
  manifestObjects.setState({ byFile });
}

let watchers = 0;
let endWatch: (() => void) | undefined;

/**
 * Keeps `manifestObjects` up to date for as long as somebody wants it.
 *
 * @returns ends it
 */
export function startManifestObjects(): () => void {
  watchers += 1;
  endWatch ??= watchFiles();
  return () => {
    watchers -= 1;
    if (watchers > 0) return;
    endWatch?.();
    endWatch = undefined;
  };
}

function watchFiles(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void readFiles().catch(() => undefined), READ_MS);
  };
  soon();
  const leave = editor.subscribe((now, before) => now.files !== before.files && soon());
  return () => {
    clearTimeout(timer);
    leave();
  };
}

/**
 * Where the files say something about an object, kept up to date.
 *
 * @param id - a fact id; undefined asks nothing
 * @returns undefined where no file speaks of it
 */
export function usePlaceOfObject(id: string | undefined): EditorPlace | undefined {
  useEffect(startManifestObjects, []);
  const byFile = useStore(manifestObjects, (state) => state.byFile);
  return id === undefined ? undefined : placeOfObject(id, byFile);
}

/**
 * Where the files say something about an object: its document; of a pod or a slot the template that it is made from, of a
 * claim its claim template.
 *
 * @param id - a fact id
 * @param byFile - what the files hold
 * @returns undefined where no file speaks of it
 */
export function placeOfObject(
  id: string,
  byFile: Readonly<Record<string, readonly ManifestObject[]>> = manifestObjects.getState().byFile,
): EditorPlace | undefined {
  const all = Object.values(byFile).flat();
  const found = all.find((object) => object.id === id);
  if (found) return placeIn(found, found.at);
  const { setId, claim } = makerOf(id);
  const maker = all.find((object) => object.kind === 'StatefulSet' && object.id === setId);
  if (maker) return placeIn(maker, (claim === undefined ? maker.template : maker.claims[claim]) ?? maker.at);
  if (claim === undefined) return undefined;
  const [, namespace, name = ''] = id.split('/');
  const owner = all.find(
    (object) => object.namespace === namespace && object.claims[claim] && name.startsWith(`${claim}-${object.name}-`),
  );
  return owner && placeIn(owner, owner.claims[claim] ?? owner.at);
}

const placeIn = ({ fileName }: ManifestObject, { line, column }: { line: number; column: number }): EditorPlace => ({
  fileName,
  line,
  column,
});

/** The set that makes an object, and the claim template that it is made from. */
function makerOf(id: string): { readonly setId?: string | undefined; readonly claim?: string } {
  const object = getFacts(id);
  if (object?.type === 'pod') return { setId: object.setId };
  if (object?.type === 'slot') return { setId: object.setId };
  if (object?.type === 'claim') return { claim: object.template };
  const [type, namespace, name = ''] = id.split('/');
  if (type === 'Slot') return { setId: `StatefulSet/${namespace}/${name}` };
  if (type === 'Pod') return { setId: `StatefulSet/${namespace}/${name.replace(/-\d+$/, '')}` };
  return {};
}

/**
 * Opens the editor at the place where the manifests speak of an object, with the caret there.
 *
 * @param id - a fact id
 * @returns whether a file speaks of it; if not, a notice says so
 */
export async function goToManifest(id: string): Promise<boolean> {
  await readFiles();
  const place = placeOfObject(id);
  if (!place) {
    notify({ tone: 'info', topic: 'place', text: `No file of the editor speaks of ${id.split('/').at(-1)}.` });
    return false;
  }
  goToPlace(place);
  return true;
}

/**
 * Opens the editor at a place, with the caret there.
 *
 * @param place - its file, line and column
 */
export function goToPlace(place: EditorPlace): void {
  if (!Object.hasOwn(editor.getState().files, place.fileName)) return;
  setView({ isEditorFolded: false, isManifestShown: true });
  showFile(place.fileName);
  editorPlace.setState({ wanted: place });
}

/**
 * The object that a place in a manifest means: the one that a field there names, else the one whose document it is.
 *
 * @param place - a place in a file
 * @returns its fact id; undefined between documents, and where nothing can be read
 */
export function objectAtPlace({ fileName, line, column }: EditorPlace): string | undefined {
  const objects = manifestObjects.getState().byFile[fileName] ?? [];
  for (const { references } of objects)
    for (const { from, to, id } of references)
      if (from.line === line && column >= from.column && (to.line > line || column <= to.column)) return id;
  const [first] = objects;
  // A comment before the first document speaks of that.
  if (first && objects.length === 1) return first.id;
  return objects.findLast(({ from }) => from.line <= line)?.id;
}

/**
 * Selects an object in the picture. The focus stays where it is; on a narrow page the picture takes the place of the
 * manifest.
 *
 * @param id - a fact id
 * @returns whether it is there; if not, a notice says so
 */
export function showInGraph(id: string): boolean {
  const [kind = '', , name = ''] = id.split('/');
  if (!getFacts(id)) {
    const text = HIDDEN_KINDS.has(kind)
      ? `A ${kind} has no place in the picture. The terminal shows it.`
      : `${kind} ${name} is not in the cluster at the moment shown.`;
    notify({ tone: 'info', topic: 'place', text });
    return false;
  }
  select(id);
  setView({ isManifestShown: false });
  return true;
}

/** Kinds that the simulation keeps without drawing them. */
const HIDDEN_KINDS: ReadonlySet<string> = new Set(['PersistentVolume', 'Namespace', 'ControllerRevision', 'Event']);
