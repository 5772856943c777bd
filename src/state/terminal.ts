// The terminal: what it shows, what was typed, and the commands that are at work. Lines are run where the playhead
// stands; a command that waits is asked again as the playhead moves.
import type { Completion, PrintedAct, RunAnswer } from '#bridge';
import { clock } from './clock.ts';
import { output } from './command.ts';
import { ask } from './connection.ts';
import { editor, openFile } from './editor.ts';
import { history, refreshHistory } from './history.ts';
import { moment, takeFrame } from './moment.ts';
import { session } from './session.ts';
import { keepTerminal, keptTerminal } from './terminal-kept.ts';
import {
  addLines,
  addText,
  clearTerminal,
  FIRST_NAMESPACE,
  keepScreen,
  showScreen,
  type TerminalJob,
  type TerminalLine,
  terminal,
} from './terminal-lines.ts';
import { exclusively, play } from './transport.ts';
import { setView } from './view.ts';

const TYPED_MAX = 500;

/** Between two looks of commands that wait. */
const POLL_MS = 120;

/** Lines that were typed while a command held the prompt. */
const queue: string[] = [];
let isPolling = false;
/** For which command the clock was started again after it had stopped by itself. */
let restartedFor = 0;

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
  if (text.trim() === '') {
    addLines([promptOf('', atMs)]);
    return true;
  }
  const parent = branchName();
  const answer = await alone(() =>
    ask('run', { line: text, atMs, files: editor.getState().files, history: terminal.getState().typed }),
  );
  if (!answer) return true;
  if (answer.isIncomplete) return false;
  const { typed = text, ran = typed, rest = '' } = answer;
  addLines(typed.split('\n').map((line, i) => (i === 0 ? promptOf(line, atMs) : { ...promptOf(line), prompt: '> ' })));
  remember(ran);
  if (rest !== '') queue.unshift(rest);
  settle(answer, ran, parent);
  return true;
}

/** A line with what stands before it. */
function promptOf(text: string, atMs?: number): Omit<TerminalLine, 'id'> {
  const { namespace } = terminal.getState();
  return {
    kind: 'prompt',
    text,
    ...(atMs !== undefined && { atMs }),
    ...(namespace !== FIRST_NAMESPACE && { namespace }),
  };
}

/** Keeps a command for the arrow keys. */
function remember(line: string): void {
  const { typed } = terminal.getState();
  if (line.trim() !== '' && typed.at(-1) !== line) terminal.setState({ typed: [...typed, line].slice(-TYPED_MAX) });
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
    else if (effect.type === 'namespace') terminal.setState({ namespace: effect.name });
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
    keepScreen(id);
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
  if (next === undefined || (await submit(next))) return;
  // What wants more lines goes back to who types.
  terminal.setState(({ unfinished }) => ({ unfinished: { text: `${next}\n`, count: unfinished.count + 1 } }));
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
 * @param id - the command that is meant, where it is not the one that Ctrl+C would end
 */
export async function interrupt(typed = '', id?: number): Promise<void> {
  const { front, watching } = terminal.getState();
  const chosen = id === undefined ? undefined : watching.find((one) => one.id === id);
  const job = chosen ?? front ?? (typed === '' ? watching.at(-1) : undefined);
  if (!chosen) queue.length = 0;
  if (!job) {
    addLines([promptOf(`${typed}^C`, clock.getState().atMs)]);
    return;
  }
  addText('note', `^C${job === front ? '' : ` ${job.line}`}\n`);
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
  addLines([promptOf(line, clock.getState().atMs), { kind: 'note', text: words.join('  ') }]);
}

/** Opens the terminal and puts the focus into its line. */
export function focusTerminal(): void {
  setView({ bottomTab: 'terminal' });
  terminal.setState(({ focusAsked }) => ({ focusAsked: focusAsked + 1 }));
}

/** An act that was not typed here, and what it printed, as lines. */
function actLines({ command, out, err, atMs }: PrintedAct): Omit<TerminalLine, 'id'>[] {
  const printed = `${out}${err}`.split('\n').filter((text) => text !== '');
  return [
    { kind: 'act' as const, text: isCommand(command) ? command : `# ${command}`, atMs },
    ...printed.map((text) => ({ kind: 'act' as const, text })),
  ];
}

/** Faults are no commands: they are told as comments. */
const isCommand = (text: string): boolean => /^kubectl\s/.test(text);

// What buttons and handles do is told as well, with its command.
output.subscribe(({ last }, { last: before }) => {
  if (!last || last === before) return;
  const [command, ...printed] = actLines(last);
  if (command) addLines([{ ...command, isOfPage: true }, ...printed]);
});

// The clock stops by itself when nothing is left to happen; a command that waits for a time wants it to go on.
clock.subscribe((now, before) => {
  const { front } = terminal.getState();
  if (!before.isPlaying || now.isPlaying || front?.waits !== 'time' || !moment.getState().isQuiet) return;
  if (restartedFor === front.id) return;
  restartedFor = front.id;
  queueMicrotask(play);
});

// Another session has commands of its own; the same one that is opened again, as after a reload, has its lines.
session.subscribe(({ status, opened }, before) => {
  if (status === before.status) return;
  if (status === 'opening') {
    queue.length = 0;
    restartedFor = 0;
    keepTerminal();
    clearTerminal();
    terminal.setState({ front: undefined, watching: [], isBusy: false, namespace: FIRST_NAMESPACE });
  } else if (status === 'open' && opened) {
    const kept = keptTerminal(opened.session);
    if (kept.typed.length > terminal.getState().typed.length) terminal.setState({ typed: kept.typed });
    addLines(kept.lines ?? opened.printed.flatMap(actLines));
  }
});

// A page that is put aside may never be told that it ends.
if (typeof document !== 'undefined')
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && keepTerminal());
if (typeof addEventListener === 'function') addEventListener('pagehide', keepTerminal);
