// The tools of the timeline come with its picture, behind the first one.
import { lazy, Suspense } from 'react';

const Tools = lazy(async () => ({ default: (await import('./timeline-tools.tsx')).TimelineTools }));

/**
 * The tools, once they are there.
 *
 * @param props - as for the tools themselves
 */
export function TimelineTools(props: { isNarrow?: boolean }) {
  return (
    <Suspense fallback={null}>
      <Tools {...props} />
    </Suspense>
  );
}
