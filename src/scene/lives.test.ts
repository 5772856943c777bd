import { describe, expect, it } from 'vitest';
import { cutLives, type Lives, lifeCells, lookOfCode, noteLife, stateOfCode } from './lives.ts';
import type { PodState } from './types.ts';

const pod = (state: PodState, look: 1 | 2 | 3 = 1, availableAtMs?: number) => ({
  state,
  revision: { name: 'r', number: look, hash: 'h', look },
  ...(availableAtMs !== undefined && { availableAtMs }),
});
const words = (cells: Uint8Array) => [...cells].map((code) => `${stateOfCode(code)} ${lookOfCode(code)}`);

/** Four slots: three became ready at 20, the second failed from 40 to 60, the last is not there. */
function fourSlots(): Lives {
  const lives: Lives = new Map();
  for (const ordinal of [0, 1, 2]) {
    noteLife(lives, 'default/web', ordinal, 10, pod('creating'));
    noteLife(lives, 'default/web', ordinal, 20, pod('ready'));
  }
  noteLife(lives, 'default/web', 1, 40, pod('crash-loop'));
  noteLife(lives, 'default/web', 1, 60, pod('ready', 2));
  noteLife(lives, 'default/web', 3, 10, pod('pending'));
  noteLife(lives, 'default/web', 3, 15, undefined);
  return lives;
}
const lifeOf = (lives: Lives, ordinal: number) => lives.get('default/web')?.get(ordinal);

describe('the lives of the slots', () => {
  it('are noted only where something is another', () => {
    const lives = fourSlots();
    const before = lifeOf(lives, 0)?.length;
    noteLife(lives, 'default/web', 0, 30, pod('ready'));
    expect(lifeOf(lives, 0)).toHaveLength(before ?? 0);
  });

  it('know when a pod will count as available, until something else comes', () => {
    const lives: Lives = new Map();
    noteLife(lives, 'default/web', 0, 10, pod('ready-not-available', 1, 20));
    expect(words(lifeCells(lives.get('default/web')!, [0, 10, 20, 30], 1).cells)).toEqual([
      'absent 0',
      'ready-not-available 1',
      'ready 1',
    ]);
    noteLife(lives, 'default/web', 0, 15, pod('terminating'));
    expect(words(lifeCells(lives.get('default/web')!, [0, 10, 20, 30], 1).cells).at(-1)).toBe('terminating 1');
  });

  it('are cut at the moment where another branch begins, with what comes by itself', () => {
    const lives = fourSlots();
    noteLife(lives, 'default/web', 0, 50, pod('ready-not-available', 2, 55));
    const cut = cutLives(lives, 50);
    expect(words(lifeCells(cut.get('default/web')!, [40, 50, 60, 70], 4).cells).slice(0, 6)).toEqual([
      'ready 1',
      'ready-not-available 2',
      'ready 2',
      'crash-loop 1',
      'crash-loop 1',
      'crash-loop 1',
    ]);
    expect(cutLives(lives, 5).get('default/web')?.size).toBe(0);
  });

  it('are painted a row for each slot where there are rows enough', () => {
    const { cells, columns, rows } = lifeCells(fourSlots().get('default/web')!, [0, 10, 20, 40, 60, 80], 4);
    expect([columns, rows]).toEqual([5, 4]);
    expect(words(cells.slice(5, 10))).toEqual(['absent 0', 'creating 1', 'ready 1', 'crash-loop 1', 'ready 2']);
    expect(words(cells.slice(15, 20)).slice(1)).toEqual(['pending 1', 'absent 0', 'absent 0', 'absent 0']);
  });

  it('share a cell so that the one in most trouble shows', () => {
    const { cells } = lifeCells(fourSlots().get('default/web')!, [0, 10, 20, 40, 60, 80], 1);
    expect(words(cells)).toEqual(['absent 0', 'creating 1', 'ready 1', 'crash-loop 1', 'ready 2']);
  });

  it('tell slots in trouble apart, those that still are first', () => {
    const lives = fourSlots();
    noteLife(lives, 'default/web', 2, 70, pod('unknown'));
    const { outliers } = lifeCells(lives.get('default/web')!, [0, 40, 80], 1);
    expect(outliers).toEqual([
      { ordinal: 2, fromMs: 70, state: 'unknown' },
      { ordinal: 1, fromMs: 40, toMs: 60, state: 'crash-loop' },
    ]);
  });
});
