// The manifests as they stand in the editor: what was typed, what was applied, and what the API server says about it.
// A text is never thrown away because it is wrong.
import type { TimelineInfo } from '#bridge';
import type { Session } from '#share';
import { kubectl } from './command.ts';
import { checkSoon, problemsByFile } from './editor-check.ts';
import { editor, fileNameOf, formerNames } from './editor-store.ts';
import { lineageOf } from './history.ts';

export { editor, getText } from './editor-store.ts';

/**
 * Replaces all files: another session.
 *
 * @param files - text by name
 */
export function openFiles(files: Readonly<Record<string, string>>): void {
  formerNames.clear();
  const names = Object.keys(files);
  const fileName = names[0] ?? 'web.yaml';
  editor.setState({
    files: names.length > 0 ? files : { [fileName]: '' },
    fileName,
    applied: {},
    problems: [],
    checkedText: undefined,
    problemsOf: {},
    isRefused: false,
  });
  checkSoon();
}

/**
 * Opens a file beside the others, or replaces the one of that name.
 *
 * @param fileName - letters, digits, dots and dashes; others become dashes
 * @param text - its text
 */
export function openFile(fileName: string, text: string): void {
  const name = fileNameOf(fileName);
  const { files, problemsOf } = editor.getState();
  editor.setState({
    files: { ...files, [name]: text },
    fileName: name,
    problems: files[name] === text ? (problemsOf[name] ?? []) : [],
    checkedText: undefined,
    isRefused: false,
  });
  checkSoon();
}

/**
 * Shows another of the files, with what was last said about it.
 *
 * @param fileName - its name
 */
export function showFile(fileName: string): void {
  const before = editor.getState();
  if (before.fileName === fileName) return;
  editor.setState({
    fileName,
    problems: before.problemsOf[fileName] ?? [],
    isRefused: false,
    checkedText: undefined,
  });
  checkSoon();
}

/**
 * Takes what was typed.
 *
 * @param text - the whole text of the open file
 */
export function setText(text: string): void {
  const { files, fileName } = editor.getState();
  if (files[fileName] === text) return;
  editor.setState({ files: { ...files, [fileName]: text }, isRefused: false });
  checkSoon();
}

/**
 * Applies the open file as `kubectl apply` would, at the moment shown.
 *
 * @returns whether the API server took it
 */
export const apply = (): Promise<boolean> => applyFiles([editor.getState().fileName]);

/**
 * Applies all files with one command, in the order of their tabs. Files without a text are left out.
 *
 * @returns whether the API server took all of them
 */
export const applyAll = (): Promise<boolean> =>
  applyFiles(
    Object.entries(editor.getState().files)
      .filter(([, text]) => text.trim() !== '')
      .map(([name]) => name),
  );

async function applyFiles(names: readonly string[]): Promise<boolean> {
  const before = editor.getState();
  const shown = names.length > 0 ? names : [before.fileName];
  const files = Object.fromEntries(shown.map((name) => [name, before.files[name] ?? '']));
  const command = `apply ${shown.map((name) => `-f ${/^[\w.-]+$/.test(name) ? name : `'${name}'`}`).join(' ')}`;
  const answer = await kubectl(command, files);
  if (!answer) return false;
  const isTaken = answer.code === 0;
  const said = problemsByFile(answer.problems, files);
  const now = editor.getState();
  // What lint said of this very text still holds; the next check tells it anew.
  for (const name of shown) {
    if (now.files[name] !== files[name]) said[name] = now.problemsOf[name] ?? [];
    else if (isTaken)
      said[name] = [
        ...(said[name] ?? []),
        ...(now.problemsOf[name] ?? []).filter(({ code }) => code?.startsWith('LINT')),
      ];
  }
  const isOpen = Object.hasOwn(files, now.fileName) && now.files[now.fileName] === files[now.fileName];
  editor.setState({
    ...(isOpen && {
      problems: said[now.fileName] ?? [],
      checkedText: files[now.fileName],
      isRefused: !isTaken && (shown.length === 1 || (said[now.fileName] ?? []).some(isError)),
    }),
    problemsOf: { ...now.problemsOf, ...said },
    applied: isTaken ? { ...now.applied, ...files } : now.applied,
  });
  return isTaken;
}

const isError = ({ severity }: { severity: string }): boolean => severity === 'error';

/**
 * Finds out what was applied by the moment shown, from the history that led there.
 *
 * @param session - as the simulation tells it
 * @param info - the marks of its acts, which say which of them were refused
 */
export function takeApplied(session: Session, info: TimelineInfo): void {
  const applied = appliedAt(session, info);
  for (const [name, former] of formerNames) {
    const text = applied[former];
    if (text !== undefined) applied[name] ??= text;
  }
  const before = editor.getState().applied;
  const names = new Set([...Object.keys(applied), ...Object.keys(before)]);
  if ([...names].some((name) => applied[name] !== before[name])) editor.setState({ applied });
}

/**
 * The texts that were last applied, and not refused, at the moment a session shows.
 *
 * @param session - its branches with their acts
 * @param info - the marks of these acts, in the same order
 * @returns text by file name
 */
export function appliedAt(session: Pick<Session, 'branches' | 'at'>, info: TimelineInfo): Record<string, string> {
  const applied: Record<string, string> = {};
  for (const { id, untilMs } of lineageOf(info, session.at.branch).reverse()) {
    const marks = info.acts.filter((mark) => mark.branch === id);
    const acts = session.branches.find((branch) => branch.id === id)?.acts ?? [];
    acts.forEach(({ act, atMs }, i) => {
      if (atMs > Math.min(untilMs, session.at.atMs) || marks[i]?.isError) return;
      if (act.type === 'kubectl' && /^apply\b/.test(act.command)) Object.assign(applied, act.files);
    });
  }
  return applied;
}
