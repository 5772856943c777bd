import { describe, expect, it } from 'vitest';
import type { ActMark, TimelineInfo } from '#bridge';
import type { Session } from '#share';
import type { TimedAct } from '#timeline';
import { appliedAt } from './editor.ts';
import { actsOfBranch, lineageOf } from './history.ts';

const mark = (branch: number, atMs: number, isError = false): ActMark => ({
  branch,
  atMs,
  label: `act ${branch}@${atMs}`,
  command: 'kubectl apply -f web.yaml',
  icon: 'apply',
  isError,
});

/** main: acts at 0, 100, 300; A leaves it at 200 and acts at 250; B leaves A at 260. */
const info: TimelineInfo = {
  branch: 2,
  branches: [
    { id: 0, name: 'main', reachedMs: 400 },
    { id: 1, name: 'branch A', parent: 0, forkMs: 200, reachedMs: 300 },
    { id: 2, name: 'branch B', parent: 1, forkMs: 260, reachedMs: 400 },
  ],
  acts: [mark(0, 0), mark(0, 100, true), mark(0, 300), mark(1, 250), mark(1, 290), mark(2, 270)],
  lanes: [],
  summaries: [],
  tickTimesMs: [],
};

const apply = (atMs: number, text: string): TimedAct => ({
  atMs,
  act: { type: 'kubectl', command: 'apply -f web.yaml', files: { 'web.yaml': text } },
});

describe('the history of a branch', () => {
  it('leads through its ancestors, each up to where it was left', () => {
    expect(lineageOf(info, 2)).toEqual([
      { id: 2, untilMs: Number.POSITIVE_INFINITY },
      { id: 1, untilMs: 260 },
      { id: 0, untilMs: 200 },
    ]);
    expect(lineageOf(info, 7)).toEqual([]);
  });

  it('holds the acts of its ancestors before it left them, and its own', () => {
    expect(actsOfBranch(info, 2).map(({ label }) => label)).toEqual(['act 0@0', 'act 0@100', 'act 1@250', 'act 2@270']);
    expect(actsOfBranch(info, 0).map(({ atMs }) => atMs)).toEqual([0, 100, 300]);
  });
});

describe('what was applied at a moment', () => {
  const branches: Session['branches'] = [
    { id: 0, name: 'main', acts: [apply(0, 'first'), apply(100, 'refused'), apply(300, 'later')], reachedMs: 400 },
    {
      id: 1,
      name: 'branch A',
      fork: { parent: 0, atMs: 200 },
      acts: [apply(250, 'on A'), apply(290, 'late on A')],
      reachedMs: 300,
    },
    { id: 2, name: 'branch B', fork: { parent: 1, atMs: 260 }, acts: [apply(270, 'on B')], reachedMs: 400 },
  ];
  const at = (branch: number, atMs: number) => appliedAt({ branches, at: { branch, atMs } }, info)['web.yaml'];

  it('is the last text on the way there that was not refused', () => {
    expect([at(0, 0), at(0, 200), at(0, 300), at(2, 265), at(2, 270)]).toEqual([
      'first',
      'first',
      'later',
      'on A',
      'on B',
    ]);
  });

  it('is nothing before the first apply', () => {
    const none: Session['branches'] = [{ id: 0, name: 'main', acts: [apply(50, 'x')], reachedMs: 100 }];
    expect(appliedAt({ branches: none, at: { branch: 0, atMs: 10 } }, { ...info, acts: [mark(0, 50)] })).toEqual({});
  });
});
