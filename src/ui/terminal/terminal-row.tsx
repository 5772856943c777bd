// One line of the terminal. What was typed or done stands behind its moment, which is a way to go there.
import { type KeyboardEvent, memo } from 'react';
import { FIRST_NAMESPACE, pause, seek, type TerminalLine } from '#state';
import { formatMoment } from '../graph/words.ts';

/**
 * A line; drawn again only when it is another.
 *
 * @param props - the line; `isStop`: its moment is where Tab stops among all of them
 */
export const TerminalRow = memo(function TerminalRow({ line, isStop }: { line: TerminalLine; isStop: boolean }) {
  const { kind, text, atMs, prompt, namespace, isOfPage } = line;
  if (kind === 'prompt')
    return (
      <div className="tm-row" data-kind="prompt">
        {atMs !== undefined && <Moment atMs={atMs} isStop={isStop} />}
        <Sign prompt={prompt} namespace={namespace} />
        {text}
      </div>
    );
  if (kind === 'act' && atMs !== undefined)
    return (
      <div className="tm-row" data-kind="act">
        <Moment atMs={atMs} isStop={isStop} />
        <Sign namespace={namespace} />
        {text}
        {isOfPage && <span className="tm-by">{text.startsWith('#') ? ', by the page' : '  # by the page'}</span>}
      </div>
    );
  return (
    <div className="tm-row" data-kind={kind}>
      {text === '' ? '\u00a0' : text}
    </div>
  );
});

/** What stands between the moment and the command. */
export function Sign({
  prompt,
  namespace = FIRST_NAMESPACE,
}: {
  prompt?: string | undefined;
  namespace?: string | undefined;
}) {
  if (prompt !== undefined) return <span className="tm-sign">{prompt}</span>;
  return (
    <>
      {namespace !== FIRST_NAMESPACE && <span className="tm-namespace"> {namespace}</span>}
      <span className="tm-sign"> $ </span>
    </>
  );
}

/** Goes to the moment; up and down lead to those of other lines. */
function Moment({ atMs, isStop }: { atMs: number; isStop: boolean }) {
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0) return;
    const all = [...(event.currentTarget.closest('.tm-log')?.querySelectorAll<HTMLElement>('.tm-moment') ?? [])];
    all[all.indexOf(event.currentTarget) + by]?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      type="button"
      className="tm-moment tm-time num"
      aria-label={`Go to ${formatMoment(atMs)}`}
      title={`Go to ${formatMoment(atMs)}`}
      tabIndex={isStop ? 0 : -1}
      onKeyDown={onKeyDown}
      onClick={() => {
        pause();
        void seek(atMs);
      }}
    >
      {formatMoment(atMs)}
    </button>
  );
}
