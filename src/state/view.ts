// Which view of the cluster is shown, and which parts of the page are open. None of it changes the cluster.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ViewSetup } from '#share';

/** The tabs under the canvas. */
export type BottomTab = 'timeline' | 'events' | 'dns' | 'terminal';

/** The dialogs; `src/ui/dialogs.ts` has one line for each. */
export type DialogName = 'palette' | 'share' | 'cluster' | 'living' | 'gallery' | 'help';

export interface ViewState {
  readonly layout: ViewSetup['layout'];
  /** On a narrow page the manifest takes the canvas's place. */
  readonly isManifestShown: boolean;
  readonly bottomTab: BottomTab;
  readonly isEditorFolded: boolean;
  /** Where the inspector lies over the canvas, whether it is open. */
  readonly isInspectorOpen: boolean;
  /** Larger words for a room, and little else. */
  readonly isPresenting: boolean;
  /** The dialog that lies over the page: one at a time. */
  readonly dialog: DialogName | undefined;
}

/** What is open. */
export const view: StoreApi<ViewState> = createStore<ViewState>(() => ({
  layout: 'identity',
  isManifestShown: false,
  bottomTab: 'timeline',
  isEditorFolded: false,
  isInspectorOpen: false,
  isPresenting: false,
  dialog: undefined,
}));

/**
 * Opens, closes or switches parts of the page.
 *
 * @param patch - what is different
 */
export function setView(patch: Partial<ViewState>): void {
  view.setState(patch);
}

/** What of the page a link carries. */
export function viewSetup(): ViewSetup {
  const { layout, isPresenting } = view.getState();
  return { layout, ...(isPresenting && { isPresenting }) };
}

/**
 * Opens a dialog in place of the one that is open.
 *
 * @param dialog - its name
 */
export const openDialog = (dialog: DialogName): void => view.setState({ dialog });

/**
 * Closes a dialog. The browser tells of a closing after the fact: by then another one may be open, and stays.
 *
 * @param dialog - the one that was closed
 */
export function closeDialog(dialog: DialogName): void {
  if (view.getState().dialog === dialog) view.setState({ dialog: undefined });
}
