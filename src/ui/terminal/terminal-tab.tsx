// The terminal: what was typed and printed, and the line to type into. Everything it prints is text; nothing in it is
// obeyed.
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { interrupt, TERMINAL_LINES_MAX, terminal } from '#state';
import { useAnnouncement } from './announcement.ts';
import { CommandInput } from './command-input.tsx';
import { TerminalRow } from './terminal-row.tsx';
import './terminal.css';

/** So near to its end a reader follows what is printed. */
const NEAR_PX = 24;

/**
 * The Terminal tab.
 */
export function TerminalTab() {
  const lines = useStore(terminal, (state) => state.lines);
  const watching = useStore(terminal, (state) => state.watching);
  const front = useStore(terminal, (state) => state.front);
  const hasLost = useStore(terminal, (state) => state.hasLost);
  const announcement = useAnnouncement();
  const lastStop = lines.findLast(({ kind, atMs }) => atMs !== undefined && (kind === 'prompt' || kind === 'act'))?.id;
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const input = useRef<HTMLTextAreaElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows whatever is printed
  useLayoutEffect(() => {
    const element = box.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [lines, front, watching]);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = box.current;
    if (element) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
  };
  // A click beside the words means the line; one that marks words does not.
  const onPointerUp = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && getSelection()?.isCollapsed && !(event.target as Element).closest('button'))
      input.current?.focus({ preventScroll: true });
  };

  // Who has marked words and types on means the line.
  const onKeyDown = (event: KeyboardEvent) => {
    const isOfLine = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isOfLine || (event.target as Element).closest('button, textarea')) return;
    input.current?.focus();
    event.stopPropagation();
  };

  return (
    <div className="tm">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the line in it is the control; a click beside it only leads there */}
      <div
        className="tm-box"
        ref={box}
        tabIndex={-1}
        onScroll={onScroll}
        onPointerUp={onPointerUp}
        onKeyDown={onKeyDown}
      >
        {/* What is told of it stands below: a table of pods, or a watch, would never end. */}
        <div className="tm-log" role="log" aria-label="Terminal" aria-live="off">
          {hasLost && (
            <div className="tm-row" data-kind="note">
              {`Older lines are gone: the terminal keeps ${TERMINAL_LINES_MAX.toLocaleString('en')}.`}
            </div>
          )}
          {lines.map((line) => (
            <TerminalRow key={line.id} line={line} isStop={line.id === lastStop} />
          ))}
        </div>
        <CommandInput
          ref={input}
          onTyped={() => {
            isAtEnd.current = true;
            if (box.current) box.current.scrollTop = box.current.scrollHeight;
          }}
        />
      </div>
      <div className="visually-hidden" role="status">
        {announcement}
      </div>
      {watching.length > 0 && (
        <ul className="tm-watching" aria-label="Commands that watch">
          {watching.map((job) => (
            <li key={job.id}>
              <span className="mono">{job.line}</span>
              <button type="button" className="btn btn-small btn-line" onClick={() => void interrupt('', job.id)}>
                Stop<span className="visually-hidden"> {job.line}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
