// The terminal: what it shows, what was typed, and the commands that are at work. Lines are run where the playhead
// stands; a command that waits is asked again as the playhead moves.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Completion, RunAnswer } from '#bridge';
import { clock } from './clock.ts';
import { output } from './command.ts';
import { ask } from './connection.ts';
import { editor, openFile } from './editor.ts';
import { history, refreshHistory } from './history.ts';
import { moment, takeFrame } from './moment.ts';
import { session } from './session.ts';
import { exclusively, play } from './transport.ts';
import { setView } from './view.ts';
import { visibleText } from './visible-text.ts';

/** One line of the terminal. */
export interface TerminalLine {
  readonly id: number;
  /** `prompt`: what was typed; `act`: what was done elsewhere on the page. */
  readonly kind: 'prompt' | 'out' | 'err' | 'note' | 'act' | 'screen';
  readonly text: string;
  /** The moment at which it was typed or done. */
  readonly atMs?: number;
  /** What stood before it in a shell of a container. */
  readonly prompt?: string;
}

/** A command that is not over. */
export interface TerminalJob {
  readonly id: number;
  readonly line: string;
  readonly waits: 'time' | 'line' | 'turn';
  /** What stands before the line that it waits for. */
  readonly prompt: string;
}

export interface TerminalState {
  readonly lines: readonly TerminalLine[];
  /** The command that holds the prompt; undefined where a new one can be typed. */
  readonly front: TerminalJob | undefined;
  /** Commands that watch; they leave the prompt free. */
  readonly watching: readonly TerminalJob[];
  /** An answer is on its way. */
  readonly isBusy: boolean;
  /** Lines that were typed, oldest first. */
  readonly typed: readonly string[];
  /** Counts how often the focus was wanted. */
  readonly focusAsked: number;
}

const LINES_MAX = 5_000;
const TYPED_MAX = 500;
const LINE_CHARACTERS_MAX = 20_000;

/** Between two looks of commands that wait. */
const POLL_MS = 120;

/** The terminal of the page. */
export const terminal: StoreApi<TerminalState> = createStore<TerminalState>(() => ({
  lines: [],
  front: undefined,
  watching: [],
  isBusy: false,
  typed: [],
  focusAsked: 0,
}));

let lastLineId = 0;
/** Whether the last line has no end yet: what comes goes on in it. */
let isLineOpen = false;
/** The line of a command's screen, by the command's id. */
const screens = new Map<number, number>();
/** Lines that were typed while a command held the prompt. */
const queue: string[] = [];
let isPolling = false;
/** For which command the clock was started again after it had stopped by itself. */
let restartedFor = 0;

const newLine = (line: Omit<TerminalLine, 'id'>): TerminalLine => {
  lastLineId += 1;
  return { ...line, id: lastLineId, text: visibleText(line.text).slice(0, LINE_CHARACTERS_MAX) };
};

function addLines(lines: readonly Omit<TerminalLine, 'id'>[]): void {
  if (lines.length === 0) return;
  isLineOpen = false;
  const made = lines.slice(-LINES_MAX).map(newLine);
  terminal.setState(({ lines: before }) => ({ lines: [...before, ...made].slice(-LINES_MAX) }));
}

/** Adds text as a command prints it: its last line stays open until its end comes. */
function addText(kind: 'out' | 'err' | 'note', text: string): void {
  if (text === '') return;
  const isEnded = text.endsWith('\n');
  const parts = (isEnded ? text.slice(0, -1) : text).split('\n');
  const last = terminal.getState().lines.at(-1);
  if (isLineOpen && last) {
    const joined = { ...last, text: (last.text + visibleText(parts.shift() ?? '')).slice(0, LINE_CHARACTERS_MAX) };
    terminal.setState(({ lines }) => ({ lines: [...lines.slice(0, -1), joined] }));
  }
  addLines(parts.map((part) => ({ kind, text: part })));
  isLineOpen = !isEnded;
}

/** Puts a screen in the place of the one before. */
function showScreen(job: number, text: string): void {
  const known = screens.get(job);
  const { lines } = terminal.getState();
  if (known === undefined || !lines.some(({ id }) => id === known)) {
    addLines([{ kind: 'screen', text: text.replace(/\n$/, '') }]);
    screens.set(job, lastLineId);
    return;
  }
  const shown = visibleText(text.replace(/\n$/, ''));
  terminal.setState({ lines: lines.map((line) => (line.id === known ? { ...line, text: shown } : line)) });
}

/**
 * Runs what was typed, or gives it to the command that reads; behind a command that holds the prompt it waits.
 *
 * @param text - one or more lines
 * @returns false where the text wants more lines before it can be run
 */
