// The lives of all slots of a set, however many: each as moments and states in one short list. From them the picture of
// ordinals over time is painted, in as many cells as there are pixels for.
import type { PodFacts, PodState } from './types.ts';

/** States as a cell names them; 0 is a slot without a pod. */
const LIFE_STATES: readonly (PodState | 'absent')[] = [
  'absent',
  'pending',
  'unschedulable',
  'creating',
  'init',
  'not-ready',
  'ready-not-available',
  'ready',
  'terminating',
  'crash-loop',
  'pull-failed',
  'completed',
  'unknown',
];

/** Looks of revisions, and none. */
const LOOKS = 4;

/** A life: a moment, what began then, the next moment, and so on. */
export type Life = number[];

/** Lives by ordinal, by set `namespace/name`. */
export type Lives = Map<string, Map<number, Life>>;

/** The state and the look of a revision as one number. */
const lifeCode = (state: PodState | 'absent', look: number | undefined): number =>
  LIFE_STATES.indexOf(state) * LOOKS + (look ?? 0);

/** The state that a code names. */
export const stateOfCode = (code: number): PodState | 'absent' => LIFE_STATES[Math.floor(code / LOOKS)] ?? 'absent';

/** The look of the revision that a code names; 0 is none. */
export const lookOfCode = (code: number): number => code % LOOKS;

/**
 * Takes a note of what a slot's pod is from a moment on.
 * @param pod undefined: it is gone
 */
export function noteLife(
  lives: Lives,
  setId: string,
  ordinal: number,
  atMs: number,
  pod: Pick<PodFacts, 'state' | 'revision' | 'availableAtMs'> | undefined,
): void {
  let ofSet = lives.get(setId);
  if (!ofSet) {
    if (!pod) return;
    ofSet = new Map();
    lives.set(setId, ofSet);
  }
  const life = ofSet.get(ordinal) ?? [];
  if (life.length === 0) ofSet.set(ordinal, life);
  // What was to come by itself has been overtaken.
  while (life.length > 0 && (life.at(-2) ?? 0) > atMs) life.length -= 2;
  const code = pod ? lifeCode(pod.state, pod.revision?.look) : 0;
  if (life.at(-2) === atMs) life.length -= 2;
  if (life.at(-1) !== code) life.push(atMs, code);
  if (pod?.state === 'ready-not-available' && pod.availableAtMs !== undefined && pod.availableAtMs > atMs)
    life.push(pod.availableAtMs, lifeCode('ready', pod.revision?.look));
}

/** The lives up to a moment, and what comes by itself after it: a pod that will count as available. */
export function cutLives(lives: Lives, atMs: number): Lives {
  return new Map(
    [...lives].map(([setId, ofSet]) => [
      setId,
      new Map(
        [...ofSet].flatMap(([ordinal, life]) => {
          let end = life.length;
          while (end > 0 && (life[end - 2] ?? 0) > atMs) end -= 2;
          const isWaiting = end > 0 && stateOfCode(life[end - 1] ?? 0) === 'ready-not-available';
          if (isWaiting && stateOfCode(life[end + 1] ?? 0) === 'ready') end += 2;
          return end > 0 ? [[ordinal, life.slice(0, end)] as const] : [];
        }),
      ),
    ]),
  );
}

/** What wants to be seen of the pods that share a cell: the higher, the more. */
const RANK: Readonly<Record<PodState | 'absent', number>> = {
  absent: 0,
  completed: 1,
  ready: 2,
  'ready-not-available': 3,
  pending: 4,
  creating: 5,
  init: 5,
  'not-ready': 6,
  terminating: 7,
  unschedulable: 8,
  unknown: 9,
  'pull-failed': 10,
  'crash-loop': 11,
};

/** A slot that was in trouble, drawn on top of the cells: in them it may be one of many. */
export interface Outlier {
  readonly ordinal: number;
  readonly fromMs: number;
  /** Undefined: as far as is known. */
  readonly toMs?: number;
  readonly state: PodState;
}

/** The lives of a set in cells. */
export interface LifeCells {
  readonly columns: number;
  readonly rows: number;
  /** Row by row: see `lifeCode`. */
  readonly cells: Uint8Array;
  readonly outliers: readonly Outlier[];
}

const isTrouble = (state: PodState | 'absent'): state is PodState => RANK[state] >= 8;

/** More lines than these on top would hide what is under them. */
const OUTLIERS_MAX = 12;

/**
 * Paints the lives of a set in cells. Where several pods share a cell, the one in most trouble shows.
 * @param edgesMs the moments between columns, ascending: one more than there are columns
 */
export function lifeCells(ofSet: ReadonlyMap<number, Life>, edgesMs: readonly number[], rows: number): LifeCells {
  const columns = Math.max(0, edgesMs.length - 1);
  const cells = new Uint8Array(columns * rows);
  const ordinals = [...ofSet.keys()].sort((a, b) => a - b);
  const fromMs = edgesMs[0] ?? 0;
  const endMs = edgesMs[columns] ?? 0;
  const outliers: Outlier[] = [];
  for (const [place, ordinal] of ordinals.entries()) {
    const life = ofSet.get(ordinal) ?? [];
    const row = Math.min(rows - 1, Math.floor((place * rows) / ordinals.length));
    for (let i = 0; i < life.length; i += 2) {
      const startMs = life[i] ?? 0;
      const stopMs = life[i + 2] ?? Number.POSITIVE_INFINITY;
      const code = life[i + 1] ?? 0;
      if (stopMs <= fromMs || startMs >= endMs) continue;
      const state = stateOfCode(code);
      const first = columnOf(edgesMs, Math.max(startMs, fromMs));
      const last = Math.max(first, columnOf(edgesMs, Math.min(stopMs, endMs) - 1));
      for (let column = first; column <= last; column += 1) {
        const at = row * columns + column;
        const there = cells[at] ?? 0;
        if (RANK[state] > RANK[stateOfCode(there)] || (RANK[state] === RANK[stateOfCode(there)] && code > there))
          cells[at] = code;
      }
      if (!isTrouble(state)) continue;
      outliers.push({ ordinal, fromMs: startMs, state, ...(life[i + 2] !== undefined && { toMs: stopMs }) });
    }
  }
  // Those that last are the ones to tell of, and of those the longest.
  outliers.sort(
    (a, b) =>
      Number(a.toMs !== undefined) - Number(b.toMs !== undefined) ||
      (b.toMs ?? endMs) - b.fromMs - ((a.toMs ?? endMs) - a.fromMs),
  );
  return { columns, rows, cells, outliers: outliers.slice(0, OUTLIERS_MAX) };
}

/** The column in which a moment lies. O(log columns). */
function columnOf(edgesMs: readonly number[], atMs: number): number {
  let [low, high] = [0, Math.max(0, edgesMs.length - 2)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edgesMs[middle] ?? 0) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}
