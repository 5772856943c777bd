// One line of the terminal.
import { memo } from 'react';
import type { TerminalLine } from '#state';
import { formatMoment } from '../graph/words.ts';

/**
 * A line; drawn again only when it is another.
 *
 * @param props - the line
 */
export const TerminalRow = memo(function TerminalRow({ line }: { line: TerminalLine }) {
  const { kind, text, atMs, prompt } = line;
  if (kind === 'prompt')
    return (
      <div className="tm-row" data-kind="prompt">
        {prompt === undefined ? (
          <>
            <span className="tm-time num">{formatMoment(atMs ?? 0)}</span>
            <span className="tm-sign"> $ </span>
          </>
        ) : (
          <span className="tm-sign">{prompt}</span>
        )}
        {text}
      </div>
    );
  if (kind === 'act' && atMs !== undefined)
    return (
      <div className="tm-row" data-kind="act">
        <span className="tm-time num">{formatMoment(atMs)}</span> {text}
      </div>
    );
  return (
    <div className="tm-row" data-kind={kind}>
      {text === '' ? '\u00a0' : text}
    </div>
  );
});
