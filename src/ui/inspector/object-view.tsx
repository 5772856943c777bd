// The inspector of one object: why it is so, what is left of its time, what it says of itself, and what can be done.
import type { Facts } from '#scene';
import { useMomentMs } from '../graph/use-facts.ts';
import { formatMoment, podFraction, podSeconds } from '../graph/words.ts';
import { StateIcon } from '../icons/index.ts';
import { Scroller } from '../shell/scroller.tsx';
import { useAnswer } from '../shell/use-answer.ts';
import { containersIn } from './containers.ts';
import { Details, setOf } from './details.tsx';
import { EventList } from './events.tsx';
import { GraceBar } from './grace-bar.tsx';
import { questionOf } from './object-head.ts';
import { Changed, Conditions, Containers, Owners } from './object-parts.tsx';
import { CopyButton, ImageForm, Offers, ScaleForm } from './offers.tsx';
import type { Selected } from './use-selected.ts';
import { useWhy, WhyPanel } from './why-panel.tsx';
import { offersBesides, whyOfThought } from './why-words.ts';

const EVENTS_SHOWN = 8;

/**
 * Everything about one object.
 *
 * @param props - what is selected
 * @returns sections, each only where it has something to say
 */
export function ObjectView({ selected }: { selected: Selected }) {
  const { id, object, slot } = selected;
  const isReal = object !== undefined && object.type !== 'slot';
  const inspection = useAnswer('inspect', isReal ? { id } : undefined);
  const set = setOf(object);
  const offers = useAnswer('offers', isReal ? { id } : undefined);
  const setInspection = useAnswer('inspect', set && object?.type === 'slot' ? { id: set.id } : undefined);
  const answer = useWhy(id);
  if (!object) {
    const note = <p className="in-note">There is no {id.split('/')[0]} of this name at the moment shown.</p>;
    return answer ? <WhyPanel why={answer} /> : note;
  }
  const thought = thoughtOf(object);
  const why = answer ?? (thought && whyOfThought(questionOf(object, thought), thought));
  const containers = containersIn((inspection ?? setInspection)?.yaml ?? '');
  return (
    <>
      {why && <WhyPanel why={why} object={object} />}
      {object.type === 'pod' && object.state === 'terminating' && <GraceBar pod={object} />}
      <Details object={object} slot={slot} />
      {set && object.type === 'set' && (
        <section className="in-sec" aria-label="Change">
          <ScaleForm name={set.name} namespace={set.namespace} replicas={set.replicas} />
          <ImageForm name={set.name} namespace={set.namespace} containers={containers} />
        </section>
      )}
      {inspection && <Conditions conditions={inspection.conditions} />}
      {inspection && <Containers containers={inspection.containers} />}
      <Offers offers={offersBesides(offers, why)} />
      {inspection && inspection.events.length > 0 && (
        <section className="in-sec">
          <h3>
            Events <span className="in-count num">{inspection.events.length}</span>
          </h3>
          <EventList events={inspection.events} max={EVENTS_SHOWN} />
        </section>
      )}
      {inspection && <Changed {...inspection} />}
      {inspection && <Owners owners={inspection.owners} />}
      {inspection && Object.keys(inspection.labels).length > 0 && (
        <section className="in-sec">
          <h3>Labels</h3>
          <div className="in-labels">
            {Object.entries(inspection.labels).map(([key, value]) => (
              <span key={key} className="in-label mono" title={`${key}=${value}`}>
                {key}={value}
              </span>
            ))}
          </div>
        </section>
      )}
      {inspection && (
        <details className="in-yaml">
          <summary>YAML</summary>
          <div className="in-yaml-box">
            <CopyButton text={inspection.yaml} label="Copy the YAML" />
            <Scroller className="in-yaml-text" label={`YAML of ${id}`}>
              <pre className="mono">{inspection.yaml}</pre>
            </Scroller>
          </div>
        </details>
      )}
    </>
  );
}

const thoughtOf = (object: Facts) => ('thought' in object ? object.thought : undefined);

/**
 * The icon of an object in the inspector's head: a pod's state, counting down where it does.
 *
 * @param props - the object's facts
 * @returns nothing for kinds without states
 */
export function HeadIcon({ object }: { object: Facts | undefined }) {
  const pod = object?.type === 'pod' ? object : undefined;
  const counts = pod?.state === 'terminating' || pod?.state === 'ready-not-available';
  const atMs = useMomentMs(counts ? 100 : undefined);
  if (object?.type === 'slot') return <StateIcon state="absent" size={32} />;
  if (!pod) return null;
  const fraction = podFraction(pod, atMs);
  const seconds = podSeconds(pod, atMs);
  return (
    <StateIcon
      state={pod.state}
      size={32}
      label={`${pod.word} since ${formatMoment(pod.sinceMs)}`}
      {...(fraction !== undefined && { fraction })}
      {...(seconds !== undefined && { seconds })}
    />
  );
}
