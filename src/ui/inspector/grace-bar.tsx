// How much of a terminating pod's patience is left.
import type { PodFacts } from '#scene';
import { useMomentMs } from '../graph/use-facts.ts';
import { formatSpan } from '../graph/words.ts';

/**
 * The bar of the grace period, from SIGTERM to SIGKILL.
 *
 * @param props - a terminating pod
 * @returns nothing where the pod has no grace period
 */
export function GraceBar({ pod }: { pod: PodFacts }) {
  const atMs = useMomentMs(pod.graceEndsMs === undefined ? undefined : 100);
  const { graceEndsMs, graceMs } = pod;
  if (graceEndsMs === undefined || graceMs === undefined || graceMs <= 0) return null;
  const leftMs = Math.max(0, graceEndsMs - atMs);
  const passed = Math.min(1, Math.max(0, 1 - leftMs / graceMs));
  return (
    <section className="in-sec">
      <h3>
        Grace period
        <span className="in-grace num">
          {Math.ceil(leftMs / 1000)} s of {formatSpan(graceMs)} left
        </span>
      </h3>
      <div className="in-bar" aria-hidden="true">
        <span style={{ width: `${passed * 100}%` }} />
      </div>
      <div className="in-bar-ends dim" aria-hidden="true">
        <span>SIGTERM</span>
        <span>SIGKILL</span>
      </div>
    </section>
  );
}