export async function submit(text: string): Promise<boolean> {
  const { front, isBusy } = terminal.getState();
  if (front?.waits === 'line') {
    addLines(text.split('\n').map((line) => ({ kind: 'prompt', text: line, prompt: front.prompt })));
    await goOn(front, { input: text });
    return true;
  }
  if (front || isBusy) {
    queue.push(text);
    return true;
  }
  return await runLine(text);
}

async function runLine(text: string): Promise<boolean> {
  const { atMs } = clock.getState();
  const show = (): void => {
    addLines(
      text.split('\n').map((line, i) => ({ kind: 'prompt', text: line, ...(i === 0 ? { atMs } : { prompt: '> ' }) })),
    );
    const { typed } = terminal.getState();
    if (text.trim() !== '' && typed.at(-1) !== text) terminal.setState({ typed: [...typed, text].slice(-TYPED_MAX) });
  };
  if (text.trim() === '') {
    show();
    return true;
  }
  const parent = branchName();
  const answer = await alone(() =>
    ask('run', { line: text, atMs, files: editor.getState().files, history: terminal.getState().typed }),
  );
  if (!answer) return true;
  if (answer.isIncomplete) return false;
  show();
  settle(answer, text, parent);
  return true;
}

const branchName = (): string => {
  const { branch, branches } = history.getState();
  return branches.find(({ id }) => id === branch)?.name ?? 'the other branch';
};

