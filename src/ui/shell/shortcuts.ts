// Every key of the page, once: the listener runs them, the palette offers them, the help sheet prints them. What a part
// of the page does itself while it has the focus stands here too, without a function.
import {
  apply,
  applyAll,
  asFacts,
  clock,
  compared,
  compareWith,
  facts,
  focusTerminal,
  getFacts,
  goToBranch,
  history,
  jump,
  kubectl,
  notify,
  openDialog,
  seek,
  select,
  selection,
  setView,
  shiftSpeed,
  step,
  toggleCompare,
  togglePlay,
  view,
} from '#state';
import { focusCanvas } from './focus.ts';
import { leavePresentation, togglePresentation } from './present.ts';
import { scaleCommand } from './set-commands.ts';
import { showLayout } from './show-layout.ts';

/** Where the keys are listed together. */
export type ShortcutGroup =
  | 'Anywhere'
  | 'Time'
  | 'View'
  | 'Cluster'
  | 'On the canvas'
  | 'On the playhead'
  | 'In the editor'
  | 'In the terminal';

/** A key and what it does. */
export interface Shortcut {
  /** What it does, as a verb. */
  readonly label: string;
  /** As `event.key` says it, with `Ctrl+` and `Shift+` in front; all of them do the same. */
  readonly keys: readonly string[];
  readonly group: ShortcutGroup;
  /** Undefined: the part of the page that has the focus does it itself. */
  readonly run?: () => void;
  /** Works wherever the focus is, other than in a dialog. */
  readonly isEverywhere?: boolean;
}

/** All keys, in the order in which they are listed. */
export const SHORTCUTS: readonly Shortcut[] = [
  key('Anywhere', 'Search or run everything', ['Ctrl+k'], () => openDialog('palette'), true),
  key('Anywhere', 'Keys and help', ['?', 'F1'], () => openDialog('help'), true),
  key('Anywhere', 'Let go of what is selected, and back to the canvas', ['Escape'], letGo, true),
  key('Time', 'Play or pause', [' '], togglePlay),
  key('Time', 'Next tick', ['ArrowRight'], () => void step(1)),
  key('Time', 'Previous tick', ['ArrowLeft'], () => void step(-1)),
  key('Time', 'Next act', ['Shift+ArrowRight'], () => void jump('next-act')),
  key('Time', 'Previous act', ['Shift+ArrowLeft'], () => void jump('previous-act')),
  key('Time', 'Go to the beginning', ['Home'], () => void seek(0)),
  key('Time', 'Go to the end', ['End'], () => void jump('end')),
  key('Time', 'Run faster', ['+'], () => shiftSpeed(1)),
  key('Time', 'Run slower', ['-'], () => shiftSpeed(-1)),
  key('View', 'Show the identity view', ['1'], () => showLayout('identity')),
  key('View', 'Show the nodes view', ['2'], () => showLayout('nodes')),
  key('View', 'Compare two branches, or stop', ['3'], () => void toggleCompare()),
  key('View', 'Fold or unfold the editor', ['\\'], () => setView({ isEditorFolded: !view.getState().isEditorFolded })),
  key('View', 'Show the terminal', ['t'], focusTerminal),
  key('View', 'Present, or stop presenting', ['Shift+P'], togglePresentation),
  key('Cluster', 'One replica more', [']'], () => scaleBy(1)),
  key('Cluster', 'One replica fewer', ['['], () => scaleBy(-1)),
  key('Cluster', 'Go to the next branch', ['b'], nextBranch),
  { group: 'On the canvas', label: 'Move between slots', keys: ['ArrowLeft', 'ArrowRight', 'j', 'k'] },
  { group: 'On the canvas', label: 'Move between rows and sets', keys: ['ArrowUp', 'ArrowDown'] },
  { group: 'On the canvas', label: 'Inspect', keys: ['Enter'] },
  { group: 'On the canvas', label: 'Zoom in, zoom out, fit', keys: ['+', '-', '0'] },
  { group: 'On the canvas', label: 'Move the handle that has the focus', keys: ['ArrowLeft', 'ArrowRight'] },
  { group: 'On the playhead', label: 'Ten seconds on, or back', keys: ['PageUp', 'PageDown'] },
  { group: 'On the playhead', label: 'Less time, more time, all of it', keys: ['+', '-', '0'] },
  key('In the editor', 'Apply the manifest', ['Ctrl+Enter'], () => void apply()),
  key('In the editor', 'Apply all files', ['Ctrl+Shift+Enter'], () => void applyAll()),
  { group: 'In the editor', label: 'Next and previous problem', keys: ['F8', 'Shift+F8'] },
  { group: 'In the editor', label: 'Quick fix', keys: ['Ctrl+.'] },
  { group: 'In the editor', label: 'Go to an object', keys: ['Ctrl+Shift+o'] },
  { group: 'In the editor', label: 'Show the object in the graph', keys: ['F12'] },
  { group: 'In the editor', label: 'Format', keys: ['Alt+Shift+F'] },
  { group: 'In the editor', label: 'Next line that differs from applied', keys: ['Alt+F5'] },
  { group: 'In the editor', label: 'Rename, close, move a tab', keys: ['F2', 'Delete', 'Alt+Shift+ArrowRight'] },
  { group: 'In the terminal', label: 'Earlier and later commands', keys: ['ArrowUp', 'ArrowDown'] },
  { group: 'In the terminal', label: 'Complete', keys: ['Tab'] },
  { group: 'In the terminal', label: 'Search earlier commands', keys: ['Ctrl+r'] },
  { group: 'In the terminal', label: 'Stop what runs', keys: ['Ctrl+c'] },
];

