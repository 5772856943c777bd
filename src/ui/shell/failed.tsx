// What stands in the place of a part that failed, so that the rest of the page goes on.
import type { ReactNode } from 'react';
import { notify, reportText } from '#state';
import { Boundary } from './boundary.tsx';
import { copyText } from './copy-text.ts';

/**
 * A part of the page that may fail alone.
 *
 * @param props - the part, and what it is called in the message
 * @returns the part, or the message that it failed
 */
export function Part({ name, children }: { name: string; children: ReactNode }) {
  return <Boundary fallback={<Failed name={name} />}>{children}</Boundary>;
}

function Failed({ name }: { name: string }) {
  const copy = async () => {
    const isCopied = await copyText(reportText());
    notify(
      isCopied
        ? { tone: 'info', text: 'The report is copied.' }
        : { tone: 'problem', text: 'The browser did not let it be copied.' },
    );
  };
  return (
    <div className="sh-failed" role="alert">
      <p>{name} could not be shown. Nothing is lost: the session stands in the address bar.</p>
      <div className="pp-acts">
        <button type="button" className="btn btn-line btn-small" onClick={() => location.reload()}>
          Load the page again
        </button>
        <button type="button" className="btn btn-line btn-small" onClick={() => void copy()}>
          Copy report
        </button>
      </div>
    </div>
  );
}
