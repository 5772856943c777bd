// Asks the cluster's DNS for a name as a program in a pod would. The answer goes along with the playhead.
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import type { DnsLookUp, Requests } from '#bridge';
import { getFacts, select, selection } from '#state';
import { useFactIds } from '../graph/use-facts.ts';
import { ActionIcon } from '../icons/index.ts';
import { nameOfId } from '../inspector/use-selected.ts';
import { useAnswer } from '../shell/use-answer.ts';
import { withKeys } from '../shell/with-keys.ts';

type Question = Requests['lookUp']['args'];
type AskedType = 'A' | 'SRV' | 'PTR';

const TYPES: readonly AskedType[] = ['A', 'SRV', 'PTR'];

/** More pods than these are not worth a list: one selects the pod on the canvas. */
const PODS_MAX = 200;

/**
 * The box that asks.
 *
 * @param props - a name to begin with
 */
export function LookUp({ suggestedName }: { suggestedName: string }) {
  const ids = useId();
  const podIds = useFactIds('pod');
  const selectedId = useStore(selection, (state) => state.selectedId);
  const selectedPod = podOf(selectedId);
  const [chosen, setChosen] = useState<string>();
  const [typed, setTyped] = useState<string>();
  const [type, setType] = useState<AskedType>('A');
  const [question, setQuestion] = useState<Question>();
  const answer = useAnswer('lookUp', question);
  const from = chosen ?? selectedPod ?? podIds[0] ?? '';
  const name = typed ?? suggestedName;
  const listed = [...new Set([...(from === '' ? [] : [from]), ...podIds.slice(0, PODS_MAX)])];
  return (
    <section className="pn-look" aria-label="Look a name up">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setQuestion({ name: name.trim(), type, ...(from !== '' && { from }) });
        }}
      >
        <h3>
          <label htmlFor={`${ids}from`}>Look a name up from</label>
        </h3>
        <select id={`${ids}from`} value={from} onChange={(event) => setChosen(event.target.value)}>
          {listed.map((id) => (
            <option key={id} value={id}>
              {nameOfId(id)}
            </option>
          ))}
          {listed.length === 0 && <option value="">the namespace default</option>}
        </select>
        <div className="pn-look-line">
          <input
            className="mono"
            aria-label="Name"
            required
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(event) => setTyped(event.target.value)}
          />
          <select aria-label="Type" value={type} onChange={(event) => setType(event.target.value as AskedType)}>
            {TYPES.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
          <button type="submit" className="btn btn-line btn-small">
            Look up
          </button>
        </div>
      </form>
      <div className="pn-answer" role="status">
        {answer && <Answer answer={answer} />}
      </div>
    </section>
  );
}

/** The pod that is selected, itself or as its slot. */
function podOf(id: string | undefined): string | undefined {
  const object = id === undefined ? undefined : getFacts(id);
  if (object?.type === 'slot') return object.podId;
  return object?.type === 'pod' ? object.id : undefined;
}

function Answer({ answer }: { answer: DnsLookUp }) {
  const { name, type, rcode, answers, total, sentence, rule, about, problem, searchDomains, searchTried } = answer;
  return (
    <>
      <p className="pn-rcode">
        <b className="mono pn-strong" data-bad={rcode === 'NXDOMAIN' || undefined}>
          {rcode}
        </b>{' '}
        <span className="mono">
          {name} {type}
        </span>
      </p>
      {answers.length > 0 && (
        <ul className="pn-found mono">
          {withKeys(answers, (record) => `${record.name} ${record.data}`).map(({ key, item }) => (
            <li key={key}>
              <span className="dim">
                {item.name} {item.ttlSeconds} {item.type}
              </span>{' '}
              <b className="pn-strong">{item.data}</b>
            </li>
          ))}
        </ul>
      )}
      {total > answers.length && (
        <p className="dim">
          {answers.length} of {total}
        </p>
      )}
      <p>{sentence}</p>
      {problem !== undefined && (
        <p className="pn-problem">
          <ActionIcon name="warning" size={13} />
          <span>{problem}</span>
        </p>
      )}
      <p className="dim">
        <span className="mono">{rule.id}</span> {rule.title}{' '}
        {rule.docs !== undefined && (
          <a href={rule.docs} target="_blank" rel="noopener noreferrer">
            documentation
            <span className="visually-hidden"> (opens a new tab)</span>
          </a>
        )}{' '}
        {about !== undefined && getFacts(about) !== undefined && (
          <button type="button" className="pn-name mono" onClick={() => select(about)}>
            {nameOfId(about)}
          </button>
        )}
      </p>
      <h4>Search path tried</h4>
      <ol className="pn-tried">
        {withKeys(searchTried, (tried) => tried.name).map(({ key, item }) => (
          <li key={key}>
            <ActionIcon name={item.isAnswered ? 'check' : 'close'} size={12} />
            <span className="mono">{item.name}</span>
            <span className="dim">{item.isAnswered ? 'answered' : 'no answer'}</span>
          </li>
        ))}
      </ol>
      {searchTried.length === 0 && <p className="dim">None: the name was asked for as it is.</p>}
      <p className="dim">
        search <span className="mono">{searchDomains.join(' ')}</span>
      </p>
    </>
  );
}
