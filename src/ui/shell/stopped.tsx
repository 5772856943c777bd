// The simulation has stopped: what it said, and the way on. The last good picture stays behind it.
import { useStore } from 'zustand';
import { engine, notify, reportText, restart } from '#state';
import { copyText } from './copy-text.ts';

/**
 * The message over the dimmed canvas.
 */
export function Stopped() {
  const reason = useStore(engine, (state) => state.stoppedBy);
  const copy = async () => {
    const isCopied = await copyText(reportText());
    notify(
      isCopied
        ? { tone: 'info', text: 'The report is copied.' }
        : { tone: 'problem', text: 'The browser did not let it be copied.' },
    );
  };
  return (
    <div className="cv-stopped" role="alert">
      <h2>The simulation stopped</h2>
      <p className="mono">{reason}</p>
      <p>The picture is the last good one. Your text and your acts are kept.</p>
      <div className="cv-stopped-acts">
        <button type="button" className="btn btn-primary" onClick={() => void restart()}>
          Start again from there
        </button>
        <button type="button" className="btn btn-line" onClick={() => void copy()}>
          Copy report
        </button>
      </div>
    </div>
  );
}
