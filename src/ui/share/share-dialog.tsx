// The link of what is on screen, to be copied; where it is too long for chats, the same as a file.
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { closeDialog, link, makeLink, notify } from '#state';
import { copyText } from '../shell/copy-text.ts';
import { downloadSession } from '../shell/files.ts';
import './share.css';

/** Chats cut what is longer. */
const CHAT_LENGTH_MAX = 2_000;

/**
 * The share dialog; open as long as it is on the page.
 */
export function ShareDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const hash = useStore(link, (state) => state.hash);
  const [isMade, setMade] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    void makeLink().then(() => setMade(true));
  }, []);
  const url = `${location.href.split('#')[0] ?? ''}${hash}`;
  const isLong = url.length > CHAT_LENGTH_MAX;
  const close = () => closeDialog('share');
  const copy = async () => {
    const isCopied = await copyText(url);
    notify(
      isCopied
        ? { tone: 'info', text: 'The link is copied.' }
        : { tone: 'problem', text: 'The browser did not let it be copied.' },
    );
    if (isCopied) close();
  };
  return (
    <dialog
      ref={dialog}
      className="sd"
      aria-labelledby="share-title"
      onClose={close}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="sd-inner">
        <h2 id="share-title">Share this moment</h2>
        <p>
          The link carries the manifests, every act with its time, the branches and this moment. Whoever opens it plays
          the same history; nothing is sent anywhere.
        </p>
        <label className="sd-field">
          <span className="visually-hidden">Link</span>
          <input
            type="text"
            className="mono"
            readOnly
            value={isMade ? url : ''}
            onFocus={(event) => event.target.select()}
          />
        </label>
        <p className="dim num">
          {isMade ? `${url.length.toLocaleString('en')} characters` : '…'}
          {isLong && ', too long for some chats: send the file instead, to be dropped on the page.'}
        </p>
        <div className="sd-acts">
          <button type="button" className="btn btn-primary" disabled={!isMade} onClick={() => void copy()}>
            Copy link
          </button>
          {isLong && (
            <button type="button" className="btn btn-line" onClick={() => void downloadSession()}>
              Download file
            </button>
          )}
          <span className="sp" />
          <button type="button" className="btn" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
      </div>
    </dialog>
  );
}
