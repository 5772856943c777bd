// The manifests as they stand in the editor: what was typed, what was applied, and what the API server says about it.
// A text is never thrown away because it is wrong.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem, TimelineInfo } from '#bridge';
import type { Session } from '#share';
import { kubectl } from './command.ts';
import { ask } from './connection.ts';
import { lineageOf } from './history.ts';
import { placeProblem } from './place-problem.ts';

export interface EditorState {
  /** Text by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** The file that is open. */
  readonly fileName: string;
  /** By file name, the text that was last applied without being refused, as of the moment shown. */
  readonly applied: Readonly<Record<string, string>>;
  /** What the API server says about the open file, or would say, and what of it is kept and not simulated. */
  readonly problems: readonly Problem[];
  /** The text that `problems` is about: `check` runs behind the typing. */
  readonly checkedText: string | undefined;
  /** Whether the last Apply of this very text was refused. */
  readonly isRefused: boolean;
}

/** The editor of the page. */
export const editor: StoreApi<EditorState> = createStore<EditorState>(() => ({
  files: {},
  fileName: 'web.yaml',
  applied: {},
  problems: [],
  checkedText: undefined,
  isRefused: false,
}));

/** How long typing rests before it is checked. */
const CHECK_MS = 350;

let checkTimer: ReturnType<typeof setTimeout> | undefined;
let isChecking = false;

/**
 * The text of the open file.
 *
 * @returns an empty text where there is none
 */
export const getText = (): string => textOf(editor.getState());

const textOf = ({ files, fileName }: EditorState): string => files[fileName] ?? '';

/**
 * Replaces all files: another session.
 *
 * @param files - text by name
 */
export function openFiles(files: Readonly<Record<string, string>>): void {
  const names = Object.keys(files);
  const fileName = names[0] ?? 'web.yaml';
  editor.setState({
    files: names.length > 0 ? files : { [fileName]: '' },
    fileName,
    applied: {},
    problems: [],
    checkedText: undefined,
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
  const name = fileName.replace(/[^A-Za-z0-9._-]+/g, '-').slice(-100) || 'manifest.yaml';
  editor.setState(({ files }) => ({
    files: { ...files, [name]: text },
    fileName: name,
    problems: [],
    isRefused: false,
  }));
  checkSoon();
}

/**
 * Shows another of the files.
 *
 * @param fileName - its name
 */
export function showFile(fileName: string): void {
  editor.setState({ fileName, problems: [], isRefused: false, checkedText: undefined });
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
export async function apply(): Promise<boolean> {
  const { fileName } = editor.getState();
  const text = getText();
  const answer = await kubectl(`apply -f ${fileName}`, { [fileName]: text });
  if (!answer) return false;
  const isTaken = answer.code === 0;
  editor.setState(({ applied }) => ({
    problems: answer.problems.map((problem) => placeProblem(problem, text, applied[fileName])),
    checkedText: text,
    isRefused: !isTaken,
    applied: isTaken ? { ...applied, [fileName]: text } : applied,
  }));
  return isTaken;
}

/** Asks what the API server would say about the open file, once typing rests. */
function checkSoon(): void {
  clearTimeout(checkTimer);
  checkTimer = setTimeout(() => void check(), CHECK_MS);
}

async function check(): Promise<void> {
  if (isChecking) {
    checkSoon();
    return;
  }
  const { fileName } = editor.getState();
  const text = getText();
  if (text.trim() === '') {
    editor.setState({ problems: [], checkedText: text });
    return;
  }
  isChecking = true;
  try {
    const { problems } = await ask('check', { files: { [fileName]: text } });
    const now = editor.getState();
    // Typing has gone on: the next check is on its way.
    if (now.fileName !== fileName || getText() !== text) return;
    editor.setState({
      problems: problems.map((problem) => placeProblem(problem, text, now.applied[fileName])),
      checkedText: text,
    });
  } catch {
    // `engine` tells it; the marks of before stay.
  } finally {
    isChecking = false;
  }
}

/**
 * Finds out what was applied by the moment shown, from the history that led there.
 *
 * @param session - as the simulation tells it
 * @param info - the marks of its acts, which say which of them were refused
 */
export function takeApplied(session: Session, info: TimelineInfo): void {
  const applied = appliedAt(session, info);
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
