// Under the canvas: the transport, and one of the tabs.
import { type KeyboardEvent, lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { focusTerminal, setView, view } from '#state';
import { PANELS } from '../panels/index.ts';
import { Transport } from '../timeline/index.ts';
import { Part } from './failed.tsx';
import { useAnswer } from './use-answer.ts';
import type { Room } from './use-media.ts';

const LateTimelineTools = lazy(async () => ({
  default: (await import('../timeline/timeline-tools.tsx')).TimelineTools,
}));

/**
 * The bottom panel, filling its parent.
 *
 * @param props - how much room there is
 * @returns header and the chosen tab
 */
export function BottomPanel({ room }: { room: Room }) {
  const chosen = useStore(view, (state) => state.bottomTab);
  const tab = PANELS.find(({ id }) => id === chosen) ?? PANELS[0];
  if (!tab) return null;
  const { Content } = tab;
  return (
    <section className="bp" aria-label="Playback and history" data-time>
      <div className="bp-head">
        <PanelTabs />
        <Transport />
        <div className="bp-tools">
          {chosen === 'timeline' && (
            <Suspense fallback={null}>
              <LateTimelineTools isNarrow={room !== 'wide'} />
            </Suspense>
          )}
        </div>
      </div>
      <div className="bp-body" id="bottom-tab" role="tabpanel" aria-labelledby={`tab-${chosen}`}>
        <Part key={chosen} name={tab.title}>
          <Suspense fallback={<div className="bp-empty" />}>
            <Content />
          </Suspense>
        </Part>
      </div>
    </section>
  );
}

/**
 * The names of the tabs, of which one is shown in `#bottom-tab`.
 */
export function PanelTabs() {
  const chosen = useStore(view, (state) => state.bottomTab);
  const events = useAnswer('events', {});
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = PANELS.findIndex(({ id }) => id === chosen);
    const next = PANELS[(at + by + PANELS.length) % PANELS.length];
    if (!next) return;
    setView({ bottomTab: next.id });
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div className="bp-tabs" role="tablist" aria-label="History" onKeyDown={onKeyDown}>
      {PANELS.map(({ id, title }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          className="bp-tab"
          role="tab"
          aria-selected={id === chosen}
          aria-controls="bottom-tab"
          tabIndex={id === chosen ? 0 : -1}
          // Who clicks on a terminal wants to type; who comes by arrow keys stays among the tabs.
          onClick={({ detail }) => (id === 'terminal' && detail > 0 ? focusTerminal() : setView({ bottomTab: id }))}
        >
          {title}
          {id === 'events' && events && events.length > 0 && <span className="bp-count num">{events.length}</span>}
        </button>
      ))}
    </div>
  );
}
