// The row of acts: what was done on this branch, and the branch that was left or that left it, on a path of its own.
import { useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { ActMark, TimelineInfo } from '#bridge';
import { actsOfBranch, clock, goToBranch, history, seek, subscribeClockFrame } from '#state';
import { formatMoment } from '../graph/words.ts';
import { ActionIcon, type ActionIconName } from '../icons/index.ts';
import { type Beside, branchBeside } from './branch-beside.ts';
import { layMarks, MARK_PX, type Mark, nextOfMark } from './marks.ts';
import { type Scale, xOf } from './scale.ts';

/** Middles of the two rows. */
const OTHER_Y = 29.5;
const OWN_Y = 47;

/** On a phone there is one row. */
const COMPACT_Y = 14;

/** How far a forked path runs at least, so that there is something to click. */
const PATH_PX_MIN = 64;

const ICONS: Readonly<Record<ActMark['icon'], ActionIconName>> = {
  apply: 'apply',
  scale: 'scale',
  delete: 'delete',
  image: 'image',
  fault: 'unplug',
  node: 'unplug',
  other: 'sync',
};

interface RowProps {
  readonly scale: Scale;
  readonly endX: number;
  readonly isCompact: boolean;
}

/** Where the path of another branch ends: after its last mark, and with room for its name before the edge. */
function endOfBeside(info: TimelineInfo, beside: Beside, scale: Scale, endX: number): number {
  const last = actsOfBranch(info, beside.id).findLast(({ atMs }) => atMs > beside.forkMs);
  const least = Math.max(xOf(scale, beside.forkMs) + PATH_PX_MIN, last ? xOf(scale, last.atMs) + MARK_PX : 0);
  return Math.min(endX - 18 - 7 * badgeOf(beside.name).length, Math.max(least, xOf(scale, beside.reachedMs)));
}

/**
 * The paths of the branches, as lines. Goes into the SVG of the timeline's head.
 *
 * @param props - the scale and where the picture ends
 * @returns lines behind the marks
 */
export function BranchPaths({ scale, endX, isCompact }: RowProps) {
  const info = useStore(history);
  const beside = isCompact ? undefined : branchBeside(info);
  const forkX = beside ? xOf(scale, beside.forkMs) : 0;
  const besideEndX = beside ? endOfBeside(info, beside, scale, endX) : 0;
  return (
    <>
      <g clipPath="url(#tl-head-seen)">
        <path
          className="tl-path"
          d={`M${Math.max(scale.leftPx, xOf(scale, 0))} ${isCompact ? COMPACT_Y : OWN_Y}H${endX}`}
        />
      </g>
      {beside && besideEndX > forkX && (
        <>
          <path
            className="tl-path-other"
            d={`M${forkX} ${OWN_Y}C${forkX + 21} ${OWN_Y} ${forkX + 14} ${OTHER_Y} ${forkX + 38} ${OTHER_Y}H${besideEndX}`}
          />
          {forkX >= scale.leftPx && <circle className="tl-fork" cx={forkX} cy={OWN_Y} r="3" />}
        </>
      )}
    </>
  );
}

/**
 * The marks of the acts, as buttons over the lines.
 *
 * @param props - the scale and where the picture ends
 * @returns marks of both branches and their names
 */
export function ActMarks({ scale, endX, isCompact }: RowProps) {
  const info = useStore(history);
  const beside = isCompact ? undefined : branchBeside(info);
  const besideEndX = beside ? endOfBeside(info, beside, scale, endX) : 0;
  const own = layMarks(actsOfBranch(info, info.branch), scale, endX - 16);
  const others = beside
    ? layMarks(
        actsOfBranch(info, beside.id).filter(({ atMs }) => atMs > beside.forkMs),
        scale,
        besideEndX,
      )
    : [];
  return (
    <div className="tl-marks">
      {own.map((mark) => (
        <MarkButton key={mark.acts[0]?.atMs} mark={mark} y={isCompact ? COMPACT_Y : OWN_Y} />
      ))}
      {beside && others.map((mark) => <MarkButton key={mark.acts[0]?.atMs} mark={mark} y={OTHER_Y} branch={beside} />)}
      {beside && besideEndX > scale.leftPx && (
        <button
          type="button"
          className="tl-badge"
          style={{ left: besideEndX, top: OTHER_Y }}
          aria-label={`Go to ${beside.name}`}
          title={`Go to ${beside.name}`}
          onClick={() => void goToBranch(beside.id)}
        >
          {badgeOf(beside.name)}
        </button>
      )}
      {info.branches.length > 1 && !isCompact && (
        <OwnBadge name={info.branches.find(({ id }) => id === info.branch)?.name ?? ''} />
      )}
    </div>
  );
}

/** `branch B` is B; a name of one's own is itself, as far as it fits. */
const badgeOf = (name: string): string =>
  /^branch ([A-Z]\d*)$/.exec(name)?.[1] ?? (name.length > 12 ? `${name.slice(0, 11)}…` : name);

function OwnBadge({ name }: { name: string }) {
  return (
    <span className="tl-badge tl-badge-own" data-reached style={{ top: OWN_Y }} title={name}>
      {badgeOf(name)}
    </span>
  );
}

function MarkButton({ mark, y, branch }: { mark: Mark; y: number; branch?: Beside }) {
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
