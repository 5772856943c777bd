// A pod as a card: the only raised thing on the canvas.
import { type JSX, memo } from 'react';
import type { PodFacts } from '#scene';
import { StateIcon, stateTone, UidMark } from '../icons/index.ts';
import { Clipped } from './clipped.tsx';
import { useMomentMs } from './use-facts.ts';
import { useChangeCount, useIsCalm } from './use-motion.ts';
import { momentStepMs, ordinalWord, podFraction, podLines, podSeconds, podWord, shortUid } from './words.ts';
import './pod-card.css';

export interface PodCardProps {
  readonly pod: PodFacts;
  readonly isSelected?: boolean;
  /** The card came just now, or is just leaving; otherwise it stands. */
  readonly motion?: 'arrives' | 'leaves' | undefined;
  readonly onMotionEnd?: () => void;
}

/**
 * The card of a pod: revision, state, readiness, image, node, address, restarts and fingerprint, in this order.
 *
 * @param props - see there
 */
export const PodCard = memo(function PodCard({
  pod,
  isSelected = false,
  motion,
  onMotionEnd,
}: PodCardProps): JSX.Element {
  const isCalm = useIsCalm();
  const atMs = useMomentMs(momentStepMs(pod, isCalm));
  const failures = useChangeCount(pod.state === 'crash-loop' || pod.state === 'pull-failed');
  const look = pod.revision ? `rev-${pod.revision.look}` : 'rev-none';
  const isShaking = failures % 2 === 1 && stateTone(pod.state) === 'fail';
  return (
    <div
      className={`pod ${look}`}
      data-state={pod.state}
      data-pod-uid={motion === 'leaves' ? undefined : pod.uid}
      data-select={pod.id}
      data-selected={isSelected || undefined}
      data-moving={motion ?? (isShaking ? 'shakes' : undefined)}
      onAnimationEnd={(event) => {
        if (event.target === event.currentTarget) onMotionEnd?.();
      }}
    >
      <div className="pod-band">
        {pod.revision ? `rev ${pod.revision.number}` : 'no rev'}
        {pod.revision && <span className="pod-hash">{pod.revision.hash.slice(0, 5)}</span>}
      </div>
      <PodState pod={pod} atMs={atMs} />
      <div className="pod-lines">
        {podLines(pod, atMs).map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
          <PodLine key={i} text={line} tail={i === 0 ? line.length - Math.max(0, line.lastIndexOf(':')) : 6} />
        ))}
      </div>
      <div className="pod-uid">
        <UidMark key={pod.uid} uid={pod.uid} />
        <span className="pod-hex">{shortUid(pod.uid)}</span>
        <span className="pod-nth">{ordinalWord(pod.incarnation)}</span>
      </div>
    </div>
  );
});

function PodState({ pod, atMs }: { pod: PodFacts; atMs: number }) {
  const fraction = podFraction(pod, atMs);
  const seconds = podSeconds(pod, atMs);
  const changes = useChangeCount(pod.state);
  return (
    <div className="pod-state">
      <span key={changes} className={changes > 0 ? 'pod-icon pod-icon-new' : 'pod-icon'}>
        <StateIcon
          state={pod.state}
          size={pod.state === 'terminating' ? 34 : 28}
          {...(fraction === undefined ? {} : { fraction })}
          {...(seconds === undefined ? {} : { seconds })}
        />
      </span>
      <span className="pod-ready">{pod.readyText}</span>
      <span className={`pod-word tone-${stateTone(pod.state)}`}>{podWord(pod, atMs)}</span>
    </div>
  );
}

function PodLine({ text, tail }: { text: string; tail: number }) {
  return <Clipped text={text} tail={tail} width={78} />;
}
