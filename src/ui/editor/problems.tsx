// What the API server and the lint rules say about the manifest, at its places, with the ways out.
import { useStore } from 'zustand';
import type { Problem } from '#bridge';
import type { Fix } from '#manifest';
import { diffLines, editor, getText, setText, showFile } from '#state';
import { ActionIcon } from '../icons/index.ts';
import { Scroller } from '../shell/scroller.tsx';
import { withKeys } from '../shell/with-keys.ts';
import { goToProblem } from './go-to-problem.ts';
import { commandLines, fixAll, runFix, safeFixes } from './quick-fixes.ts';
import { jumpTo } from './surface.ts';
import { appliedValue } from './words.ts';

const SHOWN_MAX = 50;

/**
 * The list under the editor.
 *
 * @returns nothing where nothing is wrong, in the open file and in the others
 */
export function Problems() {
  const problems = useStore(editor, (state) => state.problems);
  const others = useOtherFiles();
  if (problems.length === 0 && others.length === 0) return null;
  const faults = problems.filter(({ severity }) => severity !== 'info').length;
  const safe = safeFixes(problems).length;
  return (
    <Scroller className="ed-problems" label="Problems">
      <div className="ed-problems-head">
        <h2>
          Problems <span className="num dim">{faults}</span>
        </h2>
        <span className="sp" />
        {safe > 1 && (
          <button type="button" className="btn btn-line btn-small" onClick={fixAll}>
            Fix all {safe}
          </button>
        )}
        {problems.length > 1 && (
          <>
            <button
              type="button"
              className="btn btn-icon"
              aria-label="Previous problem"
              title="Previous problem (Shift F8)"
              onClick={() => goToProblem(-1)}
            >
              <ActionIcon name="chevron-left" size={14} />
            </button>
            <button
              type="button"
              className="btn btn-icon"
              aria-label="Next problem"
              title="Next problem (F8)"
              onClick={() => goToProblem(1)}
            >
              <ActionIcon name="chevron-right" size={14} />
            </button>
          </>
        )}
      </div>
      <ul aria-live="polite">
        {withKeys(problems.slice(0, SHOWN_MAX), ({ from, message }) => `${from.line}:${from.column} ${message}`).map(
          ({ key, item }) => (
            <ProblemLine key={key} problem={item} />
          ),
        )}
      </ul>
      {others.map(({ name, count }) => (
        <button key={name} type="button" className="ed-problem-go" onClick={() => showFile(name)}>
          <span className="ed-problem-words">
            {count} {count === 1 ? 'problem' : 'problems'} in {name}
          </span>
          <ActionIcon name="chevron-right" size={14} />
        </button>
      ))}
    </Scroller>
  );
}

/** Files that are not open and have faults. */
function useOtherFiles(): readonly { name: string; count: number }[] {
  const words = useStore(editor, ({ problemsOf, files, fileName }) =>
    Object.keys(files)
      .filter((name) => name !== fileName)
      .map((name) => [name, (problemsOf[name] ?? []).filter(({ severity }) => severity !== 'info').length] as const)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name}`)
      .join('\n'),
  );
  if (words === '') return [];
  return words.split('\n').map((line) => {
    const at = line.indexOf(' ');
    return { count: Number(line.slice(0, at)), name: line.slice(at + 1) };
  });
}

function ProblemLine({ problem }: { problem: Problem }) {
  const { from, message, severity, fixes = [], docs, title } = problem;
  const back = useWayBack(from.line);
  // Where another problem of the line has the same way out, once is enough.
  const hasSetBack = useStore(editor, ({ problems }) =>
    problems.some(
      (one) => one.from.line === from.line && one.fixes?.some(({ label }) => label.startsWith('Set it back')),
    ),
  );
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
      {(back || fixes.length > 0 || docs !== undefined) && (
        <div className="ed-problem-fixes">
          {fixes.map((fix) => (
            <FixButton key={fix.label} fix={fix} />
          ))}
          {back && !hasSetBack && (
            <button type="button" className="btn btn-line btn-small" onClick={back.run}>
              Set back to {back.value}
            </button>
          )}
          {docs !== undefined && (
            <a className="ed-problem-docs" href={docs} target="_blank" rel="noreferrer" title={title}>
              Read more
              <ActionIcon name="external" size={12} />
            </a>
          )}
        </div>
      )}
    </li>
  );
}

function FixButton({ fix }: { fix: Fix }) {
  const commands = commandLines(fix);
  return (
    <div className="ed-fix">
      <button type="button" className="btn btn-line btn-small" onClick={() => void runFix(fix)}>
        {fix.label}
      </button>
      {commands.map((line) => (
        <code key={line} className="mono dim" title={line}>
          {line}
        </code>
      ))}
    </div>
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
