// Changes between the views of the canvas, with each pod's card flying to its other place.
import type { ComponentType } from 'react';
import { setView, type ViewState, view } from '#state';
import { flyPods } from '../graph/fly-pods.ts';
import type { NodesViewProps } from '../graph/nodes-view.tsx';

let nodesView: ComponentType<NodesViewProps> | undefined;

/**
 * Loads the nodes view, which the first picture does without.
 *
 * @returns the view
 */
export async function loadNodesView(): Promise<ComponentType<NodesViewProps>> {
  nodesView ??= (await import('../graph/nodes-view.tsx')).NodesView;
  return nodesView;
}

/**
 * The nodes view where it is loaded: then it can be drawn at once, as a flight between the views needs it.
 *
 * @returns undefined before
 */
export const getNodesView = (): ComponentType<NodesViewProps> | undefined => nodesView;

/**
 * Shows a view.
 *
 * @param layout - which one
 */
export function showLayout(layout: ViewState['layout']): void {
  const show = () => setView({ layout, isManifestShown: false });
  if (view.getState().layout === layout || view.getState().isManifestShown) show();
  else void loadNodesView().then(() => flyPods(show), show);
}
