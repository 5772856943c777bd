// What the API server and the lint rules say of the files, asked behind the typing: the open one first, then the others,
// for the marks on their tabs.
import type { Problem } from '#bridge';
import { output } from './command.ts';
import { ask } from './connection.ts';
import { editor, getText } from './editor-store.ts';
import { history } from './history.ts';
import { placeProblem } from './place-problem.ts';

/** How long typing rests before it is checked. */
const CHECK_MS = 350;

/** Beyond this many characters the files that are not open are looked at when they are opened. */
const OTHERS_CHARACTERS_MAX = 500_000;

let timer: ReturnType<typeof setTimeout> | undefined;
let isChecking = false;

/** Asks what the API server would say about the files, once typing rests. */
export function checkSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void check(), CHECK_MS);
}

/**
 * Checks again when the cluster is another: somebody acted, or another branch is shown.
 *
 * @returns ends it
 */
export function watchCluster(): () => void {
  const leave = [
    output.subscribe(checkSoon),
    history.subscribe(
      (now, before) => (now.branch !== before.branch || now.acts.length !== before.acts.length) && checkSoon(),
    ),
    editor.subscribe((now, before) => now.applied !== before.applied && checkSoon()),
  ];
  return () => {
    for (const end of leave) end();
  };
}

/**
 * Problems at their places in the text, where the server names only the object.
 *
 * @param problems - as the simulation tells them
 * @param files - the texts that they are about
 * @returns the problems of each file; a file without any has an empty list
 */
export function problemsByFile(
  problems: readonly Problem[],
  files: Readonly<Record<string, string>>,
): Record<string, readonly Problem[]> {
  const { applied } = editor.getState();
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      problems.filter(({ file }) => file === name).map((problem) => placeProblem(problem, text, applied[name])),
    ]),
  );
}

async function check(): Promise<void> {
  if (isChecking) {
    checkSoon();
    return;
  }
  isChecking = true;
  try {
    await checkOpen();
    await checkOthers();
  } catch {
    // `engine` tells it; the marks of before stay.
  } finally {
    isChecking = false;
  }
}

async function checkOpen(): Promise<void> {
  const { fileName, files } = editor.getState();
  const text = getText();
  const { [fileName]: _open, ...beside } = files;
  const problems =
    text.trim() === '' ? [] : (await ask('check', { files: { [fileName]: text }, beside: written(beside) })).problems;
  const now = editor.getState();
  // Typing has gone on: the next check is on its way.
  if (now.fileName !== fileName || getText() !== text) return;
  const found = problemsByFile(problems, { [fileName]: text });
  editor.setState({
    problems: found[fileName] ?? [],
    checkedText: text,
    problemsOf: { ...now.problemsOf, ...found },
  });
}

async function checkOthers(): Promise<void> {
  const { fileName, files } = editor.getState();
  const { [fileName]: open = '', ...others } = files;
  const texts = Object.values(others);
  if (texts.length === 0 || texts.reduce((sum, text) => sum + text.length, 0) > OTHERS_CHARACTERS_MAX) return;
  const judged = written(others);
  const problems =
    Object.keys(judged).length === 0
      ? []
      : (await ask('check', { files: judged, beside: written({ [fileName]: open }) })).problems;
  const now = editor.getState();
  // Of a file that was changed, closed or opened meanwhile the next check tells.
  const kept = Object.fromEntries(
    Object.entries(others).filter(([name, text]) => now.files[name] === text && name !== now.fileName),
  );
  editor.setState({ problemsOf: { ...now.problemsOf, ...problemsByFile(problems, kept) } });
}

const written = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([, text]) => text.trim() !== ''));
