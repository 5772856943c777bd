// The marks of the acts: those of the present branch, and those of the others on their rows, with the branches' names.
import { useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { ActMark } from '#bridge';
import { actsOfBranch, clock, goToBranch, history, openDialog, seek, subscribeClockFrame } from '#state';
import { formatMoment } from '../graph/words.ts';
import { ActionIcon, type ActionIconName } from '../icons/index.ts';
import { BranchBadge } from './branch-badge.tsx';
import { endOfRow, type HeadProps } from './branch-paths.tsx';
import { actsOfRow, type BranchRow } from './branch-tree.ts';
import { layMarks, type Mark, nextOfMark } from './marks.ts';
import { xOf } from './scale.ts';

const ICONS: Readonly<Record<ActMark['icon'], ActionIconName>> = {
  apply: 'apply',
  scale: 'scale',
  delete: 'delete',
  image: 'image',
  fault: 'unplug',
  node: 'unplug',
  other: 'sync',
};

/**
 * The marks of the acts, as buttons over the lines.
 *
 * @param props - the head, and how many branches have no row
 * @returns marks of all rows, and the names of the branches
 */
export function ActMarks({ scale, endX, layout, rows, hidden }: HeadProps & { hidden: number }) {
  const info = useStore(history);
  const own = layMarks(actsOfBranch(info, info.branch), scale, endX - 16);
  const hasNames = info.branches.length > 1 && layout.heightPx > 30;
  return (
    <div className="tl-marks">
      {own.map((mark) => (
        <MarkButton key={mark.acts[0]?.atMs} mark={mark} y={layout.ownY} />
      ))}
      {rows.map((row, i) => (
        <RowMarks key={row.id} row={row} y={layout.rowY(i)} scale={scale} endX={endX} />
      ))}
      {hasNames && (
        <BranchBadge
          id={info.branch}
          name={info.branches.find(({ id }) => id === info.branch)?.name ?? ''}
          top={layout.ownY}
          isOwn
        />
      )}
      {hasNames && hidden > 0 && (
        <button
          type="button"
          className="tl-badge tl-more"
          style={{ top: layout.rowY(rows.length - 1) }}
          title="All branches are in the palette"
          onClick={() => openDialog('palette')}
        >
          {hidden} more
        </button>
      )}
    </div>
  );
}

function RowMarks({ row, y, scale, endX }: { row: BranchRow; y: number } & Pick<HeadProps, 'scale' | 'endX'>) {
  const info = useStore(history);
  const acts = actsOfRow(row, actsOfBranch(info, row.id));
  const toX = endOfRow(row, { scale, endX }, acts);
  // What a branch begins with stands on its path, behind the bend.
  const marks = layMarks(acts, scale, toX).map((mark) => ({
    ...mark,
    x: Math.max(mark.x, xOf(scale, row.forkMs) + 40),
  }));
  if (toX <= scale.leftPx) return null;
  return (
    <div className="tl-row">
      {marks.map((mark) => (
        <MarkButton key={mark.acts[0]?.atMs} mark={mark} y={y} branch={row} />
      ))}
      <BranchBadge id={row.id} name={row.name} left={toX} top={y} isLeaf={row.isLeaf} />
    </div>
  );
}

function MarkButton({ mark, y, branch }: { mark: Mark; y: number; branch?: BranchRow }) {
  const [first] = mark.acts;
  const isFuture = useIsFuture(first?.atMs ?? 0);
  if (!first) return null;
  const isError = mark.acts.every((act) => act.isError);
  const words = mark.acts.map((act) => `${formatMoment(act.atMs)} ${act.command}${act.isError ? ' (refused)' : ''}`);
  const go = async () => {
    if (branch) await goToBranch(branch.id);
    await seek(nextOfMark(mark, clock.getState().atMs));
  };
  return (
    <button
      type="button"
      className="tl-mark"
      data-other={branch ? '' : undefined}
      data-future={isFuture || undefined}
      data-error={isError || undefined}
      style={{ left: mark.x, top: y }}
      aria-label={`${mark.acts.map((act) => act.label).join(', ')} at ${formatMoment(first.atMs)}${branch ? `, on ${branch.name}` : ''}`}
      title={words.join('\n')}
      onClick={() => void go()}
    >
      <span className="tl-mark-disc">
        {mark.acts.length > 1 ? (
          <span className="tl-mark-count">{mark.acts.length}</span>
        ) : (
          <ActionIcon name={isError ? 'warning' : ICONS[first.icon]} size={11} />
        )}
      </span>
      {mark.label !== '' && <span className="tl-mark-label">{mark.label}</span>}
    </button>
  );
}

/** Whether the playhead stands before a moment. */
function useIsFuture(atMs: number): boolean {
  const subscribe = useCallback((listener: () => void) => subscribeClockFrame(listener), []);
  return useSyncExternalStore(subscribe, () => clock.getState().atMs < atMs);
}
