// What a screen reader is told of the terminal: short answers whole, of long ones the beginning and how much more there
// is, and of what goes on by itself no more than once in a while.
import { useEffect, useRef, useState } from 'react';
import { type TerminalLine, terminal } from '#state';

/** Lines that are read whole. */
const LINES_MAX = 6;
/** After this silence what has come is told. */
const QUIET_MS = 500;
/** While lines keep coming they are told this often. */
const EVERY_MS = 5_000;

/**
 * Words for lines that have come.
 *
 * @param lines - in their order
 * @returns undefined where nothing is to be said: what a person typed is known
 */
export function announcementOf(lines: readonly TerminalLine[]): string | undefined {
  const told = lines.filter(({ kind, text }) => kind !== 'prompt' && text.trim() !== '');
  if (told.length === 0) return undefined;
  const shown = told.slice(0, LINES_MAX).map(({ text }) => text.replace(/\s{2,}/g, ', '));
  const rest = told.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more ${rest === 1 ? 'line' : 'lines'}`] : [])].join('\n');
}

/**
 * What is to be told now.
 *
 * @returns words for a polite live region
 */
export function useAnnouncement(): string {
  const [words, setWords] = useState('');
  const told = useRef(0);
  useEffect(() => {
    told.current = terminal.getState().lines.at(-1)?.id ?? 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let sinceMs = 0;
    const tell = () => {
      timer = undefined;
      sinceMs = 0;
      const fresh = terminal.getState().lines.filter(({ id }) => id > told.current);
      told.current = fresh.at(-1)?.id ?? told.current;
      const next = announcementOf(fresh);
      if (next !== undefined) setWords(next);
    };
    const stop = terminal.subscribe(({ lines }, { lines: before }) => {
      if (lines === before) return;
      const nowMs = performance.now();
      if (sinceMs === 0) sinceMs = nowMs;
      clearTimeout(timer);
      timer = setTimeout(tell, Math.max(0, Math.min(QUIET_MS, sinceMs + EVERY_MS - nowMs)));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
  return words;
}
