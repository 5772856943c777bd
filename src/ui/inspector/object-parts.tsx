// Parts of the inspector of one object: its conditions, its containers, who owns it, and what was changed last.
import type { Inspection } from '#bridge';
import { seek, select } from '#state';
import { formatCount, formatMoment, shortImage } from '../graph/words.ts';
import { StateIcon } from '../icons/index.ts';
import { nameOfId } from './use-selected.ts';

const CHANGES_SHOWN = 14;

/**
 * Conditions: each with its status, and what is not as it should be with its reason.
 *
 * @param props - as the object's status has them
 */
export function Conditions({ conditions }: { conditions: Inspection['conditions'] }) {
  if (conditions.length === 0) return null;
  return (
    <section className="in-sec" aria-label="Conditions">
      <h3>Conditions</h3>
      <ul className="in-conds">
        {conditions.map(({ type, status, reason, message }) => {
          const words = [reason, message].filter(Boolean).join(': ');
          const isTold = status !== 'True' && words !== '';
          return (
            <li key={type} title={words || undefined} data-wide={type.length > 17 || isTold || undefined}>
              <StateIcon state={status === 'True' ? 'ready' : status === 'False' ? 'absent' : 'unknown'} size={14} />
              <span className="in-cond-type">{type}</span>
              <span className={status === 'True' ? 'visually-hidden' : 'in-cond-status'}>{status}</span>
              {isTold && <span className="dim">{reason ?? message}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/**
 * The containers of a pod.
 *
 * @param props - what each is doing
 */
export function Containers({ containers }: { containers: Inspection['containers'] }) {
  if (containers.length === 0) return null;
  return (
    <section className="in-sec" aria-label="Containers">
      <h3>
        Containers <span className="in-count num">{containers.length}</span>
      </h3>
      <ul className="in-containers">
        {containers.map((container) => (
          <li key={container.name}>
            <span className="in-container-name">
              <b className="mono">{container.name}</b>
              {container.isInit && <span className="dim">init</span>}
              <span className="sp" />
              <span>{stateWords(container)}</span>
            </span>
            <span className="in-container-more dim">
              <span className="mono" title={container.image}>
                {shortImage(container.image)}
              </span>
              <span className="sp" />
              <span className="num">
                {container.isReady ? 'ready' : 'not ready'}, {container.restarts}{' '}
                {container.restarts === 1 ? 'restart' : 'restarts'}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateWords({ state, reason, exitCode, sinceMs }: Inspection['containers'][number]): string {
  const why = reason === undefined || reason === 'Completed' ? '' : `: ${reason}`;
  const exit = exitCode === undefined ? '' : `, exit ${exitCode}`;
  const since =
    sinceMs === undefined || sinceMs < 0 ? '' : ` ${state === 'Running' ? 'since' : 'at'} ${formatMoment(sinceMs)}`;
  return `${state}${why}${exit}${since}`;
}

/**
 * Who owns an object, up to whoever nobody owns.
 *
 * @param props - fact ids, nearest first
 */
export function Owners({ owners }: { owners: readonly string[] }) {
  if (owners.length === 0) return null;
  return (
    <section className="in-sec" aria-label="Owned by">
      <h3>Owned by</h3>
      <ol className="in-owners">
        {owners.map((id) => (
          <li key={id}>
            <button type="button" className="in-chip" title={id} onClick={() => select(id)}>
              {id.split('/')[0]} {nameOfId(id)}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

const MARK_WORDS = { '+': 'added', '-': 'removed', '~': 'changed' } as const;

/**
 * What the last tick that touched an object changed in it, and whose turn that was.
 *
 * @param props - the lines, and the tick
 */
export function Changed({ changed, changedBy }: Pick<Inspection, 'changed' | 'changedBy'>) {
  if (changed.length === 0) return null;
  return (
    <section className="in-sec" aria-label="Changed last">
      <h3>Changed last</h3>
      {changedBy && (
        <p className="in-by">
          <button
            type="button"
            className="wy-moment num"
            aria-label={`Go to tick ${changedBy.tick}`}
            title={`Go to ${formatMoment(changedBy.atMs)}`}
            onClick={() => void seek(changedBy.atMs)}
          >
            tick {formatCount(changedBy.tick)}
          </button>{' '}
          by <span className="mono">{changedBy.actor}</span>
        </p>
      )}
      <ul className="in-delta mono">
        {changed.slice(0, CHANGES_SHOWN).map(({ mark, path, before, after }) => (
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
      {changed.length > CHANGES_SHOWN && <p className="dim">and {changed.length - CHANGES_SHOWN} more</p>}
    </section>
  );
}
