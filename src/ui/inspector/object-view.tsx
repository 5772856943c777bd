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
import { CopyButton, ImageForm, Offers, ScaleForm } from './offers.tsx';
import type { Selected } from './use-selected.ts';
import { useWhy, WhyPanel } from './why-panel.tsx';
import { offersBesides, whyOfThought } from './why-words.ts';

const EVENTS_SHOWN = 8;
const CHANGES_SHOWN = 14;

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
      {inspection && inspection.conditions.length > 0 && <Conditions conditions={inspection.conditions} />}
      <Offers offers={offersBesides(offers, why)} />
      {inspection && inspection.events.length > 0 && (
        <section className="in-sec">
          <h3>
            Events <span className="in-count num">{inspection.events.length}</span>
          </h3>
          <EventList events={inspection.events} max={EVENTS_SHOWN} />
        </section>
      )}
      {inspection && inspection.changed.length > 0 && <Changed lines={inspection.changed} />}
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

function Conditions({
  conditions,
}: {
  conditions: readonly { type: string; status: string; reason?: string; message?: string }[];
}) {
  return (
    <section className="in-sec">
      <h3>Conditions</h3>
      <ul className="in-conds">
        {conditions.map(({ type, status, reason, message }) => (
          <li
            key={type}
            title={[reason, message].filter(Boolean).join(': ') || undefined}
            data-wide={type.length > 17 || undefined}
          >
            <StateIcon state={status === 'True' ? 'ready' : status === 'False' ? 'absent' : 'unknown'} size={14} />
            <span>{type}</span>
            <span className="visually-hidden">{status}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const MARK_WORDS = { '+': 'added', '-': 'removed', '~': 'changed' } as const;

function Changed({
  lines,
}: {
  lines: readonly { mark: '+' | '-' | '~'; path: string; before?: string; after?: string }[];
}) {
  return (
    <section className="in-sec">
      <h3>Changed last</h3>
      <ul className="in-delta mono">
        {lines.slice(0, CHANGES_SHOWN).map(({ mark, path, before, after }) => (
          <li
            key={`${mark}${path}`}
            title={`${path}: ${[before, after].filter((value) => value !== undefined).join(' → ')}`}
          >
            <b aria-hidden="true">{mark}</b>
            <span className="visually-hidden">{MARK_WORDS[mark]} </span>
            <span>
              {path} {mark === '~' && before !== undefined && before.length < 24 && `${before} → `}
              {mark === '-' ? '' : <b>{after}</b>}
            </span>
          </li>
        ))}
      </ul>
      {lines.length > CHANGES_SHOWN && <p className="dim">and {lines.length - CHANGES_SHOWN} more</p>}
    </section>
  );
}

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
