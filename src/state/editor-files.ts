// The files of the editor as tabs: new, beside, closed, renamed, moved. What is closed can be had back.

import { openFile, showFile } from './editor.ts';
import { checkSoon } from './editor-check.ts';
import { editor, fileNameOf, formerNames } from './editor-store.ts';

/** As many as a link holds. */
export const FILES_MAX = 100;

type Renamed = (from: string, to: string) => void;

const renameListeners = new Set<Renamed>();

/**
 * Tells when a file gets another name, so that what is kept by name can go with it.
 *
 * @param listener - told before the store changes
 * @returns ends it
 */
export function watchRenames(listener: Renamed): () => void {
  renameListeners.add(listener);
  return () => renameListeners.delete(listener);
}

/**
 * A name that no file has yet.
 *
 * @param wanted - the name that is taken as it is where it is free
 * @returns `web.yaml`, `web-2.yaml`, `web-3.yaml` …
 */
export function freeFileName(wanted: string): string {
  const { files } = editor.getState();
  const name = fileNameOf(wanted);
  const [, stem = name, end = ''] = /^(.+?)(\.[A-Za-z0-9]+)?$/.exec(name) ?? [];
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${stem}-${count}${end}`;
    if (!Object.hasOwn(files, free)) return free;
  }
}

/**
 * Opens a text beside the files that are there. None of them is replaced: the same text is shown where it stands, another
 * one of the same name gets a name of its own.
 *
 * @param fileName - the name that it should have
 * @param text - its text
 * @returns the name that it has; undefined where there are as many files as there may be
 */
export function openBeside(fileName: string, text: string): string | undefined {
  const { files } = editor.getState();
  const wanted = fileNameOf(fileName);
  // A file in which nothing stands yet is nobody's work.
  const isFree = (files[wanted] ?? '').trim() === '';
  const name = files[wanted] === text || isFree ? wanted : freeFileName(wanted);
  if (!Object.hasOwn(files, name) && Object.keys(files).length >= FILES_MAX) return undefined;
  openFile(name, text);
  return name;
}

/**
 * Opens an empty file.
 *
 * @returns its name; undefined where there are as many files as there may be
 */
export const newFile = (): string | undefined => openBeside(freeFileName('manifest.yaml'), '');

/**
 * Closes a file. What was applied of it stays in the cluster.
 *
 * @param fileName - its name
 * @returns opens it again where it was
 */
export function closeFile(fileName: string): () => void {
  const { files, fileName: shown } = editor.getState();
  const names = Object.keys(files);
  const at = names.indexOf(fileName);
  const text = files[fileName];
  if (at < 0 || text === undefined) return () => undefined;
  const { [fileName]: _closed, ...rest } = files;
  const next = shown === fileName ? (names[at + 1] ?? names[at - 1]) : shown;
  if (next === undefined) openOnly('manifest.yaml');
  else {
    if (next !== shown) showFile(next);
    editor.setState({ files: rest });
  }
  checkSoon();
  return () => {
    const now = editor.getState().files;
    const isAlone = next === undefined && Object.keys(now).length === 1 && now['manifest.yaml'] === '';
    const entries = isAlone ? [] : Object.entries(now);
    const name = Object.hasOwn(now, fileName) && !isAlone ? freeFileName(fileName) : fileName;
    entries.splice(Math.min(at, entries.length), 0, [name, text]);
    editor.setState({ files: Object.fromEntries(entries) });
    showFile(name);
    checkSoon();
  };
}

function openOnly(fileName: string): void {
  editor.setState({ files: {}, fileName: '' });
  openFile(fileName, '');
}

/**
 * Gives a file another name. It still differs from what was applied under the old one, and from nothing else.
 *
 * @param from - its name
 * @param to - the name wanted; signs that no name has become dashes
 * @returns the name it has now; undefined where another file has the name wanted
 */
export function renameFile(from: string, to: string): string | undefined {
  const name = fileNameOf(to.trim());
  const { files, fileName, problemsOf, applied } = editor.getState();
  if (name === from || !Object.hasOwn(files, from)) return from;
  if (Object.hasOwn(files, name)) return undefined;
  formerNames.set(name, formerNames.get(from) ?? from);
  formerNames.delete(from);
  for (const tell of renameListeners) tell(from, name);
  const renamed = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key === from ? name : key, value]));
  editor.setState({
    files: renamed(files),
    problemsOf: renamed(problemsOf),
    applied: renamed(applied),
    ...(fileName === from && { fileName: name }),
  });
  checkSoon();
  return name;
}

/**
 * Moves a file among the tabs.
 *
 * @param fileName - its name
 * @param to - its new place, from 0
 */
export function moveFile(fileName: string, to: number): void {
  const entries = Object.entries(editor.getState().files);
  const at = entries.findIndex(([name]) => name === fileName);
  if (at < 0) return;
  const [entry] = entries.splice(at, 1);
  if (entry) entries.splice(Math.max(0, Math.min(to, entries.length)), 0, entry);
  editor.setState({ files: Object.fromEntries(entries) });
}
