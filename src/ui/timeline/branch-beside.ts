// Which of the other branches the timeline draws beside the present one. Pure.
import type { BranchInfo, TimelineInfo } from '#bridge';

/** Another branch as it is drawn beside the present one. */
export interface Beside {
  readonly id: number;
  readonly name: string;
  readonly forkMs: number;
  readonly reachedMs: number;
}

/**
 * The branch to draw beside the present one: the one it left, or else the newest that left it.
 *
 * @param info - the history
 * @returns undefined where there is only one branch
 */
export function branchBeside(info: Pick<TimelineInfo, 'branch' | 'branches'>): Beside | undefined {
  const own = info.branches.find(({ id }) => id === info.branch);
  const parent = own?.forkMs === undefined ? undefined : info.branches.find(({ id }) => id === own.parent);
  if (own?.forkMs !== undefined && parent) return besideOf(parent, own.forkMs);
  const child = info.branches.findLast((other) => other.parent === info.branch);
  return child?.forkMs === undefined ? undefined : besideOf(child, child.forkMs);
}

const besideOf = ({ id, name, reachedMs }: BranchInfo, forkMs: number): Beside => ({ id, name, reachedMs, forkMs });
