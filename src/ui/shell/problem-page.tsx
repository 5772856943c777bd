// A link or file that cannot be opened: which fault it has, and the way on.
import { useStore } from 'zustand';
import { notify, openDefault, session } from '#state';
import { copyText } from './copy-text.ts';
import { pickFile } from './files.ts';
import { Wordmark } from './wordmark.tsx';

const TITLES = {
  damaged: 'This link is damaged',
  'too-new': 'This link is too new for this page',
  'too-large': 'This link holds too much',
} as const;

const WAYS = {
  damaged: 'Ask for the link again, or for the session as a file: some programs cut long links.',
  'too-new': 'Load the page again to get its newest version, then open the link.',
  'too-large': 'Ask for a smaller session: 1 MiB of manifests and 10,000 acts are the most.',
} as const;

/**
 * The page instead of the page.
 */
export function ProblemPage() {
  const problem = useStore(session, (state) => state.problem);
  if (!problem) return null;
  const copy = async () => {
    const isCopied = await copyText(location.href);
    notify(
      isCopied
        ? { tone: 'info', text: 'The link is copied.' }
        : { tone: 'problem', text: 'The browser did not let it be copied.' },
    );
  };
  return (
    <main className="pp">
      <Wordmark />
      <h2>{TITLES[problem.kind]}</h2>
      <p className="pp-message">{problem.message}</p>
      <p>{WAYS[problem.kind]}</p>
      <div className="pp-acts">
        <button type="button" className="btn btn-primary" onClick={() => void openDefault()}>
          Start with the example
        </button>
        <button type="button" className="btn btn-line" onClick={pickFile}>
          Open a file
        </button>
        <button type="button" className="btn btn-line" onClick={() => void copy()}>
          Copy this link
        </button>
      </div>
    </main>
  );
}
