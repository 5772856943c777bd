import { describe, expect, it } from 'vitest';
import type { BranchInfo } from '#bridge';
import { branchBeside } from './branch-beside.ts';

const main: BranchInfo = { id: 0, name: 'main', reachedMs: 400 };
const a: BranchInfo = { id: 1, name: 'branch A', parent: 0, forkMs: 200, reachedMs: 300 };
const b: BranchInfo = { id: 2, name: 'branch B', parent: 0, forkMs: 250, reachedMs: 500 };

describe('the branch drawn beside the present one', () => {
  it('is none while there is only one', () => {
    expect(branchBeside({ branch: 0, branches: [main] })).toBeUndefined();
  });

  it('is the one that the present branch left, from there on', () => {
    expect(branchBeside({ branch: 2, branches: [main, a, b] })).toEqual({
      id: 0,
      name: 'main',
      forkMs: 250,
      reachedMs: 400,
    });
  });

  it('is the newest that left the trunk', () => {
    expect(branchBeside({ branch: 0, branches: [main, a, b] })).toMatchObject({ id: 2, forkMs: 250 });
  });
});
