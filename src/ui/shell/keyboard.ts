// The page's single keys. They act only while the canvas, the timeline or nothing has the focus: never inside the
// editor, a field, a menu or a dialog.
import {
  asFacts,
  clock,
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
  togglePlay,
  view,
} from '#state';
import { focusCanvas } from './focus.ts';
import { showLayout } from './show-layout.ts';

/** Elements with keys of their own. */
const OWN_KEYS =
  'input, textarea, select, [contenteditable="true"], .monaco-editor, dialog, [role="menu"], [role="dialog"]';

/** Elements that Space, Enter or the arrows mean something to. */
const CONTROLS = 'button, a, summary, [role="slider"], [role="separator"], [role="tab"], [role="switch"]';

/** Keys by what `event.key` says; `Shift+` in front. */
const KEYS: Readonly<Record<string, () => void>> = {
  ' ': togglePlay,
  ArrowLeft: () => void step(-1),
  ArrowRight: () => void step(1),
  'Shift+ArrowLeft': () => void jump('previous-act'),
  'Shift+ArrowRight': () => void jump('next-act'),
  Home: () => void seek(0),
  End: () => void jump('end'),
  '[': () => scaleBy(-1),
  ']': () => scaleBy(1),
  '\\': () => setView({ isEditorFolded: !view.getState().isEditorFolded }),
  '1': () => showLayout('identity'),
  '2': () => showLayout('nodes'),
  b: nextBranch,
  t: focusTerminal,
  '-': () => shiftSpeed(-1),
  '+': () => shiftSpeed(1),
  Escape: () => {
    select(undefined);
    setView({ isInspectorOpen: false });
    focusCanvas();
  },
};

/** Of these a focused button or slider makes something itself. */
const CONTROL_KEYS = new Set([' ', 'ArrowLeft', 'ArrowRight', 'Shift+ArrowLeft', 'Shift+ArrowRight', 'Home', 'End']);

/**
 * Listens for the page's keys.
 *
 * @returns ends it
 */
export function startKeyboard(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      if (target.closest('.monaco-editor, dialog')) return;
      event.preventDefault();
      openDialog('palette');
      return;
    }
    if (event.ctrlKey || event.metaKey || target.closest(OWN_KEYS)) return;
    const isPlain = !event.shiftKey || event.key.length === 1;
    const name = isPlain ? event.key : `Shift+${event.key}`;
    const run = KEYS[name.length === 1 ? name.toLowerCase() : name];
    if (!run || (CONTROL_KEYS.has(name) && target.closest(CONTROLS))) return;
    event.preventDefault();
    run();
  };
  addEventListener('keydown', onKeyDown);
  return () => removeEventListener('keydown', onKeyDown);
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
  const flag = set.namespace === 'default' ? '' : ` -n ${set.namespace}`;
  void kubectl(`scale sts/${set.name} --replicas=${set.replicas + by}${flag}`);
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
