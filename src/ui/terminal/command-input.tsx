// The line of the terminal: typed, pasted, completed, and found again.
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { clearTerminal, clock, complete, endInput, interrupt, showWords, submit, terminal } from '#state';
import { useMomentMs } from '../graph/use-facts.ts';
import { formatMoment } from '../graph/words.ts';
import { commonBeginning, searchBack } from './history-search.ts';
import { editLine } from './line-editing.ts';
import { Sign } from './terminal-row.tsx';

/** More words than these are told by their number. */
const WORDS_SHOWN_MAX = 60;

/** The prompt tells its moment in seconds. */
const MOMENT_STEP_MS = 1_000;

/** A search through what was typed. `at`: where the line that is shown stands. */
interface Search {
  readonly query: string;
  readonly at: number;
  readonly before: string;
}

/**
 * The line, with what stands before it.
 *
 * @param props - `onTyped`: something was typed, so that the line should be in sight
 */
export function CommandInput({ ref, onTyped }: { ref: Ref<HTMLTextAreaElement>; onTyped: () => void }) {
  const [text, setText] = useState('');
  const [search, setSearch] = useState<Search>();
  const field = useRef<HTMLTextAreaElement>(null);
  /** Which of the lines typed before is shown; undefined: none of them. */
  const place = useRef<number>(undefined);
  const draft = useRef('');
  const lastTab = useRef('');
  /** What Ctrl+Y puts in again. */
  const cutText = useRef('');
  useImperativeHandle(ref, () => field.current as HTMLTextAreaElement, []);

  const front = useStore(terminal, (state) => state.front);
  const isBusy = useStore(terminal, (state) => state.isBusy);
  const focusAsked = useStore(terminal, (state) => state.focusAsked);
  const unfinished = useStore(terminal, (state) => state.unfinished);
  const found = search && search.at >= 0 ? (terminal.getState().typed[search.at] ?? '') : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a line that has grown is kept in sight
  useLayoutEffect(onTyped, [text, search]);
  useEffect(() => {
    if (focusAsked > 0) field.current?.focus();
  }, [focusAsked]);

  useLayoutEffect(() => {
    if (unfinished.count > 0) setText(unfinished.text);
  }, [unfinished]);

  const put = (next: string, cursor = next.length) => {
    setText(next);
    requestAnimationFrame(() => field.current?.setSelectionRange(cursor, cursor));
  };
  const run = async (line: string) => {
    place.current = undefined;
    setSearch(undefined);
    setText('');
    const isTaken = await submit(line);
    if (!isTaken) put(`${line}\n`);
  };
  const recall = (by: -1 | 1) => {
    const { typed } = terminal.getState();
    if (place.current === undefined) draft.current = text;
    const next = (place.current ?? typed.length) + by;
    if (next < 0 || next > typed.length) return;
    place.current = next === typed.length ? undefined : next;
    put(place.current === undefined ? draft.current : (typed[next] ?? ''));
  };
  const completeHere = async () => {
    const cursor = field.current?.selectionStart ?? text.length;
    const answer = await complete(text, cursor);
    const words = answer?.words ?? [];
    // Typing has gone on: what was found is about another line.
    if (!answer || words.length === 0 || field.current?.value !== text) return;
    const beginning = commonBeginning(words);
    const isOnly = words.length === 1;
    const word = beginning + (isOnly && !/[=/]$/.test(beginning) ? ' ' : '');
    const given = text.slice(answer.from, answer.to);
    if (beginning.length > given.length || isOnly) {
      put(text.slice(0, answer.from) + word + text.slice(answer.to), answer.from + word.length);
      return;
    }
    // A second Tab at the same place shows what there is.
    if (lastTab.current === `${text} ${cursor}`)
      showWords(
        text,
        words.length > WORDS_SHOWN_MAX
          ? [...words.slice(0, WORDS_SHOWN_MAX), `… and ${words.length - WORDS_SHOWN_MAX} more`]
          : words,
      );
    lastTab.current = `${text} ${cursor}`;
  };
  const searchOn = (query: string, before: number) =>
    setSearch((state) => ({
      query,
      at: searchBack(terminal.getState().typed, query, before),
      before: state?.before ?? text,
    }));

  /** Keys while a line is looked for; returns whether the key was one of them. */
  const onSearchKey = (event: KeyboardEvent, state: Search): boolean => {
    const isControl = event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key === 'Enter') void run(found ?? state.query);
    else if (event.key === 'Escape' || (isControl && (event.key === 'g' || event.key === 'c'))) {
      setSearch(undefined);
      put(state.before);
    } else if (isControl && event.key === 'r') searchOn(state.query, state.at >= 0 ? state.at : 0);
    else if (['Tab', 'ArrowRight', 'ArrowLeft', 'Home', 'End', 'ArrowUp', 'ArrowDown'].includes(event.key)) {
      setSearch(undefined);
      put(found ?? state.query);
    } else return false;
    return true;
  };

  const onControlKey = (event: KeyboardEvent): boolean => {
    const element = field.current;
    if (!event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !element) return false;
    const { selectionStart: start, selectionEnd: end } = element;
    switch (event.key.toLowerCase()) {
      case 'c':
        // Marked words are copied.
        if (start !== end || getSelection()?.isCollapsed === false) return false;
        void interrupt(text);
        place.current = undefined;
        setText('');
        break;
      case 'd':
        if (text !== '') return false;
        void endInput();
        break;
      case 'l':
        clearTerminal();
        break;
      case 'r':
        setSearch({ query: '', at: -1, before: text });
        break;
      case 'p':
        recall(-1);
        break;
      case 'n':
        recall(1);
        break;
      default:
        return false;
    }
    return true;
  };

  const onEditKey = (event: KeyboardEvent): boolean => {
    const element = field.current;
    if (!element || element.selectionStart !== element.selectionEnd) return false;
    const edited = editLine({ text, cursor: element.selectionStart }, event, cutText.current);
    if (!edited) return false;
    if (edited.cut) cutText.current = edited.cut;
    if (edited.text === text) element.setSelectionRange(edited.cursor, edited.cursor);
    else put(edited.text, edited.cursor);
    return true;
  };

  const onPlainKey = (event: KeyboardEvent): boolean => {
    const element = field.current;
    if (event.ctrlKey || event.altKey || event.metaKey || !element) return false;
    const cursor = element.selectionStart;
    switch (event.key) {
      case 'Enter':
        if (event.shiftKey || event.nativeEvent.isComposing) return false;
        void run(text);
        return true;
      case 'Tab':
        // An empty line lets the focus go on.
        if (event.shiftKey || text.trim() === '') return false;
        void completeHere();
        return true;
      case 'ArrowUp':
        if (text.slice(0, cursor).includes('\n')) return false;
        recall(-1);
        return true;
      case 'ArrowDown':
        if (text.slice(cursor).includes('\n')) return false;
        recall(1);
        return true;
      case 'Escape':
        document.getElementById('tab-terminal')?.focus();
        return true;
      default:
        return false;
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const isTaken = search ? onSearchKey(event, search) : onEditKey(event) || onControlKey(event) || onPlainKey(event);
    if (!isTaken) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <div className="tm-line">
        <label className="tm-prompt" htmlFor="terminal-line">
          <span className="visually-hidden">Command line at </span>
          {search ? (
            <span className="tm-sign">search </span>
          ) : front?.waits === 'line' ? (
            <span className="tm-sign">{front.prompt}</span>
          ) : front || isBusy ? (
            <span className="tm-sign">… </span>
          ) : (
            <Prompt />
          )}
        </label>
        <textarea
          id="terminal-line"
          ref={field}
          className="tm-field"
          rows={Math.min(12, text.split('\n').length)}
          value={search ? search.query : text}
          aria-describedby="terminal-hint"
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          enterKeyHint="send"
          spellCheck={false}
          wrap="off"
          onKeyDown={onKeyDown}
          onChange={(event) => {
            const { value } = event.target;
            if (search) searchOn(value, terminal.getState().typed.length);
            else setText(value);
          }}
        />
        {front && (
          <button type="button" className="btn btn-small btn-line tm-stop" onClick={() => void interrupt()}>
            Stop
          </button>
        )}
      </div>
      {search && (
        <div className="tm-found" aria-live="polite">
          {found ?? (search.query === '' ? 'type a part of a line' : 'no line has this')}
        </div>
      )}
      <div className="tm-keys">
        <button type="button" className="btn btn-line" onClick={() => void completeHere()}>
          Tab
        </button>
        <button type="button" className="btn btn-line" aria-label="The line before" onClick={() => recall(-1)}>
          ↑
        </button>
        <button type="button" className="btn btn-line" aria-label="The line after" onClick={() => recall(1)}>
          ↓
        </button>
        <button type="button" className="btn btn-line" onClick={() => void interrupt(text)}>
          Ctrl C
        </button>
      </div>
      <span id="terminal-hint" className="visually-hidden">
        Tab completes, arrows go through lines typed before, Escape leaves.
      </span>
    </>
  );
}

/** The moment at which the line will be run, and the namespace that it means. */
function Prompt() {
  const atMs = useMomentMs(MOMENT_STEP_MS) ?? clock.getState().atMs;
  const namespace = useStore(terminal, (state) => state.namespace);
  return (
    <>
      <span className="tm-time num">{formatMoment(atMs)}</span>
      <Sign namespace={namespace} />
    </>
  );
}
