// The other branches as the timeline draws them: each on a row of its own above the present one, with the place where it
// leaves another row. Pure.
import type { ActMark, TimelineInfo } from '#bridge';
import { lineageOf } from '#state';

/** Another branch on its row. */
export interface BranchRow {
  readonly id: number;
  readonly name: string;
  /** Where its path leaves another one's, and which one's: a row, or undefined for the present branch. */
  readonly forkMs: number;
  readonly from: number | undefined;
  readonly reachedMs: number;
  /** The present branch came from it. */
  readonly isAncestor: boolean;
  /** No other branch left it, so that it can be taken away. */
  readonly isLeaf: boolean;
}

/**
 * The acts that stand on a row: what was done behind the place where its path parts. What a branch began with is done at
 * that very moment; what an older branch did then belongs to both.
 *
 * @param row - the branch
 * @param acts - all that made it what it is
 */
export function actsOfRow(row: BranchRow, acts: readonly ActMark[]): readonly ActMark[] {
  return acts.filter(
    ({ atMs, branch }) => atMs > row.forkMs || (!row.isAncestor && branch === row.id && atMs === row.forkMs),
  );
}

/** The rows above the present branch, nearest first, and how many branches have none. */
export interface BranchTree {
  readonly rows: readonly BranchRow[];
  readonly hidden: number;
}

/** More rows would leave the lanes no room. */
const ROWS_MAX = 3;

type Branches = Pick<TimelineInfo, 'branch' | 'branches'>;

/**
 * Lays the other branches out: those that the present one came from first, nearest first, then the newest of the rest, each
 * behind the one that it left.
 *
 * @param info - the history
 * @param rowsMax - rows that there is room for
 * @returns rows from the present branch upwards
 */
export function branchTree(info: Branches, rowsMax: number = ROWS_MAX): BranchTree {
  const own = lineageOf(info, info.branch);
  const leaving = new Map(own.map(({ id, untilMs }) => [id, untilMs]));
  const ancestors = own.slice(1).map(({ id }) => id);
  const rest = info.branches
    .map(({ id }) => id)
    .filter((id) => !leaving.has(id))
    .sort((a, b) => b - a);
  const chosen = [...ancestors, ...rest].slice(0, rowsMax);
  const rows = chosen.flatMap((id): BranchRow[] => {
    const branch = info.branches.find((other) => other.id === id);
    if (!branch) return [];
    const isLeaf = !info.branches.some(({ parent }) => parent === id);
    const row = { id, name: branch.name, reachedMs: branch.reachedMs, isLeaf, isAncestor: false };
    const parent = chosen.indexOf(branch.parent ?? -1);
    const ownMs = leaving.get(id);
    if (ownMs !== undefined) return [{ ...row, isAncestor: true, forkMs: ownMs, from: undefined }];
    const forkMs = branch.forkMs ?? 0;
    const sharedMs = sharedUntilMs(info, leaving, id);
    // It left a path that is drawn above: the present branch was gone from there by then.
    if (parent >= 0 && forkMs > sharedMs) return [{ ...row, forkMs, from: parent }];
    return [{ ...row, forkMs: Math.min(forkMs, sharedMs), from: undefined }];
  });
  return { rows, hidden: info.branches.length - 1 - rows.length };
}

/** Up to when a branch has the past of the present one. */
function sharedUntilMs(info: Branches, leaving: ReadonlyMap<number, number>, id: number): number {
  for (const step of lineageOf(info, id)) {
    const own = leaving.get(step.id);
    if (own !== undefined) return Math.min(own, step.untilMs);
  }
  return 0;
}
