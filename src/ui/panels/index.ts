// The tabs under the canvas. A new one is a file and a line here. They come behind the first picture.
import { type ComponentType, lazy } from 'react';
import type { BottomTab } from '#state';

/** A tab: its name and what it shows. */
export interface PanelTab {
  readonly id: BottomTab;
  readonly title: string;
  readonly Content: ComponentType;
}

/** All tabs, in their order. */
export const PANELS: readonly PanelTab[] = [
  {
    id: 'timeline',
    title: 'Timeline',
    Content: lazy(async () => ({ default: (await import('../timeline/timeline-view.tsx')).TimelineView })),
  },
  {
    id: 'events',
    title: 'Events',
    Content: lazy(async () => ({ default: (await import('./events-tab.tsx')).EventsTab })),
  },
  {
    id: 'terminal',
    title: 'Terminal',
    Content: lazy(async () => ({ default: (await import('../terminal/terminal-tab.tsx')).TerminalTab })),
  },
  { id: 'dns', title: 'DNS', Content: lazy(async () => ({ default: (await import('./dns-tab.tsx')).DnsTab })) },
];
