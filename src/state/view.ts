// Which view of the cluster is shown, and which parts of the page are open. None of it changes the cluster.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ViewSetup } from '#share';

/** The tabs under the canvas. */
export type BottomTab = 'timeline' | 'events' | 'dns' | 'terminal';

export interface ViewState {
  readonly layout: ViewSetup['layout'];
  /** On a narrow page the manifest takes the canvas's place. */
  readonly isManifestShown: boolean;
  readonly bottomTab: BottomTab;
  readonly isEditorFolded: boolean;
  /** Where the inspector lies over the canvas, whether it is open. */
  readonly isInspectorOpen: boolean;
  readonly isPaletteOpen: boolean;
  readonly isShareOpen: boolean;
  readonly isClusterOpen: boolean;
}

/** What is open. */
export const view: StoreApi<ViewState> = createStore<ViewState>(() => ({
  layout: 'identity',
  isManifestShown: false,
  bottomTab: 'timeline',
  isEditorFolded: false,
  isInspectorOpen: false,
  isPaletteOpen: false,
  isShareOpen: false,
  isClusterOpen: false,
}));

/**
 * Opens, closes or switches parts of the page.
 *
 * @param patch - what is different
 */
export function setView(patch: Partial<ViewState>): void {
  view.setState(patch);
}
