// The store of the editor: texts by name, what was applied of them, and what is said about them.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '#bridge';

export interface EditorState {
  /** Text by file name, in the order of the tabs. */
  readonly files: Readonly<Record<string, string>>;
  /** The file that is open. */
  readonly fileName: string;
  /** By file name, the text that was last applied without being refused, as of the moment shown. */
  readonly applied: Readonly<Record<string, string>>;
  /** What the API server says about the open file, or would say, and what of it is kept and not simulated. */
  readonly problems: readonly Problem[];
  /** The text that `problems` is about: `check` runs behind the typing. */
  readonly checkedText: string | undefined;
  /** What was last said about each file, the open one included. */
  readonly problemsOf: Readonly<Record<string, readonly Problem[]>>;
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
  problemsOf: {},
  isRefused: false,
}));

/**
 * The text of the open file.
 *
 * @returns an empty text where there is none
 */
export const getText = (): string => textOf(editor.getState());

const textOf = ({ files, fileName }: EditorState): string => files[fileName] ?? '';

/** By the name that a file has now, the one that it was applied under: a renamed file still differs from that. */
export const formerNames: Map<string, string> = new Map();

/**
 * The name under which a file can stand in the editor.
 *
 * @param name - any text: a path, a title
 * @returns letters, digits, dots and dashes; others become dashes
 */
export function fileNameOf(name: string): string {
  const kept = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(-100)
    .replace(/^-+/, '');
  if (/^\.*$/.test(kept)) return 'manifest.yaml';
  // A record of the language would put a plain number before all other names.
  return /^\d+$/.test(kept) ? `${kept}.yaml` : kept;
}
