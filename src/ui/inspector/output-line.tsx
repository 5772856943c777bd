// What the last command printed, as a terminal shows it.
import { useStore } from 'zustand';
import { output } from '#state';

/**
 * The last command and its output; empty before the first. Screen readers hear it.
 */
export function OutputLine() {
  const last = useStore(output, (state) => state.last);
  return (
    <div className="in-output mono" role="log" aria-label="Output of the last command" aria-live="polite">
      {last && (
        <>
          <div className="in-output-command">
            <span className="dim">$ </span>
            {last.command}
          </div>
          {last.out !== '' && <div>{last.out.trimEnd()}</div>}
          {last.err !== '' && <div className="in-output-error">{last.err.trimEnd()}</div>}
          {last.code !== 0 && <div className="dim">exit {last.code}</div>}
        </>
      )}
    </div>
  );
}
