// What the API server says about the manifest, at its places, and what is not simulated.
import { useStore } from 'zustand';
import type { Problem } from '#bridge';
import { diffLines, editor, getText, setText } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { Scroller } from '../shell/scroller.tsx';
import { withKeys } from '../shell/with-keys.ts';
import { jumpTo } from './jump-to.ts';
import { appliedValue } from './words.ts';

const SHOWN_MAX = 50;

/**
 * The list under the editor.
 *
 * @returns nothing where nothing is wrong
 */
export function Problems() {
  const problems = useStore(editor, (state) => state.problems);
  if (problems.length === 0) return null;
  const faults = problems.filter(({ severity }) => severity !== 'info').length;
  return (
    <Scroller className="ed-problems" label="Problems">
      <h2>
        Problems <span className="num dim">{faults}</span>
      </h2>
      <ul aria-live="polite">
        {withKeys(problems.slice(0, SHOWN_MAX), ({ from, message }) => `${from.line}:${from.column} ${message}`).map(
          ({ key, item }) => (
            <ProblemLine key={key} problem={item} />
          ),
        )}
      </ul>
    </Scroller>
  );
}

function ProblemLine({ problem }: { problem: Problem }) {
  const { from, message, severity } = problem;
  const back = useWayBack(from.line);
  return (
    <li className="ed-problem">
      <button type="button" className="ed-problem-go" title={message} onClick={() => jumpTo(from.line, from.column)}>
        <span className="ed-problem-icon" data-severity={severity}>
          {severity === 'info' ? '–' : <ActionIcon name="warning" size={14} />}
          <span className="visually-hidden">{severity}: </span>
        </span>
        <span className="ed-problem-words">{message}</span>
        <span className="mono dim">
          {from.line}:{from.column}
        </span>
      </button>
      {back && (
        <button type="button" className="btn btn-line btn-small ed-problem-fix" onClick={back.run}>
          Set back to {back.value}
        </button>
      )}
    </li>
  );
}

/** Where the faulty line is another value of an applied field, that value is the way back. */
function useWayBack(line: number): { value: string; run: () => void } | undefined {
  const before = useStore(editor, ({ applied, fileName }) => applied[fileName]);
  const text = useStore(editor, ({ files, fileName }) => files[fileName] ?? '');
  if (before === undefined) return undefined;
  const old = diffLines(before, text).changed.find((one) => one.line === line)?.before;
  const value = appliedValue(text.split('\n')[line - 1] ?? '', old);
  if (value === undefined || old === undefined) return undefined;
  const run = () => {
    const lines = getText().split('\n');
    lines[line - 1] = old;
    setText(lines.join('\n'));
  };
  return { value, run };
}
