// Comparing two branches at the same moment: which stands beside the present one, on which side, and which to go on with.
import { besideFacts, compared } from './beside.ts';
import { clock } from './clock.ts';
import { ask } from './connection.ts';
import { type FactsStore, facts } from './facts.ts';
import { history, takeHistory } from './history.ts';
import { moment, takeFrame } from './moment.ts';
import { notify } from './notices.ts';
import { exclusively } from './transport.ts';

/** One of the two that are compared. */
export interface ComparedSide {
  readonly branch: number;
  readonly facts: FactsStore;
  /** The present branch: what is done is done there. */
  readonly isPresent: boolean;
}

/**
 * The two that are compared.
 *
 * @param present - the present branch
 * @param state - what stands beside it
 * @returns left and right; undefined where nothing is compared
 */
export function sidesOf(
  present: number,
  state: Pick<ReturnType<typeof compared.getState>, 'branch' | 'isSwapped'>,
): readonly [ComparedSide, ComparedSide] | undefined {
  if (state.branch === undefined) return undefined;
  const own: ComparedSide = { branch: present, facts, isPresent: true };
  const other: ComparedSide = { branch: state.branch, facts: besideFacts, isPresent: false };
  return state.isSwapped ? [other, own] : [own, other];
}

/**
 * The branch that one would compare the present one with: the one it left, or else the newest that left it.
 *
 * @returns undefined where there is only one
 */
export function likelyOther(): number | undefined {
  const { branch, branches } = history.getState();
  const own = branches.find(({ id }) => id === branch);
  const others = branches.filter(({ id }) => id !== branch);
  return own?.parent ?? others.findLast(({ parent }) => parent === branch)?.id ?? others.at(-1)?.id;
}

/**
 * Shows a branch beside the present one, or none.
 *
 * @param branch - its id; undefined ends comparing
 * @returns when it is shown
 */
export async function compareWith(branch: number | undefined): Promise<void> {
  try {
    await exclusively(async () => takeFrame(await ask('compare', { branch }), true));
  } catch {
    notify({ tone: 'problem', text: 'The branches cannot be compared: the simulation did not answer.' });
  }
}

/** Compares with the likely other branch, or ends comparing; says how branches begin where there is only one. */
export async function toggleCompare(): Promise<void> {
  if (compared.getState().branch !== undefined) {
    await compareWith(undefined);
    return;
  }
  const other = likelyOther();
  if (other !== undefined) {
    await compareWith(other);
    return;
  }
  notify({
    tone: 'info',
    topic: 'compare',
    text: 'There is one branch so far. Go back in time and act: what had happened is kept, and the two can be compared.',
  });
}

/** The two change sides. Neither becomes another. */
export function swapSides(): void {
  compared.setState(({ isSwapped }) => ({ isSwapped: !isSwapped }));
}

/**
 * Chooses which branch stands on a side. The one that stood on the other side comes over where it is the same.
 *
 * @param side - 0 is the left one
 * @param branch - its id
 * @returns when it is shown
 */
export async function showOnSide(side: 0 | 1, branch: number): Promise<void> {
  const sides = sidesOf(history.getState().branch, compared.getState());
  const [here, there] = sides ? [sides[side], sides[side === 0 ? 1 : 0]] : [];
  if (!here || !there || here.branch === branch) return;
  if (there.branch === branch) swapSides();
  else if (here.isPresent) await goOnAtThisMoment(branch);
  else await compareWith(branch);
}

/**
 * Ends comparing and goes on with one of the two, at the same moment.
 *
 * @param branch - the one to go on with
 * @returns when it is shown
 */
export async function goOnWith(branch: number): Promise<void> {
  if (branch !== history.getState().branch) await goOnAtThisMoment(branch);
  await compareWith(undefined);
}

/** Another branch becomes the present one; other than going to it, the playhead stays where it stands. */
async function goOnAtThisMoment(branch: number): Promise<void> {
  const { atMs } = clock.getState();
  try {
    await exclusively(async () => {
      const { frame, timeline } = await ask('goToBranch', { branch });
      takeFrame(frame, false);
      if (moment.getState().atMs !== atMs) takeFrame(await ask('seek', { atMs }), true);
      takeHistory(timeline);
    });
  } catch {
    notify({ tone: 'problem', text: 'The branch cannot be shown: the simulation did not answer.' });
  }
}
