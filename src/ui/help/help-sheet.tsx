// Every key of the page, printed from the table that also runs them; how to switch single keys off; and what the page
// is made of.
import { type JSX, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { closeDialog } from '#state';
import { isSingleKey, keyWords, SHORTCUTS, type Shortcut, type ShortcutGroup } from '../shell/shortcuts.ts';
import { setSingleKeys, singleKeys } from '../shell/single-keys.ts';
import './help-sheet.css';

const GROUPS: readonly ShortcutGroup[] = [...new Set(SHORTCUTS.map(({ group }) => group))];

/** What the page is built on; all of it is served with the page. */
const CREDITS: readonly (readonly [name: string, href: string, what: string])[] = [
  ['React Flow', 'https://reactflow.dev', 'the canvas that is panned and zoomed'],
  ['Monaco Editor', 'https://microsoft.github.io/monaco-editor/', 'the manifest editor'],
  ['React', 'https://react.dev', 'the page'],
  ['Inter', 'https://rsms.me/inter/', 'the typeface of words'],
  ['JetBrains Mono', 'https://www.jetbrains.com/lp/mono/', 'the typeface of what one types'],
];

/**
 * The help sheet; open as long as it is on the page.
 */
export function HelpSheet(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const areSingleKeysOn = useStore(singleKeys, ({ isOn }) => isOn);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="hp"
      aria-labelledby="help-title"
      onClose={() => closeDialog('help')}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="hp-inner">
        <div className="hp-head">
          <h2 id="help-title">Keys and help</h2>
          <span className="sp" />
          <button type="button" className="btn btn-line" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        <label className="hp-choice">
          <input type="checkbox" checked={areSingleKeysOn} onChange={(event) => setSingleKeys(event.target.checked)} />
          <span>
            Single keys act
            <span className="hp-note">
              They act while the canvas, the timeline or nothing has the focus. Space, arrows and keys with Ctrl always
              do.
            </span>
          </span>
        </label>
        <div className="hp-groups">
          {GROUPS.map((group) => (
            <section key={group} aria-label={group}>
              <h3>{group}</h3>
              <dl>
                {SHORTCUTS.filter((one) => one.group === group).map((one) => (
                  <Line key={one.label} shortcut={one} areSingleKeysOn={areSingleKeysOn} />
                ))}
              </dl>
            </section>
          ))}
        </div>
        <section className="hp-about" aria-label="About">
          <h3>About</h3>
          <p>
            Ordinal simulates the control plane of Kubernetes 1.36 in this page. Nothing leaves your browser, and no
            cluster is touched. It is under the MIT licence and built on
          </p>
          <ul>
            {CREDITS.map(([name, href, what]) => (
              <li key={name}>
                <a href={href} target="_blank" rel="noopener noreferrer">
                  {name}
                  <span className="visually-hidden"> (opens a new tab)</span>
                </a>
                , {what}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </dialog>
  );
}

function Line({ shortcut, areSingleKeysOn }: { shortcut: Shortcut; areSingleKeysOn: boolean }) {
  const { label, keys, run } = shortcut;
  return (
    <div className="hp-line">
      <dt>{label}</dt>
      <dd>
        {keys.map((name) => (
          <span
            key={name}
            className="hp-key"
            data-off={(run !== undefined && !areSingleKeysOn && isSingleKey(name)) || undefined}
          >
            {keyWords(name).map((word) => (
              <kbd key={word}>{word}</kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  );
}
