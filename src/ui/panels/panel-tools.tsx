// What the tabs of tables share: a filter by text, one by what is selected, and more rows when they are wanted.
import type { ReactNode } from 'react';
import { nameOfId } from '../inspector/use-selected.ts';

/**
 * The line above a table.
 *
 * @param props - the text typed, what is selected and whether the rows are held to it, and further tools
 */
export function PanelTools({
  typed,
  onType,
  selectedId,
  isHeld,
  onHold,
  children,
}: {
  typed: string;
  onType(text: string): void;
  selectedId: string | undefined;
  isHeld: boolean;
  onHold(isHeld: boolean): void;
  children?: ReactNode;
}) {
  return (
    <div className="pn-tools">
      <label className="pn-filter">
        <span className="visually-hidden">Filter by text</span>
        <input type="search" placeholder="Filter" value={typed} onChange={(event) => onType(event.target.value)} />
      </label>
      <button
        type="button"
        className="btn btn-line btn-small pn-toggle"
        aria-pressed={isHeld}
        disabled={selectedId === undefined}
        title={selectedId === undefined ? 'Nothing is selected' : undefined}
        onClick={() => onHold(!isHeld)}
      >
        Only {selectedId === undefined ? 'what is selected' : nameOfId(selectedId)}
      </button>
      {children}
    </div>
  );
}

/**
 * Under a table that shows its first rows only.
 *
 * @param props - how many of how many are shown, and what shows more
 * @returns nothing where all are shown
 */
export function MoreRows({ shown, total, onMore }: { shown: number; total: number; onMore(): void }) {
  if (shown >= total) return null;
  return (
    <p className="pn-note dim">
      {shown} of {total}{' '}
      <button type="button" className="btn btn-line btn-small" onClick={onMore}>
        Show more
      </button>
    </p>
  );
}