/** Asks something that may move the playhead or change the history, with nothing beside it. */
async function alone(request: () => Promise<RunAnswer>): Promise<RunAnswer | undefined> {
  terminal.setState({ isBusy: true });
  try {
    return await exclusively(async () => {
      const answer = await request();
      if (answer.frame) takeFrame(answer.frame, true);
      return answer;
    });
  } catch (error) {
    addText('err', `${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  } finally {
    terminal.setState({ isBusy: false });
  }
}

/** Takes in what a line did so far. */
function settle(answer: RunAnswer, line: string, parent: string): void {
  show(answer);
  takeFiles(answer);
  if (answer.newBranch !== undefined)
    addText('note', `A new branch begins here. What had happened is kept as ${parent}.\n`);
  if (answer.acts > 0) {
    refreshHistory();
    if (answer.frame && !answer.frame.isQuiet) play();
  }
  place(answer, line);
  void runQueued();
}

function show({ id, shown }: RunAnswer): void {
  for (const effect of shown) {
    if (effect.type === 'clear') clearTerminal();
    else if (effect.type === 'open') openInEditor(effect.file);
    else if (effect.type === 'screen') showScreen(id, effect.text);
    else addText(effect.type, effect.text);
  }
}

/** A file that was just written may be the one to open. */
function openInEditor(file: string): void {
  queueMicrotask(() => {
    openFile(file, editor.getState().files[file] ?? '');
    setView({ isEditorFolded: false, isManifestShown: true });
  });
}

function takeFiles({ files: changed }: RunAnswer): void {
  if (!changed) return;
  const files = { ...editor.getState().files };
  for (const [name, text] of Object.entries(changed))
    if (text === null) delete files[name];
    else files[name] = text;
  const { fileName } = editor.getState();
  const shown = Object.hasOwn(files, fileName) ? fileName : (Object.keys(files)[0] ?? 'web.yaml');
  editor.setState({ files });
  if (shown !== fileName || Object.hasOwn(changed, shown)) openFile(shown, files[shown] ?? '');
}

/** Gives a command its place: in front, among those that watch, or none when it is over. */
function place(answer: RunAnswer, line: string): void {
  const { id, code, waits, prompt = '', isEndless = false } = answer;
  const before = terminal.getState();
  const others = before.watching.filter((job) => job.id !== id);
  if (code !== undefined || waits === undefined) {
    screens.delete(id);
    terminal.setState({
      watching: others,
      front: before.front?.id === id ? undefined : before.front,
    });
    return;
  }
  const job: TerminalJob = { id, line, waits, prompt };
  if (isEndless) {
    const wasWatching = others.length < before.watching.length;
    terminal.setState({ watching: [...others, job], front: before.front?.id === id ? undefined : before.front });
    if (!wasWatching && !clock.getState().isPlaying)
      addText('note', 'Time stands still: it goes on as the playhead moves. Ctrl+C ends it.\n');
  } else {
    terminal.setState({ watching: others, front: job });
    if (waits === 'time' && before.front?.id !== id && !clock.getState().isPlaying) play();
  }
  void poll();
}

/** Runs what was typed ahead. */
async function runQueued(): Promise<void> {
  const { front, isBusy } = terminal.getState();
  if (isBusy || (front && front.waits !== 'line')) return;
  const next = queue.shift();
  if (next !== undefined) await submit(next);
}

/** Lets a command go on: with a line, with Ctrl+C, or because it wanted to be alone. */
async function goOn(job: TerminalJob, more: { input?: string | null; isInterrupted?: boolean } = {}): Promise<void> {
  const parent = branchName();
  const answer = await alone(() =>
    ask('runMore', {
      id: job.id,
      atMs: clock.getState().atMs,
      files: editor.getState().files,
      mayAct: true,
      ...more,
    }),
  );
  if (answer) settle(answer, job.line, parent);
  else place({ id: job.id, shown: [], acts: 0, code: 1 }, job.line);
}

/** Asks the commands that wait again as the playhead moves. */
async function poll(): Promise<void> {
  if (isPolling) return;
  isPolling = true;
  let lastMs = -1;
  for (;;) {
    const { front, watching, isBusy } = terminal.getState();
    const jobs = [...(front ? [front] : []), ...watching].filter(({ waits }) => waits !== 'line');
    if (jobs.length === 0) break;
    const { atMs, isScrubbing } = clock.getState();
    // While the playhead is dragged every moment is a passing one.
    if (!isBusy && !isScrubbing && (atMs !== lastMs || jobs.some(({ waits }) => waits === 'turn'))) {
      lastMs = atMs;
      for (const job of jobs) {
        if (job.waits === 'turn') await goOn(job);
        else await look(job, atMs);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  isPolling = false;
}

async function look(job: TerminalJob, atMs: number): Promise<void> {
  try {
    const answer = await ask('runMore', { id: job.id, atMs, mayAct: false });
    show(answer);
    place(answer, job.line);
    if (answer.code !== undefined) await runQueued();
  } catch {
    place({ id: job.id, shown: [], acts: 0, code: 1 }, job.line);
  }
}

/**
 * Ctrl+C: ends the command in front; without one a line that was begun is given up; else what began to watch last ends.
 *
 * @param typed - what stands in the line
 */
export async function interrupt(typed = ''): Promise<void> {
  const { front, watching } = terminal.getState();
  const job = front ?? (typed === '' ? watching.at(-1) : undefined);
  queue.length = 0;
  if (!job) {
    addLines([{ kind: 'prompt', text: `${typed}^C`, atMs: clock.getState().atMs }]);
    return;
  }
  addText('note', `^C${front ? '' : ` ${job.line}`}\n`);
  await goOn(job, { isInterrupted: true });
}

/**
 * Ctrl+D: ends what a command reads.
 *
 * @returns false where no command reads
 */
export async function endInput(): Promise<boolean> {
  const { front } = terminal.getState();
  if (front?.waits !== 'line') return false;
  if (front.prompt !== '') addLines([{ kind: 'prompt', text: 'exit', prompt: front.prompt }]);
  await goOn(front, { input: null });
  return true;
}

/** Takes all lines away. */
export function clearTerminal(): void {
  screens.clear();
  isLineOpen = false;
  terminal.setState({ lines: [] });
}

/**
 * What may stand at the cursor.
 *
 * @param line - the line so far
 * @param cursor - where in it
 * @returns undefined where the simulation does not answer
 */
export async function complete(line: string, cursor: number): Promise<Completion | undefined> {
  return await ask('complete', { line, cursor, files: Object.keys(editor.getState().files) }).catch(() => undefined);
}

/**
 * Shows words below the line, as a shell does for Tab.
 *
 * @param line - what stands in the line
 * @param words - what it might become
 */
export function showWords(line: string, words: readonly string[]): void {
  addLines([
    { kind: 'prompt', text: line, atMs: clock.getState().atMs },
    { kind: 'note', text: words.join('  ') },
  ]);
}

/** Opens the terminal and puts the focus into its line. */
export function focusTerminal(): void {
  setView({ bottomTab: 'terminal' });
  terminal.setState(({ focusAsked }) => ({ focusAsked: focusAsked + 1 }));
}

// What buttons and handles do is told as well, with its command.
output.subscribe(({ last }, { last: before }) => {
  if (!last || last === before) return;
  addLines([
    { kind: 'act', text: last.command, atMs: last.atMs },
    ...`${last.out}${last.err}`
      .replace(/\n$/, '')
      .split('\n')
      .filter((text) => text !== '')
      .map((text) => ({ kind: 'act' as const, text })),
  ]);
});

// The clock stops by itself when nothing is left to happen; a command that waits for a time wants it to go on.
clock.subscribe((now, before) => {
  const { front } = terminal.getState();
  if (!before.isPlaying || now.isPlaying || front?.waits !== 'time' || !moment.getState().isQuiet) return;
  if (restartedFor === front.id) return;
  restartedFor = front.id;
  queueMicrotask(play);
});

// Another session has commands of its own.
session.subscribe(({ status }) => {
  if (status !== 'opening') return;
  queue.length = 0;
  screens.clear();
  restartedFor = 0;
  terminal.setState({ front: undefined, watching: [], isBusy: false });
});
