// What the terminal showed, kept in the tab for a reload: the session itself is in the address, and what commands that
// only read have printed is nowhere else.
import type { Session } from '#share';
import { history } from './history.ts';
import { link } from './session.ts';
import { type TerminalLine, terminal } from './terminal-lines.ts';

const STORAGE_KEY = 'ordinal.terminal';
const LINES_MAX = 400;
const CHARACTERS_MAX = 100_000;
const TYPED_MAX = 100;

type KeptLine = Omit<TerminalLine, 'id'>;

/** What was kept; no lines where they are of another session. */
export interface KeptTerminal {
  readonly lines: readonly KeptLine[] | undefined;
  readonly typed: readonly string[];
}

/** The acts of a session in a few characters: lines are shown again where these are the same. */
function actsOf({ branches }: Session): string {
  const text = JSON.stringify(branches.map(({ acts }) => acts.map(({ atMs, act }) => [Math.round(atMs), act])));
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return `${text.length}.${sum >>> 0}`;
}

/** Whether the address has all acts: it follows a little later, and what it has not is gone after a reload. */
function isAddressWhole({ branches }: Session): boolean {
  const count = branches.reduce((sum, { acts }) => sum + acts.length, 0);
  return history.getState().acts.length <= count;
}

/** Keeps the newest lines for this tab. */
export function keepTerminal(): void {
  const { session } = link.getState();
  const { lines, typed } = terminal.getState();
  if (!session || lines.length + typed.length === 0) return;
  const kept: KeptLine[] = [];
  let left = CHARACTERS_MAX;
  for (const { id: _id, ...line } of lines.slice(-LINES_MAX).reverse()) {
    left -= line.text.length;
    if (left < 0) break;
    kept.unshift(line);
  }
  try {
    sessionStorage.setItem(
      STORAGE_KEY,
      JSON.stringify({
        acts: isAddressWhole(session) ? actsOf(session) : '',
        lines: kept,
        typed: typed.slice(-TYPED_MAX),
      }),
    );
  } catch {
    // Without storage, or without room in it, a reload begins with what the acts have printed.
  }
}

/**
 * What was kept in this tab.
 *
 * @param session - the session that is opened
 */
export function keptTerminal(session: Session): KeptTerminal {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null');
    if (isKept(kept)) return { lines: kept.acts === actsOf(session) ? kept.lines : undefined, typed: kept.typed };
  } catch {
    // Nothing can be read: nothing was kept.
  }
  return { lines: undefined, typed: [] };
}

const hasText = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';

const isKept = (value: unknown): value is { acts: string; lines: KeptLine[]; typed: string[] } =>
  typeof value === 'object' &&
  value !== null &&
  'acts' in value &&
  'lines' in value &&
  Array.isArray(value.lines) &&
  value.lines.every(hasText) &&
  'typed' in value &&
  Array.isArray(value.typed) &&
  value.typed.every((line) => typeof line === 'string');
