// The dialogs that lie over the page. Each is loaded when it is first opened, and is open as long as it is on the page.
import { type ComponentType, lazy } from 'react';
import type { DialogName } from '#state';

/** Loads the palette ahead of its first use. */
export const loadPalette = () => import('./palette/palette.tsx');

/** One line for each dialog; `openDialog` opens it by its name. */
export const DIALOGS: Readonly<Record<DialogName, ComponentType>> = {
  palette: lazy(async () => ({ default: (await loadPalette()).Palette })),
  share: lazy(async () => ({ default: (await import('./share/share-dialog.tsx')).ShareDialog })),
  cluster: lazy(async () => ({ default: (await import('./cluster/cluster-dialog.tsx')).ClusterDialog })),
  help: lazy(async () => ({ default: (await import('./help/help-sheet.tsx')).HelpSheet })),
  gallery: lazy(async () => ({ default: (await import('./gallery/gallery-dialog.tsx')).GalleryDialog })),
  living: lazy(async () => ({ default: (await import('./living/living-dialog.tsx')).LivingDialog })),
};
