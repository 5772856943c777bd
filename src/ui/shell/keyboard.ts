// Listens for the page's keys. They act while the canvas, the timeline or nothing has the focus: never inside the
// editor, a field, a menu or a dialog. The table of them is in `shortcuts.ts`.
import { isSingleKey, SHORTCUTS, type Shortcut } from './shortcuts.ts';
import { singleKeys } from './single-keys.ts';

/** Elements with keys of their own. */
const OWN_KEYS =
  'input, textarea, select, [contenteditable="true"], .monaco-editor, dialog, [role="menu"], [role="dialog"]';

/** Elements that Space, Enter or the arrows mean something to. */
const CONTROLS = 'button, a, summary, [role="slider"], [role="separator"], [role="tab"], [role="switch"]';

/** Where single keys are meant for the page. */
const PLACES = '[data-canvas], [data-time]';

/** Of these a focused button or slider makes something itself. */
const CONTROL_KEYS = new Set([' ', 'ArrowLeft', 'ArrowRight', 'Shift+ArrowLeft', 'Shift+ArrowRight', 'Home', 'End']);

/** What the page does at each key. What a part does itself is not heard here. */
const BY_KEY = new Map<string, Shortcut>(
  SHORTCUTS.flatMap((shortcut) => (shortcut.run ? shortcut.keys.map((name) => [name, shortcut] as const) : [])),
);

/**
 * Starts listening.
 *
 * @returns ends it
 */
export function startKeyboard(): () => void {
  addEventListener('keydown', onKeyDown);
  return () => removeEventListener('keydown', onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) return;
  const name = nameOf(event);
  const shortcut = BY_KEY.get(name);
  const target = event.target instanceof Element ? event.target : document.body;
  if (!shortcut?.run || !isMeant(shortcut, name, target)) return;
  event.preventDefault();
  shortcut.run();
}

/** A letter with Shift is another key; of other characters Shift is only the way to them. */
function nameOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const isLetter = /^\p{L}$/u.test(key);
  const shift = shiftKey && (isLetter || key.length > 1) ? 'Shift+' : '';
  if (ctrlKey || metaKey) return `Ctrl+${shift}${isLetter ? key.toLowerCase() : key}`;
  return shift === '' ? (isLetter ? key.toLowerCase() : key) : `Shift+${isLetter ? key.toUpperCase() : key}`;
}

function isMeant({ isEverywhere = false }: Shortcut, name: string, target: Element): boolean {
  if (name.startsWith('Ctrl+') || name === 'F1') return target.closest('.monaco-editor, dialog') === null;
  if (target.closest(OWN_KEYS)) return false;
  if (isSingleKey(name) && !singleKeys.getState().isOn) return false;
  if (CONTROL_KEYS.has(name) && target.closest(CONTROLS)) return false;
  const isNowhere = target === document.body || target === document.documentElement;
  return isEverywhere || isNowhere || target.closest(PLACES) !== null;
}
