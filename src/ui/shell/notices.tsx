// The short messages in a corner of the page.
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { dismiss, notices, notify, output } from '#state';
import { ActionIcon } from '../icons/index.ts';

/**
 * The messages that stand at the moment.
 *
 * @param props - `tellsOutput`: there is no place on the page where the output of commands is shown
 * @returns a list in a corner
 */
export function Notices({ tellsOutput }: { tellsOutput: boolean }) {
  const list = useStore(notices, (state) => state.list);
  useEffect(() => {
    if (!tellsOutput) return undefined;
    return output.subscribe(({ last }) => {
      const text = last && `${last.out}${last.err}`.trim();
      if (last && text) notify({ tone: last.code === 0 ? 'info' : 'problem', topic: 'output', text });
    });
  }, [tellsOutput]);
  return (
    <section className="nt" aria-label="Messages">
      <ul aria-live="polite">
        {list.map(({ id, tone, text, action }) => (
          <li key={id} className="nt-item" data-tone={tone}>
            {tone === 'problem' && <ActionIcon name="warning" size={15} />}
            <span className="nt-text">{text}</span>
            {action && (
              <button
                type="button"
                className="btn btn-line btn-small"
                onClick={() => {
                  action.run();
                  dismiss(id);
                }}
              >
                {action.label}
              </button>
            )}
            <button
              type="button"
              className="btn btn-icon nt-close"
              aria-label="Close this message"
              onClick={() => dismiss(id)}
            >
              <ActionIcon name="close" size={14} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
