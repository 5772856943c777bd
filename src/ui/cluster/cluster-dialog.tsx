// The cluster under the set: nodes, their size, and feature gates. Another cluster begins a new session.
import { type FormEvent, type JSX, useEffect, useRef, useState } from 'react';
import {
  CLUSTER_LIMITS,
  type ClusterChoice,
  choiceOf,
  closeDialog,
  GATES,
  link,
  makeLink,
  newDefaultSession,
  notify,
  setupOf,
  startCluster,
} from '#state';
import { copyText } from '../shell/copy-text.ts';
import './cluster.css';

const NUMBERS = [
  { key: 'nodes', label: 'Nodes', max: CLUSTER_LIMITS.nodes },
  { key: 'zones', label: 'Zones', max: CLUSTER_LIMITS.zones },
  { key: 'podsMax', label: 'Pods a node', max: CLUSTER_LIMITS.podsMax },
] as const;

const TEXTS = [
  { key: 'cpu', label: 'CPU a node' },
  { key: 'memory', label: 'Memory a node' },
] as const;

/** A quantity such as `4`, `500m` or `16Gi`: what the API server would take for a node. */
const QUANTITY = '[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?';

/** The dialog; open as long as it is on the page. */
export function ClusterDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [before] = useState(() => link.getState().session?.cluster ?? newDefaultSession().cluster);
  const [choice, setChoice] = useState<ClusterChoice>(() => choiceOf(before));
  useEffect(() => dialog.current?.showModal(), []);
  const change = (patch: Partial<ClusterChoice>): void => setChoice((now) => ({ ...now, ...patch }));
  const close = (): void => closeDialog('cluster');
  const start = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await startCluster(setupOf(choice, before))) close();
  };
  const copyPresent = async (): Promise<void> => {
    await makeLink();
    const isCopied = await copyText(`${location.href.split('#')[0] ?? ''}${link.getState().hash}`);
    notify(
      isCopied
        ? { tone: 'info', text: 'The link of the present session is copied.' }
        : { tone: 'problem', text: 'The browser did not let it be copied.' },
    );
  };
  return (
    <dialog
      ref={dialog}
      className="cl"
      aria-labelledby="cluster-title"
      onClose={close}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <form className="cl-inner" onSubmit={(event) => void start(event)}>
        <h2 id="cluster-title">Cluster</h2>
        <p>
          Another cluster begins a new session: the manifests of the editor are applied to it at 0:00. The present
          session stays in its link.
        </p>
        <div className="cl-fields">
          {NUMBERS.map(({ key, label, max }) => (
            <label key={key}>
              {label}
              <input
                type="number"
                className="num"
                required
                min={1}
                max={max}
                value={choice[key]}
                onChange={(event) => change({ [key]: event.target.valueAsNumber })}
              />
            </label>
          ))}
          {TEXTS.map(({ key, label }) => (
            <label key={key}>
              {label}
              <input
                type="text"
                className="mono"
                required
                pattern={QUANTITY}
                maxLength={20}
                value={choice[key]}
                onChange={(event) => change({ [key]: event.target.value })}
              />
            </label>
          ))}
          <label>
            Seed of chance
            <input
              type="number"
              className="num"
              required
              min={0}
              max={CLUSTER_LIMITS.seed}
              value={choice.seed}
              onChange={(event) => change({ seed: event.target.valueAsNumber })}
            />
          </label>
        </div>
        <fieldset className="cl-gates">
          <legend>Feature gates of v1.36</legend>
          {GATES.map(({ name, isDefault, about }) => (
            <label key={name}>
              <input
                type="checkbox"
                checked={choice.gates[name] ?? isDefault}
                onChange={(event) => change({ gates: { ...choice.gates, [name]: event.target.checked } })}
              />
              <span>
                <b className="mono">{name}</b>
                <span className="dim">
                  {about} {isDefault ? 'On' : 'Off'} by default.
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="cl-acts">
          <button type="submit" className="btn btn-primary">
            Start this cluster
          </button>
          <button type="button" className="btn btn-line" onClick={() => void copyPresent()}>
            Copy link of the present session
          </button>
          <span className="sp" />
          <button type="button" className="btn" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
      </form>
    </dialog>
  );
}
