// A living cluster: what to run where kubectl reaches it, a place to paste what that printed, and what became of it.
import { type FormEvent, type JSX, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Problem } from '#bridge';
import { closeDialog, forgetPasted, type LivingCluster, livingCluster, notify, openLivingCluster } from '#state';
import { WhyCard } from '../inspector/why-card.tsx';
import { copyText } from '../shell/copy-text.ts';
import { focusCanvas } from '../shell/focus.ts';
import { useAnswer } from '../shell/use-answer.ts';
import './living.css';

/** Everything that the set's life depends on, and that the simulation reads. */
const COMMAND = 'kubectl get sts,pod,pvc,pv,sc,svc,controllerrevision,pdb,node,endpointslice,deploy,rs,event -o yaml';

/** The dialog; open as long as it is on the page. */
export function LivingDialog(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const pasted = useStore(livingCluster, (state) => state.pasted);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    forgetPasted();
    closeDialog('living');
    // The browser gives the focus back to the menu; what was opened is on the canvas.
    if (pasted) requestAnimationFrame(focusCanvas);
  };
  return (
    <dialog
      ref={dialog}
      className="lc"
      aria-labelledby="living-title"
      onClose={close}
      onKeyDown={(event) => event.stopPropagation()}
    >
      {pasted ? (
        <Report pasted={pasted} onClose={() => dialog.current?.close()} />
      ) : (
        <Paste onClose={() => dialog.current?.close()} />
      )}
    </dialog>
  );
}

function Paste({ onClose }: { onClose: () => void }): JSX.Element {
  const [text, setText] = useState('');
  const [isOpening, setOpening] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const field = useRef<HTMLTextAreaElement>(null);
  const open = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setOpening(true);
    const refused = await openLivingCluster(text);
    setOpening(false);
    setProblem(refused);
    if (refused) field.current?.focus();
  };
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(COMMAND);
    notify(
      isCopied
        ? { tone: 'info', text: 'The command is copied.' }
        : { tone: 'problem', text: 'The browser did not let it be copied.' },
    );
  };
  return (
    <form className="lc-inner" onSubmit={(event) => void open(event)}>
      <h2 id="living-title">Open a living cluster</h2>
      <p>
        Run this where kubectl reaches the cluster, with -n for another namespace, and paste what it prints. The objects
        become the state at 0:00 as they are, and time goes on from there.
      </p>
      <div className="lc-command">
        <code className="mono">{COMMAND}</code>
        <button type="button" className="btn btn-small btn-line" onClick={() => void copy()}>
          Copy
        </button>
      </div>
      <label className="lc-field">
        <span>Output of kubectl get, as YAML or JSON</span>
        <textarea
          ref={field}
          className="mono"
          rows={10}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          wrap="off"
          value={text}
          placeholder={'apiVersion: v1\nitems:\n- apiVersion: apps/v1\n  kind: StatefulSet'}
          aria-invalid={problem !== undefined}
          aria-describedby={problem && 'living-problem'}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(undefined);
          }}
        />
      </label>
      {problem && (
        <p id="living-problem" className="lc-problem" role="alert">
          <b>Line {problem.from.line}</b> {problem.message}
        </p>
      )}
      <p className="dim">
        Nothing leaves this page. Values of Secrets are dropped. What is open now stays one step back in the browser.
      </p>
      <div className="lc-acts">
        <button type="submit" className="btn btn-primary" disabled={text.trim() === '' || isOpening}>
          {isOpening ? 'Being opened' : 'Open it'}
        </button>
        <span className="sp" />
        <button type="button" className="btn" onClick={onClose}>
          Close
        </button>
      </div>
    </form>
  );
}

/** What was taken in, what was made up, and what holds the cluster now. */
function Report({ pasted: { counts, notes }, onClose }: { pasted: LivingCluster; onClose: () => void }): JSX.Element {
  const why = useAnswer('why', { id: undefined });
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const kinds = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <div className="lc-inner">
      <h2 id="living-title">The cluster stands as it was pasted</h2>
      <ul className="lc-counts" aria-label="Objects taken in">
        {kinds.map(([kind, count]) => (
          <li key={kind}>
            <b className="num">{count}</b> {kind}
          </li>
        ))}
      </ul>
      {why && <WhyCard why={why} />}
      {notes.length > 0 && (
        <section aria-label="What was filled up or left out">
          <h3>Filled up or left out</h3>
          <ul className="lc-notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
      <p className="dim">
        Registries, programs and storage are simulated from here on: what works goes on working, what fails goes on
        failing until somebody acts.
      </p>
      <div className="lc-acts">
        <button ref={button} type="button" className="btn btn-primary" onClick={onClose}>
          Look at it
        </button>
      </div>
    </div>
  );
}
