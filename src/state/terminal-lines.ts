// The lines of the terminal and what it knows of itself. Whatever comes in is made visible first: nothing is obeyed.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { visibleText } from './visible-text.ts';

/** One line of the terminal. */
export interface TerminalLine {
  readonly id: number;
  /** `prompt`: what was typed; `act`: what was done elsewhere on the page, and what that printed. */
  readonly kind: 'prompt' | 'out' | 'err' | 'note' | 'act' | 'screen';
  readonly text: string;
  /** The moment at which it was typed or done. */
  readonly atMs?: number;
  /** What stood before it, other than the moment: in a shell of a container, or in a further line of one command. */
  readonly prompt?: string;
  /** A button or a handle of the page did it. */
  readonly isOfPage?: boolean;
  /** The namespace that was meant, where it is not the one that is meant at first. */
  readonly namespace?: string;
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
  /** There were more lines than are kept. */
  readonly hasLost: boolean;
  /** The command that holds the prompt; undefined where a new one can be typed. */
  readonly front: TerminalJob | undefined;
  /** Commands that watch; they leave the prompt free. */
  readonly watching: readonly TerminalJob[];
  /** An answer is on its way. */
  readonly isBusy: boolean;
  /** Lines that were typed, oldest first. */
  readonly typed: readonly string[];
  /** The namespace that is meant where a command says none. */
  readonly namespace: string;
  /** The last of several pasted lines, which wants more of them; counted, so that the same one may come again. */
  readonly unfinished: { readonly text: string; readonly count: number };
  /** Counts how often the focus was wanted. */
  readonly focusAsked: number;
}

/** More lines than these are not kept; the oldest go. */
export const TERMINAL_LINES_MAX = 5_000;

/** The namespace that is meant at first. */
export const FIRST_NAMESPACE = 'default';

const LINE_CHARACTERS_MAX = 20_000;

/** The terminal of the page. */
export const terminal: StoreApi<TerminalState> = createStore<TerminalState>(() => ({
  lines: [],
  hasLost: false,
  front: undefined,
  watching: [],
  isBusy: false,
  typed: [],
  namespace: FIRST_NAMESPACE,
  unfinished: { text: '', count: 0 },
  focusAsked: 0,
}));

let lastLineId = 0;
/** Whether the last line has no end yet: what comes goes on in it. */
let isLineOpen = false;
/** The line of a command's screen, by the command's id. */
const screens = new Map<number, number>();

const newLine = (line: Omit<TerminalLine, 'id'>): TerminalLine => {
  lastLineId += 1;
  return { ...line, id: lastLineId, text: visibleText(line.text).slice(0, LINE_CHARACTERS_MAX) };
};

/**
 * Adds whole lines.
 *
 * @param lines - in their order
 */
export function addLines(lines: readonly Omit<TerminalLine, 'id'>[]): void {
  if (lines.length === 0) return;
  isLineOpen = false;
  const made = lines.slice(-TERMINAL_LINES_MAX).map(newLine);
  terminal.setState(({ lines: before, hasLost }) => ({
    lines: [...before, ...made].slice(-TERMINAL_LINES_MAX),
    hasLost: hasLost || before.length + lines.length > TERMINAL_LINES_MAX,
  }));
}

/**
 * Adds text as a command prints it: its last line stays open until its end comes.
 *
 * @param kind - who speaks
 * @param text - one piece of it, with its newlines
 */
export function addText(kind: 'out' | 'err' | 'note', text: string): void {
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

/**
 * Puts a screen in the place of the one before.
 *
 * @param job - whose screen it is
 * @param text - all of it
 */
export function showScreen(job: number, text: string): void {
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
 * Lets a screen stand as it is: its command is over.
 *
 * @param job - whose screen it is
 */
export function keepScreen(job: number): void {
  screens.delete(job);
}

/** Takes all lines away. */
export function clearTerminal(): void {
  screens.clear();
  isLineOpen = false;
  terminal.setState({ lines: [], hasLost: false });
}
