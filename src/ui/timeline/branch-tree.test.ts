import { describe, expect, it } from 'vitest';
import type { BranchInfo } from '#bridge';
import { actsOfRow, branchTree } from './branch-tree.ts';

const main: BranchInfo = { id: 0, name: 'main', reachedMs: 400 };
const a: BranchInfo = { id: 1, name: 'branch A', parent: 0, forkMs: 200, reachedMs: 300 };
const b: BranchInfo = { id: 2, name: 'branch B', parent: 0, forkMs: 250, reachedMs: 500 };
const c: BranchInfo = { id: 3, name: 'branch C', parent: 1, forkMs: 280, reachedMs: 600 };
const d: BranchInfo = { id: 4, name: 'branch D', parent: 3, forkMs: 550, reachedMs: 700 };
const rows = (branch: number, branches: readonly BranchInfo[], max?: number) =>
  branchTree({ branch, branches }, max).rows.map(({ id, forkMs, from }) => ({ id, forkMs, from }));

describe('the branches drawn above the present one', () => {
  it('are none while there is only one', () => {
    expect(branchTree({ branch: 0, branches: [main] })).toEqual({ rows: [], hidden: 0 });
  });

  it('begin with the one that the present branch left, where it left it', () => {
    expect(rows(2, [main, a, b])).toEqual([
      { id: 0, forkMs: 250, from: undefined },
      { id: 1, forkMs: 200, from: undefined },
    ]);
  });

  it('are the newest first where they left the present one', () => {
    expect(rows(0, [main, a, b])).toEqual([
      { id: 2, forkMs: 250, from: undefined },
      { id: 1, forkMs: 200, from: undefined },
    ]);
  });

  it('leave the row that they came from, once the present branch is on another way', () => {
    expect(rows(2, [main, a, b, c])).toEqual([
      { id: 0, forkMs: 250, from: undefined },
      { id: 3, forkMs: 280, from: 2 },
      { id: 1, forkMs: 200, from: undefined },
    ]);
    expect(rows(0, [main, a, c])).toEqual([
      { id: 3, forkMs: 280, from: 1 },
      { id: 1, forkMs: 200, from: undefined },
    ]);
  });

  it('lead back through all that the present branch came from', () => {
    expect(rows(4, [main, a, c, d])).toEqual([
      { id: 3, forkMs: 550, from: undefined },
      { id: 1, forkMs: 280, from: undefined },
      { id: 0, forkMs: 200, from: undefined },
    ]);
  });

  it('are counted where there is no room for all of them', () => {
    expect(branchTree({ branch: 0, branches: [main, a, b, c, d] }, 2)).toMatchObject({ hidden: 2 });
  });

  it('bear the acts that are theirs alone', () => {
    const act = (branch: number, atMs: number) => ({
      branch,
      atMs,
      label: 'act',
      command: 'kubectl',
      icon: 'other' as const,
      isError: false,
    });
    const [toMain] = branchTree({ branch: 2, branches: [main, b] }).rows;
    expect(actsOfRow(toMain!, [act(0, 100), act(0, 250), act(0, 300)]).map(({ atMs }) => atMs)).toEqual([300]);
    const [toB] = branchTree({ branch: 0, branches: [main, b] }).rows;
    expect(actsOfRow(toB!, [act(0, 100), act(2, 250), act(2, 300)]).map(({ atMs }) => atMs)).toEqual([250, 300]);
  });

  it('can be taken away where no other branch left them', () => {
    const tree = branchTree({ branch: 0, branches: [main, a, c] });
    expect(tree.rows.map(({ id, isLeaf }) => [id, isLeaf])).toEqual([
      [3, true],
      [1, false],
    ]);
  });
});