function key(
  group: ShortcutGroup,
  label: string,
  keys: readonly string[],
  run: () => void,
  isEverywhere = false,
): Shortcut {
  return { group, label, keys, run, ...(isEverywhere && { isEverywhere }) };
}

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/**
 * A key as it is written on the page.
 *
 * @param name - such as `Shift+ArrowLeft`
 * @returns its parts, such as `Shift` and `←`
 */
export function keyWords(name: string): readonly string[] {
  return partsOf(name).map((part) => NAMES[part] ?? (/^[a-z]$/.test(part) ? part.toUpperCase() : part));
}

/** The plus sign is a key too. */
const partsOf = (name: string): readonly string[] => (name.length === 1 ? [name] : name.split('+'));

/**
 * Whether a key is one character by itself: such keys can be switched off, because speech may press them.
 *
 * @param name - as in the table
 */
export function isSingleKey(name: string): boolean {
  const last = partsOf(name).at(-1) ?? '';
  return !/^(?:Ctrl|Alt)\+/.test(name) && last.length === 1 && last !== ' ';
}

/** Esc undoes one thing at a time: first the selection, then the presentation. */
function letGo(): void {
  const isHolding = selection.getState().selectedId !== undefined;
  select(undefined);
  if (!isHolding) leavePresentation();
  if (!isHolding && compared.getState().branch !== undefined) void compareWith(undefined);
  // Presenting keeps the reasons in sight.
  if (!view.getState().isPresenting) setView({ isInspectorOpen: false });
  focusCanvas();
}

/** The set that the keys mean: the selected one, that of the selected object, or the only one. */
function setOfKeys() {
  const { selectedId } = selection.getState();
  const chosen = selectedId === undefined ? undefined : getFacts(selectedId);
  const setId =
    chosen?.type === 'set' ? chosen.id : chosen?.type === 'pod' || chosen?.type === 'slot' ? chosen.setId : undefined;
  return asFacts('set', getFacts(setId ?? facts.getIds('set')[0] ?? ''));
}

function scaleBy(by: 1 | -1): void {
  const set = setOfKeys();
  if (!set || set.replicas + by < 0) return;
  void kubectl(scaleCommand(set, set.replicas + by));
}

/** An act in the past branches by itself; this goes through the branches that are there. */
function nextBranch(): void {
  const { branch, branches } = history.getState();
  if (branches.length < 2) {
    const where = clock.getState().isLive ? 'Go back in time, then act' : 'Act here';
    notify({ tone: 'info', text: `${where}: an act in the past begins a branch.` });
    return;
  }
  const at = branches.findIndex(({ id }) => id === branch);
  const next = branches[(at + 1) % branches.length];
  if (next) void goToBranch(next.id);
}
