// The whole story of what is selected: why it is so, what has caught it, what comes next, and what one could do.
import { useStore } from 'zustand';
import type { Facts, Why, WhyNext, WhyStep, WhyTrap } from '#scene';
import { clock, seek } from '#state';
import { useMomentMs } from '../graph/use-facts.ts';
import { formatMoment } from '../graph/words.ts';
import { ActionIcon } from '../icons/index.ts';
import { useAnswer } from '../shell/use-answer.ts';
import { withKeys } from '../shell/with-keys.ts';
import { OfferLine } from './offers.tsx';
import { AboutChip, RuleLine, WhyCard } from './why-card.tsx';
import { nowWords, stepsBesides } from './why-words.ts';
import { Words } from './words.tsx';

/**
 * Asks why something is as it is. An answer is simulated ahead, so nothing is asked while moments only pass by.
 *
 * @param id - a fact id; undefined asks about the whole cluster
 * @returns undefined before the first answer, and while time runs faster than one can read
 */
export function useWhy(id: string | undefined): Why | undefined {
  const isPassing = useStore(clock, ({ isPlaying, isScrubbing, speed }) => isScrubbing || (isPlaying && speed > 1));
  return useAnswer('why', isPassing ? undefined : { id });
}

/**
 * The story.
 *
 * @param props - the answer, and the facts of what is selected
 */
export function WhyPanel({ why, object }: { why: Why; object?: Facts | undefined }) {
  const steps = stepsBesides(why);
  return (
    <>
      <WhyCard why={why} />
      {withKeys(why.traps, ({ id, about }) => `${id} ${about}`).map(({ key, item }) => (
        <TrapCard key={key} trap={item} isTold={item.sentence === why.sentence} selectedId={why.id} />
      ))}
      {why.next.length > 0 && <Next next={why.next} now={nowWords(object)} />}
      {steps.length > 0 && (
        <section className="in-sec" aria-label="You could">
          <h3>You could</h3>
          <Steps steps={steps} />
        </section>
      )}
    </>
  );
}

/** A trap with the ways out of it. `isTold`: its sentence is the answer itself. */
function TrapCard({ trap, isTold, selectedId }: { trap: WhyTrap; isTold: boolean; selectedId: string | undefined }) {
  const { title, sentence, rule, about, fixes } = trap;
  return (
    <section className="wy-trap" aria-label={`Trap: ${title}`}>
      <h3>
        <ActionIcon name="warning" size={15} />
        <span className="wy-trap-word">Trap</span>
        <span className="wy-trap-title">{title}</span>
      </h3>
      {!isTold && (
        <p>
          <Words text={sentence} />
        </p>
      )}
      {about !== selectedId && <AboutChip id={about} />}
      {fixes.length > 0 && (
        <>
          <h4>Ways out, safest first</h4>
          <Steps steps={fixes} />
        </>
      )}
      <RuleLine rule={rule} />
    </section>
  );
}

function Steps({ steps }: { steps: readonly WhyStep[] }) {
  return (
    <ul className="in-offers wy-steps">
      {withKeys(steps, ({ command }) => command).map(({ key, item: step }) => (
        <OfferLine key={key} offer={step} />
      ))}
    </ul>
  );
}

/** What comes if nobody acts, from the moment shown on. */
function Next({ next, now }: { next: readonly WhyNext[]; now: string | undefined }) {
  const atMs = useMomentMs(1000);
  // While time runs the answer is a moment old: what has come by now is no longer to come.
  const ahead = next.filter((one) => one.atMs === undefined || one.atMs >= atMs);
  return (
    <section className="in-sec" aria-label="What happens next">
      <h3>
        What happens next <span className="wy-if">if nothing changes</span>
      </h3>
      <ol className="wy-next">
        <li data-now>
          <span className="num">{formatMoment(atMs)}</span>
          <i aria-hidden="true" />
          <span>Now{now !== undefined && `: ${now}`}</span>
        </li>
        {withKeys(ahead, ({ atMs: dueMs, sentence }) => `${dueMs} ${sentence}`).map(({ key, item }) => (
          <li key={key}>
            {item.atMs === undefined ? <span>then</span> : <Moment atMs={item.atMs} />}
            <i aria-hidden="true" />
            <span>
              <Words text={item.sentence} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Moment({ atMs }: { atMs: number }) {
  const words = formatMoment(atMs);
  return (
    <button
      type="button"
      className="wy-moment num"
      aria-label={`Go to ${words}`}
      title={`Go to ${words}`}
      onClick={() => void seek(atMs)}
    >
      {words}
    </button>
  );
}
