// What is left of the bottom panel while presenting: the transport, the acts in one line, and following.
import { lazy, Suspense } from 'react';
import { TimelineTools, Transport } from '../timeline/index.ts';
import './present-bar.css';

const LateTimeline = lazy(async () => ({ default: (await import('../timeline/timeline-view.tsx')).TimelineView }));

/**
 * The bar, filling its parent.
 */
export function PresentBar() {
  return (
    <section className="pb" aria-label="Playback and history" data-time>
      <Transport />
      <div className="pb-line">
        <Suspense fallback={null}>
          <LateTimeline isCompact />
        </Suspense>
      </div>
      <TimelineTools />
    </section>
  );
}
