// The number of a handle, typed: nobody has to drag.
import { type JSX, useState } from 'react';

export interface HandleFieldProps {
  readonly word: 'replicas' | 'partition';
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** What a number stands for, as it would be typed. */
  readonly commandOf: (value: number) => string;
  /** With the number that was asked for, and whether the handle gets the focus back. */
  readonly onEnd: (wanted: number | undefined, isFocusBack: boolean) => void;
}

/**
 * A field with the command that its number stands for.
 *
 * @param props - of the handle, and what is done at the end
 */
export function HandleField({ word, label, value, max, commandOf, onEnd }: HandleFieldProps): JSX.Element {
  const [typed, setTyped] = useState(String(value));
  const wanted = /^\d+$/.test(typed.trim()) ? Math.min(max, Number(typed)) : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== undefined) onEnd(wanted, true);
      }}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd(undefined, true);
        event.stopPropagation();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onEnd(undefined, false);
      }}
    >
      <label>
        {word}
        <input
          type="text"
          inputMode="numeric"
          autoComplete="off"
          aria-label={label}
          aria-invalid={wanted === undefined}
          value={typed}
          ref={focusOnce}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <button type="submit" className="btn btn-line btn-small" disabled={wanted === undefined}>
        {word === 'replicas' ? 'Scale' : 'Set'}
      </button>
      <span className="mono">{wanted === undefined ? 'a whole number' : `kubectl ${commandOf(wanted)}`}</span>
    </form>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  input?.focus({ preventScroll: true });
  input?.select();
}
